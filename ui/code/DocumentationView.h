// What is written about a name, to read and scroll beside the text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/CodeHelp.h"
#include "ui/code/CodePopup.h"

class QLabel;
class QPlainTextEdit;

namespace tintype {

class DocumentationView : public CodePopup {
    Q_OBJECT
public:
    explicit DocumentationView(QWidget* owner);

    void setDocumentation(const Documentation& documentation);
    QString title() const;
    QString text() const;
    void scrollPages(int pages);

private:
    QLabel* m_title = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

} // namespace tintype
