// Tells the window that something has become of the panels of add-ons, some times a second at most.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelWatch.h"

#include "ui/GuiQueue.h"

#include <utility>

namespace tintype {

namespace {
constexpr int PAUSE_MS = 40;
}

PanelWatch::PanelWatch(PanelList& panels, GuiQueue& queue, QObject* parent) : QObject(parent), m_panels(panels) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(PAUSE_MS);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_waits, false))
            tellInTime();
    });
    m_panels.setObserver([post = queue.posterFor(this), this] { post([this] { tellInTime(); }); });
}

PanelWatch::~PanelWatch() {
    m_panels.setObserver(nullptr);
}

void PanelWatch::tellInTime() {
    if (m_pause.isActive()) {
        m_waits = true;
        return;
    }
    m_pause.start();
    Q_EMIT changed();
}

} // namespace tintype
