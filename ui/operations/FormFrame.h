// What stands around the fields of a form: titles above, messages and buttons below.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tintype {

/// Knows no operations: it shows words and passes on what is pressed.
class FormFrame : public QWidget {
    Q_OBJECT
public:
    explicit FormFrame(QWidget* fields);

    struct Words {
        QString title;
        QString id; ///< beside the title, for those who ask
        QString help;
        QString target; ///< what the form works on
        QString note;
        QString apply;
        QString applyHint;
        QString close;
        bool offersPreview = false;
        bool canApply = false;
        bool canReset = false;
    };
    /// What is empty is not shown.
    void showWords(const Words& words);
    /// In red below the fields.
    void showError(const QString& message);
    /// What an operation has found.
    void showValues(const QString& text);

    bool wantsPreview() const;
    QWidget* applyButton() const;

Q_SIGNALS:
    void applyPressed();
    void resetPressed();
    void closePressed();
    void previewToggled();

private:
    QLayout* buildButtons();
    QPushButton* addButton(const QString& name, const QString& text, QLayout& row, void (FormFrame::*pressed)());

    QLabel* m_title;
    QLabel* m_help;
    QLabel* m_target;
    QLabel* m_note;
    QLabel* m_error;
    QLineEdit* m_values;
    QCheckBox* m_previewBox = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_close = nullptr;
    QPushButton* m_apply = nullptr;
};

} // namespace tintype
