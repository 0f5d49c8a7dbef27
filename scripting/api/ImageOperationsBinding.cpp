// Every operation of the catalogue as a method of tt.Image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Bindings.h"
#include "scripting/api/Host.h"
#include "scripting/api/OperationFunction.h"

namespace py = pybind11;

namespace tintype {

void bindImageOperations(ImageClass& image, const Host& host) {
    for (const Operation* operation : host.catalog().all()) {
        // Dotted ids are namespaces, which the Python half makes.
        if (operation->id.find('.') != std::string::npos)
            continue;
        const OperationRole role = operation->firstImage() ? OperationRole::Method : OperationRole::Function;
        const py::object function = makeOperationFunction(host, *operation, role);
        image.attr(operation->id.c_str()) = role == OperationRole::Function ? py::staticmethod(function) : function;
    }
}

} // namespace tintype
