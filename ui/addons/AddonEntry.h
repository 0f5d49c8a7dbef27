// What the window knows of one add-on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace tintype {

struct AddonEntry {
    struct Failure {
        QDateTime time;
        QString title;
        QString text; ///< with the traceback
    };

    QString id;
    QString name;
    QString version;
    QString runningVersion; ///< of one that is on; another one when its files were replaced meanwhile
    QString state; ///< "off", "starting", "on", "failed", "broken"
    QString error;
    QString description;
    QString licence;
    QString path;
    QStringList authors;
    QStringList packages; ///< the Python packages that it needs
    QStringList touches;
    QStringList registered; ///< "handler image-opened"
    std::vector<Failure> failures; ///< the oldest first
    qint64 calls = 0; ///< of its callbacks
    double seconds = 0; ///< that they took
    double longest = 0; ///< of these, in seconds
    bool isInstalled = false; ///< lies in the person's own folder, so that it can be removed

    bool isWanted = false; ///< is to be on at every start

    bool isOn() const { return state == QLatin1String("on") || state == QLatin1String("starting"); }
    /// Also of one that is to be on and has failed, so that it can be switched off.
    bool isTicked() const { return isOn() || isWanted; }
    bool isBroken() const { return state == QLatin1String("broken"); }
};

/// What an installation would replace.
struct AddonReplacement {
    QString name; ///< empty where there is nothing
    QString version;
    QString installed; ///< the version that is there; empty for one that is broken
};

struct AddonEntries {
    std::vector<AddonEntry> addons;
    QStringList problems; ///< of folders and files that are none
};

/// Reads what askForAddons answers.
AddonEntries addonEntriesFrom(const std::string& json);
/// Reads what askWhatIsReplaced answers.
AddonReplacement addonReplacementFrom(const std::string& json);

} // namespace tintype
