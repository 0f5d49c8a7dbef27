// What stands below an add-on's panel: the errors of its code, and what runs without a button of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelNotes.h"

#include "scripting/panels/Panel.h"
#include "ui/code/CodeColors.h"
#include "ui/panels/ColoredBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace tintype {

namespace {
constexpr int RUNNING_AFTER_MS = 500;
constexpr int TRACEBACK_LINES = 8;
constexpr int MOST_LETTERS = 1000; ///< of the first line
} // namespace

class PanelNotes::Running : public QWidget {
public:
    Running(const QString& title, PanelNotes& notes, const QString& name)
        : QWidget(&notes), m_label(new QLabel(PanelNotes::tr("%1 is at work…").arg(title))), m_stop(new QToolButton) {
        m_label->setTextFormat(Qt::PlainText);
        m_label->setMinimumWidth(20);
        m_stop->setText(PanelNotes::tr("Stop"));
        m_stop->setObjectName(QStringLiteral("stop"));
        m_stop->setAccessibleName(PanelNotes::tr("Stop %1").arg(title));
        setObjectName(QStringLiteral("running"));
        auto* const layout = new QHBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->addWidget(m_label, 1);
        layout->addWidget(m_stop);
        QObject::connect(m_stop, &QToolButton::clicked, &notes, [&notes, name] { Q_EMIT notes.stopWanted(name); });
        hide();
        QTimer::singleShot(RUNNING_AFTER_MS, this, &QWidget::show);
    }

    void showState(const PanelCallState& state) { m_stop->setEnabled(!state.isStopping); }

private:
    QLabel* const m_label;
    QToolButton* const m_stop;
};

PanelNotes::PanelNotes(QWidget* parent)
    : QWidget(parent), m_error(new QLabel), m_details(new QToolButton), m_traceback(new QPlainTextEdit),
      m_frame(new ColoredBar(BarTone::Warning, this)), m_layout(new QVBoxLayout(this)) {
    m_error->setObjectName(QStringLiteral("panelError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    // A path without spaces must not make the dock wider.
    m_error->setMinimumSize(20, fontMetrics().height());
    m_details->setObjectName(QStringLiteral("errorDetails"));
    m_details->setText(tr("Details"));
    m_details->setCheckable(true);
    m_details->setAutoRaise(true);
    auto* const close = new QToolButton;
    close->setObjectName(QStringLiteral("closeError"));
    close->setText(QStringLiteral("✕"));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    close->setAutoRaise(true);
    m_traceback->setObjectName(QStringLiteral("traceback"));
    m_traceback->setReadOnly(true);
    m_traceback->setFont(codeFont());
    m_traceback->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_traceback->setFixedHeight(m_traceback->fontMetrics().height() * TRACEBACK_LINES);
    m_traceback->hide();
    auto* const row = new QHBoxLayout;
    row->addWidget(m_error, 1);
    row->addWidget(m_details, 0, Qt::AlignTop);
    row->addWidget(close, 0, Qt::AlignTop);
    auto* const inside = new QVBoxLayout(m_frame);
    inside->setContentsMargins(8, 4, 4, 4);
    inside->addLayout(row);
    inside->addWidget(m_traceback);
    m_frame->hide();
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_frame);
    connect(m_details, &QToolButton::toggled, m_traceback, &QWidget::setVisible);
    connect(close, &QToolButton::clicked, this, &PanelNotes::clearError);
}

void PanelNotes::showError(const std::string& name, const QString& title, const PanelCallState& state) {
    if (state.error.empty()) {
        // Another one's error stays until it is read.
        if (m_failed == name)
            clearError();
        return;
    }
    const QString error = QString::fromStdString(state.error);
    m_failed = name;
    m_error->setText(tr("%1: %2").arg(title, error.section(u'\n', 0, 0).left(MOST_LETTERS)));
    const QString traceback = error.section(u'\n', 1).trimmed();
    m_traceback->setPlainText(traceback);
    m_details->setVisible(!traceback.isEmpty());
    m_frame->show();
}

void PanelNotes::clearError() {
    m_failed.clear();
    m_details->setChecked(false);
    m_frame->hide();
}

void PanelNotes::showRunning(const std::string& name, const QString& title, const PanelCallState& state) {
    Running*& running = m_running[name];
    if (state.runs && !running) {
        running = new Running(title, *this, QString::fromStdString(name));
        m_layout->addWidget(running);
    }
    if (state.runs) {
        running->showState(state);
        return;
    }
    delete running;
    m_running.erase(name);
}

} // namespace tintype
