// The nodes that a recipe in a file cannot hold, on their way from one process to another.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Node.h"

#include <QJsonObject>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace tintype {

class PixelBuffer;

/// Puts pixels where the receiver finds them, and returns the number of that place.
using PlacePixels = std::function<std::uint64_t(const std::shared_ptr<const PixelBuffer>&)>;
/// The memory of a place; it must have that many bytes, and lives as long as the pointer. Throws Error(Internal).
using FindPixels = std::function<std::shared_ptr<const void>(std::uint64_t place, std::size_t size)>;

/// For NodeWriter: pixels in memory by their place, encoded pictures with their bytes; an empty object for other nodes.
QJsonObject transferredToJson(const NodePtr& node, const PlacePixels& place);
/// For NodeReader: what the other one wrote; null for other nodes. Throws RecipeError or Error(Internal).
NodePtr transferredFromJson(const QJsonObject& json, const FindPixels& find);

} // namespace tintype
