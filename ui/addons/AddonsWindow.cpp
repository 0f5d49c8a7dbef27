// The window in which add-ons are looked at, switched on and off, installed and removed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonsWindow.h"

#include "core/recipe/PythonText.h"
#include "scripting/addons/AddonQuestion.h"
#include "ui/GuiQueue.h"
#include "ui/actions/FileDialogs.h"
#include "ui/addons/AddonList.h"
#include "ui/addons/AddonText.h"
#include "ui/panels/EmptyHint.h"
#include "ui/panels/MessageBar.h"
#include "ui/panels/QuestionBox.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

#include <chrono>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr std::chrono::seconds ASK_AGAIN{2};
constexpr int MOST_ERRORS = 12;

QString quoted(const QString& text) {
    return QString::fromStdString(pythonString(text.toStdString()));
}

} // namespace

AddonsWindow::AddonsWindow(PythonRuntime& runtime, ScriptRunner& scripts, GuiQueue& queue, QSettings& settings, QWidget* parent)
    : QDialog(parent), m_runtime(runtime), m_settings(settings), m_post(queue.posterFor(this)),
      m_jobs(new AddonJobs(scripts, this)), m_search(new QLineEdit(this)), m_errors(new MessageBar(this, MOST_ERRORS)),
      m_problems(new QLabel(this)), m_empty(makeEmptyHint(tr("Looking for add-ons…"), this)), m_list(new AddonList(this)),
      m_details(new QTextBrowser(this)), m_reload(new QPushButton(tr("&Reload"), this)),
      m_remove(new QPushButton(tr("Re&move…"), this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"addonsWindow"_s);
    setWindowTitle(tr("Add-ons"));
    setAcceptDrops(true);
    build();
    connect(m_jobs, &AddonJobs::lineRun, this, &AddonsWindow::lineRun);
    connect(m_jobs, &AddonJobs::ended, this, &AddonsWindow::settle);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AddonsWindow::showDetails);
    connect(m_list, &AddonList::switched, this, [this](const AddonEntry& addon, bool isWanted) {
        m_jobs->run({(isWanted ? tr("Switch on %1") : tr("Switch off %1")).arg(addon.name),
                     (isWanted ? u"enable("_s : u"disable("_s) + quoted(addon.id) + u')'});
    });
    m_again.setInterval(ASK_AGAIN);
    connect(&m_again, &QTimer::timeout, this, [this] {
        // A terminal may be in front, in which add-ons are switched as well.
        if (isVisible() && !isMinimized() && !m_isAsking)
            ask();
    });
    m_again.start();
    ask();
}

void AddonsWindow::build() {
    m_details->setObjectName(u"addonDetails"_s);
    m_details->setAccessibleName(tr("About the add-on"));
    m_details->document()->setDocumentMargin(12);
    m_details->setOpenLinks(false);
    m_problems->setObjectName(u"addonProblems"_s);
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_problems->hide();
    m_empty->setObjectName(u"addonsEmpty"_s);

    auto* left = new QWidget(this);
    auto* leftRows = new QVBoxLayout(left);
    leftRows->setContentsMargins(0, 0, 0, 0);
    leftRows->addWidget(m_list);
    leftRows->addWidget(m_empty);
    auto* split = new QSplitter(this);
    split->addWidget(left);
    split->addWidget(m_details);
    split->setChildrenCollapsible(false);
    const int unit = fontMetrics().averageCharWidth();
    left->setMinimumWidth(unit * 36);
    m_details->setMinimumWidth(unit * 30);
    split->setSizes({unit * 52, unit * 66});
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(buildTop());
    rows->addWidget(m_errors);
    rows->addWidget(m_problems);
    rows->addWidget(split, 1);
    rows->addWidget(buildButtons());
    m_list->hide();
    showDetails();
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 32);
    m_search->setFocus();
}

