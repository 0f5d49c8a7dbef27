// The window in which add-ons are looked at, switched on and off, installed and removed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/addons/AddonEntry.h"

#include <QDialog>
#include <QTimer>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QTextBrowser;
class QTreeWidget;
class QTreeWidgetItem;

namespace tintype {

class GuiQueue;
class PythonRuntime;
class ScriptRunner;

/// Whatever is done here is a line of Python that runs as a script, so that it is listed among the jobs, can be stopped, and
/// never holds up the window. Python is asked anew what there is after each of them and, while the window is in front, every
/// few seconds. Deletes itself when it is closed.
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
    void showEntries();
    void showItem(QTreeWidgetItem& item, const AddonEntry& addon);
    void filter();
    void showDetails();
    void showProblems();
    void switched(QTreeWidgetItem* item);
    void chooseFile();
    void chooseFolder();
    void install(const QString& path);
    void remove();
    void run(const QString& title, const QString& call);
    const AddonEntry* current() const;
    const AddonEntry* find(const QString& id) const;

    PythonRuntime& m_runtime;
    ScriptRunner& m_scripts;
    QSettings& m_settings;
    const std::function<void(std::function<void()>)> m_post;
    AddonEntries m_entries;
    QTimer m_again;
    bool m_isAsking = false;
    bool m_wasAnswered = false;
    quint64 m_job = 0; ///< of what was done last
    QString m_failure; ///< of what was done last; empty when it went well
    QString m_title;   ///< of that
    QString m_printed; ///< by that, and by its errors
    QLineEdit* m_search;
    QLabel* m_problems;
    QLabel* m_empty;
    QTreeWidget* m_list;
    QTextBrowser* m_details;
    QPushButton* m_reload;
    QPushButton* m_remove;
};

} // namespace tintype
