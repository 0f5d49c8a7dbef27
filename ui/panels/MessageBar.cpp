// Messages above the canvas: errors until they are closed, notes for a few seconds. Never in the way of work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/MessageBar.h"

#include "ui/panels/ColoredBar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QTimer>
#include <QToolButton>

namespace tintype {

namespace {
constexpr int NOTE_MILLISECONDS = 8000;
constexpr int MOST_CHARACTERS = 2000;
} // namespace

class MessageBar::Row : public ColoredBar {
public:
    Row(Kind kind, const QString& text, QWidget* parent)
        : ColoredBar(kind == Kind::Error ? BarTone::Warning : BarTone::Calm, parent), m_text(text) {
        setObjectName(kind == Kind::Error ? QStringLiteral("errorMessage") : QStringLiteral("noteMessage"));
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(10, 4, 4, 4);
        auto* icon = new QLabel(this);
        const QStyle::StandardPixmap picture =
            kind == Kind::Error ? QStyle::SP_MessageBoxWarning : QStyle::SP_MessageBoxInformation;
        icon->setPixmap(style()->standardIcon(picture).pixmap(16, 16));
        layout->addWidget(icon);
        auto* label = new QLabel(text.left(MOST_CHARACTERS), this);
        label->setObjectName(QStringLiteral("messageText"));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        // A path without spaces must not make the window wider, and several messages not taller.
        label->setMinimumSize(50, fontMetrics().height());
        QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        policy.setHeightForWidth(true);
        label->setSizePolicy(policy);
        layout->addWidget(label, 1);
        auto* close = new QToolButton(this);
        close->setObjectName(QStringLiteral("closeMessage"));
        close->setAutoRaise(true);
        close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
        close->setToolTip(MessageBar::tr("Close this message"));
        close->setAccessibleName(close->toolTip());
        connect(close, &QToolButton::clicked, this, &QObject::deleteLater);
        layout->addWidget(close);
        if (kind == Kind::Note)
            QTimer::singleShot(NOTE_MILLISECONDS, this, &QObject::deleteLater);
    }

    const QString& text() const { return m_text; }

private:
    const QString m_text;
};

MessageBar::MessageBar(QWidget* parent, int most) : QWidget(parent), m_layout(new QVBoxLayout(this)), m_most(most) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
}

QList<MessageBar::Row*> MessageBar::rows() const {
    QList<Row*> found;
    for (int i = 0; i < m_layout->count(); ++i)
        found.append(static_cast<Row*>(m_layout->itemAt(i)->widget()));
    return found;
}

void MessageBar::add(Kind kind, const QString& text) {
    remove(text);
    QList<Row*> shown = rows();
    while (shown.size() >= m_most)
        delete shown.takeFirst();
    m_layout->addWidget(new Row(kind, text, this));
}

QStringList MessageBar::texts() const {
    QStringList texts;
    for (const Row* row : rows())
        texts.append(row->text());
    return texts;
}

void MessageBar::remove(const QString& text) {
    for (Row* row : rows())
        if (row->text() == text)
            delete row;
}

void MessageBar::clear() {
    qDeleteAll(rows());
}

} // namespace tintype
