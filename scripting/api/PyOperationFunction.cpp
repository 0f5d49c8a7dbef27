// A Python function that does an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/PyOperationFunction.h"

#include "scripting/PythonError.h"
#include "scripting/PythonText.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"
#include "scripting/api/StopHere.h"

#include <pybind11/pybind11.h>

#include <chrono>

namespace py = pybind11;

namespace tintype {

namespace {

using Context = std::shared_ptr<ScriptContext>;

/// Where the function runs: in the context of its code when that calls it itself; otherwise in one with a stop of its own,
/// since what is stopped is the evaluation, and the code may have ended long ago.
Context contextFor(const Context& own, const std::string& title) {
    if (!own || ScriptContext::current() == own)
        return own;
    const Context made = ScriptContext::forCallback(own, title);
    if (made != own)
        return made;
    const auto print = [own](OutputStream stream, const std::string& text) { own->write(stream, text); };
    const auto derived = std::make_shared<ScriptContext>(std::make_shared<Job>(title, JobKind::Operation), print, own->currentImage());
    derived->setIdentity(own->identity());
    derived->setOwner(own->owner());
    return derived;
}

/// Notes how long a call took, however it ends.
class Timed {
public:
    explicit Timed(CallRecord& record) : m_record(record) {}
    ~Timed() { m_record.noteCall(std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count()); }
    Timed(const Timed&) = delete;

private:
    CallRecord& m_record;
    const std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

bool isOurs(const py::error_already_set& raised) {
    const py::object ours = py::module_::import("tintype._tintype").attr("Error");
    return PyErr_GivenExceptionMatches(raised.type().ptr(), ours.ptr()) != 0;
}

} // namespace

/// The errors of what the function itself has used stay what they are.
PyOperationFunction::Failure PyOperationFunction::failure(const Parameters&, const ErrorCode* code, const std::string& said) const {
    return {code ? *code : ErrorCode::Operation, said.starts_with(m_id) ? said : m_id + ": " + said};
}

std::vector<Value> PyOperationFunction::call(const Parameters& parameters, const CancelToken& token) const {
    // Whoever asks from Python is raised the error with its traceback.
    const bool isAskedByWindow = m_host.window() && !ScriptContext::isCurrent();
    const Context& own = m_function.context();
    const Context context = contextFor(own, m_title);
    const auto stop = context == own ? CancelToken::Registration() : token.onCancel([context] { context->job()->cancel(); });
    std::vector<Value> results;
    m_function.callIn(context, [&](PyObject* function) {
        const StopHere stoppable(m_host.python(), token);
        const Timed timed(m_owner->calls());
        try {
            py::dict given;
            for (const auto& [name, value] : parameters)
                given[py::str(name)] = fromValue(value);
            const py::list found = py::reinterpret_borrow<py::object>(function)(given);
            for (const py::handle result : found)
                results.push_back(toValue(m_host, result, m_id, "what it gives", nullptr));
        } catch (const py::error_already_set& raised) {
            PyException_SetTraceback(raised.value().ptr(), raised.trace() ? raised.trace().ptr() : Py_None);
            const PythonRaised error = errorFromException(raised.value().ptr());
            if (error.code() != ErrorCode::Cancelled)
                m_owner->calls().noteFailure(m_title, error.what());
            if (isAskedByWindow && error.code() != ErrorCode::Cancelled)
                py::module_::import("traceback").attr("print_exception")(py::handle(error.exception()));
            if (error.code() == ErrorCode::Cancelled)
                throw error;
            const bool known = isOurs(raised);
            const ErrorCode code = error.code();
            std::string said = error.plainMessage();
            if (!known)
                said = textFrom(raised.type().attr("__name__")) + (said.empty() ? "" : ": " + said);
            const Failure told = failure(parameters, known ? &code : nullptr, said);
            throw PythonRaised(told.code, told.message, told.message, Py_NewRef(error.exception()));
        }
    });
    return results;
}

} // namespace tintype
