// The functions that fill the extension module, one for each file of bindings.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <pybind11/pybind11.h>

namespace tintype {

class Host;
class Recipe;

using ImageClass = pybind11::class_<Image>;
using RecipeClass = pybind11::class_<Recipe>;

void bindOutput(pybind11::module_& module);
ImageClass bindImage(pybind11::module_& module, const Host& host);
void bindImageFiles(pybind11::module_& module, ImageClass& image, const Host& host);
void bindImagePixels(pybind11::module_& module, ImageClass& image, const Host& host);
void bindSignals(pybind11::module_& module, ImageClass& image, const Host& host);
void bindImageOperations(ImageClass& image, const Host& host);
void bindAddedOperations(pybind11::module_& module, const Host& host);
void bindFormats(pybind11::module_& module, const Host& host);
void bindColourMaps(pybind11::module_& module, const Host& host);
void bindMeasure(pybind11::module_& module, const Host& host);
void bindRecipe(pybind11::module_& module, ImageClass& image, const Host& host);
void bindSteps(pybind11::module_& module, RecipeClass& recipe, const Host& host);
void bindDocument(pybind11::module_& module, const Host& host);
void bindHistory(pybind11::module_& module, const Host& host);
void bindRunning(pybind11::module_& module, const Host& host);
void bindTransfer(pybind11::module_& module, ImageClass& image, const Host& host);
void bindTimers(pybind11::module_& module, const Host& host);
void bindWindow(pybind11::module_& module, const Host& host);
void bindAddons(pybind11::module_& module, const Host& host);
void bindOwnProcess(pybind11::module_& module, Host& host);

} // namespace tintype
