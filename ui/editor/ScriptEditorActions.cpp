// The script editor's actions: what they are called, their keys and tips, and when the keys mean them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptEditor.h"

#include <QAction>
#include <QKeyEvent>
#include <QToolBar>

using namespace Qt::StringLiterals;

namespace tintype {

void ScriptEditor::buildActions() {
    struct Entry {
        QString text;
        QString shortcut;
        QString tip;
        void (ScriptEditor::*slot)();
        bool inToolBar;
    };
    const Entry entries[] = {
        {tr("New"), u"Ctrl+N"_s, tr("New script"), &ScriptEditor::newScript, true},
        {tr("Open…"), u"Ctrl+O"_s, tr("Open scripts"), &ScriptEditor::open, true},
        {tr("Save"), u"Ctrl+S"_s, tr("Save the script"), &ScriptEditor::saveCurrent, true},
        {tr("Save as…"), u"Ctrl+Shift+S"_s, tr("Save the script under another name"), &ScriptEditor::saveAs, false},
        {tr("Close"), u"Ctrl+W"_s, tr("Close the script"), &ScriptEditor::closeCurrent, false},
        {tr("Find"), u"Ctrl+F"_s, tr("Find in the script"), &ScriptEditor::find, false},
        {tr("Find next"), u"F3"_s, tr("Find the next place"), &ScriptEditor::findNext, false},
        {tr("Run"), u"F5"_s, tr("Run the text as it stands"), &ScriptEditor::run, true},
        {tr("Run in own process"), u"Ctrl+F5"_s,
         tr("Run on a copy of the document, in a process that can always be ended"), &ScriptEditor::runApart, true},
        {tr("Always in own process"),
         {},
         tr("Run this script in its own process whenever it is run"),
         &ScriptEditor::toggleAlwaysApart,
         true},
        {tr("Stop"), u"Shift+F5"_s, tr("Stop the running script"), &ScriptEditor::stop, true},
    };
    for (const Entry& entry : entries) {
        auto* action = new QAction(entry.text, this);
        // Not as the action's own shortcut: the window uses some of the same keys, and Qt would refuse to choose.
        action->setData(QKeySequence(entry.shortcut));
        action->setToolTip(
            entry.shortcut.isEmpty()
                ? entry.tip
                : u"%1 (%2)"_s.arg(entry.tip, QKeySequence(entry.shortcut).toString(QKeySequence::NativeText)));
        connect(action, &QAction::triggered, this, entry.slot);
        addAction(action);
        if (entry.inToolBar)
            m_toolBar->addAction(action);
        if (entry.slot == &ScriptEditor::run)
            m_runAction = action;
        if (entry.slot == &ScriptEditor::runApart)
            m_runApartAction = action;
        if (entry.slot == &ScriptEditor::stop)
            m_stopAction = action;
        if (entry.slot == &ScriptEditor::toggleAlwaysApart)
            m_alwaysApartAction = action;
    }
    m_alwaysApartAction->setCheckable(true);
    m_alwaysApartAction->setObjectName(u"alwaysApart"_s);
    m_toolBar->insertSeparator(m_runAction);
}

QAction* ScriptEditor::actionFor(const QKeyEvent& event) const {
    for (QAction* action : actions()) {
        const auto keys = action->data().value<QKeySequence>();
        // A key that Qt has no name for makes an empty sequence as well.
        if (!keys.isEmpty() && keys == QKeySequence(event.keyCombination()))
            return action;
    }
    return nullptr;
}

bool ScriptEditor::event(QEvent* event) {
    // Qt asks the widget with the keyboard and its parents before it looks at the window's shortcuts.
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (override || event->type() == QEvent::KeyPress) {
        if (QAction* action = actionFor(static_cast<QKeyEvent&>(*event))) {
            event->accept();
            if (!override)
                action->trigger();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace tintype
