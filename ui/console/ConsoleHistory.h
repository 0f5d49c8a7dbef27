// What was typed into the console, oldest first, kept across restarts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace tintype {

/// Each entry is appended to the file as one line of JSON, so that two windows can share it and a crash loses nothing.
/// A file that cannot be read or written costs the persistence only.
class ConsoleHistory {
public:
    static constexpr int MOST_ENTRIES = 2000;

    explicit ConsoleHistory(QString filePath);
    /// In the folder for the application's data.
    static QString defaultPath();

    /// Blank entries and repetitions of the one before are not kept. All that was entered at once, since each call writes to
    /// the file. Ends the walk.
    void add(const QStringList& entries);
    const QStringList& entries() const { return m_entries; }

    /// Walks towards older entries that begin with `prefix`; `current` is what stands in the input and comes back at the
    /// end of the way down.
    std::optional<QString> older(const QString& prefix, const QString& current);
    std::optional<QString> newer();
    void endWalk();

private:
    void load();
    void rewriteFile() const;

    QString m_filePath;
    QStringList m_entries;
    int m_position = -1; ///< of the walk; -1 while there is none
    QString m_prefix;
    QString m_current;
};

} // namespace tintype
