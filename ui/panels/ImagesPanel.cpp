// The panel with the list of open images: choose, rename, close.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ImagesPanel.h"

#include "ui/DocumentModel.h"
#include "ui/panels/ImageDelegate.h"
#include "ui/panels/ImageListModel.h"
#include "ui/panels/EmptyHint.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QVBoxLayout>

namespace tintype {

ImagesPanel::ImagesPanel(DocumentModel& document, ImageListModel& images, QWidget* parent)
    : QWidget(parent), m_document(document), m_images(images), m_view(new QListView(this)),
      m_empty(makeEmptyHint(tr("No image is open.\nDrop files here, or press Ctrl+O."), this)) {
    m_view->setObjectName(QStringLiteral("imageList"));
    m_view->setAccessibleName(tr("Images"));
    m_view->setModel(&m_images);
    m_view->setItemDelegate(new ImageDelegate(m_view));
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->installEventFilter(this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_view);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &ImagesPanel::choose);
    // A click on the row that is already current activates it again: another place may be active by now.
    connect(m_view, &QListView::clicked, this, &ImagesPanel::choose);
    connect(&m_document, &DocumentModel::changed, this, &ImagesPanel::showActive);
    showActive();
}

QSize ImagesPanel::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 34, fontMetrics().height() * 14};
}

void ImagesPanel::choose(const QModelIndex& index) {
    if (m_following || !index.isValid() || index.data(ImageListModel::ActiveRole).toBool())
        return;
    Q_EMIT activated(m_images.nameAt(index));
}

void ImagesPanel::showActive() {
    const bool empty = m_images.rowCount() == 0;
    m_empty->setVisible(empty);
    m_view->setVisible(!empty);
    // The list follows the document here; it must not answer by activating what is active.
    m_following = true;
    const QModelIndex active = m_images.activeIndex();
    if (active != m_view->currentIndex())
        m_view->setCurrentIndex(active);
    m_following = false;
}

void ImagesPanel::renameActive() {
    const QModelIndex active = m_images.activeIndex();
    if (!active.isValid())
        return;
    m_view->setCurrentIndex(active);
    m_view->setFocus();
    m_view->edit(active);
}

void ImagesPanel::setContextActions(const QList<QAction*>& actions) {
    m_view->addActions(actions);
}

bool ImagesPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Delete) && m_view->currentIndex().isValid()) {
        Q_EMIT closeWanted(m_images.nameAt(m_view->currentIndex()));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tintype
