// The document as the GUI thread sees it: a recent snapshot, and signals when it changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DocumentModel.h"

#include "ui/GuiQueue.h"

namespace tintype {

DocumentModel::DocumentModel(Document& document, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_document(document), m_state(document.state()),
      m_refreshPosted(std::make_shared<std::atomic<bool>>(false)) {
    auto post = queue.posterFor(this);
    m_subscription = document.subscribe([this, post, posted = m_refreshPosted](const DocumentChange& change) {
        post([this, change] { Q_EMIT done(change); });
        if (!posted->exchange(true))
            post([this] { refresh(); });
    });
}

void DocumentModel::refresh() {
    m_refreshPosted->store(false);
    m_state = m_document.state();
    Q_EMIT changed();
}

} // namespace tintype
