// The operations menu, by category, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QMenu;

namespace tintype {

class OperationCatalog;
struct Operation;

/// Fills a menu with a submenu a category and an action an operation, whose objectName is the operation's id; `chosen` is called
/// with the operation. What has not changed stays when it follows the catalogue, so that an open menu is not taken from under the
/// mouse. Belongs to the menu.
class OperationMenu : public QObject {
    Q_OBJECT
public:
    using Chosen = std::function<void(const Operation&)>;
    OperationMenu(QMenu& menu, const OperationCatalog& catalog, Chosen chosen);

    /// Operations came or went.
    void follow();

private:
    struct Category {
        QMenu* menu = nullptr;
        std::vector<const Operation*> operations;
    };
    void fill(Category& category, const std::vector<const Operation*>& operations);

    QMenu& m_menu;
    const OperationCatalog& m_catalog;
    const Chosen m_chosen;
    std::map<std::string, Category> m_categories;
};

} // namespace tintype
