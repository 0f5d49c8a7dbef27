// A text or a list of numbers in a form, written in one line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/TextField.h"

#include "ui/operations/fields/ValueText.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tintype {

TextField::TextField(const ParameterInfo& parameter) : ParameterField(parameter), m_edit(new QLineEdit) {
    if (mayBeAutomatic())
        m_edit->setPlaceholderText(tr("Automatic"));
    row()->addWidget(m_edit, 1);
    if (parameter.isFile)
        addFileButton();
    setFocusProxy(m_edit);
    reset();
    connect(m_edit, &QLineEdit::textChanged, this, [this] {
        read();
        Q_EMIT changed();
    });
}

void TextField::addFileButton() {
    auto* button = new QToolButton;
    button->setObjectName(u"chooseFile"_s);
    button->setText(u"…"_s);
    button->setToolTip(tr("Choose a file"));
    row()->addWidget(button);
    connect(button, &QToolButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(window(), tr("Choose a file"), QFileInfo(m_edit->text()).absolutePath());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        // It need not be there yet.
        dialog->setFileMode(QFileDialog::AnyFile);
        connect(dialog, &QFileDialog::fileSelected, m_edit, &QLineEdit::setText);
        dialog->open();
    });
}

void TextField::setValue(const Value& value) {
    m_edit->setText(lineFrom(value));
    read();
}

void TextField::read() {
    m_value = Value();
    const bool isList = parameter().isList();
    // In a text blanks count.
    const QString text = isList ? m_edit->text().trimmed() : m_edit->text();
    if (text.isEmpty() && mayBeAutomatic())
        setError({});
    else
        setError(isList ? readList(text) : readText(text));
}

QString TextField::readText(const QString& text) {
    if (text.isEmpty() && parameter().required)
        return tr("A text is needed.");
    m_value = text.toStdString();
    return {};
}

QString TextField::readList(const QString& text) {
    List items;
    for (const QString& word : listWords(text))
        if (const QString error = readItem(word, items); !error.isEmpty())
            return error;
    const int wanted = parameter().fixedLength;
    if (wanted > 0 && int(items.size()) != wanted)
        return tr("%1 numbers are needed, parted by commas; there are %2.").arg(wanted).arg(items.size());
    if (items.empty())
        return tr("At least one number is needed, such as 1, 2, 3.");
    m_value = std::move(items);
    return {};
}

QString TextField::readItem(const QString& word, List& items) const {
    const auto named = [&word](const Choice& choice) { return QString::fromStdString(choice.value) == word; };
    if (std::ranges::any_of(parameter().choices, named)) {
        items.emplace_back(word.toStdString());
        return {};
    }
    const bool integer = parameter().kind == ParameterKind::IntegerList;
    const std::optional<double> number = numberFrom(word);
    if (!number && !parameter().choices.empty()) {
        QStringList names;
        for (const Choice& choice : parameter().choices)
            names << QString::fromStdString(choice.value);
        return tr("“%1” is not one of %2.").arg(word, names.join(u", "_s));
    }
    if (!number || (integer && *number != std::floor(*number)))
        return integer ? tr("“%1” is not a whole number; write for example 1, 2, 3.").arg(word)
                       : tr("“%1” is not a number; write for example 1, 2.5, 3.").arg(word);
    const bool bounded = parameter().maximum > parameter().minimum;
    if (bounded && (*number < parameter().minimum || *number > parameter().maximum))
        return tr("%1 is not allowed: %2.").arg(word, allowedRange(parameter()));
    if (integer)
        items.emplace_back(std::int64_t(*number));
    else
        items.emplace_back(*number);
    return {};
}

} // namespace tintype
