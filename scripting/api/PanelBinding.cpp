// Panels of add-ons: from what Python describes to plain data, and what their code shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonText.h"
#include "scripting/api/PanelBinding.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"
#include "scripting/panels/PanelContext.h"
#include "scripting/panels/PanelList.h"
#include "scripting/panels/PanelPlot.h"
#include "scripting/panels/PanelTable.h"

#include <pybind11/stl.h>

#include <map>
#include <tuple>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

template <typename T>
T named(const std::map<std::string, T>& names, const py::handle& key) {
    const auto found = names.find(textFrom(key));
    if (found == names.end())
        throw Error(ErrorCode::Internal, "unknown kind: " + textFrom(key));
    return found->second;
}

const std::map<std::string, ParameterKind> FIELD_KINDS{
    {"boolean", ParameterKind::Boolean}, {"integer", ParameterKind::Integer},      {"number", ParameterKind::Number},
    {"text", ParameterKind::Text},       {"choice", ParameterKind::Choice},        {"path", ParameterKind::Text},
    {"image", ParameterKind::Image},     {"integers", ParameterKind::IntegerList}, {"numbers", ParameterKind::NumberList},
    {"images", ParameterKind::ImageList},
};

const std::map<std::string, PanelItem::Kind> ITEM_KINDS{
    {"field", PanelItem::Kind::Field},     {"button", PanelItem::Kind::Button}, {"row", PanelItem::Kind::Row},
    {"section", PanelItem::Kind::Section}, {"label", PanelItem::Kind::Label},   {"table", PanelItem::Kind::Table},
    {"image", PanelItem::Kind::Image},     {"plot", PanelItem::Kind::Plot},     {"progress", PanelItem::Kind::Progress},
};

const std::map<std::string, PanelPlace> PLACES{
    {"left", PanelPlace::Left}, {"right", PanelPlace::Right}, {"bottom", PanelPlace::Bottom}, {"preferences", PanelPlace::Preferences},
    {"menu", PanelPlace::Menu}, {"shortcut", PanelPlace::Shortcut}};

const std::map<std::string, PanelPlot::Kind> PLOT_KINDS{
    {"line", PanelPlot::Kind::Line}, {"points", PanelPlot::Kind::Points}, {"bars", PanelPlot::Kind::Bars}};

PanelField fieldFrom(const Host& host, const py::dict& said) {
    PanelField field;
    ParameterInfo& info = field.info;
    info.name = textFrom(said["name"]);
    info.title = textFrom(said["title"]);
    info.help = textFrom(said["help"]);
    info.unit = textFrom(said["unit"]);
    info.kind = named(FIELD_KINDS, said["kind"]);
    // A list that may be empty or a path that may be none is left to the code, as "automatic" is to an operation.
    info.required = !said["optional"].cast<bool>();
    info.minimum = said["minimum"].cast<double>();
    info.maximum = said["maximum"].cast<double>();
    std::tie(info.sliderMinimum, info.sliderMaximum) = said["slider"].cast<std::pair<double, double>>();
    for (const py::handle each : said["choices"]) {
        const auto choice = each.cast<py::tuple>();
        info.choices.push_back({textFrom(choice[0]), textFrom(choice[1])});
    }
    info.defaultValue = toValue(host, said["default"], "panel", info.name, &info);
    field.step = said["step"].is_none() ? 0 : said["step"].cast<double>();
    info.fixedLength = said["length"].cast<int>();
    field.isPath = textFrom(said["kind"]) == "path";
    field.isFolder = said["folder"].cast<bool>();
    return field;
}

PanelItem itemFrom(const py::dict& said) {
    PanelItem item;
    item.kind = named(ITEM_KINDS, said["kind"]);
    item.name = textFrom(said["name"]);
    item.title = textFrom(said["title"]);
    item.help = textFrom(said["help"]);
    item.operation = textFrom(said["operation"]);
    item.shortcut = textFrom(said["shortcut"]);
    item.isOpen = said["is_open"].cast<bool>();
    for (const py::handle inner : said["items"])
        item.items.push_back(itemFrom(inner.cast<py::dict>()));
    return item;
}

PyObject* fieldObject(const PanelField& field, const Value& value) {
    py::object object = fromValue(value);
    if (field.isPath && !object.is_none())
        object = py::module_::import("pathlib").attr("Path")(object);
    return object.release().ptr();
}

