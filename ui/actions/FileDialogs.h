// File dialogs that do not block and remember the last folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/FileFormats.h"

#include <QStringList>

#include <string>
#include <vector>

class QFileDialog;
class QSettings;
class QWidget;

namespace tintype {

/// Show it with open(); it deletes itself. The settings must outlive the window.
QFileDialog* makeFileDialog(QWidget* window, QSettings& settings, const QString& title, const QString& filter);

/// "*.png *.tif".
QString suffixPatterns(const std::vector<std::string>& suffixes);

/// A filter for each format that was added and has that way: "NumPy array (*.npy)".
QStringList addedFilters(const FileFormats& formats, FormatFunction AddedFormat::*way);

/// Has the dialog to save a file propose the ending of the filter that is chosen, where that is of one format.
void followFilter(QFileDialog& dialog);

} // namespace tintype
