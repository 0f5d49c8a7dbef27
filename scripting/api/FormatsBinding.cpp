// File formats that Python functions open and save: added, and taken away.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/FileFormats.h"
#include "scripting/PythonText.h"
#include "scripting/addons/AddonOwner.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/api/OperationDescription.h"
#include "scripting/api/PyFormatFunction.h"

#include <pybind11/stl.h>

#include <set>
#include <string>

namespace py = pybind11;

namespace tintype {

namespace {

using Way = PyFormatFunction::Way;
using Made = std::shared_ptr<PyFormatFunction>;

/// What one way is described by, (a description as that of an operation, the function); None for a way that the format has not.
Made readWay(const Host& host, Way way, const py::object& said, const AddedFormat& format, const OwnerPtr& owner, FormatFunction& into) {
    if (said.is_none())
        return nullptr;
    const py::tuple parts = said.cast<py::tuple>();
    into.options = readDescription(host, parts[0].cast<py::dict>());
    const PyCallable function(py::object(parts[1]).ptr());
    const auto made = std::make_shared<PyFormatFunction>(host, way, format.id, format.called(), function, owner);
    into.function = made;
    return made;
}

void addFormat(const Host& host, const py::dict& description, const py::object& load, const py::object& save) {
    const OwnerPtr owner = host.owner();
    AddedFormat format{textFrom(description["id"]), textFrom(description["title"]), owner->title(),
                       description["suffixes"].cast<std::vector<std::string>>(),
                       description["beginnings"].cast<std::vector<std::string>>()};
    const Made loads = readWay(host, Way::Opens, load, format, owner, format.load);
    const Made saves = readWay(host, Way::Saves, save, format, owner, format.save);
    FileFormats& formats = host.workbench().catalog.formats();
    withoutGil([&] {
        const AddedFormatPtr added = formats.add(std::move(format));
        const auto vanish = [weak = std::weak_ptr(added), loads = std::weak_ptr(loads), saves = std::weak_ptr(saves), &formats] {
            for (const auto& way : {loads.lock(), saves.lock()})
                if (way)
                    way->disconnect();
            if (const AddedFormatPtr vanishes = weak.lock())
                formats.remove(*vanishes);
        };
        (loads ? loads : saves)->belong(owner->add(Owner::Kind::FileFormat, vanish, added->id));
    });
}

void removeFormat(const Host& host, const std::string& id) {
    FileFormats& formats = host.workbench().catalog.formats();
    const OwnerPtr owner = host.owner();
    withoutGil([&] {
        const AddedFormatPtr format = formats.find(id);
        if (!format)
            throw Error(ErrorCode::NotFound, "there is no file format '" + id + "' that was added");
        const OperationFunctionPtr& function = (format->load.function ? format->load : format->save).function;
        if (function->owner() != owner.get())
            throw Error(ErrorCode::Parameter, "file format '" + id + "' cannot be taken away by " + owner->title() + ": it is of " + format->origin);
        formats.remove(*format);
    });
}

std::set<std::string> addedFormats(const NodeOutput& output) {
    std::set<std::string> ids;
    for (const NodePtr& node : upstream(output.node))
        if (const std::string id = addedFormatOf(*node); !id.empty())
            ids.insert(id);
    return ids;
}

std::vector<std::string> formatIds(const FileFormats& formats) {
    std::vector<std::string> ids;
    for (const AddedFormatPtr& format : formats.all())
        ids.push_back(format->id);
    return ids;
}

} // namespace

void bindFormats(py::module_& module, const Host& host) {
    // GIL: releases it, because it may wait for those that look for formats.
    module.def(
        "add_file_format",
        [&host](const py::dict& description, const py::object& load, const py::object& save) {
            addFormat(host, description, load, save);
        },
        py::arg("description"), py::arg("load"), py::arg("save"),
        "Add a file format; `load` and `save` are (a description, a function that takes a dict and gives a list) or None.");
    // GIL: releases it, because it may wait likewise.
    module.def(
        "remove_file_format", [&host](const std::string& id) { removeFormat(host, id); }, py::arg("id"),
        "Take away a file format that the code which runs here has added.");
    // GIL: releases it, because it may wait likewise.
    module.def(
        "file_format_ids", [&host] { return withoutGil([&] { return formatIds(host.catalog().formats()); }); },
        "The ids of the file formats that somebody has added.");
    // GIL: releases it, for recipes can be long.
    module.def(
        "added_formats", [](const NodeOutput& output) { return withoutGil([&] { return addedFormats(output); }); },
        py::arg("output"), "The ids of the added file formats that the files of a recipe were opened by.");
    // GIL: releases it, because it may wait likewise. The window has one that needs no Python.
    module.def(
        "bring_formats_by",
        [&host](const py::object& function) {
            FileFormats& formats = host.workbench().catalog.formats();
            const PyCallable load(function.ptr());
            withoutGil([&] {
                if (formats.hasBringer())
                    return;
                formats.setBringer([load](const CancelToken&) {
                    // Code of an add-on cannot wait for add-ons.
                    if (!AddonOwner::isAnyCurrent())
                        load.call();
                });
            });
        },
        py::arg("function"), "Call this where nobody knows a file, so that those come who may.");
    // GIL: releases it, because it asks all loaders.
    module.def(
        "loadable_suffixes", [&host] { return withoutGil([&] { return host.catalog().formats().loadableSuffixes(); }); },
        "The file name endings that can be opened, without the dot.");
    // GIL: releases it, because it asks all savers.
    module.def(
        "savable_suffixes", [&host] { return withoutGil([&] { return host.catalog().formats().savableSuffixes(); }); },
        "The file name endings that can be saved, without the dot.");
}

} // namespace tintype
