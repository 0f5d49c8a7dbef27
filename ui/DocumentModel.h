// The document as the GUI thread sees it: a recent snapshot, and signals when it changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <memory>

namespace tintype {

class GuiQueue;

/// Changes that come in a storm reach `changed` as one; `done` tells each of them, in order, for the log.
class DocumentModel : public QObject {
    Q_OBJECT
public:
    DocumentModel(Document& document, GuiQueue& queue, QObject* parent = nullptr);

    Document& document() const { return m_document; }
    const DocumentState& state() const { return *m_state; }

Q_SIGNALS:
    void changed();
    void done(const tintype::DocumentChange& change);

private:
    void refresh();
    Document& m_document;
    Document::State m_state;
    std::shared_ptr<std::atomic<bool>> m_refreshPosted;
    Document::Subscription m_subscription;
};

} // namespace tintype
