// A Python function on arrays as a step of recipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/MapTiles.h"

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/api/Arrays.h"
#include "scripting/api/StopHere.h"

#include <pybind11/numpy.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr int PROBE_SIZE = 32;

std::string shapeText(int height, int width, int bands) {
    return std::to_string(height) + " x " + std::to_string(width) + (bands > 1 ? " x " + std::to_string(bands) : "");
}

std::string shapeText(const py::array& array) {
    std::string text;
    for (py::ssize_t i = 0; i < array.ndim(); ++i)
        text += (i ? " x " : "") + std::to_string(array.shape(i));
    return array.ndim() ? text : "a single number";
}

py::array copyOf(const TilePixels& tile) {
    std::vector<py::ssize_t> dimensions{tile.shape.height, tile.shape.width};
    if (tile.shape.bands > 1)
        dimensions.push_back(tile.shape.bands);
    py::array array(py::dtype(dtypeName(tile.shape.format)), dimensions);
    auto* to = static_cast<std::uint8_t*>(array.mutable_data());
    const auto* from = static_cast<const std::uint8_t*>(tile.data);
    for (int y = 0; y < tile.shape.height; ++y)
        std::memcpy(to + y * tile.shape.rowBytes(), from + y * tile.stride, tile.shape.rowBytes());
    return array;
}

int bandsOf(const py::array& array) {
    return array.ndim() == 3 ? int(array.shape(2)) : 1;
}

std::string typeText(int bands, PixelFormat format) {
    return std::to_string(bands) + (bands == 1 ? " band of " : " bands of ") + formatName(format);
}

/// What the function gave, as an array of the tile's height and width.
py::array checkedResult(const std::string& name, const py::object& result, int height, int width) {
    const auto array = py::array::ensure(result, py::array::c_style);
    if (!array)
        PyErr_Clear();
    if (!array || array.ndim() < 2 || array.ndim() > 3 || array.shape(0) != height || array.shape(1) != width)
        throw Error(ErrorCode::Operation, "map_tiles: " + name + " must give an array of the height and width of its tile, " +
                                              shapeText(height, width, 1) + ", not " +
                                              (array ? shapeText(array) : py::repr(result).cast<std::string>()));
    if (bandsOf(array) < 1)
        throw Error(ErrorCode::Operation,
                    "map_tiles: " + name + " must give an array of at least one band, not " + shapeText(array));
    // As masks have them.
    if (array.dtype().kind() == 'b')
        return py::array::ensure(array.attr("astype")("u1").attr("__mul__")(255), py::array::c_style);
    try {
        formatOfArray(array);
    } catch (const Error& error) {
        throw Error(error.code(), "map_tiles: " + name + ": " + error.what());
    }
    if (!array.dtype().attr("isnative").cast<bool>())
        return py::array::ensure(array.attr("astype")(array.dtype().attr("newbyteorder")("=")), py::array::c_style);
    return array;
}

py::object madeUpTile(ImageShape shape, int overlap) {
    shape.width = std::min(shape.width, PROBE_SIZE) + 2 * overlap;
    shape.height = std::min(shape.height, PROBE_SIZE) + 2 * overlap;
    // Not all the same, since some functions divide by the range of what they see.
    const py::object ramp = py::module_::import("numpy")
                                .attr("arange")(std::size_t(shape.width) * shape.height * shape.bands)
                                .attr("__mod__")(100);
    return ramp
        .attr("reshape")(shape.bands > 1 ? py::make_tuple(shape.height, shape.width, shape.bands)
                                         : py::make_tuple(shape.height, shape.width))
        .attr("astype")(py::dtype(dtypeName(shape.format)));
}

} // namespace

void PyTileFunction::compute(const std::vector<TilePixels>& in, const TilePixels& out, int overlap,
                             const CancelToken& token) const {
    m_function.call([&](PyObject* function) {
        loadNumpy();
        const StopHere stoppable(m_runtime, token);
        py::tuple tiles(in.size());
        for (std::size_t i = 0; i < in.size(); ++i)
            tiles[i] = copyOf(in[i]);
        const ImageShape& shape = in.front().shape;
        const py::object result = py::reinterpret_borrow<py::object>(function)(*tiles);
        const py::array array = checkedResult(m_name, result, shape.height, shape.width);
        if (formatOfArray(array) != out.shape.format || bandsOf(array) != out.shape.bands)
            throw Error(ErrorCode::Operation,
                        "map_tiles: " + m_name + " gave a tile of " + typeText(bandsOf(array), formatOfArray(array)) +
                            ", not of " + typeText(out.shape.bands, out.shape.format) +
                            " as before; use format=, bands= or .astype()");
        const auto* from = static_cast<const std::uint8_t*>(array.data());
        const std::size_t pixel = formatSize(out.shape.format) * std::size_t(out.shape.bands);
        for (int y = 0; y < out.shape.height; ++y)
            std::memcpy(static_cast<std::uint8_t*>(out.data) + y * out.stride,
                        from + (std::size_t(y + overlap) * shape.width + overlap) * pixel, out.shape.rowBytes());
    });
}

TileMapping PyTileFunction::probe(const std::vector<ImageShape>& images, int overlap) const {
    TileMapping found;
    found.overlap = overlap;
    m_function.call([&](PyObject* function) {
        loadNumpy();
        py::tuple tiles(images.size());
        for (std::size_t i = 0; i < images.size(); ++i)
            tiles[i] = madeUpTile(images[i], overlap);
        const py::array first = tiles[0];
        const py::array array = checkedResult(m_name, py::reinterpret_borrow<py::object>(function)(*tiles),
                                              int(first.shape(0)), int(first.shape(1)));
        found.format = formatOfArray(array);
        found.bands = bandsOf(array);
    });
    return found;
}

} // namespace tintype
