// What a panel says while it has nothing to show.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/EmptyHint.h"

#include <QGraphicsOpacityEffect>
#include <QLabel>

namespace tintype {

QLabel* makeEmptyHint(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    // Fainter than what there is to read, but readable in every palette, which the colour of what is disabled is not.
    auto* fainter = new QGraphicsOpacityEffect(label);
    fainter->setOpacity(0.7);
    label->setGraphicsEffect(fainter);
    label->setMargin(12);
    label->setMinimumSize(20, 20);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    return label;
}

} // namespace tintype
