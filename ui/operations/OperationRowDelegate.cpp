// Paints one row of the operation search: the title, and in grey its category and id.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationRowDelegate.h"

#include <QApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace tintype {

void OperationRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString title = std::exchange(row.text, QString());
    const QStyle* style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    const bool selected = row.state & QStyle::State_Selected;
    QColor strong = row.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    QColor weak = strong;
    weak.setAlphaF(0.6f);
    const QRect area = row.rect.adjusted(8, 0, -8, 0);

    painter->save();
    painter->setPen(weak);
    painter->setFont(row.font);
    const QString right = index.data(CategoryRole).toString() + u"  ·  "_s + index.data(IdRole).toString();
    const int rightWidth = std::min(row.fontMetrics.horizontalAdvance(right), area.width() * 3 / 5);
    painter->drawText(QRect(area.right() - rightWidth, area.top(), rightWidth + 1, area.height()),
                      Qt::AlignRight | Qt::AlignVCenter,
                      row.fontMetrics.elidedText(right, Qt::ElideLeft, rightWidth + 1));
    painter->setPen(strong);
    const int titleWidth = area.width() - rightWidth - 16;
    painter->drawText(QRect(area.left(), area.top(), titleWidth, area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      row.fontMetrics.elidedText(title, Qt::ElideRight, titleWidth));
    painter->restore();
}

QSize OperationRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width(), option.fontMetrics.height() + 10};
}

} // namespace tintype
