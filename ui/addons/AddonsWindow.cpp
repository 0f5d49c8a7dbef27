// The window in which add-ons are looked at, switched on and off, installed and removed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonsWindow.h"

#include "core/recipe/PythonText.h"
#include "scripting/ScriptRunner.h"
#include "scripting/addons/AddonQuestion.h"
#include "ui/GuiQueue.h"
#include "ui/actions/FileDialogs.h"
#include "ui/addons/AddonText.h"
#include "ui/panels/EmptyHint.h"
#include "ui/panels/QuestionBox.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHash>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QTreeWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr std::chrono::seconds ASK_AGAIN{3};
enum Column { NAME, VERSION, STATE };
constexpr int ID = Qt::UserRole;

QString quoted(const QString& text) {
    return QString::fromStdString(pythonString(text.toStdString()));
}

bool suits(const AddonEntry& addon, const QString& word) {
    const QStringList texts{addon.id, addon.name, addon.description};
    return std::ranges::any_of(texts, [&](const QString& text) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

AddonsWindow::AddonsWindow(PythonRuntime& runtime, ScriptRunner& scripts, GuiQueue& queue, QSettings& settings, QWidget* parent)
    : QDialog(parent), m_runtime(runtime), m_scripts(scripts), m_settings(settings), m_post(queue.posterFor(this)),
      m_search(new QLineEdit(this)), m_problems(new QLabel(this)),
      m_empty(makeEmptyHint(tr("Looking for add-ons…"), this)), m_list(new QTreeWidget(this)), m_details(new QTextBrowser(this)),
      m_reload(new QPushButton(tr("&Reload"), this)), m_remove(new QPushButton(tr("Re&move…"), this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"addonsWindow"_s);
    setWindowTitle(tr("Add-ons"));
    setAcceptDrops(true);
    build();
    connect(&m_scripts, &ScriptRunner::output, this, [this](quint64 job, const QString& text, bool) {
        if (job == m_job)
            m_printed += text;
    });
    connect(&m_scripts, &ScriptRunner::finished, this, [this](quint64 job, int exitCode) {
        if (job != m_job)
            return;
        m_job = 0;
        // The last line says what was wrong, those before where.
        const QStringList lines = m_printed.split(u'\n', Qt::SkipEmptyParts);
        m_failure = exitCode == 0 || lines.isEmpty() ? QString() : m_title + u": "_s + lines.last();
        showProblems();
        ask();
    });
    m_again.setInterval(ASK_AGAIN);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isActiveWindow())
            ask();
    });
    m_again.start();
    ask();
}

void AddonsWindow::build() {
    m_list->setObjectName(u"addonList"_s);
    m_list->setAccessibleName(tr("Add-ons"));
    m_list->setHeaderLabels({tr("Add-on"), tr("Version"), tr("State")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setSortingEnabled(true);
    m_list->sortByColumn(NAME, Qt::AscendingOrder);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(NAME, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(VERSION, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(STATE, QHeaderView::ResizeToContents);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &AddonsWindow::showDetails);
    connect(m_list, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
        if (column == NAME)
            switched(item);
    });

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
        if (const AddonEntry* addon = current())
            run(tr("Reload %1").arg(addon->name), u"reload("_s + quoted(addon->id) + u')');
    });
    connect(m_remove, &QPushButton::clicked, this, &AddonsWindow::remove);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    row->addWidget(m_reload);
    row->addWidget(m_remove);
    row->addStretch(1);
    row->addWidget(close);
    return bottom;
}

void AddonsWindow::ask() {
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
        m_failure = QString::fromStdString(error);
        showProblems();
        return;
    }
    m_entries = addonEntriesFrom(json);
    showProblems();
    showEntries();
}

