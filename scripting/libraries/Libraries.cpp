// The extension module `_libraries`, which needs no library: it prepares the linker for `_tintype`, which needs a hundred.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <Python.h>

#include "core/EarlyLibraries.h"

// GIL: keeps it, as imports do.
PyMODINIT_FUNC PyInit__libraries() {
    tintype::loadEarlyLibraries();
    static PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_libraries", "Loads libraries that _tintype needs.", -1,
                                     nullptr,               nullptr,      nullptr,                                  nullptr,
                                     nullptr};
    return PyModule_Create(&definition);
}
