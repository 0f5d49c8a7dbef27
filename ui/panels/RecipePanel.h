// The panel with the steps of the active image, to read, to edit, to copy as Python and to save as a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/StepCommands.h"
#include "ui/panels/RecipeSteps.h"

#include <QWidget>

#include <string>
#include <vector>

class QAction;
class QKeySequence;
class QLabel;
class QListWidget;
class QPushButton;

namespace tintype {

class DocumentModel;
class OperationCatalog;

/// A double click, keys and a menu on a step ask for an edit of it, or to leave it out.
class RecipePanel : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t MOST_STEPS = 300;

    RecipePanel(DocumentModel& document, const OperationCatalog& catalog, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    /// Operations came or went: what steps are called may have changed.
    void followCatalog();

Q_SIGNALS:
    void editWanted(const tintype::SeenStep& step);
    void removeWanted(const tintype::SeenStep& step);
    void copyWanted();
    void saveWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void follow();
    void buildActions();
    void addAction(const QString& name, const QString& text, const QList<QKeySequence>& keys,
                   void (RecipePanel::*wanted)(const SeenStep&));
    void showSteps();
    void showItem(int row);
    QString toolTipOf(int row) const;

    DocumentModel& m_document;
    const OperationCatalog& m_catalog;
    Image m_shown;
    std::string m_name; ///< of the image
    std::vector<RecipeStep> m_steps; ///< as the list has them
    QLabel* m_empty;
    QListWidget* m_list;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace tintype
