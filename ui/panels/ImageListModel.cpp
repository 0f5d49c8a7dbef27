// The images of the document as a list: names, sizes, formats, and which one is active.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ImageListModel.h"

#include "core/Error.h"
#include "core/document/Commands.h"
#include "ui/DocumentModel.h"

#include <QFont>

namespace tintype {

ImageListModel::ImageListModel(DocumentModel& document, const Evaluation& evaluation, GuiQueue& queue, QObject* parent)
    : QAbstractListModel(parent), m_document(document), m_details(evaluation, queue) {
    connect(&document, &DocumentModel::changed, this, &ImageListModel::followDocument);
    connect(&m_details, &ImageDetails::found, this, [this] {
        tellAllChanged();
        Q_EMIT detailsFound();
    });
    followDocument();
}

int ImageListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ImageListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row& row = m_rows[index.row()];
    const ImageDetail* detail = m_details.find(row.image);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: return QString::fromStdString(row.name);
    case ActiveRole: return row.name == m_active;
    case FailedRole: return detail && !detail->error.isEmpty();
    case DetailRole:
        if (!detail)
            return tr("…");
        return detail->error.isEmpty() ? detailText(detail->info) : tr("cannot be shown");
    case Qt::ToolTipRole: return detail ? detail->error : QVariant();
    case Qt::AccessibleDescriptionRole: return data(index, DetailRole);
    default: return {};
    }
}

Qt::ItemFlags ImageListModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

bool ImageListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name == nameAt(index))
        return false;
    if (name.isEmpty()) {
        Q_EMIT refused(tr("An image needs a name; it is still called “%1”.").arg(nameAt(index)));
        return false;
    }
    try {
        renameImage(m_document.document(), m_rows[index.row()].name, name.toStdString());
    } catch (const Error& error) {
        Q_EMIT refused(QString::fromUtf8(error.what()));
        return false;
    }
    return true;
}

QModelIndex ImageListModel::activeIndex() const {
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].name == m_active)
            return index(int(i));
    return {};
}

QString ImageListModel::nameAt(const QModelIndex& index) const {
    return data(index, Qt::DisplayRole).toString();
}

const ImageDetail* ImageListModel::detail(const QString& name) const {
    for (const Row& row : m_rows)
        if (QString::fromStdString(row.name) == name)
            return m_details.find(row.image);
    return nullptr;
}

void ImageListModel::followDocument() {
    const DocumentState& state = m_document.state();
    std::vector<Row> rows;
    std::vector<Image> images;
    for (const std::string& name : state.imageNames()) {
        rows.push_back({name, state.image(name)});
        images.push_back(rows.back().image);
    }
    const int before = int(m_rows.size());
    const int now = int(rows.size());
    m_active = state.active();
    if (now > before) {
        beginInsertRows({}, before, now - 1);
        m_rows = std::move(rows);
        endInsertRows();
    } else if (now < before) {
        // Where the rows from the front are the same, the first different one was removed.
        int first = 0;
        while (first < now && rows[first].name == m_rows[first].name)
            ++first;
        beginRemoveRows({}, first, first + before - now - 1);
        m_rows = std::move(rows);
        endRemoveRows();
    } else {
        m_rows = std::move(rows);
    }
    m_details.request(images);
    tellAllChanged();
}

void ImageListModel::tellAllChanged() {
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

} // namespace tintype
