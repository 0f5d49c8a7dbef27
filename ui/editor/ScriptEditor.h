// Scripts in tabs: write, save, run and stop them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;
class QLabel;
class QTabWidget;
class QKeyEvent;
class QSettings;
class QToolBar;
class QVBoxLayout;

namespace tintype {

class Completer;
class OwnProcessChoice;
class ScriptRunner;
class ScriptTab;

/// Scripts run from the text in the editor, saved or not, several at once. Ctrl+N, Ctrl+O, Ctrl+S, Ctrl+W, Ctrl+F and F5 mean
/// the scripts while the keyboard is in here, whatever they mean elsewhere in the window. What goes wrong is said in a
/// line above the text. The runner must outlive the editor.
class ScriptEditor : public QWidget {
    Q_OBJECT
public:
    explicit ScriptEditor(ScriptRunner& runner, QWidget* parent = nullptr);
    ~ScriptEditor() override;

    /// Lets all scripts complete and explain names; once. The completer must outlive the editor.
    void setCompleter(Completer& completer);

    /// Lets "Always in own process" be remembered for files; once, before any is opened. The settings must outlive the editor.
    void rememberIn(QSettings& settings);

    ScriptTab* currentTab() const;
    QList<ScriptTab*> tabs() const;

    /// Any script whose text is neither on disk nor empty.
    bool hasUnsaved() const;
    QStringList unsavedNames() const;

    /// Whether the script of this running job is always run in its own process; nothing when none of the tabs has it.
    std::optional<bool> isAlwaysApart(quint64 jobId) const;
    void setAlwaysApart(quint64 jobId, bool apart);

public Q_SLOTS:
    /// False, and a message, when it cannot be read. A file that is open already is brought to the front.
    bool openFile(const QString& path);
    void newScript();
    /// Asks for files without blocking.
    void open();
    /// Asks for a name when there is none yet. False when nothing was written so far.
    bool save();
    void saveAs();
    /// Where the script is usually run: in the window, unless it is always to be run in its own process.
    void run();
    /// On a copy of the document, in a process that can always be ended.
    void runApart();
    void stop();
    void find();
    void findNext();
    /// Asks first, without blocking, when there is something to lose.
    void closeTab(int index);

Q_SIGNALS:
    /// Of the current script or the number of tabs; for the window's title and its actions.
    void stateChanged();

protected:
    bool event(QEvent* event) override;

private:
    void buildActions();
    void buildMessage(QVBoxLayout* layout);
    void saveCurrent();
    void closeCurrent();
    bool saveTo(ScriptTab* tab, const QString& path);
    void addTab(ScriptTab* tab);
    void removeTab(ScriptTab* tab);
    void refresh();
    void showMessage(const QString& text);
    void openAt(const QString& path, int line);
    ScriptTab* tabOf(quint64 jobId) const;
    void toggleAlwaysApart();
    void setAlwaysApart(ScriptTab* tab, bool apart);
    void rememberPlace(const ScriptTab* tab);
    QAction* actionFor(const QKeyEvent& event) const;

    ScriptRunner& m_runner;
    Completer* m_completer = nullptr;
    QToolBar* m_toolBar = nullptr;
    QTabWidget* m_tabs = nullptr;
    QWidget* m_messageRow = nullptr;
    QLabel* m_message = nullptr;
    QAction* m_runAction = nullptr;
    QAction* m_runApartAction = nullptr;
    QAction* m_stopAction = nullptr;
    QAction* m_alwaysApartAction = nullptr;
    std::unique_ptr<OwnProcessChoice> m_ownProcess; ///< null as long as nothing is remembered
    int m_nextNumber = 1;
};

} // namespace tintype
