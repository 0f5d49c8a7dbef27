// A button of an add-on's panel: pressed once, it waits until its code has ended, and can stop it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelButton.h"

#include "scripting/panels/Panel.h"
#include "ui/panels/JobBar.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace tintype {

namespace {
constexpr int BUSY_AFTER_MS = 200;
constexpr int BAR_WIDTH = 64;
} // namespace

PanelButton::PanelButton(const PanelItem& item)
    : m_button(new QPushButton(QString::fromStdString(item.title).replace(u'&', QStringLiteral("&&")))), m_bar(new JobBar(this)),
      m_stop(new QToolButton), m_calls(item.operation.empty()) {
    setObjectName(QString::fromStdString(item.name));
    setToolTip(QString::fromStdString(item.help));
    m_button->setObjectName(QStringLiteral("press"));
    // Narrow docks cut the words off rather than being kept wide by them.
    m_button->setMinimumWidth(20);
    m_bar->setFixedWidth(BAR_WIDTH);
    m_bar->setTextVisible(false);
    m_bar->showFraction(-1);
    m_stop->setObjectName(QStringLiteral("stop"));
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop %1").arg(m_button->text()));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_button, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_stop);
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
