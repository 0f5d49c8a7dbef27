// One script in the editor: its text, its output, and its run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QSplitter;

namespace tintype {

class FindBar;
class ScriptOutputView;
class ScriptRunner;
class ScriptText;

/// A tab that is closed stops its script. The runner must outlive it.
class ScriptTab : public QWidget {
    Q_OBJECT
public:
    ScriptTab(ScriptRunner& runner, QString untitledName, QWidget* parent = nullptr);
    ~ScriptTab() override;

    ScriptText& text() const { return *m_text; }
    ScriptOutputView& output() const { return *m_output; }
    FindBar& findBar() const { return *m_findBar; }

    /// The file's name, or the name it has until it is saved.
    QString name() const;
    /// What Python calls it in a traceback.
    QString fileName() const;
    bool isRunning() const { return m_job != nullptr; }
    /// There is text that would be lost.
    bool isUnsaved() const;
    /// "Running for 3 s", "Finished in 1.2 s", "Failed, exit code 1", "Stopped after 2 s"; empty before the first run.
    QString stateText() const;

    enum class Where { Window, OwnProcess };
    void run(Where where);
    /// The job of the run; 0 while it does not run.
    quint64 jobId() const { return m_job ? m_job->id() : 0; }
    /// Where it runs unless it is said otherwise for one run.
    Where usualPlace() const { return m_usualPlace; }
    void setUsualPlace(Where where);
    void stop();

Q_SIGNALS:
    /// The name, the modified mark, the state of the run or its usual place.
    void stateChanged();
    void placeClicked(const QString& file, int line);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addOutput(quint64 jobId, const QString& text, bool isError);
    void finished(quint64 jobId, int exitCode);
    void showState(const QString& text, const QColor& ink);

    ScriptRunner& m_runner;
    const QString m_untitledName;
    ScriptText* m_text = nullptr;
    FindBar* m_findBar = nullptr;
    ScriptOutputView* m_output = nullptr;
    QLabel* m_state = nullptr;
    QSplitter* m_splitter = nullptr;
    QWidget* m_lower = nullptr;
    JobPtr m_job; ///< while it runs
    Where m_where = Where::Window; ///< of the last run
    Where m_usualPlace = Where::Window;
    QElapsedTimer m_since;
    QTimer m_clock;
};

} // namespace tintype
