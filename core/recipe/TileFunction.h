// A function from outside core that makes pixels of pixels, tile by tile, as a part of recipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/Node.h"

#include <memory>
#include <string>
#include <vector>

namespace tintype {

/// A rectangle of pixels, rows `stride` bytes apart.
struct TilePixels {
    ImageShape shape;
    void* data = nullptr;
    std::size_t stride = 0;
};

/// Problem: core knows no Python, and yet a step of a recipe may be a Python function. So it sees only this. Calls come on
/// the engine's threads, several at once; what is thrown becomes the evaluation's error. Destroyed on any thread.
class TileFunction {
public:
    virtual ~TileFunction() = default;
    /// What people know it by.
    virtual std::string name() const = 0;
    /// Fills `out` from the same place of each input, `overlap` pixels larger on each side. None may be used after the call.
    /// The token is that of the evaluation that asks.
    virtual void compute(const std::vector<TilePixels>& in, const TilePixels& out, int overlap,
                         const CancelToken& token) const = 0;
};

/// How pixels outside the image are made for the tiles at its edge, by libvips' names: copy, mirror, repeat, black, white.
struct TileMapping {
    int overlap = 0;
    std::string edge = "copy";
    PixelFormat format = PixelFormat::UChar; ///< of the result
    int bands = 1;                           ///< of the result
};

/// The operation ids of the two nodes; the catalogue has neither.
inline constexpr const char* MAP_TILES = "map_tiles";
inline constexpr const char* FUNCTION = "function";

/// The step; its function is an input node of its own, so that the step can be repeated on another picture.
NodePtr mapTilesNode(const std::vector<NodeOutput>& images, std::shared_ptr<const TileFunction> function,
                     const TileMapping& mapping);
/// The images that such a step reads, one at least.
std::vector<NodeOutput> mappedImages(const Node& step);
/// What such a step holds; null for the function of another node.
std::shared_ptr<const TileFunction> tileFunctionOf(const Node& step);
TileMapping tileMappingOf(const Node& step);

} // namespace tintype
