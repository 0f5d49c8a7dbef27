// Standard threads, unknown to Python, that call a Python function as fast as they can.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Interpreter.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "tests/bench/AlienThreads.h"

#include <future>

namespace py = pybind11;

namespace tintype {

AlienThreads::AlienThreads(Interpreter& interpreter, const char* code, int threads) {
    std::promise<PyCallable> defined;
    const auto python = interpreter.runtime().makeThread(QStringLiteral("Definition"));
    python->post([&] {
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        py::module_::import("builtins").attr("exec")(code, names);
        defined.set_value(PyCallable(py::object(names["f"]).ptr()));
    });
    const PyCallable function = defined.get_future().get();
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this, function, &calls = m_calls.emplace_back(0)] {
            for (; !m_ended; ++calls)
                function.call();
        });
}

AlienThreads::~AlienThreads() {
    m_ended = true;
    for (std::thread& thread : m_threads)
        thread.join();
}

} // namespace tintype
