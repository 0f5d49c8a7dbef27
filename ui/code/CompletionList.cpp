// The names that can be inserted at the caret, filtered by what is typed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CompletionList.h"

#include "ui/code/CodeColors.h"

#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int MOST_ROWS = 10;
constexpr int MARGIN = 6;
constexpr int KindRole = Qt::UserRole;

/// What people read for the words that Python's side has for them.
QString kindText(const QString& kind) {
    static const QHash<QString, QString> words{
        {u"operation"_s, CompletionList::tr("operation")}, {u"function"_s, CompletionList::tr("function")},
        {u"class"_s, CompletionList::tr("class")},         {u"module"_s, CompletionList::tr("module")},
        {u"property"_s, CompletionList::tr("property")},   {u"param"_s, CompletionList::tr("parameter")},
        {u"key"_s, CompletionList::tr("key")},             {u"choice"_s, CompletionList::tr("choice")},
        {u"keyword"_s, CompletionList::tr("keyword")},     {u"path"_s, CompletionList::tr("file")}};
    return words.value(kind, CompletionList::tr("value"));
}

class RowDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const bool selected = option.state & QStyle::State_Selected;
        const CodeColors ink = CodeColors::of(option.palette);
        painter->save();
        painter->fillRect(option.rect, selected ? ink.selection : ink.paper);
        const QRect row = option.rect.adjusted(MARGIN, 0, -MARGIN, 0);
        const QString kind = kindText(index.data(KindRole).toString());
        painter->setFont(QApplication::font());
        painter->setPen(selected ? ink.selectedText : ink.weak);
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, kind);
        const int taken = QFontMetrics(QApplication::font()).horizontalAdvance(kind) + 2 * MARGIN;
        const QRect place = row.adjusted(0, 0, -taken, 0);
        painter->setFont(option.font);
        painter->setPen(selected ? ink.selectedText : ink.text);
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, place.width()));
        painter->restore();
    }
};

} // namespace

CompletionList::CompletionList(QWidget* owner)
    : CodePopup(owner), m_view(new QListView), m_hint(new QLabel), m_model(new QStandardItemModel(this)) {
    setObjectName(u"completionList"_s);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QListView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setFont(codeFont());
    m_view->setItemDelegate(new RowDelegate(m_view));
    m_view->setModel(m_model);
    m_hint->setText(tr("Tab inserts · Ctrl+I explains"));
    m_hint->setContentsMargins(MARGIN, 1, MARGIN, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_view);
    layout->addWidget(m_hint);
    connect(m_view, &QListView::clicked, this, &CompletionList::chosen);
}

void CompletionList::setCompletions(const QList<Completion>& completions) {
    m_all = completions;
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, CodeColors::of(palette()).weak);
    m_hint->setPalette(ink);
    m_written.reset();
}

bool CompletionList::filter(const QString& written) {
    if (m_written == written)
        return !m_shown.isEmpty();
    const bool selected = m_written && hasSelection();
    m_written = written;
    m_shown.clear();
    QList<Completion> otherCase;
    for (const Completion& each : m_all) {
        if (each.name.startsWith(written))
            m_shown << each;
        else if (each.name.startsWith(written, Qt::CaseInsensitive))
            otherCase << each;
    }
    m_shown << otherCase;
    m_model->clear();
    for (const Completion& each : std::as_const(m_shown)) {
        auto* item = new QStandardItem(each.name);
        item->setData(each.kind, KindRole);
        m_model->appendRow(item);
    }
    if (m_shown.isEmpty())
        return false;
    if (selected)
        select(0);
    fit();
    return true;
}

bool CompletionList::offersNothingNew(const QString& written) const {
    return m_shown.size() == 1 && m_shown.first().insertion == written;
}

void CompletionList::select(int row) {
    m_view->setCurrentIndex(m_model->index(row, 0));
    Q_EMIT selectionMoved();
}

void CompletionList::moveSelection(int step) {
    const int row = hasSelection() ? m_view->currentIndex().row() + step : 0;
    select(std::clamp(row, 0, count() - 1));
}

bool CompletionList::hasSelection() const {
    return m_view->currentIndex().isValid();
}

const Completion& CompletionList::current() const {
    return m_shown[hasSelection() ? m_view->currentIndex().row() : 0];
}

void CompletionList::fit() {
    const QFontMetrics metrics(m_view->font());
    int widest = 0;
    for (const Completion& each : m_shown.first(std::min<qsizetype>(m_shown.size(), 200)))
        widest = std::max(widest, metrics.horizontalAdvance(each.name));
    const int letter = metrics.averageCharWidth();
    const int kinds = QFontMetrics(QApplication::font()).horizontalAdvance(tr("operation"));
    const int width = std::clamp(widest + kinds + 4 * MARGIN + m_view->verticalScrollBar()->sizeHint().width(),
                                 std::max(30 * letter, m_hint->sizeHint().width()), 70 * letter);
    const int rowHeight = std::max(m_view->sizeHintForRow(0), 1);
    const int height = std::min(count(), MOST_ROWS) * rowHeight;
    m_view->setFixedHeight(height);
    resize(width, height + m_hint->sizeHint().height() + 2);
}

} // namespace tintype
