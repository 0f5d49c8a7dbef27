// The program bin/tintype-python: plain CPython with the package tintype importable; process pools start it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ProgramFolder.h"
#include "app/PythonLauncher.h"

int main(int argc, char** argv) {
    const tintype::ProgramFolder folder;
    tintype::PythonLaunch launch;
    launch.packageFolder = folder.package();
    launch.arguments.assign(argv, argv + argc);
    return tintype::runPython(launch);
}
