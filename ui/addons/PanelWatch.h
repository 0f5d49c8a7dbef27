// Tells the window that something has become of the panels of add-ons, some times a second at most.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/PanelList.h"

#include <QObject>
#include <QTimer>

namespace tintype {

class GuiQueue;

/// Problem: panels come, go and change on Python's threads, in storms when code fills them in a loop. So the first notice is
/// passed on at once, and those that follow together. Lives on the GUI thread; the list must outlive it.
class PanelWatch : public QObject {
    Q_OBJECT
public:
    PanelWatch(PanelList& panels, GuiQueue& queue, QObject* parent = nullptr);
    ~PanelWatch() override;

    PanelList& list() const { return m_panels; }

Q_SIGNALS:
    void changed();

private:
    void tellInTime();

    PanelList& m_panels;
    QTimer m_pause;
    bool m_waits = false;
};

} // namespace tintype
