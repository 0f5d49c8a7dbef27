// The command `tintype ops`: prints the catalogue, or one operation of it, for people or as JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/OperationJson.h"
#include "app/commands/OperationText.h"
#include "app/commands/OpsEntry.h"
#include "core/Error.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <iostream>

namespace tintype {

namespace {

std::string catalogJson(const OperationCatalog& catalog) {
    QJsonArray array;
    for (const Operation* operation : catalog.all())
        array.append(operationJson(*operation));
    return QJsonDocument(array).toJson().toStdString();
}

std::string answer(const OperationCatalog& catalog, const OpsRequest& request) {
    const std::string name = request.name;
    if (name.empty())
        return request.json ? catalogJson(catalog) : catalogText(catalog);
    const Operation& operation = catalog.get(name);
    return request.json ? QJsonDocument(operationJson(operation)).toJson().toStdString() : operationText(operation);
}

} // namespace

} // namespace tintype

int tintypeOpsMain(const tintype::OpsRequest* request) {
    try {
        const tintype::OperationCatalog catalog;
        std::cout << tintype::answer(catalog, *request) << std::flush;
        return std::cout ? 0 : 1;
    } catch (const tintype::Error& error) {
        std::cerr << "tintype: " << error.what() << "\n";
        return error.code() == tintype::ErrorCode::NotFound ? 2 : 1;
    }
}
