// What operations share that number the objects of a mask.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

/// Begins the instance of such an operation.
struct Labelling {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int connectivity;
    int count;
};

/// Arguments of an operation's own have numbers from 10 on.
void describeLabelling(VipsObjectClass* kernel);
void initLabelling(Labelling* labelling);

} // namespace tintype
