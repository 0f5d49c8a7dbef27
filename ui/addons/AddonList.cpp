// The list of the add-ons, with a box to tick for each that can be switched on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonList.h"

#include "ui/addons/AddonText.h"

#include <QHash>
#include <QHeaderView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

enum Column { NAME, VERSION, STATE };
constexpr int ID = Qt::UserRole;

QString idOf(const QTreeWidgetItem* item) {
    return item->data(NAME, ID).toString();
}

bool suits(const AddonEntry& addon, const QString& word) {
    const QStringList texts{addon.id, addon.name, addon.description};
    return std::ranges::any_of(texts, [&](const QString& text) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

AddonList::AddonList(QWidget* parent) : QTreeWidget(parent) {
    setObjectName(u"addonList"_s);
    setAccessibleName(tr("Add-ons"));
    setHeaderLabels({tr("Add-on"), tr("Version"), tr("State")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSortingEnabled(true);
    sortByColumn(NAME, Qt::AscendingOrder);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(NAME, QHeaderView::Stretch);
    header()->setSectionResizeMode(VERSION, QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(STATE, QHeaderView::ResizeToContents);
    connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
        if (column == NAME)
            tick(item);
    });
}

void AddonList::setAddons(std::vector<AddonEntry> addons) {
    m_addons = std::move(addons);
    const QSignalBlocker quiet(this);
    QHash<QString, QTreeWidgetItem*> items;
    for (int i = topLevelItemCount(); i-- > 0;) {
        if (of(topLevelItem(i)))
            items.insert(idOf(topLevelItem(i)), topLevelItem(i));
        else
            delete takeTopLevelItem(i);
    }
    for (const AddonEntry& addon : m_addons) {
        QTreeWidgetItem* item = items.value(addon.id);
        if (!item) {
            item = new QTreeWidgetItem(this);
            item->setData(NAME, ID, addon.id);
        }
        showItem(*item, addon);
    }
    if (!currentItem() && topLevelItemCount() > 0)
        setCurrentItem(topLevelItem(0));
}

void AddonList::showItem(QTreeWidgetItem& item, const AddonEntry& addon) {
    item.setText(NAME, addon.name);
    item.setToolTip(NAME, addon.description);
    item.setText(VERSION, addon.version);
    item.setText(STATE, addonStateText(addon));
    item.setSizeHint(NAME, {0, fontMetrics().height() * 3 / 2});
    const bool hasBox = !addon.isBroken() || addon.isTicked();
    item.setFlags(!hasBox ? item.flags() & ~Qt::ItemIsUserCheckable : item.flags() | Qt::ItemIsUserCheckable);
    item.setData(NAME, Qt::CheckStateRole, !hasBox ? QVariant() : addon.isTicked() ? Qt::Checked : Qt::Unchecked);
}

int AddonList::filter(const QString& word) {
    int shown = 0;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        const AddonEntry* const addon = of(topLevelItem(i));
        const bool isShown = addon && suits(*addon, word);
        topLevelItem(i)->setHidden(!isShown);
        shown += isShown;
    }
    return shown;
}

const AddonEntry* AddonList::current() const {
    return currentItem() ? of(currentItem()) : nullptr;
}

const AddonEntry* AddonList::of(const QTreeWidgetItem* item) const {
    const auto found = std::ranges::find(m_addons, idOf(item), &AddonEntry::id);
    return found == m_addons.end() ? nullptr : &*found;
}

void AddonList::tick(QTreeWidgetItem* item) {
    const AddonEntry* const addon = of(item);
    const bool isWanted = item->checkState(NAME) == Qt::Checked;
    if (!addon || isWanted == addon->isTicked())
        return;
    setCurrentItem(item);
    item->setText(STATE, isWanted ? tr("starting…") : tr("stopping…"));
    Q_EMIT switched(*addon, isWanted);
}

} // namespace tintype