PanelPtr makePanel(const Host& host, const py::dict& said, const py::dict& functions) {
    PanelDescription description;
    description.id = textFrom(said["id"]);
    description.title = textFrom(said["title"]);
    description.help = textFrom(said["help"]);
    description.place = named(PLACES, said["place"]);
    for (const py::handle field : said["fields"])
        description.fields.push_back(fieldFrom(host, field.cast<py::dict>()));
    for (const py::handle item : said["items"])
        description.items.push_back(itemFrom(item.cast<py::dict>()));
    const std::shared_ptr<ScriptContext> own = ScriptContext::current();
    auto panel = std::make_shared<Panel>(host.python(), std::move(description), &fieldObject, host.python().ownerOf(own));
    Panel::Functions callables;
    for (const auto& [key, function] : functions) {
        const std::string name = textFrom(key);
        const auto started = [weak = std::weak_ptr(panel), name](const JobPtr& job) {
            if (const PanelPtr called = weak.lock())
                called->started(name, job);
        };
        const auto activeImage = [&document = host.document()] { return document.state()->active(); };
        const ScriptContext::Scope scope(panelContext(own, activeImage, started));
        callables.emplace(name, PyCallable(function.ptr()));
    }
    panel->setFunctions(std::move(callables));
    return panel;
}

/// Those of the program; where there are none, of this process, as long as it lives.
PanelList& programsPanels() {
    PyObject* const held = PySys_GetObject("_tintype_panels");
    if (!held)
        return *new PanelList;
    auto* const panels = static_cast<PanelList*>(PyCapsule_GetPointer(held, "tintype.panels"));
    if (!panels)
        throw py::error_already_set();
    return *panels;
}

const PanelField& fieldOf(const Panel& panel, const std::string& name) {
    const PanelField* const field = panel.description().field(name);
    if (!field)
        throw Error(ErrorCode::NotFound, panel.description().title + ": there is no field '" + name + "'");
    return *field;
}

Value valueFor(const Host& host, const Panel& panel, const std::string& name, py::handle value) {
    return toValue(host, value, panel.description().title, name, &fieldOf(panel, name).info);
}

PanelTable::Column columnFrom(const py::tuple& said) {
    PanelTable::Column column;
    column.name = textFrom(said[0]);
    column.unit = textFrom(said[1]);
    if (py::isinstance<py::list>(said[2])) {
        column.kind = PanelTable::Kind::Texts;
        for (const py::handle text : said[2])
            column.texts.push_back(textFrom(text));
        return column;
    }
    static const std::map<std::string, PanelTable::Kind> KINDS{{"b", PanelTable::Kind::Boolean}, {"i", PanelTable::Kind::Signed},
                                                               {"u", PanelTable::Kind::Unsigned}, {"f", PanelTable::Kind::Real},
                                                               {"U", PanelTable::Kind::Wide}};
    const py::buffer_info memory = said[2].cast<py::buffer>().request();
    column.kind = named(KINDS, said[2].attr("dtype").attr("kind"));
    column.itemSize = std::size_t(memory.itemsize);
    column.data = static_cast<const char*>(memory.ptr);
    column.stride = memory.strides.at(0);
    column.keeps = {py::object(said[2]).release().ptr(), [](PyObject* array) { dropReference(array); }};
    return column;
}

PanelTablePtr tableFrom(const py::list& columns, std::size_t rows) {
    std::vector<PanelTable::Column> made;
    for (const py::handle column : columns)
        made.push_back(columnFrom(column.cast<py::tuple>()));
    return std::make_shared<const PanelTable>(std::move(made), rows);
}

std::shared_ptr<const PanelPlot> plotFrom(const py::dict& said) {
    auto plot = std::make_shared<PanelPlot>();
    plot->kind = named(PLOT_KINDS, said["kind"]);
    plot->title = textFrom(said["title"]);
    plot->xTitle = textFrom(said["x_title"]);
    plot->yTitle = textFrom(said["y_title"]);
    std::vector<std::pair<py::buffer_info, py::buffer_info>> memory; // Goes with the GIL.
    for (const py::handle each : said["series"]) {
        const auto series = each.cast<py::tuple>();
        plot->series.push_back({textFrom(series[0]), {}, {}, 0});
        memory.emplace_back(series[1].cast<py::buffer>().request(), series[2].cast<py::buffer>().request());
    }
    withoutGil([&] {
        const auto numbers = [](const py::buffer_info& array) {
            const auto* const first = static_cast<const double*>(array.ptr);
            return std::vector<double>(first, first + array.size);
        };
        for (std::size_t i = 0; i < memory.size(); ++i) {
            plot->series[i].x = numbers(memory[i].first);
            plot->series[i].y = numbers(memory[i].second);
        }
        thin(*plot);
    });
    return plot;
}

} // namespace

