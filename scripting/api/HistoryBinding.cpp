// Undo, redo and undo groups.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

void bindHistory(py::module_& module, const Host& host) {
    // GIL: these two release it, because they notify.
    module.def(
        "undo", [&host] { return withoutGil([&] { return host.document().undo(); }); },
        R"(Take back the last edit. Returns its title, or None when there is nothing to undo.

    >>> import tintype as tt
    >>> tt.data.images["undo example"] = tt.Image.black(2, 2)
    >>> tt.ops.invert() is not None
    True
    >>> title = tt.undo()
    >>> tt.data.images["undo example"].max()
    0.0
    >>> del tt.data.images["undo example"]
)");
    module.def(
        "redo", [&host] { return withoutGil([&] { return host.document().redo(); }); },
        "Do again what undo took back. Returns its title, or None when there is nothing to redo.");
    // GIL: these two release it, because they may wait for the document's lock.
    module.def(
        "new_group", [&host](const std::string& title) { return withoutGil([&] { return host.document().newGroup(title); }); },
        py::arg("title"));
    module.def(
        "end_group", [&host](std::uint64_t group) { withoutGil([&] { host.document().endGroup(group); }); },
        py::arg("group"));
    // GIL: these two keep it, instant.
    module.def("undo_group_id", [&host] { return host.undoGroup(); });
    module.def("set_undo_group_id", [&host](std::uint64_t group) { host.setUndoGroup(group); }, py::arg("group"));
    // GIL: releases it, because it may wait for the document's lock, and copies what may be long.
    module.def(
        "history_titles",
        [&host] {
            return withoutGil([&] {
                Document::HistoryView view = host.document().history();
                std::vector<std::string> titles;
                titles.reserve(view.done);
                for (std::size_t i = 0; i < view.done; ++i)
                    titles.push_back(std::move(view.edits[i].title));
                return titles;
            });
        },
        "The titles of the last edits that are done, the newest at the end.");
}

} // namespace tintype
