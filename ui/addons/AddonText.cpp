// What the window of the add-ons says about one of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonText.h"

#include "ui/addons/AddonEntry.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("tintype::AddonsWindow", text);
}

QString row(const QString& name, const QString& value) {
    return value.isEmpty() ? QString() : u"<tr><td style='padding-right:12px'>%1</td><td>%2</td></tr>"_s.arg(name, value.toHtmlEscaped());
}

QString list(const QString& title, const QStringList& items) {
    if (items.isEmpty())
        return {};
    QString text = u"<p><b>%1</b></p><ul style='margin-left:-16px'>"_s.arg(title);
    for (const QString& item : items)
        text += u"<li>"_s + item.toHtmlEscaped() + u"</li>"_s;
    return text + u"</ul>"_s;
}

QString traceback(const QString& text) {
    return u"<pre style='white-space:pre-wrap'>"_s + text.trimmed().toHtmlEscaped() + u"</pre>"_s;
}

QString secondsText(double seconds) {
    return seconds < 1 ? tr("%1 ms").arg(QLocale().toString(seconds * 1000, 'f', 1)) : tr("%1 s").arg(QLocale().toString(seconds, 'f', 2));
}

QString timesText(const AddonEntry& addon) {
    if (addon.calls == 0)
        return {};
    return tr("%1 calls, %2 in all, the longest %3")
        .arg(QLocale().toString(addon.calls), secondsText(addon.seconds), secondsText(addon.longest));
}

QString failuresText(const AddonEntry& addon) {
    if (addon.failures.empty())
        return {};
    QString text = u"<p><b>%1</b></p>"_s.arg(tr("What went wrong since it was switched on"));
    for (auto failure = addon.failures.rbegin(); failure != addon.failures.rend(); ++failure)
        text += u"<p>%1, %2</p>"_s.arg(QLocale().toString(failure->time.time(), QLocale::ShortFormat), failure->title.toHtmlEscaped())
            + traceback(failure->text);
    return text;
}

} // namespace

QString addonStateText(const AddonEntry& addon) {
    if (addon.state == u"on" && addon.runningVersion != addon.version && !addon.version.isEmpty())
        return tr("on, version %1 until it is reloaded").arg(addon.runningVersion);
    if (addon.state == u"on")
        return addon.failures.empty() ? tr("on") : tr("on, with errors");
    if (addon.state == u"starting")
        return tr("starting…");
    if (addon.state == u"failed")
        return tr("failed");
    return addon.isBroken() ? tr("unusable") : tr("off");
}

QString addonDetails(const AddonEntry& addon) {
    QString text = u"<h3>%1 %2</h3>"_s.arg(addon.name.toHtmlEscaped(), addon.version.toHtmlEscaped());
    if (!addon.description.isEmpty())
        text += u"<p>"_s + addon.description.toHtmlEscaped() + u"</p>"_s;
    if (!addon.error.isEmpty())
        text += u"<p><b>%1</b></p>"_s.arg(addon.isBroken() ? tr("It cannot be used:") : tr("It could not be switched on:")) + traceback(addon.error);
    text += list(tr("It says that it touches"), addon.touches);
    text += u"<table style='margin-top:8px; margin-bottom:8px'>"_s + row(tr("Id"), addon.id) + row(tr("By"), addon.authors.join(u", "_s)) + row(tr("Licence"), addon.licence)
        + row(tr("Python packages"), addon.packages.join(u", "_s)) + row(tr("Place"), addon.path) + row(tr("Its callbacks"), timesText(addon))
        + u"</table>"_s;
    text += list(tr("What it has registered"), addon.registered);
    return text + failuresText(addon);
}

} // namespace tintype
