// What is written about a name, to read and scroll beside the text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/DocumentationView.h"

#include "ui/code/CodeColors.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int COLUMNS = 80;
constexpr int MOST_ROWS = 16;

} // namespace

DocumentationView::DocumentationView(QWidget* owner) : CodePopup(owner), m_title(new QLabel), m_text(new QPlainTextEdit) {
    setObjectName(u"documentation"_s);
    QFont strong = codeFont();
    strong.setBold(true);
    m_title->setFont(strong);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setContentsMargins(4, 2, 4, 2);
    m_text->setFont(codeFont());
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(0);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
}

void DocumentationView::setDocumentation(const Documentation& documentation) {
    m_title->setText(documentation.title);
    m_text->setPlainText(documentation.text);
    const QFontMetrics metrics(m_text->font());
    const int width = COLUMNS * metrics.averageCharWidth() + m_text->verticalScrollBar()->sizeHint().width() + 12;
    const int rows = std::clamp(m_text->document()->blockCount() + 1, 2, MOST_ROWS);
    m_title->setFixedWidth(width);
    m_title->setFixedHeight(m_title->heightForWidth(width));
    resize(width + 4, m_title->height() + rows * metrics.lineSpacing() + 8);
}

QString DocumentationView::title() const {
    return m_title->text();
}

QString DocumentationView::text() const {
    return m_text->toPlainText();
}

void DocumentationView::scrollPages(int pages) {
    QScrollBar* bar = m_text->verticalScrollBar();
    bar->setValue(bar->value() + pages * bar->pageStep());
}

} // namespace tintype
