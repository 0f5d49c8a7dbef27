// Asks Python what add-ons there are, for the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonError.h"
#include "scripting/PythonRuntime.h"
#include "scripting/PythonText.h"
#include "scripting/addons/AddonQuestion.h"

namespace py = pybind11;

namespace tintype {

namespace {

std::string describe() {
    try {
        return textFrom(py::module_::import("tintype._addons.describing").attr("described")());
    } catch (const py::error_already_set& raised) {
        throw errorFromPython(raised);
    }
}

} // namespace

void askForAddons(PythonRuntime& runtime, const std::function<void(const std::string& json, const std::string& error)>& then) {
    try {
        runtime.callbackPool().post("The list of the add-ons", [then] {
            std::string json;
            std::string reason;
            try {
                json = describe();
            } catch (const Error& error) {
                if (error.code() == ErrorCode::Cancelled)
                    return; // The program ends.
                reason = error.what();
            }
            const GilRelease release;
            then(json, reason);
        });
    } catch (const Error& error) {
        then({}, error.what());
    }
}

} // namespace tintype
