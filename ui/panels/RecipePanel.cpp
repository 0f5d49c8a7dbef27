// The panel with the steps of the active image, to read, to edit, to copy as Python and to save as a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/RecipePanel.h"

#include "ui/DocumentModel.h"
#include "ui/code/CodeColors.h"
#include "ui/panels/EmptyHint.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

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
    buildActions();
    connect(&m_document, &DocumentModel::changed, this, &RecipePanel::follow);
    follow();
}

void RecipePanel::buildActions() {
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    addAction(QStringLiteral("editStep"), tr("Edit step…"), {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
              &RecipePanel::editWanted);
    addAction(QStringLiteral("removeStep"), tr("Remove step"), {QKeySequence(QKeySequence::Delete)}, &RecipePanel::removeWanted);
    connect(m_list, &QListWidget::itemDoubleClicked, m_list->actions().first(), &QAction::trigger);
    const auto refresh = [this] {
        const int row = m_list->currentRow();
        for (QAction* action : m_list->actions())
            action->setEnabled(row >= 0 && row < int(m_steps.size()) && m_steps[std::size_t(row)].node);
    };
    connect(m_list, &QListWidget::currentRowChanged, this, refresh);
    refresh();
}

void RecipePanel::addAction(const QString& name, const QString& text, const QList<QKeySequence>& keys,
                            void (RecipePanel::*wanted)(const SeenStep&)) {
    auto* action = new QAction(text, m_list);
    action->setObjectName(name);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_list->addAction(action);
    connect(action, &QAction::triggered, this, [this, wanted] {
        Q_EMIT (this->*wanted)({m_name, m_steps[std::size_t(m_list->currentRow())].node});
    });
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
    const std::string name = state.active();
    // Behind another tab nobody reads the steps.
    if ((active == m_shown && name == m_name) || (active && !isVisible()))
        return;
    const bool isSameImage = std::exchange(m_name, name) == name;
    const int current = isSameImage ? m_list->currentRow() : -1;
    const int count = m_list->count();
    m_shown = active;
    bool earlier = false;
    m_steps = recipeSteps(active, m_catalog, MOST_STEPS, earlier);
    if (earlier)
        m_steps.insert(m_steps.begin(), {tr("… earlier steps"), {}});
    showSteps();
    // A step that was chosen stays so when it is edited; new steps are looked at.
    const bool isEdited = current >= 0 && m_list->count() <= count;
    m_list->setCurrentRow(isEdited ? std::min(current, m_list->count() - 1) : -1);
    if (isEdited)
        m_list->scrollToItem(m_list->currentItem());
    else
        m_list->scrollToBottom();
}

void RecipePanel::showSteps() {
    // A list lays out its items anew when they change; most edits change few.
    while (m_list->count() > int(m_steps.size()))
        delete m_list->takeItem(m_list->count() - 1);
    for (int row = 0; row < int(m_steps.size()); ++row)
        showItem(row);
}

QString RecipePanel::toolTipOf(int row) const {
    const RecipeStep& step = m_steps[std::size_t(row)];
    if (step.isMissing)
        return tr("This operation is not there: the add-on or the script that brings it is off or missing.");
    // Where all steps are listed.
    const QString number = m_steps.front().node ? tr("Step %1, for tt.edit_step").arg(row + 1) : QString();
    return step.parameters.isEmpty() || number.isEmpty() ? step.parameters + number : step.parameters + QLatin1Char('\n') + number;
}

void RecipePanel::showItem(int row) {
    const RecipeStep& step = m_steps[std::size_t(row)];
    const QString text = step.parameters.isEmpty() ? step.title : step.title + QLatin1Char('\n') + step.parameters;
    QListWidgetItem* item = m_list->item(row);
    if (!item)
        m_list->addItem(item = new QListWidgetItem);
    if (item->text() != text)
        item->setText(text);
    const QString toolTip = toolTipOf(row);
    if (item->toolTip() != toolTip)
        item->setToolTip(toolTip);
    const QBrush ink = step.isMissing ? QBrush(CodeColors::of(palette()).error) : QBrush();
    if (item->foreground() != ink)
        item->setForeground(ink);
}

} // namespace tintype
