// What Python code says of an operation that a function of its does, as the catalogue has it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/OperationDescription.h"

#include "core/Error.h"
#include "scripting/PythonText.h"
#include "scripting/api/Convert.h"

#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

/// The kinds of tintype/_annotations.py.
constexpr std::array<std::pair<const char*, ParameterKind>, 10> KINDS{{{"boolean", ParameterKind::Boolean},
                                                                       {"integer", ParameterKind::Integer},
                                                                       {"number", ParameterKind::Number},
                                                                       {"text", ParameterKind::Text},
                                                                       {"path", ParameterKind::Text},
                                                                       {"choice", ParameterKind::Choice},
                                                                       {"integers", ParameterKind::IntegerList},
                                                                       {"numbers", ParameterKind::NumberList},
                                                                       {"image", ParameterKind::Image},
                                                                       {"images", ParameterKind::ImageList}}};

ParameterKind kindFrom(const std::string& name) {
    const auto found = std::ranges::find_if(KINDS, [&](const auto& entry) { return name == entry.first; });
    if (found == KINDS.end())
        throw Error(ErrorCode::Parameter, "there is no kind of parameter '" + name + "'");
    return found->second;
}

std::string text(const py::dict& description, const char* key) {
    return textFrom(py::str(description[key]));
}

ParameterInfo readParameter(const Host& host, const py::dict& description, const std::string& id) {
    ParameterInfo info;
    info.name = text(description, "name");
    info.title = text(description, "title");
    info.help = text(description, "help");
    info.kind = kindFrom(text(description, "kind"));
    info.isFile = text(description, "kind") == "path";
    info.required = description["required"].cast<bool>();
    info.unit = text(description, "unit");
    info.minimum = description["minimum"].cast<double>();
    info.maximum = description["maximum"].cast<double>();
    info.sliderMinimum = description["slider_minimum"].cast<double>();
    info.sliderMaximum = description["slider_maximum"].cast<double>();
    info.fixedLength = description["length"].cast<int>();
    for (const py::handle choice : description["choices"])
        info.choices.push_back({textFrom(choice), textFrom(choice)});
    info.defaultValue = toValue(host, description["default"], id, info.name, nullptr);
    return info;
}

ParameterInfo readOutput(const py::dict& description) {
    ParameterInfo info;
    info.name = text(description, "name");
    info.title = text(description, "title");
    info.help = text(description, "help");
    info.kind = kindFrom(text(description, "kind"));
    info.required = true;
    info.output = true;
    return info;
}

} // namespace

Operation readDescription(const Host& host, const py::dict& description) {
    Operation operation;
    operation.id = text(description, "id");
    operation.title = text(description, "title");
    operation.category = text(description, "category");
    operation.help = text(description, "help");
    operation.keywords = description["keywords"].cast<std::vector<std::string>>();
    operation.tilewise = description["tilewise"].cast<bool>();
    operation.described = true;
    for (const py::handle input : description["inputs"])
        operation.inputs.push_back(readParameter(host, input.cast<py::dict>(), operation.id));
    for (const py::handle output : description["outputs"])
        operation.outputs.push_back(readOutput(output.cast<py::dict>()));
    return operation;
}

} // namespace tintype
