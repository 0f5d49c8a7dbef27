// The operations menu, by category, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationMenu.h"

#include "core/operations/OperationCatalog.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// A title may hold "&", which a menu would take as the mark of a shortcut.
QString menuText(const std::string& text) {
    return QString::fromStdString(text).replace(u"&"_s, u"&&"_s);
}

} // namespace

OperationMenu::OperationMenu(QMenu& menu, const OperationCatalog& catalog, Chosen chosen)
    : QObject(&menu), m_menu(menu), m_catalog(catalog), m_chosen(std::move(chosen)) {
    follow();
}

void OperationMenu::follow() {
    std::map<std::string, Category> gone;
    gone.swap(m_categories);
    for (const std::string& title : m_catalog.categories()) {
        const std::vector<const Operation*> operations = m_catalog.inCategory(title);
        if (operations.empty())
            continue;
        Category category;
        if (const auto known = gone.find(title); known != gone.end()) {
            category = known->second;
            gone.erase(known);
        } else {
            category.menu = m_menu.addMenu(menuText(title));
            category.menu->setToolTipsVisible(true);
        }
        fill(category, operations);
        m_categories.emplace(title, std::move(category));
    }
    for (const auto& [title, category] : gone)
        category.menu->deleteLater();
}

void OperationMenu::fill(Category& category, const std::vector<const Operation*>& operations) {
    if (category.operations == operations)
        return;
    // What add-ons have put there themselves stays.
    for (QAction* action : category.menu->actions())
        if (action->parent() == category.menu)
            delete action;
    for (const Operation* operation : operations) {
        QAction* action = category.menu->addAction(menuText(operation->title));
        action->setObjectName(QString::fromStdString(operation->id));
        action->setToolTip(QString::fromStdString(operation->help));
        action->setStatusTip(QString::fromStdString(operation->help));
        connect(action, &QAction::triggered, this, [this, operation] { m_chosen(*operation); });
    }
    category.operations = operations;
}

} // namespace tintype
