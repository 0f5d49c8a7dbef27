// The class tt.Recipe: the steps that lead to an image, to save, to read and to use on other pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/Recipe.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

#include <string_view>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr const char* RECIPE_DOC = R"(The steps that lead to an image, with named inputs.

    >>> import tintype as tt
    >>> recipe = (tt.Image.black(4, 4) + 3).recipe
    >>> recipe.inputs
    []
    >>> tt.Recipe.from_json(recipe.to_json()).image.avg()
    3.0
)";

std::string toJson(const Recipe& recipe) {
    return withoutGil([&] { return recipe.toJson().toStdString(); });
}

Recipe fromJson(const Host& host, std::string_view json) {
    const OperationCatalog& catalog = host.catalog();
    return withoutGil([&] {
        return Recipe::fromJson(QByteArray(json.data(), qsizetype(json.size())), catalog);
    });
}

std::vector<std::string> inputNames(const Recipe& recipe) {
    return withoutGil([&] {
        std::vector<std::string> names;
        for (const RecipeInput& input : recipe.inputs())
            names.push_back(input.name);
        return names;
    });
}

} // namespace

void bindRecipe(py::module_& module, ImageClass& image, const Host& host) {
    RecipeClass recipe(module, "Recipe", RECIPE_DOC);
    recipe.attr("__module__") = "tintype";
    // GIL: these keep it, instant.
    image.def_property_readonly(
        "recipe", [](const Image& self) { return Recipe(self); }, "The steps that lead to this image, a Recipe.");
    recipe.def_property_readonly(
        "image", [](const Recipe& self) { return self.result(); }, "The image that the recipe makes.");
    // GIL: the rest releases it, for recipes can be long.
    recipe.def_property_readonly("inputs", &inputNames,
                                 "The names of the pictures that the recipe starts from, in the order of their first use.");
    recipe.def("_json", &toJson);
    recipe.def_static("_from_json", [&host](const std::string& json) { return fromJson(host, json); }, py::arg("json"));
    recipe.def(
        "_apply",
        [](const Recipe& self, const std::map<std::string, Image>& sources) {
            return withoutGil([&] { return self.apply(sources); });
        },
        py::arg("sources"));
    recipe.def(
        "to_script",
        [&host](const Recipe& self) {
            const OperationCatalog& catalog = host.catalog();
            return withoutGil([&] { return self.toScript(catalog); });
        },
        "Python text that makes the same image, in the variable `result`.");
    bindSteps(module, recipe, host);
}

} // namespace tintype
