// A question that must be answered before something is lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/QuestionBox.h"

namespace tintype {

QMessageBox* makeQuestion(QWidget* window, const QString& text, const QString& detail) {
    auto* box = new QMessageBox(QMessageBox::Question, QStringLiteral("Tintype"), text, QMessageBox::Cancel, window);
    box->setObjectName(QStringLiteral("question"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(detail);
    box->setDefaultButton(QMessageBox::Cancel);
    return box;
}

} // namespace tintype
