// One script in the editor: its text, its output, and its run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptTab.h"

#include "scripting/ScriptRunner.h"
#include "ui/editor/FindBar.h"
#include "ui/editor/ScriptOutputView.h"
#include "ui/editor/ScriptText.h"

#include <QFileInfo>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int CLOCK_MS = 500;

QString seconds(double duration) {
    if (duration < 60)
        return ScriptTab::tr("%1 s").arg(duration, 0, 'f', duration < 10 ? 1 : 0);
    return ScriptTab::tr("%1 min %2 s").arg(int(duration) / 60).arg(int(duration) % 60);
}

} // namespace

ScriptTab::ScriptTab(ScriptRunner& runner, QString untitledName, QWidget* parent)
    : QWidget(parent), m_runner(runner), m_untitledName(std::move(untitledName)), m_text(new ScriptText),
      m_findBar(new FindBar(*m_text)), m_output(new ScriptOutputView), m_state(new QLabel), m_lower(new QWidget) {
    m_state->setObjectName(u"scriptState"_s);
    m_state->setContentsMargins(6, 2, 6, 2);
    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    auto* lowerLayout = new QVBoxLayout(m_lower);
    for (QVBoxLayout* layout : {upperLayout, lowerLayout}) {
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
    }
    upperLayout->addWidget(m_text, 1);
    upperLayout->addWidget(m_findBar);
    lowerLayout->addWidget(m_state);
    lowerLayout->addWidget(m_output, 1);
    m_splitter = new QSplitter(Qt::Vertical);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(upper);
    m_splitter->addWidget(m_lower);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 1);
    m_lower->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    setFocusProxy(m_text);

    m_clock.setInterval(CLOCK_MS);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        const QString text = m_where == Where::Window ? tr("Running for %1") : tr("Running in its own process for %1");
        showState(text.arg(seconds(double(m_since.elapsed()) / 1000)), m_text->colors().text);
    });
    connect(m_text, &QsciScintilla::modificationChanged, this, &ScriptTab::stateChanged);
    connect(m_output, &ScriptOutputView::placeClicked, this, &ScriptTab::placeClicked);
    connect(&runner, &ScriptRunner::output, this, &ScriptTab::addOutput);
    connect(&runner, &ScriptRunner::finished, this, &ScriptTab::finished);
}

void ScriptTab::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // In a flat panel, such as a dock at the window's lower edge, there is room beside the text, not below it.
    m_splitter->setOrientation(width() > 2 * height() ? Qt::Horizontal : Qt::Vertical);
}

ScriptTab::~ScriptTab() {
    stop();
}

QString ScriptTab::name() const {
    return m_text->path().isEmpty() ? m_untitledName : QFileInfo(m_text->path()).fileName();
}

QString ScriptTab::fileName() const {
    return m_text->path().isEmpty() ? u'<' + m_untitledName + u'>' : m_text->path();
}

bool ScriptTab::isUnsaved() const {
    return m_text->isModified() && !(m_text->path().isEmpty() && m_text->text().trimmed().isEmpty());
}

QString ScriptTab::stateText() const {
    return m_state->text();
}

void ScriptTab::run(Where where) {
    if (isRunning())
        return;
    m_output->clearOutput();
    m_lower->show();
    m_since.start();
    m_clock.start();
    m_where = where;
    showState(where == Where::Window ? tr("Running") : tr("Running in its own process"), m_text->colors().text);
    ScriptRequest request;
    request.name = name();
    request.path = m_text->path();
    // An empty text would mean the file, which may hold something else.
    request.text = m_text->text().isEmpty() ? u"\n"_s : m_text->text();
    request.ownProcess = where == Where::OwnProcess;
    m_job = m_runner.run(request);
    Q_EMIT stateChanged();
}

void ScriptTab::setUsualPlace(Where where) {
    m_usualPlace = where;
    Q_EMIT stateChanged();
}

void ScriptTab::stop() {
    if (m_job)
        m_job->cancel();
}

void ScriptTab::addOutput(quint64 jobId, const QString& text, bool isError) {
    if (m_job && m_job->id() == jobId)
        m_output->appendScriptOutput(text, isError);
}

void ScriptTab::finished(quint64 jobId, int exitCode) {
    if (!m_job || m_job->id() != jobId)
        return;
    const JobInfo info = m_job->info();
    const CodeColors& ink = m_text->colors();
    m_clock.stop();
    m_job.reset();
    if (info.state == JobState::Cancelled)
        showState(tr("Stopped after %1").arg(seconds(info.secondsRun)), ink.weak);
    else if (exitCode == 0)
        showState(tr("Finished in %1").arg(seconds(info.secondsRun)), ink.good);
    else
        showState(tr("Failed, exit code %1").arg(exitCode), ink.error);
    Q_EMIT stateChanged();
}

void ScriptTab::showState(const QString& text, const QColor& ink) {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, ink);
    m_state->setPalette(colors);
    m_state->setText(text);
}

} // namespace tintype
