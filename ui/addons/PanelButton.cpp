// A button of an add-on's panel: pressed once, it waits until its code has ended, and can stop it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelButton.h"

#include "scripting/panels/Panel.h"
#include "ui/panels/JobBar.h"

#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace tintype {

namespace {
constexpr int BUSY_AFTER_MS = 200;
constexpr int BAR_HEIGHT = 4;
} // namespace

PanelButton::PanelButton(const PanelItem& item)
    : m_button(new QPushButton(QString::fromStdString(item.title).replace(u'&', QStringLiteral("&&")))), m_bar(new JobBar(this)),
      m_stop(new QToolButton), m_calls(item.operation.empty()) {
    setObjectName(QString::fromStdString(item.name));
    setToolTip(QString::fromStdString(item.help));
    m_button->setObjectName(QStringLiteral("press"));
    // Narrow docks cut the words off rather than being kept wide by them.
    m_button->setMinimumWidth(20);
    // Its place is kept, so that nothing moves when it comes.
    m_bar->setFixedHeight(BAR_HEIGHT);
    m_bar->setMinimumWidth(20);
    QSizePolicy policy = m_bar->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(policy);
    m_bar->setTextVisible(false);
    m_bar->showFraction(-1);
    m_stop->setObjectName(QStringLiteral("stop"));
    // Beside other buttons there is no room for the word.
    m_stop->setText(QStringLiteral("■"));
    m_stop->setToolTip(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop %1").arg(m_button->text()));
    auto* const row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(m_button, 1);
    row->addWidget(m_stop);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(1);
    layout->addLayout(row);
    layout->addWidget(m_bar);
    setFocusProxy(m_button);
    m_busyLater.setSingleShot(true);
    m_busyLater.setInterval(BUSY_AFTER_MS);
    connect(&m_busyLater, &QTimer::timeout, this, &PanelButton::showBusy);
    connect(m_button, &QPushButton::clicked, this, &PanelButton::press);
    connect(m_stop, &QToolButton::clicked, this, &PanelButton::stopWanted);
    refresh();
}

void PanelButton::press() {
    if (m_calls) {
        // At once, so that a second click finds it so.
        m_runs = true;
        refresh();
    }
    Q_EMIT pressed();
}

void PanelButton::showState(const PanelCallState& state) {
    m_runs = state.runs;
    m_stop->setEnabled(!state.isStopping);
    refresh();
}

void PanelButton::setAllowed(bool allowed) {
    m_allowed = allowed;
    refresh();
}

void PanelButton::refresh() {
    m_button->setEnabled(m_allowed && !m_runs);
    if (m_runs && !m_busyLater.isActive() && m_stop->isHidden())
        m_busyLater.start();
    if (m_runs)
        return;
    m_busyLater.stop();
    showBusy();
}

void PanelButton::showBusy() {
    m_bar->setVisible(m_runs);
    m_stop->setVisible(m_runs);
}

} // namespace tintype
