// Says above the canvas which script holds Python, or does not end although it was stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/StallBar.h"

#include "ui/panels/ColoredBar.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tintype {

namespace {

constexpr int STACK_LINES = 8;

long long secondsOf(const Stall& stall) {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - stall.since).count();
}

QString nameOf(const Stall& stall) {
    if (stall.title.isEmpty())
        return stall.where.isEmpty() ? StallBar::tr("Some Python code") : StallBar::tr("Code without a script");
    return stall.jobId == 0 ? stall.title : StallBar::tr("“%1”").arg(stall.title);
}

QString textOf(const Stall& stall) {
    const QString seconds = QString::number(secondsOf(stall));
    if (stall.kind == Stall::Kind::DoesNotEnd && stall.where.isEmpty())
        return StallBar::tr("“%1” was stopped %2 s ago and has not ended.").arg(stall.title, seconds);
    if (stall.kind == Stall::Kind::DoesNotEnd)
        return StallBar::tr("“%1” was stopped %2 s ago and has not ended: %3.").arg(stall.title, seconds, stall.where);
    const QString held = stall.where.isEmpty()
                             ? StallBar::tr("%1 has held Python for %2 s").arg(nameOf(stall), seconds)
                             : StallBar::tr("%1 has held Python for %2 s (%3)").arg(nameOf(stall), seconds, stall.where);
    const QString text = StallBar::tr("%1; other scripts and the console wait. You can go on working by hand and save.").arg(held);
    return stall.stopAsked ? StallBar::tr("%1 It stops when the call that it is in returns.").arg(text) : text;
}

} // namespace

/// The text with its buttons, and below it the stack when it is asked for.
class StallBar::Row : public ColoredBar {
public:
    Row(const Stall& stall, StallBar* bar)
        : ColoredBar(BarTone::Warning, bar), m_text(new QLabel(this)), m_stack(new QPlainTextEdit(this)),
          m_details(addButton("stallDetails")),
          m_apart(new QCheckBox(StallBar::tr("Run it in its own process next time"), this)), m_stop(addButton("stallStop")) {
        setObjectName(QStringLiteral("stall"));
        m_text->setObjectName(QStringLiteral("stallText"));
        m_text->setTextFormat(Qt::PlainText);
        m_text->setWordWrap(true);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_stack->setObjectName(QStringLiteral("stallStack"));
        m_stack->setReadOnly(true);
        m_stack->setLineWrapMode(QPlainTextEdit::NoWrap);
        m_stack->setFixedHeight(fontMetrics().lineSpacing() * STACK_LINES);
        m_stack->hide();
        m_details->setText(StallBar::tr("Details"));
        m_details->setCheckable(true);
        connect(m_details, &QPushButton::toggled, m_stack, &QWidget::setVisible);
        connect(m_stop, &QPushButton::clicked, bar, [this, bar] {
            if (m_stall.kind == Stall::Kind::DoesNotEnd)
                Q_EMIT bar->stopAgainWanted(m_stall.jobId);
            else
                Q_EMIT bar->stopWanted(m_stall.jobId);
        });
        m_apart->setObjectName(QStringLiteral("stallOwnProcess"));
        m_apart->setToolTip(StallBar::tr("There it can always be ended, and other scripts do not wait for it"));
        connect(m_apart, &QCheckBox::clicked, bar,
                [this, bar](bool wanted) { Q_EMIT bar->ownProcessWanted(m_stall.jobId, wanted); });
        auto* line = new QHBoxLayout;
        line->addWidget(m_text, 1);
        line->addWidget(m_details);
        line->addWidget(m_stop);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(10, 4, 4, 4);
        layout->addLayout(line);
        layout->addWidget(m_apart, 0, Qt::AlignLeft);
        layout->addWidget(m_stack);
        showStall(stall, {});
    }

    bool isOf(const Stall& stall) const { return m_stall.kind == stall.kind && m_stall.jobId == stall.jobId; }
    /// `apart` is nothing where there is no choice.
    void showStall(const Stall& stall, const std::optional<bool>& apart) {
        m_stall = stall;
        m_apart->setVisible(apart.has_value());
        m_apart->setChecked(apart.value_or(false));
        // Setting the same text would lose what is selected in it.
        if (m_stack->toPlainText() != stall.stack)
            m_stack->setPlainText(stall.stack);
        m_details->setVisible(!stall.stack.isEmpty());
        m_stop->setVisible(stall.jobId != 0 && (stall.kind == Stall::Kind::DoesNotEnd || !stall.stopAsked));
        m_stop->setText(stall.kind == Stall::Kind::DoesNotEnd ? StallBar::tr("Stop again") : StallBar::tr("Stop"));
        refresh();
    }
    void refresh() { m_text->setText(textOf(m_stall)); }

private:
    QPushButton* addButton(const char* name) {
        auto* button = new QPushButton(this);
        button->setObjectName(QLatin1String(name));
        return button;
    }

    Stall m_stall;
    QLabel* m_text;
    QPlainTextEdit* m_stack;
    QPushButton* m_details;
    QCheckBox* m_apart;
    QPushButton* m_stop;
};

StallBar::StallBar(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("stallBar"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(1);
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &StallBar::refresh);
    hide();
}

QList<StallBar::Row*> StallBar::rows() const {
    QList<Row*> found;
    for (int i = 0; i < m_layout->count(); ++i)
        found.append(static_cast<Row*>(m_layout->itemAt(i)->widget()));
    return found;
}

StallBar::Row* StallBar::addRow(const Stall& stall) {
    auto* row = new Row(stall, this);
    m_layout->addWidget(row);
    return row;
}

void StallBar::showStalls(const QList<Stall>& stalls) {
    for (Row* row : rows()) {
        if (std::ranges::none_of(stalls, [row](const Stall& stall) { return row->isOf(stall); }))
            delete row;
    }
    const QList<Row*> left = rows();
    for (const Stall& stall : stalls) {
        const auto found = std::ranges::find_if(left, [&](const Row* each) { return each->isOf(stall); });
        Row* const row = found == left.end() ? addRow(stall) : *found;
        row->showStall(stall, m_ownProcess ? m_ownProcess(stall.jobId) : std::nullopt);
    }
    setVisible(!stalls.isEmpty());
    if (stalls.isEmpty())
        m_seconds.stop();
    else
        m_seconds.start();
}

void StallBar::refresh() {
    for (Row* row : rows())
        row->refresh();
}

QString shortText(const Stall& stall) {
    return stall.kind == Stall::Kind::HoldsPython ? StallBar::tr("holds Python for %1 s").arg(secondsOf(stall))
                                                  : StallBar::tr("stopped %1 s ago, has not ended").arg(secondsOf(stall));
}

} // namespace tintype
