// Writes a small file whole or not at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/WholeFile.h"

#include <QSaveFile>

namespace tintype {

QString writeWholeFile(const QString& path, const QByteArray& content) {
    QSaveFile file(path);
    // Flushed here, since commit() does not notice when the last of the buffer finds the disk full (Qt 6.4).
    const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush();
    if (written && file.commit())
        return {};
    const QString reason = file.errorString();
    file.cancelWriting();
    return reason.isEmpty() ? QStringLiteral("unknown reason") : reason;
}

} // namespace tintype
