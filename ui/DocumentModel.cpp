// The document as the GUI thread sees it: a recent snapshot, and a signal when it changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DocumentModel.h"

#include "ui/GuiQueue.h"

#include <deque>
#include <mutex>

namespace tintype {

namespace {
constexpr int PAUSE_MS = 50;
/// More changes than people make; whoever makes few finds the window as they left it.
constexpr std::size_t STORM = 20;
}

/// Filled by the threads that change the document, emptied by the GUI thread.
struct DocumentModel::Inbox {
    std::mutex mutex;
    std::deque<DocumentChange> changes;
    std::size_t skipped = 0;

    /// True when the GUI thread must be told.
    bool add(const DocumentChange& change) {
        std::lock_guard lock(mutex);
        const bool wasEmpty = changes.empty();
        changes.push_back(change);
        if (changes.size() > MOST_CHANGES) {
            changes.pop_front();
            ++skipped;
        }
        return wasEmpty;
    }

    std::vector<DocumentChange> take(std::size_t& skippedBefore) {
        std::lock_guard lock(mutex);
        std::vector<DocumentChange> taken(std::make_move_iterator(changes.begin()),
                                          std::make_move_iterator(changes.end()));
        changes.clear();
        skippedBefore = std::exchange(skipped, 0);
        return taken;
    }
};

DocumentModel::DocumentModel(Document& document, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_document(document), m_state(document.state()), m_inbox(std::make_shared<Inbox>()) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(PAUSE_MS);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        if (std::exchange(m_changesWait, false))
            refreshInTime();
    });
    m_subscription = document.subscribe(
        [this, post = queue.posterFor(this), inbox = m_inbox](const DocumentChange& change) {
            if (inbox->add(change))
                post([this] { refreshInTime(); });
        });
}

void DocumentModel::refreshInTime() {
    if (m_pause.isActive()) {
        m_changesWait = true;
        return;
    }
    refresh();
}

void DocumentModel::refresh() {
    std::size_t skipped = 0;
    const std::vector<DocumentChange> changes = m_inbox->take(skipped);
    m_state = m_document.state();
    if (changes.size() > STORM)
        m_pause.start();
    Q_EMIT changed(changes, skipped);
}

} // namespace tintype
