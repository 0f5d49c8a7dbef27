// Pixels in memory: interleaved bands, rows without gaps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/PixelBuffer.h"

#include <array>
#include <vector>

namespace tintype {

namespace {

struct FormatRow {
    const char* name;
    std::size_t size;
};

/// In the order of PixelFormat, which is libvips' own.
constexpr std::array<FormatRow, 10> FORMATS{{{"uchar", 1},
                                             {"char", 1},
                                             {"ushort", 2},
                                             {"short", 2},
                                             {"uint", 4},
                                             {"int", 4},
                                             {"float", 4},
                                             {"complex", 8},
                                             {"double", 8},
                                             {"dpcomplex", 16}}};

} // namespace

const char* formatName(PixelFormat format) {
    return FORMATS[std::size_t(format)].name;
}

std::size_t formatSize(PixelFormat format) {
    return FORMATS[std::size_t(format)].size;
}

PixelBuffer::PixelBuffer(const ImageShape& shape) : m_shape(shape) {
    auto memory = std::make_shared<std::vector<std::byte>>(shape.byteCount());
    m_data = memory->data();
    m_owner = std::move(memory);
}

PixelBuffer::PixelBuffer(const ImageShape& shape, const void* data, std::shared_ptr<const void> owner, bool isShared)
    : m_shape(shape), m_owner(std::move(owner)), m_data(data), m_isShared(isShared) {}

PixelBuffer::PixelBuffer(const ImageShape& shape, std::shared_ptr<const PixelBuffer> pixels)
    : m_shape(shape), m_data(pixels->data()), m_isShared(true) {
    m_owner = std::move(pixels);
}

} // namespace tintype
