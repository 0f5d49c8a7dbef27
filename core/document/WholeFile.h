// Writes a small file whole or not at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tintype {

/// The new file takes the old one's place when all of it is on disk; else the old one stays. The reason why it could not be
/// written; empty when it was.
QString writeWholeFile(const QString& path, const QByteArray& content);

} // namespace tintype
