// A file or a folder in a form: its path, and a button that opens the dialog.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PathField.h"

#include "ui/actions/FileDialogs.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace tintype {

PathField::PathField(const ParameterInfo& parameter, bool isFolder, QSettings& settings)
    : ParameterField(parameter), m_isFolder(isFolder), m_settings(settings), m_edit(new QLineEdit) {
    auto* const browse = new QToolButton;
    browse->setText(tr("…"));
    browse->setToolTip(isFolder ? tr("Choose a folder") : tr("Choose a file"));
    browse->setAccessibleName(browse->toolTip());
    browse->setObjectName(QStringLiteral("browse"));
    m_edit->setPlaceholderText(isFolder ? tr("No folder") : tr("No file"));
    row()->addWidget(m_edit, 1);
    row()->addWidget(browse);
    setFocusProxy(m_edit);
    reset();
    connect(m_edit, &QLineEdit::textChanged, this, &PathField::changed);
    connect(browse, &QToolButton::clicked, this, &PathField::choose);
}

Value PathField::value() const {
    return m_edit->text().isEmpty() && mayBeAutomatic() ? Value() : Value(m_edit->text().toStdString());
}

void PathField::setValue(const Value& value) {
    const auto* const path = value.as<std::string>();
    m_edit->setText(path ? QString::fromStdString(*path) : QString());
}

void PathField::choose() {
    QFileDialog* const dialog = makeFileDialog(window(), m_settings, title(), tr("All files (*)"));
    if (m_isFolder)
        dialog->setFileMode(QFileDialog::Directory);
    if (!m_edit->text().isEmpty())
        dialog->selectFile(m_edit->text());
    connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
    dialog->open();
}

} // namespace tintype
