// What a panel says while it has nothing to show.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/EmptyHint.h"

#include <QLabel>

namespace tintype {

QLabel* makeEmptyHint(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    // Drawn as what cannot be used is drawn: every palette has a readable colour for that.
    label->setEnabled(false);
    label->setMargin(12);
    label->setMinimumSize(20, 20);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    return label;
}

} // namespace tintype
