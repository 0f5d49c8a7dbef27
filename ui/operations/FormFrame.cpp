// What stands around the fields of a form: titles above, messages and buttons below.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/FormFrame.h"

#include "ui/code/CodeColors.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

QLabel* wrappedLabel(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

void showText(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

} // namespace

FormFrame::FormFrame(QWidget* fields)
    : m_title(wrappedLabel(u"title"_s)), m_help(wrappedLabel(u"help"_s)), m_target(wrappedLabel(u"target"_s)),
      m_note(wrappedLabel(u"appliedNote"_s)), m_error(wrappedLabel(u"formError"_s)), m_values(new QLineEdit) {
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_title->setFont(large);
    m_values->setObjectName(u"values"_s);
    m_values->setReadOnly(true);
    auto* layout = new QVBoxLayout(this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_help, m_target, m_note})
        layout->addWidget(widget);
    layout->addWidget(fields, 1);
    layout->addWidget(m_error);
    layout->addWidget(m_values);
    layout->addLayout(buildButtons());
}

QLayout* FormFrame::buildButtons() {
    m_previewBox = new QCheckBox(tr("Preview"));
    m_previewBox->setObjectName(u"preview"_s);
    m_previewBox->setChecked(true);
    connect(m_previewBox, &QCheckBox::toggled, this, &FormFrame::previewToggled);
    auto* row = new QHBoxLayout;
    row->addWidget(m_previewBox);
    row->addStretch(1);
    m_reset = addButton(u"reset"_s, tr("Reset"), *row, &FormFrame::resetPressed);
    m_close = addButton(u"close"_s, {}, *row, &FormFrame::closePressed);
    m_close->setToolTip(tr("Escape"));
    m_apply = addButton(u"apply"_s, {}, *row, &FormFrame::applyPressed);
    return row;
}

QPushButton* FormFrame::addButton(const QString& name, const QString& text, QLayout& row, void (FormFrame::*pressed)()) {
    auto* button = new QPushButton(text);
    button->setObjectName(name);
    button->setMinimumWidth(10);
    row.addWidget(button);
    connect(button, &QPushButton::clicked, this, pressed);
    return button;
}

void FormFrame::showWords(const Words& words) {
    m_title->setText(words.title);
    m_title->setToolTip(words.id);
    m_help->setText(words.help);
    showText(*m_target, words.target);
    showText(*m_note, words.note);
    m_apply->setText(words.apply);
    m_apply->setToolTip(words.applyHint);
    m_apply->setEnabled(words.canApply);
    m_close->setText(words.close);
    m_previewBox->setVisible(words.offersPreview);
    m_reset->setEnabled(words.canReset);
}

void FormFrame::showError(const QString& message) {
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, CodeColors::of(palette()).error);
    m_error->setPalette(ink);
    showText(*m_error, message);
}

void FormFrame::showValues(const QString& text) {
    m_values->setText(text);
    m_values->setCursorPosition(0);
    m_values->setVisible(!text.isEmpty());
}

bool FormFrame::wantsPreview() const {
    return m_previewBox->isChecked();
}

QWidget* FormFrame::applyButton() const {
    return m_apply;
}

} // namespace tintype
