// Raises tt.Cancelled in the Python code that a thread runs, when the evaluation that it runs for is stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/StopHere.h"

#include <pybind11/pybind11.h>

namespace tintype {

StopHere::StopHere(PythonRuntime& runtime, const CancelToken& token) : m_lives(std::make_shared<bool>(true)) {
    const unsigned long thread = PyThread_get_thread_ident();
    m_registration = token.onCancel([&runtime, lives = m_lives, thread] { runtime.stopThread(thread, lives); });
}

} // namespace tintype
