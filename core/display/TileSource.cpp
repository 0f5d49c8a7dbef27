// Computes the screen tiles of an image on threads of its own, and drops those nobody looks at any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/TileSource.h"

#include "core/display/TileWorkers.h"

namespace tintype {

TileSource::TileSource(const Evaluation& evaluation, InfoReady infoReady, TileReady tileReady)
    : m_workers(std::make_unique<Workers>(evaluation, std::move(infoReady), std::move(tileReady))) {}

TileSource::~TileSource() = default;

std::uint64_t TileSource::setImage(const Image& image, int plane, int look) {
    return m_workers->setImage(image, plane, look);
}

void TileSource::request(const std::vector<TileKey>& tiles) {
    m_workers->request(tiles);
}

} // namespace tintype
