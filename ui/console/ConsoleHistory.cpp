// What was typed into the console, oldest first, kept across restarts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/ConsoleHistory.h"

#include "core/document/WholeFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QByteArray lineFor(const QString& entry) {
    return QJsonDocument(QJsonArray{entry}).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

ConsoleHistory::ConsoleHistory(QString filePath) : m_filePath(std::move(filePath)) {
    load();
}

QString ConsoleHistory::defaultPath() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/console_history"_s;
}

void ConsoleHistory::load() {
    QFile file(m_filePath);
    if (!file.open(QIODevice::ReadOnly))
        return;
    qsizetype lines = 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        const QJsonArray array = QJsonDocument::fromJson(line).array();
        if (array.size() == 1 && array[0].isString())
            m_entries << array[0].toString();
        ++lines;
    }
    if (m_entries.size() > MOST_ENTRIES)
        m_entries.remove(0, m_entries.size() - MOST_ENTRIES);
    if (lines > 2 * MOST_ENTRIES)
        rewriteFile();
}

void ConsoleHistory::rewriteFile() const {
    QByteArray lines;
    for (const QString& entry : m_entries)
        lines += lineFor(entry);
    // The long file stays when there is no room for the short one; the next start tries again.
    writeWholeFile(m_filePath, lines);
}

void ConsoleHistory::add(const QStringList& entries) {
    endWalk();
    QByteArray lines;
    for (QString kept : entries) {
        while (!kept.isEmpty() && kept.back().isSpace())
            kept.chop(1);
        if (kept.isEmpty() || (!m_entries.isEmpty() && m_entries.last() == kept))
            continue;
        m_entries << kept;
        lines += lineFor(kept);
    }
    if (lines.isEmpty())
        return;
    if (m_entries.size() > MOST_ENTRIES)
        m_entries.remove(0, m_entries.size() - MOST_ENTRIES);
    QDir().mkpath(QFileInfo(m_filePath).path());
    QFile file(m_filePath);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append))
        file.write(lines);
}

std::optional<QString> ConsoleHistory::older(const QString& prefix, const QString& current) {
    if (m_position < 0) {
        m_position = int(m_entries.size());
        m_prefix = prefix;
        m_current = current;
    }
    const QString shown = m_position < m_entries.size() ? m_entries[m_position] : m_current;
    for (int i = m_position - 1; i >= 0; --i) {
        if (m_entries[i].startsWith(m_prefix) && m_entries[i] != shown) {
            m_position = i;
            return m_entries[i];
        }
    }
    return std::nullopt;
}

std::optional<QString> ConsoleHistory::newer() {
    if (m_position < 0)
        return std::nullopt;
    const QString shown = m_position < m_entries.size() ? m_entries[m_position] : QString();
    for (int i = m_position + 1; i < m_entries.size(); ++i) {
        if (m_entries[i].startsWith(m_prefix) && m_entries[i] != shown) {
            m_position = i;
            return m_entries[i];
        }
    }
    m_position = -1;
    return m_current;
}

void ConsoleHistory::endWalk() {
    m_position = -1;
}

} // namespace tintype
