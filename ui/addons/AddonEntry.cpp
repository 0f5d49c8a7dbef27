// What the window knows of one add-on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonEntry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QStringList textsFrom(const QJsonValue& value) {
    QStringList texts;
    for (const QJsonValue text : value.toArray())
        texts << text.toString();
    return texts;
}

AddonEntry entryFrom(const QJsonObject& said) {
    AddonEntry entry;
    entry.id = said[u"id"_s].toString();
    entry.name = said[u"name"_s].toString();
    entry.version = said[u"version"_s].toString();
    entry.runningVersion = said[u"running"_s].toString();
    entry.state = said[u"state"_s].toString();
    entry.error = said[u"error"_s].toString();
    entry.description = said[u"description"_s].toString();
    entry.licence = said[u"licence"_s].toString();
    entry.path = said[u"path"_s].toString();
    entry.authors = textsFrom(said[u"authors"_s]);
    entry.packages = textsFrom(said[u"requires"_s]);
    entry.touches = textsFrom(said[u"touches"_s]);
    for (const QJsonValue registered : said[u"registered"_s].toArray()) {
        const QString kind = registered[u"kind"_s].toString(), title = registered[u"title"_s].toString();
        // "The handler note of image-opened" says it itself.
        entry.registered << (title.startsWith(u"The "_s + kind) ? title : kind + u' ' + title);
    }
    for (const QJsonValue failure : said[u"failures"_s].toArray())
        entry.failures.push_back({QDateTime::fromMSecsSinceEpoch(qint64(failure[u"time"_s].toDouble() * 1000)),
                                  failure[u"title"_s].toString(), failure[u"text"_s].toString()});
    const QJsonValue times = said[u"times"_s];
    entry.calls = times[u"calls"_s].toInteger();
    entry.seconds = times[u"total"_s].toDouble();
    entry.longest = times[u"longest"_s].toDouble();
    entry.isWanted = said[u"wanted"_s].toBool();
    entry.isInstalled = said[u"installed"_s].toBool();
    return entry;
}

} // namespace

AddonEntries addonEntriesFrom(const std::string& json) {
    const QJsonObject said = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    AddonEntries entries;
    for (const QJsonValue addon : said[u"addons"_s].toArray())
        entries.addons.push_back(entryFrom(addon.toObject()));
    entries.problems = textsFrom(said[u"problems"_s]);
    return entries;
}

AddonReplacement addonReplacementFrom(const std::string& json) {
    const QJsonObject said = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    return {said[u"name"_s].toString(), said[u"version"_s].toString(), said[u"installed"_s].toString()};
}

} // namespace tintype
