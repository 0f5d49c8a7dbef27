// Draws an image of the list in two lines: its name, then size and format.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ImageDelegate.h"

#include "ui/panels/ImageListModel.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

namespace tintype {

namespace {
constexpr int MARGIN = 6;
constexpr int GAP = 2;
} // namespace

void ImageDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QStyle* style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool selected = item.state & QStyle::State_Selected;
    const QColor color = item.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QRect inside = item.rect.adjusted(MARGIN, MARGIN - 2, -MARGIN, -MARGIN + 2);
    painter->save();
    QFont font = item.font;
    font.setBold(index.data(ImageListModel::ActiveRole).toBool());
    painter->setFont(font);
    painter->setPen(color);
    const QFontMetrics bold(font);
    const QString name = index.data(Qt::DisplayRole).toString();
    painter->drawText(inside, Qt::AlignLeft | Qt::AlignTop, bold.elidedText(name, Qt::ElideMiddle, inside.width()));

    QColor faint = color;
    faint.setAlphaF(index.data(ImageListModel::FailedRole).toBool() ? 1.0F : 0.65F);
    painter->setFont(item.font);
    painter->setPen(faint);
    const QString detail = index.data(ImageListModel::DetailRole).toString();
    painter->drawText(inside, Qt::AlignLeft | Qt::AlignBottom,
                      item.fontMetrics.elidedText(detail, Qt::ElideRight, inside.width()));
    painter->restore();
}

QSize ImageDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.fontMetrics.averageCharWidth() * 16, 2 * option.fontMetrics.height() + GAP + 2 * (MARGIN - 2)};
}

void ImageDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    const auto* line = qobject_cast<QLineEdit*>(editor);
    if (!line || !line->isModified())
        QStyledItemDelegate::setEditorData(editor, index);
}

void ImageDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
    QRect line = option.rect;
    line.setHeight(editor->sizeHint().height());
    editor->setGeometry(line);
}

} // namespace tintype
