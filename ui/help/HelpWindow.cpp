// A window with a text to read beside the work: the Python API, the keyboard shortcuts, what Tintype is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/HelpWindow.h"

#include "core/operations/OperationCatalog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QFile>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace tintype {

HelpWindow::HelpWindow(const QString& title, const QString& markdown, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(title);
    auto* text = new QTextBrowser(this);
    text->setOpenExternalLinks(true);
    text->setFrameShape(QFrame::NoFrame);
    text->document()->setDocumentMargin(16);
    text->setMarkdown(markdown);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(text);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(8, 0, 8, 8);
    row->addWidget(buttons);
    layout->addLayout(row);
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 40);
}

QString aboutText() {
    return HelpWindow::tr("# Tintype %1\n\n"
                          "An image workbench with Python inside. Whatever is done by hand is a line of Python, and the "
                          "same script runs here, in the background, and without a window.\n\n"
                          "Tintype is free software under the GNU General Public License, version 3 or later. It comes "
                          "without any warranty.\n\n"
                          "Built with Qt %2, libvips, OpenCV, CPython, pybind11 and QScintilla.")
        .arg(QStringLiteral(TINTYPE_VERSION), QString::fromLatin1(qVersion()));
}

QString shortcutsText(const QList<QAction*>& actions) {
    QString text = HelpWindow::tr("# Keyboard shortcuts\n\n| Action | Keys |\n|---|---|\n");
    for (const QAction* action : actions) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << key.toString(QKeySequence::NativeText);
        QString name = action->text();
        name.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        text += QStringLiteral("| %1 | %2 |\n").arg(name, keys.join(HelpWindow::tr(" or ")));
    }
    return text
        + HelpWindow::tr("\nIn the list of images, Delete closes an image. While the keyboard is in the script editor, "
                         "Ctrl+N, Ctrl+O, Ctrl+S, Ctrl+W and Ctrl+F mean the script.\n\n"
                         "| In the console | Keys |\n|---|---|\n"
                         "| Run the line, or open the next one of a block | Enter |\n"
                         "| Open another line | Shift+Enter |\n"
                         "| Earlier and later lines that begin alike | Up, Down |\n"
                         "| Search all earlier lines | Ctrl+R |\n"
                         "| Complete a name | Tab |\n"
                         "| End the running line | Escape, or Ctrl+C without a selection |\n"
                         "| Remove what was printed | Ctrl+L |\n");
}

QString pythonHelpText(const OperationCatalog& catalog) {
    QFile file(QStringLiteral(":/help/python.md"));
    // Part of the program itself; without it the build is broken.
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the help text is missing from the program");
    QString text = QString::fromUtf8(file.readAll());
    for (const std::string& category : catalog.categories()) {
        text += QStringLiteral("\n### %1\n\n").arg(QString::fromStdString(category));
        for (const Operation* operation : catalog.inCategory(category))
            text += QStringLiteral("- **%1** — `tt.ops.%2(%3)`  \n  %4\n")
                        .arg(QString::fromStdString(operation->title), QString::fromStdString(operation->id),
                             QString::fromStdString(operation->signature()), QString::fromStdString(operation->help));
    }
    return text;
}

} // namespace tintype
