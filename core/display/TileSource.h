// Computes the screen tiles of an image on threads of its own, and drops those nobody looks at any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/Tile.h"
#include "core/pixels/Evaluation.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

/// What is known of the image that was set.
struct TileSourceInfo {
    std::uint64_t generation = 0;
    ImageInfo image;
    bool damaged = false;
    std::string error;    ///< why there is nothing to show, or what is damaged
    double progress = -1; ///< of the pass over the whole image that zoomed-out views need; negative when none runs

    bool failed() const { return !error.empty() && !damaged; }
};

/// Problem: the screen wants tiles at once, at any zoom, of images that take seconds to compute. Tiles near 1:1 are
/// computed by region, in the order in which they are wanted. For zoomed-out levels of large images each tile would
/// cost a large part of the image, so one pass over the image builds a small level that fills in from the top, and
/// tiles of it and of the smaller levels are cut out of that.
///
/// Members may be called on any thread and never block. Results come to the callbacks, on threads of the source; they
/// must only hand over. Images that fail are evaluated once more in a way that tolerates damage; what then shows is
/// reported as damaged, with the reason.
class TileSource {
public:
    static constexpr int TILE_SIZE = Tile::SIZE;

    /// Whole tiles; while a pass runs also the parts of tiles that are there.
    using TileReady = std::function<void(std::uint64_t generation, std::shared_ptr<const Tile>)>;
    /// Comes when the shape is known, and again when damage, an error or progress is found.
    using InfoReady = std::function<void(const TileSourceInfo&)>;

    TileSource(const Evaluation& evaluation, InfoReady infoReady, TileReady tileReady);
    /// Stops what runs and waits for the threads.
    ~TileSource();

    /// Shows another image from now on; returns its generation. Tiles of earlier ones come no more, but for those that
    /// are being handed over at this moment. What is remembered of an image under another `look` counts for nothing.
    std::uint64_t setImage(const Image& image, int plane = 0, int look = 0);
    /// The tiles wanted now, most wanted first, in the place of those asked for before.
    void request(const std::vector<TileKey>& tiles);

private:
    class Workers;
    std::unique_ptr<Workers> m_workers;
};

} // namespace tintype
