// What a script printed; the places that a traceback names can be clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptOutputView.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr unsigned long PLACE = 8; ///< the indicator's number; the lower ones are for lexers
constexpr long LONGEST_PLACE = 500;

const QRegularExpression& placePattern() {
    static const QRegularExpression pattern(u"File \"([^\"\\n]+)\", line (\\d+)"_s);
    return pattern;
}

} // namespace

ScriptOutputView::ScriptOutputView(QWidget* parent) : OutputView(parent) {
    applyColors();
    connect(this, &QsciScintillaBase::SCN_INDICATORRELEASE, this, [this](int position, int) { clicked(position); });
}

void ScriptOutputView::applyColors() {
    OutputView::applyColors();
    SendScintilla(SCI_INDICSETSTYLE, PLACE, long(INDIC_PLAIN));
    SendScintilla(SCI_INDICSETFORE, PLACE, colors().definition);
    // The pointer becomes a hand over indicators that look different there.
    SendScintilla(SCI_INDICSETHOVERSTYLE, PLACE, long(INDIC_TEXTFORE));
    SendScintilla(SCI_INDICSETHOVERFORE, PLACE, colors().definition);
}

void ScriptOutputView::appendScriptOutput(const QString& text, bool isError) {
    appendOutput(text, isError);
    // A place may have been begun by the piece before.
    if (isError)
        markPlaces(std::max(0L, outputEnd() - long(text.toUtf8().size()) - LONGEST_PLACE));
}

void ScriptOutputView::markPlaces(long from) {
    SendScintilla(SCI_SETINDICATORCURRENT, PLACE);
    // Letters stand for bytes here, which are what positions count.
    const QString text = QString::fromLatin1(bytes(from, outputEnd()));
    for (auto found = placePattern().globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from + match.capturedStart()),
                      long(match.capturedLength()));
    }
}

void ScriptOutputView::clicked(int position) {
    if (hasSelectedText() || !SendScintilla(SCI_INDICATORVALUEAT, PLACE, long(position)))
        return;
    const long from = SendScintilla(SCI_INDICATORSTART, PLACE, long(position));
    const long to = SendScintilla(SCI_INDICATOREND, PLACE, long(position));
    const QRegularExpressionMatch match = placePattern().match(QString::fromUtf8(bytes(from, to)));
    if (match.hasMatch())
        Q_EMIT placeClicked(match.captured(1), match.captured(2).toInt());
}

} // namespace tintype
