// The panel with the list of open images: choose, rename, close.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QListView;

namespace tintype {

class DocumentModel;
class ImageListModel;

/// Knows the document only through its list model. A click activates, double click or F2 renames, Delete closes.
class ImagesPanel : public QWidget {
    Q_OBJECT
public:
    ImagesPanel(DocumentModel& document, ImageListModel& images, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    /// Opens the editor for the active image's name.
    void renameActive();
    /// Shown on a click with the right button.
    void setContextActions(const QList<QAction*>& actions);

Q_SIGNALS:
    /// An image was chosen.
    void activated(const QString& name);
    void closeWanted(const QString& name);

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void choose(const QModelIndex& index);
    void showActive();

    DocumentModel& m_document;
    ImageListModel& m_images;
    QListView* m_view;
    QLabel* m_empty;
    bool m_following = false;
};

} // namespace tintype
