// A question that must be answered before something is lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace tintype {

/// With Cancel as the answer that Escape and Enter give; add the others, then open() it. It deletes itself.
QMessageBox* makeQuestion(QWidget* window, const QString& text, const QString& detail);

} // namespace tintype