void bindPanels(py::module_& module, const Host& host) {
    PanelList& panels = programsPanels();
    py::class_<Panel, PanelPtr> panel(module, "_Panel");
    // GIL: keeps it, since it makes objects.
    panel.def(py::init([&host](const py::dict& description, const py::dict& functions) {
                  return makePanel(host, description, functions);
              }),
              py::arg("description"), py::arg("functions"));
    // GIL: these release it, because the window is told, and it may wait for its queue.
    panel.def("add", [&panels](const PanelPtr& self) { withoutGil([&] { panels.add(self); }); });
    panel.def("remove", [&panels](const PanelPtr& self) { withoutGil([&] { panels.remove(self); }); });
    // GIL: these keep it, instant.
    panel.def_property_readonly("active", [](const Panel& self) { return !self.isReleased(); });
    panel.def_property_readonly("owner", [](const Panel& self) { return self.owner()->title(); });
    panel.def(
        "value",
        [](const Panel& self, const std::string& name) {
            return py::reinterpret_steal<py::object>(fieldObject(fieldOf(self, name), self.value(name)));
        },
        py::arg("name"));
    // GIL: these release it, because the window is told, and it may wait for its queue.
    panel.def(
        "set_value",
        [&host](Panel& self, const std::string& name, const py::object& value) {
            Value made = valueFor(host, self, name, value);
            withoutGil([&] { self.setValue(name, std::move(made)); });
        },
        py::arg("name"), py::arg("value"));
    panel.def(
        "show_text", [](Panel& self, const std::string& name, const std::string& text) { withoutGil([&] { self.show(name, text); }); },
        py::arg("name"), py::arg("text"));
    panel.def(
        "show_progress",
        [](Panel& self, const std::string& name, double fraction, const std::string& text) {
            withoutGil([&] { self.show(name, PanelProgress{fraction, text}); });
        },
        py::arg("name"), py::arg("fraction"), py::arg("text"));
    panel.def(
        "show_image", [](Panel& self, const std::string& name, const Image& image) { withoutGil([&] { self.show(name, image); }); },
        py::arg("name"), py::arg("image"));
    panel.def(
        "show_table",
        [](Panel& self, const std::string& name, const py::list& columns, std::size_t rows) {
            PanelContent table = tableFrom(columns, rows);
            withoutGil([&] { self.show(name, std::move(table)); });
        },
        py::arg("name"), py::arg("columns"), py::arg("rows"));
    panel.def(
        "show_plot",
        [](Panel& self, const std::string& name, const py::dict& plot) {
            PanelContent made = plotFrom(plot);
            withoutGil([&] { self.show(name, std::move(made)); });
        },
        py::arg("name"), py::arg("plot"));
    panel.def(
        "clear", [](Panel& self, const std::string& name) { withoutGil([&] { self.show(name, PanelContent()); }); }, py::arg("name"));
    panel.def(
        "set_enabled", [](Panel& self, const std::string& name, bool enabled) { withoutGil([&] { self.setEnabled(name, enabled); }); },
        py::arg("name"), py::arg("enabled"));
    // GIL: these release it, because it may wait for a thread that is started. As if a person did it.
    panel.def(
        "edit",
        [&host](Panel& self, const std::string& name, const py::object& value) {
            Value made = valueFor(host, self, name, value);
            withoutGil([&] { self.edit(name, std::move(made)); });
        },
        py::arg("name"), py::arg("value"));
    panel.def("press", [](Panel& self, const std::string& name) { withoutGil([&] { self.press(name); }); }, py::arg("name"));
    // GIL: releases it, because it may wait for those who add some.
    module.def("panel_ids", [&panels] {
        std::vector<std::string> ids;
        for (const PanelPtr& each : withoutGil([&] { return panels.panels(); }))
            ids.push_back(each->description().id);
        return ids;
    });
}

} // namespace tintype
