// The Python objects that stand for operations, as plain CPython types.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/OperationFunction.h"

#include "core/operations/CatalogJson.h"
#include "core/operations/CatalogText.h"
#include "core/operations/OperationFunction.h"
#include "scripting/PythonError.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/api/OperationCall.h"
#include "scripting/api/OperationHelp.h"

#include <QJsonDocument>

#include <pybind11/stl.h>
#include <structmember.h>

#include <cstddef>
#include <string>
#include <vector>

namespace py = pybind11;

namespace tintype {

namespace {

struct FunctionObject {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    const Host* host;
    const Operation* operation;
    OperationRole role;
};

FunctionObject* cast(PyObject* object) { return reinterpret_cast<FunctionObject*>(object); }

/// Runs f, which returns a new reference, and turns what it throws into Python's error.
template <typename F>
PyObject* guarded(F f) {
    try {
        return f().release().ptr();
    } catch (...) {
        setPythonError();
        return nullptr;
    }
}

/// The operation of the object, or of its id where that was taken away and another one added.
const Operation& operationOf(const FunctionObject& function) {
    const Operation& operation = *function.operation;
    return !operation.function || operation.function->get() ? operation : function.host->catalog().get(operation.id);
}

PyObject* call(PyObject* self, PyObject* const* values, std::size_t flagged, PyObject* names) {
    return guarded([&] {
        const FunctionObject& function = *cast(self);
        const PythonArguments arguments{values, std::size_t(PyVectorcall_NARGS(flagged)), names};
        const Operation& operation = operationOf(function);
        if (function.role == OperationRole::Document)
            return callOnDocument(*function.host, operation, arguments);
        return callOperation(*function.host, operation, arguments, function.role == OperationRole::Method);
    });
}

PyObject* bind(PyObject* self, PyObject* object, PyObject*) {
    return object ? PyMethod_New(self, object) : Py_NewRef(self);
}

PyObject* bindNothing(PyObject* self, PyObject*, PyObject*) { return Py_NewRef(self); }

void destroy(PyObject* self) {
    PyTypeObject* const type = Py_TYPE(self);
    PyObject_Free(self);
    Py_DECREF(type);
}

PyObject* name(PyObject* self, void*) {
    const std::string& id = cast(self)->operation->id;
    return PyUnicode_FromString(id.substr(id.rfind('.') + 1).c_str());
}

std::string qualifiedName(const FunctionObject& function) {
    return (function.role == OperationRole::Document ? "ops." : "Image.") + function.operation->id;
}

PyObject* qualname(PyObject* self, void*) { return PyUnicode_FromString(qualifiedName(*cast(self)).c_str()); }

PyObject* module(PyObject*, void*) { return PyUnicode_FromString("tintype"); }

PyObject* doc(PyObject* self, void*) {
    return guarded([&]() -> py::object { return py::str(operationHelp(*cast(self)->operation, cast(self)->role)); });
}

PyObject* signature(PyObject* self, void*) {
    return guarded([&] { return operationSignature(*cast(self)->operation, cast(self)->role); });
}

PyObject* repr(PyObject* self) {
    return PyUnicode_FromFormat("<operation tintype.%s>", qualifiedName(*cast(self)).c_str());
}

PyGetSetDef GETTERS[] = {
    {"__name__", name, nullptr, nullptr, nullptr},   {"__qualname__", qualname, nullptr, nullptr, nullptr},
    {"__module__", module, nullptr, nullptr, nullptr}, {"__doc__", doc, nullptr, nullptr, nullptr},
    {"__signature__", signature, nullptr, nullptr, nullptr}, {nullptr, nullptr, nullptr, nullptr, nullptr},
};

PyMemberDef MEMBERS[] = {
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(FunctionObject, vectorcall), READONLY, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

const char* typeNameOf(OperationRole role) {
    switch (role) {
    case OperationRole::Method: return "OperationMethod";
    case OperationRole::Function: return "OperationFunction";
    case OperationRole::Document: return "DocumentOperation";
    }
    return "";
}

void bindType(py::module_& target, OperationRole role) {
    const bool method = role == OperationRole::Method;
    PyType_Slot slots[] = {
        {Py_tp_call, reinterpret_cast<void*>(PyVectorcall_Call)},
        {Py_tp_descr_get, reinterpret_cast<void*>(method ? bind : bindNothing)},
        {Py_tp_dealloc, reinterpret_cast<void*>(destroy)},
        {Py_tp_repr, reinterpret_cast<void*>(repr)},
        {Py_tp_getset, GETTERS},
        {Py_tp_members, MEMBERS},
        {0, nullptr},
    };
    const std::string fullName = std::string("tintype._tintype.") + typeNameOf(role);
    PyType_Spec spec{fullName.c_str(), int(sizeof(FunctionObject)), 0,
                     static_cast<unsigned int>(Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL |
                                               Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE |
                                               (method ? Py_TPFLAGS_METHOD_DESCRIPTOR : 0)),
                     slots};
    auto type = py::reinterpret_steal<py::object>(PyType_FromSpec(&spec));
    if (!type)
        throw py::error_already_set();
    target.attr(typeNameOf(role)) = type;
}

std::string described(const OperationCatalog& catalog, const std::string& id, bool json) {
    if (!json)
        return id.empty() ? catalogText(catalog) : operationText(catalog.get(id));
    return (id.empty() ? QJsonDocument(catalogJson(catalog)) : QJsonDocument(operationJson(catalog.get(id)))).toJson().toStdString();
}

} // namespace

void bindOperationFunctions(py::module_& target, const Host& host) {
    for (const OperationRole role : {OperationRole::Method, OperationRole::Function, OperationRole::Document})
        bindType(target, role);
    // GIL: keeps it, it only makes Python objects.
    target.def(
        "document_operation",
        [&host](const std::string& id) {
            return makeOperationFunction(host, host.catalog().get(id), OperationRole::Document);
        },
        py::arg("id"), "The operation of this id, on the current image of the document.");
    // GIL: keeps it, it only makes Python objects.
    target.def(
        "image_operation",
        [&host](const std::string& id) {
            const Operation& operation = host.catalog().get(id);
            return makeOperationFunction(host, operation,
                                         operation.firstImage() ? OperationRole::Method : OperationRole::Function);
        },
        py::arg("id"), "The operation of this id, on values.");
    // GIL: keeps it, it only makes Python objects.
    target.def(
        "operation_ends",
        [&host](const std::string& id) {
            const Operation& operation = host.catalog().get(id);
            const ParameterInfo* const in = operation.firstImage();
            const ParameterInfo* const out = operation.imageOutput();
            return py::make_tuple(in ? py::object(py::str(in->name)) : py::none(), out ? py::object(py::str(out->name)) : py::none());
        },
        py::arg("id"), "The names of an operation's first image and of the image that it gives; None where it has none.");
    // GIL: keeps it, a look into libvips' table of types.
    target.def("choices", &enumerationValues, py::arg("type"),
               "The values of a libvips enumeration; empty when there is none of that name.");
    // GIL: releases it, for a catalogue is long.
    target.def(
        "describe_operations",
        [&host](const std::string& id, bool json) { return withoutGil([&] { return described(host.catalog(), id, json); }); },
        py::arg("id"), py::arg("json"), "What `tintype ops` prints of an operation, or of all where the id is empty.");
    // GIL: keeps it, it only makes Python objects.
    target.def(
        "operation_ids",
        [&host] {
            py::list ids;
            for (const Operation* operation : host.catalog().all())
                ids.append(operation->id);
            return ids;
        },
        "The ids of all operations.");
}

py::object makeOperationFunction(const Host& host, const Operation& operation, OperationRole role) {
    const py::object type = py::module_::import("tintype._tintype").attr(typeNameOf(role));
    auto* object = PyObject_New(FunctionObject, reinterpret_cast<PyTypeObject*>(type.ptr()));
    if (!object)
        throw py::error_already_set();
    object->vectorcall = call;
    object->host = &host;
    object->operation = &operation;
    object->role = role;
    return py::reinterpret_steal<py::object>(reinterpret_cast<PyObject*>(object));
}

} // namespace tintype
