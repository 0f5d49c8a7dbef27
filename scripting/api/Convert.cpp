// Python values to parameters of operations, and what operations found to Python values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Convert.h"

#include "core/Error.h"
#include "scripting/PythonText.h"

namespace py = pybind11;

namespace tintype {

namespace {

/// One parameter on its way: where it goes, for decisions and for messages.
struct Target {
    const Host& host;
    const std::string& caller;
    const std::string& name;
    const ParameterInfo* info;

    bool wants(ParameterKind kind) const { return info && info->kind == kind; }
    bool wantsImage() const { return wants(ParameterKind::Image) || wants(ParameterKind::ImageList); }
    [[noreturn]] void refuse(py::handle object, const std::string& reason = {}) const {
        const std::string wanted = info ? std::string(kindName(info->kind)) : "a number, a text or a list of them";
        throw Error(ErrorCode::Parameter, caller + ": " + name + " must be " + wanted + ", not " +
                                              (reason.empty() ? typeName(object) : reason));
    }
};

Value convert(const Target& target, py::handle object);

/// The node output that a tt.Number, tt.Integer or tt.Numbers came from.
const NodeOutput* linkOf(py::handle object) {
    static PyObject* const attribute = PyUnicode_InternFromString("_output");
    const auto link = py::reinterpret_steal<py::object>(PyObject_GetAttr(object.ptr(), attribute));
    if (!link) {
        PyErr_Clear();
        return nullptr;
    }
    return py::isinstance<NodeOutput>(link) ? link.cast<const NodeOutput*>() : nullptr;
}

Value convertInteger(const Target& target, py::handle object) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
    if (overflow)
        target.refuse(object, std::string(py::str(object)));
    if (number == -1 && PyErr_Occurred())
        throw py::error_already_set();
    return Value(std::int64_t(number));
}

Value convertList(const Target& target, py::handle object) {
    const auto items = py::reinterpret_steal<py::object>(PySequence_Fast(object.ptr(), "not a list"));
    if (!items)
        throw py::error_already_set();
    const Py_ssize_t count = PySequence_Fast_GET_SIZE(items.ptr());
    List list;
    list.reserve(std::size_t(count));
    for (Py_ssize_t i = 0; i < count; ++i)
        list.push_back(convert(target, PySequence_Fast_GET_ITEM(items.ptr(), i)));
    return Value(std::move(list));
}

/// numpy's arrays and scalars, and whatever else can be read as numbers.
Value convertForeign(const Target& target, py::handle object) {
    // A member of an Enum, as tintype/_annotations.py calls it.
    if (target.wants(ParameterKind::Choice) && py::isinstance(object, py::module_::import("enum").attr("Enum"))) {
        const py::object value = object.attr("value");
        return Value(textFrom(PyUnicode_Check(value.ptr()) ? value : py::object(object.attr("name"))));
    }
    if (py::hasattr(object, "dtype") && py::hasattr(object, "ndim")) {
        const int dimensions = object.attr("ndim").cast<int>();
        if (dimensions >= 2 && target.wantsImage())
            return Value(py::module_::import("tintype").attr("Image").attr("new_from_array")(object)
                             .cast<const Image&>().output());
        if (dimensions <= 1)
            return convert(target, object.attr("tolist")());
        target.refuse(object, "an array of " + std::to_string(dimensions) + " dimensions");
    }
    if (PyIndex_Check(object.ptr())) {
        const auto number = py::reinterpret_steal<py::object>(PyNumber_Index(object.ptr()));
        if (!number)
            throw py::error_already_set();
        return convertInteger(target, number);
    }
    if (PyObject_CheckBuffer(object.ptr()))
        return Value(bytesOf(object, target.caller));
    if (py::hasattr(object, "__fspath__"))
        return Value(toPath(object));
    if (py::hasattr(object, "__float__"))
        return Value(object.attr("__float__")().cast<double>());
    target.refuse(object);
}

Value convert(const Target& target, py::handle object) {
    PyObject* const raw = object.ptr();
    if (raw == Py_None)
        return Value();
    if (PyBool_Check(raw))
        return Value(raw == Py_True);
    if (PyUnicode_Check(raw))
        return Value(textFrom(object));
    if (PyLong_CheckExact(raw))
        return convertInteger(target, object);
    if (PyFloat_CheckExact(raw))
        return Value(PyFloat_AS_DOUBLE(raw));
    if (PyLong_Check(raw) || PyFloat_Check(raw) || PyList_Check(raw)) {
        if (const NodeOutput* link = linkOf(object))
            return Value(*link);
        if (PyLong_Check(raw))
            return convertInteger(target, object);
        if (PyFloat_Check(raw))
            return Value(PyFloat_AS_DOUBLE(raw));
    }
    if (PyList_Check(raw) || PyTuple_Check(raw))
        return convertList(target, object);
    if (py::isinstance<Image>(object))
        return Value(object.cast<const Image&>().output());
    return convertForeign(target, object);
}

py::object remembering(const char* type, const py::object& value, const NodeOutput& link) {
    if (!link)
        return value;
    return py::module_::import("tintype._values").attr(type)(value, py::cast(link));
}

} // namespace

