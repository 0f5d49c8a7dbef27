// The widgets of one panel of an add-on, made from its description.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/Panel.h"
#include "ui/addons/PanelParts.h"

#include <QWidget>

#include <map>
#include <string>

class QBoxLayout;
class QLabel;
class QScrollArea;

namespace tintype {

class CanvasView;
class ParameterField;
class PanelButton;
class PanelNotes;
class PanelPlotView;
class PanelProgressBar;
class PanelTableView;

/// Lives on the GUI thread and knows no Python: what people change goes into the Panel, which tells its code; what the code
/// changes is in the Panel, and shows with the next follow().
class PanelView : public QWidget {
    Q_OBJECT
public:
    PanelView(PanelPtr panel, const PanelParts& parts, QWidget* parent = nullptr);
    ~PanelView() override;

    const PanelPtr& panel() const { return m_panel; }
    /// Shows what has become of the panel since the last time.
    void follow();
    QSize sizeHint() const override;

Q_SIGNALS:
    /// A button chooses an operation, as the menu does.
    void operationChosen(const QString& id);

private:
    void build();
    void fill(QBoxLayout* layout, const std::vector<PanelItem>& items);
    QWidget* make(const PanelItem& item);
    QWidget* makeField(const PanelItem& item);
    QWidget* makeButton(const PanelItem& item);
    QWidget* makeLabel(const PanelItem& item);
    /// The widget below its title, if it has one; hidden until it shows something.
    QWidget* makeTitled(const PanelItem& item, QWidget* widget);
    static QWidget* withTitle(const PanelItem& item, QWidget* widget);
    void apply(const PanelChanges& changes);
    void showContent(const std::string& name, const PanelContent& content);
    void showCall(const std::string& name, const PanelCallState& state);
    void edited(const ParameterField& field);
    void documentChanged();
    QString titleOf(const std::string& name) const;

    PanelPtr m_panel;
    const PanelParts m_parts;
    QScrollArea* m_scroll = nullptr;
    PanelNotes* m_notes = nullptr;
    std::map<std::string, ParameterField*> m_fields;
    std::map<std::string, PanelButton*> m_buttons;
    std::map<std::string, QString> m_buttonTitles;
    std::map<std::string, QLabel*> m_labels;
    std::map<std::string, QString> m_labelTexts; ///< at first
    std::map<std::string, PanelTableView*> m_tables;
    std::map<std::string, CanvasView*> m_images;
    std::map<std::string, PanelPlotView*> m_plots;
    std::map<std::string, PanelProgressBar*> m_bars;
    std::map<std::string, QWidget*> m_shown; ///< tables, images and plots, with their titles
};

} // namespace tintype
