// File dialogs that do not block and remember the last folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/FileDialogs.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSettings>

namespace tintype {

QFileDialog* makeFileDialog(QWidget* window, QSettings& settings, const QString& title, const QString& filter) {
    const QString key = QStringLiteral("lastFolder");
    const QString folder = settings.value(key, QDir::homePath()).toString();
    auto* dialog = new QFileDialog(window, title, QFileInfo(folder).isDir() ? folder : QDir::homePath(), filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [&settings, key](const QString& path) {
        settings.setValue(key, QFileInfo(path).absolutePath());
    });
    return dialog;
}

QString suffixPatterns(const std::vector<std::string>& suffixes) {
    QString patterns;
    for (const std::string& suffix : suffixes) {
        if (!patterns.isEmpty())
            patterns += QLatin1Char(' ');
        patterns += QStringLiteral("*.") + QString::fromStdString(suffix);
    }
    return patterns;
}

QStringList addedFilters(const FileFormats& formats, FormatFunction AddedFormat::*way) {
    QStringList filters;
    for (const AddedFormatPtr& format : formats.all()) {
        // Qt reads the patterns out of the last parentheses.
        QString title = QString::fromStdString(format->title).replace(QLatin1Char('('), QLatin1Char('[')).replace(QLatin1Char(')'), QLatin1Char(']'));
        title.replace(QStringLiteral(";;"), QStringLiteral("; "));
        if (((*format).*way).function)
            filters << QStringLiteral("%1 (%2)").arg(title, suffixPatterns(format->suffixes));
    }
    return filters;
}

void followFilter(QFileDialog& dialog) {
    QObject::connect(&dialog, &QFileDialog::filterSelected, &dialog, [&dialog](const QString& filter) {
        static const QRegularExpression first(QStringLiteral("\\(\\*\\.([^\\s)]+)\\)$"));
        const QRegularExpressionMatch match = first.match(filter);
        dialog.setDefaultSuffix(match.hasMatch() ? match.captured(1) : QStringLiteral("png"));
    });
}

} // namespace tintype
