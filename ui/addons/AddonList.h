// The list of the add-ons, with a box to tick for each that can be switched on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/addons/AddonEntry.h"

#include <QTreeWidget>

#include <vector>

namespace tintype {

/// Shows what it was told last; a click on a box is passed on, and shown as under way until the next list comes.
class AddonList : public QTreeWidget {
    Q_OBJECT
public:
    explicit AddonList(QWidget* parent);

    /// Keeps the row that the person has chosen.
    void setAddons(std::vector<AddonEntry> addons);
    /// Hides those that do not have this word in their id, name or description; how many are left.
    int filter(const QString& word);
    /// The one that is chosen, until the next list; null for none.
    const AddonEntry* current() const;

Q_SIGNALS:
    void switched(const AddonEntry& addon, bool isWanted);

private:
    const AddonEntry* of(const QTreeWidgetItem* item) const;
    void showItem(QTreeWidgetItem& item, const AddonEntry& addon);
    void tick(QTreeWidgetItem* item);

    std::vector<AddonEntry> m_addons;
};

} // namespace tintype
