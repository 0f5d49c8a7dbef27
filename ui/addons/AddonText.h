// What the window of the add-ons says about one of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tintype {

struct AddonEntry;

/// "on", "off", "failed": for people to read.
QString addonStateText(const AddonEntry& addon);
/// Rich text; whatever the add-on says of itself is escaped.
QString addonDetails(const AddonEntry& addon);

} // namespace tintype
