// What linked parameters of a step lead to, computed for its form.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

class GuiQueue;
class LinkedField;
struct Workbench;

/// Computes what the field is linked to on a job, and shows it in the field when it is there, unless the field is gone then.
void findLinked(Workbench& workbench, const GuiQueue& queue, LinkedField& field);

} // namespace tintype
