// Computes the screen tiles of an image on threads of its own, and drops those nobody looks at any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

/// A tile of TileSource::TILE_SIZE pixels a side, smaller at the right and lower border, of the image shrunk by 2^level.
struct TileKey {
    int level = 0;
    int column = 0;
    int row = 0;
    auto operator<=>(const TileKey&) const = default;
};

struct Tile {
    std::uint64_t generation = 0; ///< of the setImage() it belongs to
    TileKey key;
    int width = 0;
    int height = 0;
    std::vector<std::uint32_t> pixels; ///< QImage's RGB32
};

/// What is known of the image that was set.
struct TileSourceInfo {
    std::uint64_t generation = 0;
    ImageInfo image;
    bool damaged = false;
    std::string error; ///< why there is nothing to show, or what is damaged
};

/// Nothing here blocks the caller. Results come to the callbacks, on a worker thread; they must only hand over.
class TileSource {
public:
    static constexpr int TILE_SIZE = 256;

    using TileReady = std::function<void(std::shared_ptr<const Tile>)>;
    using InfoReady = std::function<void(const TileSourceInfo&)>;

    TileSource(const Evaluation& evaluation, InfoReady infoReady, TileReady tileReady);
    /// Stops and waits for its threads.
    ~TileSource();

    /// Shows another image from now on; returns its generation. Tiles of earlier ones come no more.
    std::uint64_t setImage(const Image& image, int plane = 0);
    /// The tiles wanted now, most wanted first, in the place of those asked for before. Tiles that are remembered come at
    /// once, on a worker thread as well.
    void request(const std::vector<TileKey>& tiles);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace tintype
