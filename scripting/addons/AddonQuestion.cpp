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

using Answer = std::function<void(const std::string& json, const std::string& error)>;

/// What a function of tintype._addons.describing says. With the GIL.
template <typename... Words>
std::string described(const char* function, const Words&... words) {
    try {
        return textFrom(py::module_::import("tintype._addons.describing").attr(function)(words...));
    } catch (const py::error_already_set& raised) {
        throw errorFromPython(raised);
    }
}

void ask(PythonRuntime& runtime, const char* title, std::function<std::string()> question, const Answer& then) {
    try {
        runtime.callbackPool().post(title, [question = std::move(question), then] {
            std::string json;
            std::string reason;
            try {
                json = question();
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

} // namespace

void askForAddons(PythonRuntime& runtime, const Answer& then) {
    ask(runtime, "The list of the add-ons", [] { return described("described"); }, then);
}

void askWhatIsReplaced(PythonRuntime& runtime, const std::string& path, const Answer& then) {
    ask(runtime, "What an add-on replaces", [path] { return described("replaced_by", py::bytes(path)); }, then);
}

} // namespace tintype
