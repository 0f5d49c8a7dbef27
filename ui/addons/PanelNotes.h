// What stands below an add-on's panel: the errors of its code, and what runs without a button of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <map>
#include <string>

class QLabel;
class QPlainTextEdit;
class QToolButton;
class QVBoxLayout;

namespace tintype {

struct PanelCallState;

class PanelNotes : public QWidget {
    Q_OBJECT
public:
    explicit PanelNotes(QWidget* parent = nullptr);

    /// `title` is what people know the button or the field by.
    void showError(const std::string& name, const QString& title, const PanelCallState& state);
    /// A function that takes long, with a Stop.
    void showRunning(const std::string& name, const QString& title, const PanelCallState& state);

Q_SIGNALS:
    void stopWanted(const QString& name);

private:
    class Running;
    void clearError();

    std::string m_failed; ///< whose error is shown
    QLabel* m_error;
    QToolButton* m_details;
    QPlainTextEdit* m_traceback;
    QWidget* m_frame;
    std::map<std::string, Running*> m_running;
    QVBoxLayout* m_layout;
};

} // namespace tintype
