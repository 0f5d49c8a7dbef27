// What a panel says while it has nothing to show.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QWidget;

namespace tintype {

QLabel* makeEmptyHint(const QString& text, QWidget* parent);

} // namespace tintype
