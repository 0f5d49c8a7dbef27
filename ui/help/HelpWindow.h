// A window with a text to read beside the work: the Python API, the keyboard shortcuts, what Tintype is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QAction;

namespace tintype {

class OperationCatalog;

/// Never blocks; deletes itself when it is closed.
class HelpWindow : public QDialog {
    Q_OBJECT
public:
    HelpWindow(const QString& title, const QString& markdown, QWidget* parent);
};

QString aboutText();
QString shortcutsText(const QList<QAction*>& actions);
/// The API in brief, then every operation with its signature.
QString pythonHelpText(const OperationCatalog& catalog);

} // namespace tintype
