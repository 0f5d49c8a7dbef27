// The files opened lately, remembered between runs, newest first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QSettings;

namespace tintype {

class RecentFiles : public QObject {
    Q_OBJECT
public:
    static constexpr int MOST_FILES = 12;

    explicit RecentFiles(QSettings& settings, QObject* parent = nullptr);

    QStringList paths() const;
    void add(const QString& path);
    /// Keeps the menu filled; a chosen file is `chosen`.
    void fill(QMenu* menu);

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void refill(QMenu* menu);

    QSettings& m_settings;
};

} // namespace tintype
