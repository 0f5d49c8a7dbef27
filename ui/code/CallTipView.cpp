// The parameters of the call at the caret, the one that is being written in bold, and what is known of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CallTipView.h"

#include "ui/code/CodeColors.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int WIDEST = 90; // letters
constexpr qsizetype LONGEST_HELP = 400;

QString shortened(const QString& text) {
    return text.size() <= LONGEST_HELP ? text : text.left(LONGEST_HELP - 1) + u'…';
}

} // namespace

CallTipView::CallTipView(QWidget* owner) : CodePopup(owner), m_label(new QLabel) {
    setObjectName(u"callTip"_s);
    m_label->setFont(codeFont());
    m_label->setTextFormat(Qt::RichText);
    m_label->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 3, 6, 3);
    layout->addWidget(m_label);
}

void CallTipView::setTip(const CallTip& tip) {
    const CodeColors ink = CodeColors::of(palette());
    QStringList parameters;
    for (qsizetype i = 0; i < tip.parameters.size(); ++i) {
        const QString parameter = tip.parameters[i].toHtmlEscaped();
        parameters << (i == tip.current ? u"<b>"_s + parameter + u"</b>"_s : parameter);
    }
    const QString call = u"<span style='color:%1'>%2</span>(%3)"_s.arg(ink.definition.name(), tip.name.toHtmlEscaped(),
                                                                       parameters.join(u", "_s));
    const QString help = shortened(tip.help.isEmpty() ? tip.summary : tip.help).toHtmlEscaped();
    const QString below = help.isEmpty() ? QString() : u"<br><span style='color:%1'>%2</span>"_s.arg(ink.weak.name(), help);
    m_label->setText(call + below);
    const QFontMetrics metrics(m_label->font());
    const qsizetype letters = std::max(tip.name.size() + tip.parameters.join(u", "_s).size() + 4, help.size() + 2);
    m_label->setFixedWidth(metrics.averageCharWidth() * int(std::clamp<qsizetype>(letters, 10, WIDEST)));
    m_label->setFixedHeight(m_label->heightForWidth(m_label->width()));
    adjustSize();
}

QString CallTipView::text() const {
    return m_label->text();
}

} // namespace tintype
