// The document as the GUI thread sees it: a recent snapshot, and a signal when it changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace tintype {

class GuiQueue;

/// Changes reach `changed` at once, those of a storm together, some twenty times a second: everything that shows the
/// document follows each time. Of more than MOST_CHANGES the oldest are skipped and only counted, so that a script that
/// edits in a loop costs the window little.
class DocumentModel : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t MOST_CHANGES = 1000;

    DocumentModel(Document& document, GuiQueue& queue, QObject* parent = nullptr);

    Document& document() const { return m_document; }
    const DocumentState& state() const { return *m_state; }

Q_SIGNALS:
    /// state() is new; `changes` led to it, oldest first, after `skipped` others.
    void changed(const std::vector<tintype::DocumentChange>& changes, std::size_t skipped);

private:
    struct Inbox;
    void refreshInTime();
    void refresh();

    Document& m_document;
    Document::State m_state;
    std::shared_ptr<Inbox> m_inbox;
    QTimer m_pause;
    bool m_changesWait = false;
    Document::Subscription m_subscription;
};

} // namespace tintype
