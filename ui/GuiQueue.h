// Brings work from other threads to the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/TaskQueue.h"
#include "scripting/Wakeup.h"

#include <QObject>

#include <memory>

namespace tintype {

/// Made on the GUI thread by the composition root. `post` may be called on any thread, also while the queue is being
/// destroyed: callbacks hold a Poster, a value that becomes inert with the queue. Posted tasks run on the GUI thread in
/// their order, many to an event.
class GuiQueue : public QObject {
    Q_OBJECT
public:
    class Poster {
    public:
        void operator()(TaskQueue::Task task) const;

    private:
        friend class GuiQueue;
        std::shared_ptr<TaskQueue> m_tasks;
    };

    explicit GuiQueue(QObject* parent = nullptr);
    ~GuiQueue() override;

    Poster poster() const;
    /// Runs the task on the GUI thread later, unless `receiver` is gone by then. Call it on the GUI thread, to make the
    /// poster for one receiver: `auto post = queue.posterFor(this);`
    std::function<void(TaskQueue::Task)> posterFor(QObject* receiver) const;

private:
    void runTasks();
    std::shared_ptr<TaskQueue> m_tasks;
    Wakeup m_wakeup;
};

} // namespace tintype
