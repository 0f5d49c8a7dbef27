// The names that can be inserted at the caret, filtered by what is typed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/CodeHelp.h"
#include "ui/code/CodePopup.h"

#include <optional>

class QLabel;
class QListView;
class QStandardItemModel;

namespace tintype {

/// The keyboard stays with the text, whose keys are passed on by the CodeAssist.
class CompletionList : public CodePopup {
    Q_OBJECT
public:
    explicit CompletionList(QWidget* owner);

    void setCompletions(const QList<Completion>& completions);
    /// Shows those that begin with the text, whatever the case, the same case first. False when there are none.
    bool filter(const QString& written);
    /// The only one that is left is what is written.
    bool offersNothingNew(const QString& written) const;
    int count() const { return int(m_shown.size()); }

    /// Nothing is selected until the person asks for it.
    void select(int row);
    void moveSelection(int step);
    bool hasSelection() const;
    /// The selected one, or the first.
    const Completion& current() const;

Q_SIGNALS:
    void selectionMoved();
    /// By the mouse.
    void chosen();

private:
    void fit();

    QListView* m_view = nullptr;
    QLabel* m_hint = nullptr;
    QStandardItemModel* m_model = nullptr;
    QList<Completion> m_all;
    QList<Completion> m_shown;
    std::optional<QString> m_written; ///< what m_shown begins with
};

} // namespace tintype
