// What is open: images and scripts by name, the current image, projects.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Commands.h"
#include "core/document/Project.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

namespace {

void bindImages(py::module_& module, const Host& host) {
    // GIL: all of these release it: they may wait for the document's lock, and edits notify.
    module.def("image_names", [&host] { return withoutGil([&] { return host.document().state()->imageNames(); }); });
    module.def(
        "document_image",
        [&host](const std::string& name) -> py::object {
            const Image image = withoutGil([&] { return host.document().state()->image(name); });
            return image ? py::cast(image) : py::none();
        },
        py::arg("name"));
    module.def(
        "open_image",
        [&host](const py::object& path) {
            const std::string name = toPath(path);
            return compute([&](const EvaluationWatch& watch) { return openImage(host.workbench(), name, watch); });
        },
        py::arg("path"), "Opens all planes of a file in the document, as the window does; returns the name it gave.");
    module.def("current_image", [&host] { return withoutGil([&] { return host.currentImage(); }); });
    module.def(
        "set_image",
        [&host](const std::string& name, const Image& image) {
            withoutGil([&] {
                const bool isNew = !host.document().state()->has(name);
                setImage(host.workbench(), name, image, host.undoGroup());
                if (isNew)
                    host.setCurrentImage(name);
            });
        },
        py::arg("name"), py::arg("image"));
    module.def(
        "remove_image",
        [&host](const std::string& name) {
            withoutGil([&] { removeImage(host.document(), name, host.undoGroup()); });
        },
        py::arg("name"));
    module.def(
        "rename_image",
        [&host](const std::string& name, const std::string& newName) {
            withoutGil([&] {
                const bool isCurrent = host.currentImage() == name;
                renameImage(host.document(), name, newName, host.undoGroup());
                if (isCurrent)
                    host.setCurrentImage(newName);
            });
        },
        py::arg("name"), py::arg("new_name"));
    module.def(
        "set_current_image", [&host](const std::string& name) { withoutGil([&] { host.setCurrentImage(name); }); },
        py::arg("name"));
}

std::vector<std::pair<std::string, std::string>> scriptsOf(const Host& host) {
    std::vector<std::pair<std::string, std::string>> scripts;
    for (const NamedScript& script : host.document().state()->scripts())
        scripts.emplace_back(script.name, script.text);
    return scripts;
}

void bindScripts(py::module_& module, const Host& host) {
    // GIL: these three release it: they may wait for the document's lock, and edits notify.
    module.def("scripts", [&host] { return withoutGil([&] { return scriptsOf(host); }); });
    module.def(
        "set_script",
        [&host](const std::string& name, const std::string& text) {
            withoutGil([&] { setScript(host.document(), name, text, host.undoGroup()); });
        },
        py::arg("name"), py::arg("text"));
    module.def(
        "remove_script",
        [&host](const std::string& name) {
            withoutGil([&] { removeScript(host.document(), name, host.undoGroup()); });
        },
        py::arg("name"));
}

void bindProject(py::module_& module, const Host& host) {
    // GIL: releases it, because files are slow.
    module.def(
        "read_project",
        [&host](const py::object& path) {
            const std::string name = toPath(path);
            const DocumentState state = withoutGil([&] { return readProject(name, host.catalog()); });
            py::dict images;
            for (const std::string& image : state.imageNames())
                images[py::str(image)] = state.image(image);
            return py::make_tuple(images, state.active());
        },
        py::arg("path"), "The images of a project by name, and the name of the active one; nothing is opened.");
    // GIL: these release it: files are slow, and they may wait for the document's lock.
    module.def(
        "open_project",
        [&host](const py::object& path) {
            const std::string name = toPath(path);
            withoutGil([&] { openProject(host.document(), name, host.catalog()); });
        },
        py::arg("path"));
    module.def(
        "save_project",
        [&host](const py::object& path) {
            const std::string name = toPath(path);
            withoutGil([&] { saveProject(host.document(), name); });
        },
        py::arg("path"));
    module.def("project_path", [&host] { return withoutGil([&] { return host.document().path(); }); });
    module.def("project_is_modified", [&host] { return withoutGil([&] { return host.document().isModified(); }); });
}

} // namespace

void bindDocument(py::module_& module, const Host& host) {
    bindImages(module, host);
    bindScripts(module, host);
    bindProject(module, host);
}

} // namespace tintype
