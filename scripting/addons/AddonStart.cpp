// Loads the add-ons that are on when the window starts, in the background.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "core/Workbench.h"
#include "scripting/Gil.h"
#include "scripting/PythonError.h"
#include "scripting/PythonRuntime.h"
#include "scripting/addons/AddonOwner.h"
#include "scripting/addons/AddonStart.h"

#include <chrono>
#include <future>

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

constexpr std::chrono::milliseconds BETWEEN_LOOKS{50};

/// Whoever opens a file of a format that an add-on may bring waits for the end of the start, without Python.
void letOpeningsWait(Workbench& workbench, const std::shared_future<void>& end) {
    workbench.catalog.formats().setBringer([end](const CancelToken& token) {
        // Code of an add-on cannot wait for add-ons.
        while (!AddonOwner::isAnyCurrent() && end.wait_for(BETWEEN_LOOKS) != std::future_status::ready)
            token.check();
    });
}

} // namespace

void startAddons(PythonRuntime& runtime) {
    try {
        const auto through = std::make_shared<std::promise<void>>();
        letOpeningsWait(runtime.workbench(), through->get_future().share());
        runtime.callbackPool().post("The start of the add-ons", [&runtime, through] {
            load(runtime);
            through->set_value();
        });
    } catch (const Error& error) {
        runtime.tell(std::string("The add-ons are not loaded: ") + error.what());
    }
}

} // namespace tintype
