// Loads the add-ons that are on when the window starts, in the background.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonError.h"
#include "scripting/PythonRuntime.h"
#include "scripting/addons/AddonStart.h"

namespace py = pybind11;

namespace tintype {

namespace {

void load(const PythonRuntime& runtime) {
    try {
        try {
            py::module_::import("tintype._addons").attr("start_in_window")();
        } catch (const py::error_already_set& raised) {
            throw errorFromPython(raised);
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled)
            return; // The program ends.
        const std::string text = error.what();
        const GilRelease release;
        runtime.tell("The add-ons could not be loaded: " + text.substr(0, text.find('\n')));
    }
}

} // namespace

void startAddons(PythonRuntime& runtime) {
    try {
        runtime.callbackPool().post("The start of the add-ons", [&runtime] { load(runtime); });
    } catch (const Error& error) {
        runtime.tell(std::string("The add-ons are not loaded: ") + error.what());
    }
}

} // namespace tintype
