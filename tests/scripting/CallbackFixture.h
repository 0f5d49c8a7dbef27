// What the tests of callbacks, timers and owners share: Python functions that do what a test says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

#include "scripting/Gil.h"
#include "scripting/PyCallable.h"
#include "scripting/ScriptContext.h"
#include "tests/scripting/PythonFixture.h"

namespace tintype {

struct CallbackFixture : PythonFixture {
    PythonRuntime& runtime() { return interpreter.runtime(); }

    /// The function of this name that the code defines.
    PyCallable define(const char* code, const char* name, const std::shared_ptr<ScriptContext>& context = {}) {
        PyCallable made;
        withPython([&] {
            const ScriptContext::Scope scope(context);
            pybind11::dict names;
            names["__builtins__"] = pybind11::module_::import("builtins");
            pybind11::module_::import("builtins").attr("exec")(code, names);
            made = PyCallable(pybind11::object(names[name]).ptr());
        });
        return made;
    }
    /// A Python function that does this, without the GIL.
    PyCallable callable(std::function<void()> work, const std::shared_ptr<ScriptContext>& context = {}) {
        PyCallable made;
        withPython([&] {
            const ScriptContext::Scope scope(context);
            made = PyCallable(pybind11::cpp_function([work = std::move(work)] {
                                  const GilRelease release;
                                  work();
                              }).ptr());
        });
        return made;
    }
    std::shared_ptr<ScriptContext> contextWithOwner() {
        auto context = std::make_shared<ScriptContext>(
            std::make_shared<Job>("test"), [this](OutputStream, const std::string& text) {
                const std::lock_guard lock(m_mutex);
                m_printed += text;
            }, "");
        context->setOwner(std::make_shared<Owner>("test"));
        return context;
    }
    /// By code in such a context, since the last time.
    std::string printed() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_printed, {});
    }

private:
    std::mutex m_mutex;
    std::string m_printed;
};

/// What the function returns; on a thread without the GIL.
inline long callForNumber(const PyCallable& callable) {
    long number = 0;
    callable.call([&](PyObject* function) { number = pybind11::reinterpret_borrow<pybind11::object>(function)().cast<long>(); });
    return number;
}

} // namespace tintype
