// The operations menu, by category, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationMenu.h"

#include "core/operations/OperationCatalog.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// A title may hold "&", which a menu would take as the mark of a shortcut.
QString menuText(const std::string& text) {
    return QString::fromStdString(text).replace(u"&"_s, u"&&"_s);
}

} // namespace

void addOperations(QMenu& menu, const OperationCatalog& catalog, const std::function<void(const Operation&)>& chosen) {
    for (const std::string& category : catalog.categories()) {
        const std::vector<const Operation*> operations = catalog.inCategory(category);
        if (operations.empty())
            continue;
        QMenu* submenu = menu.addMenu(menuText(category));
        submenu->setToolTipsVisible(true);
        for (const Operation* operation : operations) {
            QAction* action = submenu->addAction(menuText(operation->title));
            action->setObjectName(QString::fromStdString(operation->id));
            action->setToolTip(QString::fromStdString(operation->help));
            action->setStatusTip(QString::fromStdString(operation->help));
            QObject::connect(action, &QAction::triggered, action, [chosen, operation] { chosen(*operation); });
        }
    }
}

} // namespace tintype