void AddonsWindow::showEntries() {
    const QSignalBlocker quiet(m_list);
    for (int i = m_list->topLevelItemCount(); i-- > 0;) {
        if (!find(m_list->topLevelItem(i)->data(NAME, ID).toString()))
            delete m_list->takeTopLevelItem(i);
    }
    QHash<QString, QTreeWidgetItem*> items;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i)
        items.insert(m_list->topLevelItem(i)->data(NAME, ID).toString(), m_list->topLevelItem(i));
    for (const AddonEntry& addon : m_entries.addons) {
        QTreeWidgetItem* item = items.value(addon.id);
        if (!item) {
            item = new QTreeWidgetItem(m_list);
            item->setData(NAME, ID, addon.id);
        }
        showItem(*item, addon);
    }
    if (!m_list->currentItem() && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    filter();
    showDetails();
}

void AddonsWindow::showItem(QTreeWidgetItem& item, const AddonEntry& addon) {
    item.setText(NAME, addon.name);
    item.setToolTip(NAME, addon.description);
    item.setText(VERSION, addon.version);
    item.setText(STATE, addonStateText(addon));
    item.setSizeHint(NAME, {0, fontMetrics().height() * 3 / 2});
    const bool hasBox = !addon.isBroken() || addon.isTicked();
    item.setFlags(!hasBox ? item.flags() & ~Qt::ItemIsUserCheckable : item.flags() | Qt::ItemIsUserCheckable);
    item.setData(NAME, Qt::CheckStateRole, !hasBox ? QVariant() : addon.isTicked() ? Qt::Checked : Qt::Unchecked);
}

void AddonsWindow::filter() {
    int shown = 0;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem* const item = m_list->topLevelItem(i);
        const AddonEntry* const addon = find(item->data(NAME, ID).toString());
        const bool isShown = addon && suits(*addon, m_search->text().trimmed());
        item->setHidden(!isShown);
        shown += isShown;
    }
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
    const AddonEntry* const addon = current();
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
    QStringList problems = m_entries.problems;
    if (!m_failure.isEmpty())
        problems.prepend(m_failure);
    m_problems->setText(problems.join(u'\n'));
    m_problems->setVisible(!problems.isEmpty());
}

void AddonsWindow::switched(QTreeWidgetItem* item) {
    const AddonEntry* const addon = find(item->data(NAME, ID).toString());
    const bool isWanted = item->checkState(NAME) == Qt::Checked;
    if (!addon || isWanted == addon->isTicked())
        return;
    m_list->setCurrentItem(item);
    item->setText(STATE, isWanted ? tr("starting…") : tr("stopping…"));
    run((isWanted ? tr("Switch on %1") : tr("Switch off %1")).arg(addon->name),
        (isWanted ? u"enable("_s : u"disable("_s) + quoted(addon->id) + u')');
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
    run(tr("Install %1").arg(QFileInfo(path).fileName()), u"install("_s + quoted(path) + u')');
}

void AddonsWindow::remove() {
    const AddonEntry* const addon = current();
    if (!addon)
        return;
    QMessageBox* const box = makeQuestion(this, tr("Remove %1?").arg(addon->name), tr("Its files are deleted: %1").arg(addon->path));
    QPushButton* const yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(yes, &QPushButton::clicked, this, [this, id = addon->id, name = addon->name] {
        run(tr("Remove %1").arg(name), u"remove("_s + quoted(id) + u')');
    });
    box->open();
}

void AddonsWindow::run(const QString& title, const QString& call) {
    const QString line = u"tt.addons."_s + call;
    m_title = title;
    m_printed.clear();
    m_failure.clear();
    showProblems();
    Q_EMIT lineRun(line);
    ScriptRequest request;
    request.name = title;
    request.text = u"import tintype as tt\n"_s + line + u'\n';
    m_job = m_scripts.run(request)->id();
}

const AddonEntry* AddonsWindow::current() const {
    const QTreeWidgetItem* const item = m_list->currentItem();
    return item ? find(item->data(NAME, ID).toString()) : nullptr;
}

const AddonEntry* AddonsWindow::find(const QString& id) const {
    const auto found = std::ranges::find(m_entries.addons, id, &AddonEntry::id);
    return found == m_entries.addons.end() ? nullptr : &*found;
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
            m_failure = tr("%1: only files of this computer can be installed").arg(url.toDisplayString());
    }
    showProblems();
}

} // namespace tintype
