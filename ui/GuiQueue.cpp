// Brings work from other threads to the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/GuiQueue.h"

#include <QPointer>

namespace tintype {

void GuiQueue::Poster::operator()(TaskQueue::Task task) const {
    m_tasks->post(std::move(task));
}

GuiQueue::GuiQueue(QObject* parent)
    : QObject(parent), m_tasks(std::make_shared<TaskQueue>()), m_wakeup([this] { runTasks(); }) {
    m_tasks->setWake([this] { m_wakeup.post(); });
}

GuiQueue::~GuiQueue() {
    // setWake waits for a wake under way, so that none reaches a queue that is gone.
    m_tasks->setWake(nullptr);
    m_tasks->close();
}

GuiQueue::Poster GuiQueue::poster() const {
    Poster poster;
    poster.m_tasks = m_tasks;
    return poster;
}

std::function<void(TaskQueue::Task)> GuiQueue::posterFor(QObject* receiver) const {
    // The guard is made and read on the GUI thread only; other threads merely copy the shared pointer to it.
    auto guard = std::make_shared<QPointer<QObject>>(receiver);
    return [poster = poster(), guard](TaskQueue::Task task) {
        poster([guard, task = std::move(task)] {
            if (*guard)
                task();
        });
    };
}

void GuiQueue::runTasks() {
    for (TaskQueue::Task& task : m_tasks->takeAll())
        task();
}

} // namespace tintype
