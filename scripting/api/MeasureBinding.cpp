// Measuring: columns of numbers and outlines of objects as numpy arrays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/Contours.h"
#include "core/measure/LabelFormat.h"
#include "scripting/api/Arrays.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>

namespace py = pybind11;

namespace tintype {

namespace {

template <typename T>
py::array arrayOf(const std::vector<double>& values) {
    py::array_t<T> array(static_cast<py::ssize_t>(values.size()));
    std::transform(values.begin(), values.end(), array.mutable_data(), [](double value) { return T(value); });
    return array;
}

py::tuple measure(const Host& host, const Image& labels, const std::optional<Image>& intensity) {
    const Evaluation& evaluation = host.evaluation();
    const ObjectTable table = compute([&](const EvaluationWatch& watch) {
        return evaluation.measureObjects(labels, intensity.value_or(Image()), watch);
    });
    loadNumpy();
    py::dict columns;
    py::dict units;
    for (const ObjectColumn& column : table) {
        columns[py::str(column.name)] =
            column.isWhole ? arrayOf<std::int64_t>(column.values) : arrayOf<double>(column.values);
        units[py::str(column.name)] = column.unit;
    }
    return py::make_tuple(columns, units);
}

py::list contours(const Host& host, const Image& labels, bool corners) {
    const Evaluation& evaluation = host.evaluation();
    const std::vector<Contour> found = compute([&](const EvaluationWatch& watch) {
        const ImageShape shape = evaluation.info(labels, {}, watch).shape;
        checkLabelFormat("contours", shape.bands, shape.format);
        return findContours(*evaluation.pixels(labels, watch), corners, watch.token);
    });
    loadNumpy();
    py::list list;
    for (const Contour& contour : found) {
        py::array_t<std::int32_t> array({py::ssize_t(contour.corners.size() / 2), py::ssize_t(2)});
        std::copy(contour.corners.begin(), contour.corners.end(), array.mutable_data());
        list.append(py::make_tuple(contour.label, array));
    }
    return list;
}

} // namespace

void bindMeasure(py::module_& module, const Host& host) {
    // GIL: releases it, because all pixels are read.
    module.def(
        "measure",
        [&host](const Image& labels, const std::optional<Image>& intensity) {
            return measure(host, labels, intensity);
        },
        py::arg("labels"), py::arg("intensity"));
    // GIL: releases it, because all pixels are computed and gone through.
    module.def(
        "contours", [&host](const Image& labels, bool corners) { return contours(host, labels, corners); },
        py::arg("labels"), py::arg("corners"));
}

} // namespace tintype
