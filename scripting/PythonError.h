// Exceptions between Python and C++, in both directions.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"

#include <pybind11/pybind11.h>

#include <memory>
#include <string>

namespace tintype {

/// Problem: an exception of a callback crosses C++ on its way to the script that asked for the work, and both ends want it
/// whole: C++ a code and a message, Python the object with its traceback. So this is an Error that keeps the exception.
///
/// Threads: it may be copied and destroyed on any thread, with or without the GIL. A copy as a plain Error keeps code and
/// message only.
class PythonRaised : public Error {
public:
    /// Takes over the reference to the exception.
    PythonRaised(ErrorCode code, const std::string& message, const std::string& plain, PyObject* exception);

    /// What the exception says itself, without class and traceback.
    const std::string& plainMessage() const { return m_plain; }
    PyObject* exception() const { return m_exception.get(); }

private:
    std::string m_plain;
    std::shared_ptr<PyObject> m_exception;
};

/// By the table of errors; the message is the last line of the traceback, then the traceback. KeyboardInterrupt becomes
/// Cancelled, as tt.Cancelled does, and every class that the table does not know Operation. With the GIL.
PythonRaised errorFromPython(const pybind11::error_already_set& error);
/// The same of an exception that has its traceback; for those who do not see pybind11's classes of this library.
PythonRaised errorFromException(PyObject* exception);

/// Sets Python's error for the C++ exception that is being handled, by the table of errors; called in a catch block with the
/// GIL. Messages stay exactly those of core. What came from Python is its `__cause__`; what ends a
/// program (KeyboardInterrupt, SystemExit, GeneratorExit) and MemoryError come back as they were.
void setPythonError();

} // namespace tintype
