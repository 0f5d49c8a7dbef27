// The panel with the steps of the active image, to read, to copy as Python and to save as a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/RecipePanel.h"

#include "ui/DocumentModel.h"
#include "ui/code/CodeColors.h"
#include "ui/panels/EmptyHint.h"
#include "ui/panels/RecipeSteps.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace tintype {

RecipePanel::RecipePanel(DocumentModel& document, const OperationCatalog& catalog, QWidget* parent)
    : QWidget(parent), m_document(document), m_catalog(catalog),
      m_empty(makeEmptyHint(tr("The steps that lead to the active image are listed here."), this)),
      m_list(new QListWidget(this)), m_copy(new QPushButton(tr("Copy as Python"), this)),
      m_save(new QPushButton(tr("Save recipe…"), this)) {
    m_list->setObjectName(QStringLiteral("recipeList"));
    m_list->setAccessibleName(tr("Recipe"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSpacing(3);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_copy->setObjectName(QStringLiteral("copyRecipe"));
    m_save->setObjectName(QStringLiteral("saveRecipe"));
    // Narrow docks cut the words off rather than being kept wide by them.
    for (QPushButton* button : {m_copy, m_save})
        button->setMinimumWidth(20);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(6, 0, 6, 6);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_list);
    layout->addLayout(buttons);
    connect(m_copy, &QPushButton::clicked, this, &RecipePanel::copyWanted);
    connect(m_save, &QPushButton::clicked, this, &RecipePanel::saveWanted);
    connect(&m_document, &DocumentModel::changed, this, &RecipePanel::follow);
    follow();
}

QSize RecipePanel::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 34, fontMetrics().height() * 12};
}

void RecipePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    follow();
}

void RecipePanel::followCatalog() {
    if (!m_shown)
        return;
    m_shown = {};
    follow();
}

void RecipePanel::follow() {
    const DocumentState& state = m_document.state();
    const Image active = state.image(state.active());
    m_empty->setVisible(!active);
    m_list->setVisible(bool(active));
    m_copy->setVisible(bool(active));
    m_save->setVisible(bool(active));
    // Behind another tab nobody reads the steps.
    if (active == m_shown || (active && !isVisible()))
        return;
    m_shown = active;
    bool earlier = false;
    std::vector<RecipeStep> steps = recipeSteps(active, m_catalog, MOST_STEPS, earlier);
    if (earlier)
        steps.insert(steps.begin(), {tr("… earlier steps"), {}});
    showSteps(steps);
    m_list->scrollToBottom();
}

void RecipePanel::showSteps(const std::vector<RecipeStep>& steps) {
    const auto textOf = [](const RecipeStep& step) {
        return step.parameters.isEmpty() ? step.title : step.title + QLatin1Char('\n') + step.parameters;
    };
    // A list lays out all of its items when it is filled anew; most edits add one.
    int same = 0;
    while (same < m_list->count() && same < int(steps.size()) && m_list->item(same)->text() == textOf(steps[same]))
        ++same;
    if (same == 0)
        m_list->clear();
    while (m_list->count() > same)
        delete m_list->takeItem(m_list->count() - 1);
    for (std::size_t i = same; i < steps.size(); ++i) {
        auto* item = new QListWidgetItem(textOf(steps[i]));
        item->setToolTip(steps[i].parameters);
        if (steps[i].isMissing) {
            item->setForeground(CodeColors::of(palette()).error);
            item->setToolTip(tr("This operation is not there: the add-on or the script that brings it is off or missing."));
        }
        m_list->addItem(item);
    }
}

} // namespace tintype
