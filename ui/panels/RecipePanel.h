// The panel with the steps of the active image, to read, to copy as Python and to save as a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QWidget>

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;

namespace tintype {

class DocumentModel;
class OperationCatalog;
struct RecipeStep;

class RecipePanel : public QWidget {
    Q_OBJECT
public:
    static constexpr std::size_t MOST_STEPS = 300;

    RecipePanel(DocumentModel& document, const OperationCatalog& catalog, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    /// Operations came or went: what steps are called may have changed.
    void followCatalog();

Q_SIGNALS:
    void copyWanted();
    void saveWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void follow();
    void showSteps(const std::vector<RecipeStep>& steps);

    DocumentModel& m_document;
    const OperationCatalog& m_catalog;
    Image m_shown;
    QLabel* m_empty;
    QListWidget* m_list;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace tintype
