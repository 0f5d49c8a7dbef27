// Tells widgets that operations came or went.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace tintype {

class GuiQueue;
class OperationCatalog;

/// The catalogue changes on any thread, and an add-on may bring a hundred operations: `changed` comes on the GUI thread, once for
/// all that came until then. Catalogue and queue must outlive it.
class CatalogWatch : public QObject {
    Q_OBJECT
public:
    CatalogWatch(const OperationCatalog& catalog, GuiQueue& queue, QObject* parent);

Q_SIGNALS:
    void changed();

private:
    std::shared_ptr<const void> m_subscription;
};

} // namespace tintype
