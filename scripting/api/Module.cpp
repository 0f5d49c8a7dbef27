// The extension module `_tintype`: the list of what it is made of.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Bindings.h"
#include "scripting/api/Errors.h"
#include "scripting/api/EventsBinding.h"
#include "scripting/api/Host.h"
#include "scripting/api/OperationFunction.h"
#include "scripting/api/PanelBinding.h"
#include "scripting/api/PixelView.h"

PYBIND11_MODULE(_tintype, module) {
    using namespace tintype;
    module.doc() = "The native half of tintype; use it through the package `tintype`.";
    module.attr("version") = TINTYPE_VERSION;
    // The functions below look classes up in the module by its name.
    pybind11::module_::import("sys").attr("modules")["tintype._tintype"] = module;

    bindErrors(module);
    Host& host = Host::open();
    bindOperationFunctions(module, host);
    bindOutput(module);
    ImageClass image = bindImage(module, host);
    bindImageFiles(module, image, host);
    bindImagePixels(module, image, host);
    bindPixelView(image, host);
    bindSignals(module, image, host);
    bindImageOperations(image, host);
    bindAddedOperations(module, host);
    bindFormats(module, host);
    bindColourMaps(module, host);
    bindMeasure(module, host);
    bindRecipe(module, image, host);
    bindTransfer(module, image, host);
    bindDocument(module, host);
    bindHistory(module, host);
    bindRunning(module, host);
    bindTimers(module, host);
    bindEvents(module, host);
    bindWindow(module, host);
    bindAddons(module, host);
    bindPanels(module, host);
    bindOwnProcess(module, host);
}
