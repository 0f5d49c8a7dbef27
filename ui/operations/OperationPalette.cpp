// A search field over all operations, used by keyboard alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationPalette.h"

#include "core/operations/OperationCatalog.h"
#include "ui/operations/OperationRowDelegate.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int WIDTH = 560;
constexpr int HEIGHT = 420;

} // namespace

OperationPalette::OperationPalette(const OperationCatalog& catalog, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_catalog(catalog), m_edit(new QLineEdit), m_list(new QListWidget),
      m_count(new QLabel) {
    setFrameShape(QFrame::StyledPanel);
    setObjectName(u"operationPalette"_s);

    m_edit->setPlaceholderText(tr("Search operations: blur, rotate, threshold…"));
    m_edit->setClearButtonEnabled(true);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);

    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegate(new OperationRowDelegate(m_list));

    m_count->setEnabled(false);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 6);
    layout->addWidget(m_edit);
    layout->addWidget(m_list);
    layout->addWidget(m_count);

    connect(m_edit, &QLineEdit::textChanged, this, &OperationPalette::search);
    connect(m_list, &QListWidget::itemClicked, this, &OperationPalette::chooseCurrent);
}

void OperationPalette::open() {
    m_edit->clear();
    search(QString());
    const QWidget* window = parentWidget() ? parentWidget()->window() : nullptr;
    if (window) {
        const int width = std::min(WIDTH, window->width());
        const int height = std::min(HEIGHT, window->height() * 3 / 4);
        setGeometry(QRect(window->mapToGlobal(QPoint((window->width() - width) / 2, window->height() / 10)),
                          QSize(width, height)));
    } else {
        resize(WIDTH, HEIGHT);
    }
    show();
    m_edit->setFocus();
}

void OperationPalette::follow() {
    if (!isVisible())
        return;
    const QListWidgetItem* const current = m_list->currentItem();
    const QVariant id = current ? current->data(OperationRowDelegate::IdRole) : QVariant();
    search(m_edit->text());
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(OperationRowDelegate::IdRole) == id)
            m_list->setCurrentRow(row);
}

void OperationPalette::search(const QString& text) {
    m_list->clear();
    const bool everything = text.trimmed().isEmpty();
    std::vector<const Operation*> found;
    if (everything) {
        for (const std::string& category : m_catalog.categories())
            for (const Operation* operation : m_catalog.inCategory(category))
                found.push_back(operation);
    } else {
        found = m_catalog.search(text.toStdString());
    }
    for (const Operation* operation : found) {
        auto* item = new QListWidgetItem(QString::fromStdString(operation->title), m_list);
        item->setData(OperationRowDelegate::IdRole, QString::fromStdString(operation->id));
        item->setData(OperationRowDelegate::CategoryRole, QString::fromStdString(operation->category));
        item->setToolTip(QString::fromStdString(operation->help));
    }
    m_list->setCurrentRow(0);
    m_list->scrollToTop();
    if (found.empty())
        m_count->setText(tr("No operation matches “%1”").arg(text.trimmed()));
    else
        m_count->setText(found.size() == 1 ? tr("1 operation") : tr("%1 operations").arg(found.size()));
}

bool OperationPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int page = std::max(1, m_list->viewport()->height() / std::max(1, m_list->sizeHintForRow(0)) - 1);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
        moveCurrent(-1);
        return true;
    case Qt::Key_Down:
        moveCurrent(1);
        return true;
    case Qt::Key_PageUp:
        moveCurrent(-page);
        return true;
    case Qt::Key_PageDown:
        moveCurrent(page);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        chooseCurrent();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void OperationPalette::moveCurrent(int rows) {
    if (m_list->count() > 0)
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + rows, 0, m_list->count() - 1));
}

void OperationPalette::chooseCurrent() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const QString id = item->data(OperationRowDelegate::IdRole).toString();
    close();
    Q_EMIT chosen(id);
}

} // namespace tintype
