// How much processor time the threads of this process have had, by their names.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace tintype {

/// In seconds; threads of the same name together. The system keeps the first 15 letters of a name.
QJsonObject threadTimes();

} // namespace tintype