QWidget* AddonsWindow::buildTop() {
    auto* top = new QWidget(this);
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    m_search->setObjectName(u"addonSearch"_s);
    m_search->setPlaceholderText(tr("Search add-ons"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &AddonsWindow::filter);
    auto* install = new QPushButton(tr("&Install"), top);
    install->setObjectName(u"addonInstall"_s);
    install->setAutoDefault(false);
    auto* from = new QMenu(install);
    from->addAction(tr("From a zip or .py &file…"), this, &AddonsWindow::chooseFile);
    from->addAction(tr("From a f&older…"), this, &AddonsWindow::chooseFolder);
    install->setMenu(from);
    setTabOrder(m_search, install);
    setTabOrder(install, m_list);
    setTabOrder(m_list, m_details);
    row->addWidget(m_search, 1);
    row->addWidget(install);
    return top;
}

QWidget* AddonsWindow::buildButtons() {
    auto* bottom = new QWidget(this);
    auto* row = new QHBoxLayout(bottom);
    row->setContentsMargins(0, 0, 0, 0);
    m_reload->setObjectName(u"addonReload"_s);
    m_reload->setToolTip(tr("Take it out of the program and load its files anew"));
    m_remove->setObjectName(u"addonRemove"_s);
    m_remove->setToolTip(tr("Switch it off and delete its files; only of those in your own folder"));
    auto* close = new QPushButton(tr("&Close"), bottom);
    for (QPushButton* button : {m_reload, m_remove, close})
        button->setAutoDefault(false);
    connect(m_reload, &QPushButton::clicked, this, [this] {
        if (const AddonEntry* addon = m_list->current())
            m_jobs->run({tr("Reload %1").arg(addon->name), u"reload("_s + quoted(addon->id) + u')'});
    });
    connect(m_remove, &QPushButton::clicked, this, &AddonsWindow::askToRemove);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    row->addWidget(m_reload);
    row->addWidget(m_remove);
    row->addStretch(1);
    row->addWidget(close);
    return bottom;
}

void AddonsWindow::ask() {
    m_isStale = m_isAsking;
    if (m_isAsking)
        return;
    m_isAsking = true;
    askForAddons(m_runtime, [this, post = m_post](const std::string& json, const std::string& error) {
        post([this, json, error] { take(json, error); });
    });
}

void AddonsWindow::take(const std::string& json, const std::string& error) {
    m_isAsking = false;
    m_wasAnswered = true;
    if (!error.empty()) {
        m_errors->showError(QString::fromStdString(error));
        return;
    }
    m_entries = addonEntriesFrom(json);
    m_list->setAddons(m_entries.addons);
    showProblems();
    filter();
    showDetails();
    if (m_isStale)
        ask();
}

void AddonsWindow::filter() {
    const int shown = m_list->filter(m_search->text().trimmed());
    m_list->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    if (!m_wasAnswered)
        return;
    m_empty->setText(m_entries.addons.empty()
                         ? tr("There are no add-ons yet.\n\nInstall one from a folder, a zip or a .py file: drop it here, or press Install. "
                              "To write one, type in a terminal: tintype addon new \"My add-on\"")
                         : tr("No add-on has “%1” in its name or description.").arg(m_search->text().trimmed()));
}

void AddonsWindow::showDetails() {
    const AddonEntry* const addon = m_list->current();
    m_reload->setEnabled(addon && addon->isOn());
    m_remove->setEnabled(addon && addon->isInstalled);
    const QString text = addon ? addonDetails(*addon) : QString();
    // The person may be reading it.
    if (m_details->property("shown").toString() == text && !text.isEmpty())
        return;
    m_details->setProperty("shown", text);
    m_details->setHtml(text);
}

void AddonsWindow::showProblems() {
    m_problems->setText(m_entries.problems.join(u'\n'));
    m_problems->setVisible(!m_entries.problems.isEmpty());
}

void AddonsWindow::chooseFile() {
    QFileDialog* const dialog = makeFileDialog(this, m_settings, tr("Install an add-on"), tr("Add-ons (*.zip *.py)"));
    connect(dialog, &QFileDialog::fileSelected, this, &AddonsWindow::install);
    dialog->open();
}

void AddonsWindow::chooseFolder() {
    QFileDialog* const dialog = makeFileDialog(this, m_settings, tr("Install an add-on from its folder"), {});
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &AddonsWindow::install);
    dialog->open();
}

void AddonsWindow::install(const QString& path) {
    askWhatIsReplaced(m_runtime, path.toStdString(), [this, post = m_post, path](const std::string& json, const std::string&) {
        post([this, json, path] {
            const AddonReplacement replaced = addonReplacementFrom(json);
            if (replaced.name.isEmpty())
                m_jobs->run({tr("Install %1").arg(QFileInfo(path).fileName()), u"install("_s + quoted(path) + u')'});
            else
                askToReplace(path, replaced);
        });
    });
}

void AddonsWindow::settle(const AddonJob& job) {
    m_errors->remove(m_said.take(job.call));
    if (!job.error.isEmpty()) {
        m_said.insert(job.call, job.message());
        m_errors->showError(job.message());
    }
    ask();
}

void AddonsWindow::askToReplace(const QString& path, const AddonReplacement& replaced) {
    const bool isSame = replaced.installed == replaced.version;
    const QString question = replaced.installed.isEmpty() ? tr("Replace %1, which cannot be used, by version %2?").arg(replaced.name, replaced.version)
        : isSame ? tr("Replace %1 %2 by the same version?").arg(replaced.name, replaced.version)
                 : tr("Replace %1 %2 by version %3?").arg(replaced.name, replaced.installed, replaced.version);
    QMessageBox* const box = makeQuestion(this, question, tr("The new one is %1. If it cannot be started, the one that is there stays.").arg(path));
    QPushButton* const yes = box->addButton(tr("Replace"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, this, [this, path, name = replaced.name] {
        m_jobs->run({tr("Replace %1").arg(name), u"install("_s + quoted(path) + u", upgrade=True)"_s});
    });
    box->open();
}

void AddonsWindow::askToRemove() {
    const AddonEntry* const addon = m_list->current();
    if (!addon)
        return;
    QMessageBox* const box = makeQuestion(this, tr("Remove %1?").arg(addon->name), tr("Its files are deleted: %1").arg(addon->path));
    QPushButton* const yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(yes, &QPushButton::clicked, this, [this, id = addon->id, name = addon->name] {
        m_jobs->run({tr("Remove %1").arg(name), u"remove("_s + quoted(id) + u')'});
    });
    box->open();
}

void AddonsWindow::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        ask();
}

void AddonsWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void AddonsWindow::dropEvent(QDropEvent* event) {
    event->acceptProposedAction();
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            install(url.toLocalFile());
        else
            m_errors->showError(tr("%1: only files of this computer can be installed").arg(url.toDisplayString()));
    }
}

} // namespace tintype
