// The list of our kernels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

void registerKernels() {
}

} // namespace tintype
