// What the process of a script that runs apart from the window is told and reports; for tintype/_own_process.py.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Engine.h"
#include "scripting/OutputRouter.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/process/OwnProcess.h"

#include <QJsonArray>

#include <pybind11/stl.h>

namespace py = pybind11;
using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

OwnProcess* begin(Host& host, int link, const std::string& packageFolder) {
    lowerEngineThreads(); // There is a window that started it.
    auto* process = withoutGil([&] { return new OwnProcess(FileHandle(link), host.workbench()); });
    host.useWindow(*process);
    py::module_::import("sys").attr("_tintype_window") =
        py::capsule(static_cast<WindowBridge*>(process), "tintype.window");
    // Add-ons print where the script does.
    host.python().looseOutput().setSink([process](OutputStream stream, const std::string& text) {
        process->context().write(stream, text);
    });
    installOutputRouter();
    installRuntimePackage(packageFolder);
    return process;
}

py::tuple request(const OwnProcess& process) {
    const QJsonObject& json = process.request();
    std::vector<std::string> arguments;
    for (const QJsonValue& argument : json["arguments"_L1].toArray())
        arguments.push_back(argument.toString().toStdString());
    const QJsonValue text = json["text"_L1];
    return py::make_tuple(json["name"_L1].toString().toStdString(), json["path"_L1].toString().toStdString(),
                          text.isUndefined() ? py::object(py::none()) : py::str(text.toString().toStdString()), arguments);
}

} // namespace

void bindOwnProcess(py::module_& module, Host& host) {
    // Never destroyed, as the host.
    py::class_<OwnProcess, std::unique_ptr<OwnProcess, py::nodelete>> process(module, "_OwnProcess");
    // GIL: releases it while it waits for the request.
    process.def(
        py::init([&host](int link, const std::string& packageFolder) { return begin(host, link, packageFolder); }),
        py::arg("link"), py::arg("package_folder"));
    // GIL: keeps it, instant.
    process.def("request", &request);
    // GIL: keeps it, instant.
    process.def(
        "set_identity",
        [](OwnProcess& self, const py::object& identity) {
            self.context().setIdentity(std::shared_ptr<void>(identity.inc_ref().ptr(), [](void*) {}));
        },
        py::arg("identity"));
    // GIL: keeps it, instant.
    process.def_property_readonly("stop_wanted", &OwnProcess::isStopWanted);
    // GIL: releases it, because locks are taken and the window is told.
    process.def("meet_stop", [](OwnProcess& self) {
        if (!withoutGil([&] { return self.meetStop(); }))
            return false;
        const py::object cancelled = py::module_::import("tintype._tintype").attr("Cancelled");
        for (const unsigned long thread : self.context().threadsToStop())
            raiseInThread(thread, cancelled.ptr());
        return true;
    });
    // GIL: releases it, for recipes and pixels are packed.
    process.def(
        "end",
        [](OwnProcess& self, const std::string& state, const std::string& error, int exitCode) {
            withoutGil([&] { self.end(state, error, exitCode); });
        },
        py::arg("state"), py::arg("error"), py::arg("exit_code"));
}

} // namespace tintype
