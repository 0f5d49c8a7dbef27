// The preferences: a page for each add-on that has one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/addons/PanelParts.h"

#include <QDialog>

#include <string>
#include <vector>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace tintype {

class PanelView;
class PanelWatch;

/// What is changed holds at once; the code of the page keeps it. Lives on the GUI thread; the watch must outlive it.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(PanelWatch& watch, const PanelParts& parts, QWidget* parent);

Q_SIGNALS:
    void operationChosen(const QString& id);

private:
    void look();
    void rebuild(const std::string& chosen);

    PanelWatch& m_watch;
    const PanelParts m_parts;
    QListWidget* m_list;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    std::vector<PanelView*> m_views;
};

} // namespace tintype
