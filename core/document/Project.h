// A document as a file: `.tint`, one JSON file with recipes, names and scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/DocumentState.h"

#include <QByteArray>

#include <string>

namespace tintype {

class Document;
class OperationCatalog;

/// Throws RecipeError, which names the image and the step, for what cannot be written down.
QByteArray projectToJson(const DocumentState& state);
/// Throws RecipeError with the reason.
DocumentState projectFromJson(const QByteArray& json, const OperationCatalog& catalog);

/// Written whole or not at all: a failed save leaves the old file untouched. Throws FileError or RecipeError.
void saveProject(Document& document, const std::string& path);
/// What a project holds, without opening it. Throws FileError or RecipeError.
DocumentState readProject(const std::string& path, const OperationCatalog& catalog);
/// Replaces what is open; on an error nothing changes. Throws FileError or RecipeError.
void openProject(Document& document, const std::string& path, const OperationCatalog& catalog);

} // namespace tintype
