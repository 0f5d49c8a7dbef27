// Tells widgets that operations came or went.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/CatalogWatch.h"

#include "core/operations/OperationCatalog.h"
#include "ui/GuiQueue.h"

#include <atomic>

namespace tintype {

CatalogWatch::CatalogWatch(const OperationCatalog& catalog, GuiQueue& queue, QObject* parent) : QObject(parent) {
    const auto isPosted = std::make_shared<std::atomic<bool>>(false);
    m_subscription = catalog.subscribe([this, isPosted, post = queue.posterFor(this)] {
        if (isPosted->exchange(true))
            return;
        post([this, isPosted] {
            *isPosted = false;
            Q_EMIT changed();
        });
    });
}

} // namespace tintype