Value toValue(const Host& host, py::handle object, const std::string& caller, const std::string& name,
              const ParameterInfo* info) {
    const Target target{host, caller, name, info};
    Value value = convert(target, object);
    // One image where a list of them is wanted.
    if (target.wants(ParameterKind::ImageList) && !value.as<List>() && !value.isNone())
        return Value(List{std::move(value)});
    return value;
}

Parameters toOptions(const Host& host, const std::string& caller, const py::kwargs& options) {
    Parameters parameters;
    for (const auto& [key, object] : options) {
        std::string name = textFrom(key);
        Value value = toValue(host, object, caller, name, nullptr);
        parameters.emplace_back(std::move(name), std::move(value));
    }
    return parameters;
}

py::object fromValue(const Value& value, const NodeOutput& link) {
    if (value.isNone())
        return py::none();
    if (const auto* flag = value.as<bool>())
        return py::bool_(*flag);
    if (const auto* number = value.as<std::int64_t>())
        return remembering("Integer", py::int_(*number), link);
    if (const auto* number = value.as<double>())
        return remembering("Number", py::float_(*number), link);
    if (const auto* text = value.as<std::string>())
        return py::reinterpret_steal<py::object>(
            PyUnicode_DecodeUTF8(text->data(), Py_ssize_t(text->size()), "surrogateescape"));
    if (const auto* bytes = value.as<BytesPtr>())
        return py::bytes(reinterpret_cast<const char*>((*bytes)->data()), (*bytes)->size());
    if (const auto* output = value.as<NodeOutput>())
        return py::cast(Image(*output));
    py::list list;
    for (const Value& item : *value.as<List>())
        list.append(fromValue(item));
    return remembering("Numbers", list, link);
}

BytesPtr bytesOf(py::handle object, const std::string& caller) {
    Py_buffer view;
    if (PyObject_GetBuffer(object.ptr(), &view, PyBUF_SIMPLE) < 0) {
        PyErr_Clear();
        throw Error(ErrorCode::Parameter, caller + ": bytes are needed, not " + typeName(object));
    }
    const auto* data = static_cast<const std::uint8_t*>(view.buf);
    auto bytes = std::make_shared<const Bytes>(data, data + view.len);
    PyBuffer_Release(&view);
    return bytes;
}

std::string toPath(py::handle object) {
    PyObject* encoded = nullptr;
    if (!PyUnicode_FSConverter(object.ptr(), &encoded)) {
        py::error_already_set error;
        if (error.matches(PyExc_TypeError) || error.matches(PyExc_ValueError))
            throw Error(ErrorCode::Parameter, "A path must be a text or an os.PathLike without NUL, not " +
                                                  std::string(py::repr(object)));
        throw error;
    }
    return py::reinterpret_steal<py::bytes>(encoded);
}

std::string typeName(py::handle object) {
    const py::handle type = py::type::handle_of(object);
    const std::string module = textFrom(py::str(type.attr("__module__")));
    const std::string name = textFrom(py::str(type.attr("__qualname__")));
    return module == "builtins" ? name : module + "." + name;
}

} // namespace tintype
