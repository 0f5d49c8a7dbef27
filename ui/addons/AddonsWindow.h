// The window in which add-ons are looked at, switched on and off, installed and removed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/addons/AddonEntry.h"
#include "ui/addons/AddonJobs.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QTextBrowser;

namespace tintype {

class AddonList;
class GuiQueue;
class MessageBar;
class PythonRuntime;
class ScriptRunner;

/// Whatever is done here is a line of Python, which AddonJobs runs. Python is asked anew what there is after each of them and,
/// while the window is on the screen, every two seconds. Deletes itself when it is closed.
class AddonsWindow : public QDialog {
    Q_OBJECT
public:
    AddonsWindow(PythonRuntime& runtime, ScriptRunner& scripts, GuiQueue& queue, QSettings& settings, QWidget* parent);

Q_SIGNALS:
    /// For the log.
    void lineRun(const QString& line);

protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    QWidget* buildTop();
    QWidget* buildButtons();
    void ask();
    void take(const std::string& json, const std::string& error);
    void filter();
    void showDetails();
    void showProblems();
    void chooseFile();
    void chooseFolder();
    void install(const QString& path);
    void settle(const AddonJob& job);
    void askToReplace(const QString& path, const AddonReplacement& replaced);
    void askToRemove();

    PythonRuntime& m_runtime;
    QSettings& m_settings;
    const std::function<void(std::function<void()>)> m_post;
    AddonEntries m_entries;
    QTimer m_again;
    bool m_isAsking = false;
    bool m_isStale = false; ///< something was done since it was asked
    bool m_wasAnswered = false;
    QHash<QString, QString> m_said; ///< what is shown of the jobs that have failed, by what they did
    AddonJobs* m_jobs;
    QLineEdit* m_search;
    MessageBar* m_errors;
    QLabel* m_problems;
    QLabel* m_empty;
    AddonList* m_list;
    QTextBrowser* m_details;
    QPushButton* m_reload;
    QPushButton* m_remove;
};

} // namespace tintype
