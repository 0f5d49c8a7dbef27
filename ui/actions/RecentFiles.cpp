// The files opened lately, remembered between runs, newest first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/RecentFiles.h"

#include <QFileInfo>
#include <QMenu>
#include <QSettings>

namespace tintype {

namespace {
const QString KEY = QStringLiteral("recentFiles");
}

RecentFiles::RecentFiles(QSettings& settings, QObject* parent) : QObject(parent), m_settings(settings) {}

QStringList RecentFiles::paths() const {
    return m_settings.value(KEY).toStringList();
}

void RecentFiles::add(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = this->paths();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    m_settings.setValue(KEY, QStringList(paths.mid(0, MOST_FILES)));
}

void RecentFiles::fill(QMenu* menu) {
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { refill(menu); });
    refill(menu);
}

void RecentFiles::refill(QMenu* menu) {
    menu->clear();
    for (const QString& path : paths()) {
        const QFileInfo file(path);
        QString text = tr("%1 — %2").arg(file.fileName(), file.path());
        QAction* action = menu->addAction(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT chosen(path); });
    }
    if (menu->isEmpty()) {
        menu->addAction(tr("No files yet"))->setEnabled(false);
        return;
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Forget these files")), &QAction::triggered, this, [this] { m_settings.remove(KEY); });
}

} // namespace tintype
