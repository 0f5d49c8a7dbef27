// Text of code that is neither a script nor a console line: where the console is, it shows it; else Python's streams do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Gil.h"
#include "scripting/LooseOutput.h"
#include "scripting/ScriptContext.h"

#include <cstdio>
#include <utility>

namespace py = pybind11;

namespace tintype {

void writeToPython(OutputStream stream, const std::string& text) {
    const bool isError = stream == OutputStream::Error;
    const GilAcquire acquire;
    // Or the streams of the window would bring it back here.
    const ScriptContext::Scope nobody(nullptr);
    try {
        py::module_::import("sys").attr(isError ? "stderr" : "stdout").attr("write")(text);
    } catch (const py::error_already_set&) {
        std::fputs(text.c_str(), isError ? stderr : stdout);
    }
}

void LooseOutput::setSink(OutputSink sink) {
    std::lock_guard lock(m_mutex);
    m_sink = std::move(sink);
}

void LooseOutput::write(OutputStream stream, const std::string& text) const {
    OutputSink sink;
    {
        std::lock_guard lock(m_mutex);
        sink = m_sink;
    }
    if (sink)
        sink(stream, text);
    else
        writeToPython(stream, text);
}

NamedLines::NamedLines(const LooseOutput& output, std::string prefix) : m_output(output), m_prefix(std::move(prefix)) {}

void NamedLines::write(OutputStream stream, const std::string& text) {
    std::string whole;
    {
        std::lock_guard lock(m_mutex);
        std::string& begun = m_begun[stream];
        begun += text;
        std::size_t done = 0;
        for (std::size_t end = 0; (end = begun.find('\n', done)) != std::string::npos; done = end + 1)
            whole += m_prefix + begun.substr(done, end + 1 - done);
        begun.erase(0, done);
        if (begun.size() > LONGEST)
            whole += m_prefix + std::exchange(begun, {}) + "\n";
    }
    if (!whole.empty())
        m_output.write(stream, whole);
}

void NamedLines::flush() {
    for (const OutputStream stream : {OutputStream::Out, OutputStream::Error}) {
        std::string rest;
        {
            std::lock_guard lock(m_mutex);
            rest = std::exchange(m_begun[stream], {});
        }
        if (!rest.empty())
            m_output.write(stream, m_prefix + rest + "\n");
    }
}

} // namespace tintype
