// The values that an operation finds, as one line for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <QString>

namespace tintype {

class Evaluation;
class Job;
struct Operation;

/// "level = 107", or "x = 3, y = 7" for several; images among the outputs are left out. Computes, so it belongs on a job,
/// which is shown the progress and stops it. Throws what Evaluation throws.
QString findValues(const Evaluation& evaluation, const Operation& operation, const Parameters& parameters, Job& job);

} // namespace tintype
