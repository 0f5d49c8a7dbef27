// Which script files are run in their own process whenever they are run; remembered between runs of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/OwnProcessChoice.h"

#include <QSettings>
#include <QStringList>

namespace tintype {

namespace {
const QString KEY = QStringLiteral("scripts/ownProcess");
}

bool OwnProcessChoice::isMadeFor(const QString& path) const {
    return m_settings.value(KEY).toStringList().contains(path);
}

void OwnProcessChoice::make(const QString& path, bool ownProcess) {
    // Each change writes the settings.
    if (path.isEmpty() || isMadeFor(path) == ownProcess)
        return;
    QStringList paths = m_settings.value(KEY).toStringList();
    paths.removeAll(path);
    if (ownProcess)
        paths.prepend(path);
    m_settings.setValue(KEY, QStringList(paths.mid(0, MOST_FILES)));
}

} // namespace tintype
