// Pixels in memory: interleaved bands, rows without gaps.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace tintype {

/// libvips' band formats, by their libvips names.
enum class PixelFormat { UChar, Char, UShort, Short, UInt, Int, Float, Complex, Double, DPComplex };

const char* formatName(PixelFormat format);
std::size_t formatSize(PixelFormat format);

struct ImageShape {
    int width = 0;
    int height = 0;
    int bands = 0;
    PixelFormat format = PixelFormat::UChar;
    std::string interpretation = "multiband"; ///< libvips' nickname: "b-w", "srgb", …

    std::size_t rowBytes() const { return std::size_t(width) * bands * formatSize(format); }
    std::size_t byteCount() const { return rowBytes() * height; }
};

/// Owns memory, or keeps its owner alive (a numpy array). Immutable once it is part of a node.
class PixelBuffer {
public:
    explicit PixelBuffer(const ImageShape& shape);
    /// Memory of somebody else; `owner` keeps it alive and may be dropped on any thread.
    PixelBuffer(const ImageShape& shape, const void* data, std::shared_ptr<const void> owner, bool isShared = true);

    /// The same pixels under another header of the same size and format.
    PixelBuffer(const ImageShape& shape, std::shared_ptr<const PixelBuffer> pixels);

    const ImageShape& shape() const { return m_shape; }
    /// Whether nodes, or whoever gave the memory, may have it too; then nobody may write to it.
    bool isShared() const { return m_isShared; }
    const void* data() const { return m_data; }
    void* mutableData() { return const_cast<void*>(m_data); }

private:
    ImageShape m_shape;
    std::shared_ptr<const void> m_owner;
    const void* m_data;
    bool m_isShared = false;
};

} // namespace tintype
