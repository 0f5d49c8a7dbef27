// Which script files are run in their own process whenever they are run; remembered between runs of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSettings;

namespace tintype {

/// The settings must outlive it.
class OwnProcessChoice {
public:
    /// Those chosen last.
    static constexpr int MOST_FILES = 500;

    explicit OwnProcessChoice(QSettings& settings) : m_settings(settings) {}

    /// False for a script without a file, whose path is empty.
    bool isMadeFor(const QString& path) const;
    void make(const QString& path, bool ownProcess);

private:
    QSettings& m_settings;
};

} // namespace tintype
