// The images of the document as a list: names, sizes, formats, and which one is active.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/ImageDetails.h"

#include <QAbstractListModel>

#include <vector>

namespace tintype {

class DocumentModel;

/// Follows the document; rows that stay keep their indices, so that a selection or an open name editor survives edits.
class ImageListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { DetailRole = Qt::UserRole, ActiveRole, FailedRole };

    ImageListModel(DocumentModel& document, const Evaluation& evaluation, GuiQueue& queue, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    /// Renames in the document; false with `refused` when that name cannot be taken.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    /// Invalid when nothing is active.
    QModelIndex activeIndex() const;
    QString nameAt(const QModelIndex& index) const;
    const ImageDetail* detail(const QString& name) const;

Q_SIGNALS:
    void refused(const QString& reason);
    /// Sizes and formats became known.
    void detailsFound();

private:
    void followDocument();
    void tellAllChanged();

    struct Row {
        std::string name;
        Image image;
    };
    DocumentModel& m_document;
    ImageDetails m_details;
    std::vector<Row> m_rows;
    std::string m_active;
};

} // namespace tintype
