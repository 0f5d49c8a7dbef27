// Colour maps that Python code brings: added, and taken away.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/operations/ColourMaps.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

#include <string>

namespace py = pybind11;

namespace tintype {

namespace {

void addMap(const Host& host, const std::string& name, const std::string& title, const Colours& colours) {
    const OwnerPtr owner = host.owner();
    ColourMaps& maps = host.workbench().catalog.colourMaps();
    withoutGil([&] {
        // The owner's entry ends with the map, whoever takes that away.
        const auto entry = std::make_shared<Owner::Membership>();
        const ColourMapPtr added = maps.add({name, title, owner->title(), colours, owner.get(), entry});
        const auto vanish = [weak = std::weak_ptr(added), &maps] {
            if (const ColourMapPtr vanishes = weak.lock())
                maps.remove(*vanishes);
        };
        *entry = owner->add(Owner::Kind::ColourMap, vanish, name);
    });
}

void removeMap(const Host& host, const std::string& name) {
    const OwnerPtr owner = host.owner();
    ColourMaps& maps = host.workbench().catalog.colourMaps();
    withoutGil([&] {
        const ColourMapPtr map = maps.find(name);
        if (!map)
            throw Error(ErrorCode::NotFound, "there is no colour map '" + name + "'");
        if (map->owner != owner.get())
            throw Error(ErrorCode::Parameter, "colour map '" + name + "' cannot be taken away by " + owner->title() + ": it is " +
                                                  (map->origin.empty() ? "Tintype's own" : "of " + map->origin));
        maps.remove(*map);
    });
}

} // namespace

void bindColourMaps(py::module_& module, const Host& host) {
    // GIL: these release it, because they may wait for those that look for maps.
    module.def(
        "add_colour_map",
        [&host](const std::string& name, const std::string& title, const Colours& colours) { addMap(host, name, title, colours); },
        py::arg("name"), py::arg("title"), py::arg("colours"), "Add a colour map, of three numbers from 0 to 255 for each colour.");
    module.def(
        "remove_colour_map", [&host](const std::string& name) { removeMap(host, name); }, py::arg("name"),
        "Take away a colour map that the code which runs here has added.");
    module.def(
        "colour_maps",
        [&host] {
            std::vector<std::pair<std::string, std::string>> found;
            withoutGil([&] {
                for (const ColourMapPtr& map : host.catalog().colourMaps().all())
                    found.emplace_back(map->name, map->origin);
            });
            return found;
        },
        "The names of all colour maps, with those who have added them; empty for Tintype's own.");
    module.def(
        "colours_of",
        [&host](const std::string& name) {
            return withoutGil([&] {
                const ColourMapPtr map = host.catalog().colourMaps().find(name);
                if (!map)
                    throw Error(ErrorCode::NotFound, "there is no colour map '" + name + "'");
                return map->colours;
            });
        },
        py::arg("name"), "The colours of a map, from the lowest value to the highest.");
}

} // namespace tintype
