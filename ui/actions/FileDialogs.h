// File dialogs that do not block and remember the last folder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

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

} // namespace tintype
