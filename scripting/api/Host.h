// What the bindings work on: the program's workbench and window, or a headless workbench of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Workbench.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "scripting/WindowBridge.h"
#include "scripting/api/HeaderCache.h"
#include "scripting/api/Signals.h"

#include <pybind11/pybind11.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace tintype {

/// Problem: the same extension module serves the window, `tintype run` and a plain python3. The program leaves its workbench in
/// `sys._tintype_workbench`; where there is none, the module makes a headless one.
///
/// Ownership: one for each process, made when the module is imported and never destroyed, because images in Python's globals
/// outlive every exit handler, and libvips must not be shut down while one of them lives. Bindings capture a reference.
/// Threads: every member may be called on any thread; those that take or return Python objects need the GIL.
class Host {
public:
    /// Finds the program's workbench and window in `sys`, or makes the headless workbench.
    static Host& open();

    /// Throws Error(Internal) in a process that was forked after the import: its threads and locks did not come along.
    Workbench& workbench() const;
    const OperationCatalog& catalog() const { return workbench().catalog; }
    const Evaluation& evaluation() const { return workbench().evaluation; }
    Document& document() const { return workbench().document; }
    /// The header of an image. With the GIL; releases it when the header is not known yet.
    const std::shared_ptr<const ImageInfo>& info(const Image& image) const { return m_headers.info(*this, image); }
    /// Null without a window.
    WindowBridge* window() const { return m_window; }
    /// Callbacks, timers, events.
    PythonRuntime& python() const {
        static_cast<void>(workbench());
        return m_python;
    }
    Signals& signals() const { return m_signals; }
    /// To whom belongs what the code that runs here registers. In the process of a single script it is the process: nobody is left
    /// there to use it afterwards.
    OwnerPtr owner() const { return m_isOwnProcess ? m_python.processOwner() : m_python.ownerOf(ScriptContext::current()); }
    /// For a process that a window has started, before its script runs.
    void useWindow(WindowBridge& window) {
        m_window = &window;
        m_isOwnProcess = true;
    }
    /// This process runs one script for a window.
    bool isOwnProcess() const { return m_isOwnProcess; }

    /// The name of the image that `tt.active` and `tt.ops` mean on this thread; empty when there is none.
    std::string currentImage() const;
    /// Makes it the current one of the running script or console line, and the active one of the document.
    void setCurrentImage(const std::string& name) const;
    /// The undo group of this thread's edits; 0 for none.
    std::uint64_t undoGroup() const;
    void setUndoGroup(std::uint64_t group) const;

    void forked() { m_forked = true; }
    bool isForked() const { return m_forked; }

private:
    Host(Workbench& workbench, WindowBridge* window, PythonRuntime& python)
        : m_workbench(workbench), m_window(window), m_python(python) {}

    Workbench& m_workbench;
    std::atomic<WindowBridge*> m_window;
    PythonRuntime& m_python;
    std::atomic<bool> m_forked = false;
    std::atomic<bool> m_isOwnProcess = false;
    mutable HeaderCache m_headers;
    mutable Signals m_signals;
};

} // namespace tintype
