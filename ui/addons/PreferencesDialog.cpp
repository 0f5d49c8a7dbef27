// The preferences: a page for each add-on that has one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PreferencesDialog.h"

#include "ui/addons/PanelView.h"
#include "ui/addons/PanelWatch.h"
#include "ui/panels/EmptyHint.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace tintype {

PreferencesDialog::PreferencesDialog(PanelWatch& watch, const PanelParts& parts, QWidget* parent)
    : QDialog(parent), m_watch(watch), m_parts(parts), m_list(new QListWidget), m_pages(new QStackedWidget),
      m_empty(makeEmptyHint(tr("Add-ons that have preferences show them here. None has any now."), this)) {
    setObjectName(QStringLiteral("preferences"));
    setWindowTitle(tr("Preferences"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(QStringLiteral("preferencesPages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFixedWidth(fontMetrics().averageCharWidth() * 22);
    auto* const row = new QHBoxLayout;
    row->addWidget(m_list);
    row->addWidget(m_pages, 1);
    row->addWidget(m_empty, 1);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* const layout = new QVBoxLayout(this);
    layout->addLayout(row, 1);
    layout->addWidget(buttons);
    resize(fontMetrics().averageCharWidth() * 90, fontMetrics().height() * 26);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(&watch, &PanelWatch::changed, this, &PreferencesDialog::look);
    rebuild({});
}

void PreferencesDialog::look() {
    std::vector<PanelPtr> pages;
    for (const PanelPtr& panel : m_watch.list().panels())
        if (panel->description().place == PanelPlace::Preferences)
            pages.push_back(panel);
    const bool same = std::ranges::equal(pages, m_views, {}, {}, &PanelView::panel);
    if (!same) {
        const int row = m_list->currentRow();
        rebuild(row < 0 ? std::string() : m_views[std::size_t(row)]->panel()->description().id);
        return;
    }
    for (PanelView* const view : m_views)
        view->follow();
}

void PreferencesDialog::rebuild(const std::string& chosen) {
    m_list->clear();
    for (PanelView* const view : m_views)
        delete view;
    m_views.clear();
    int row = 0;
    for (const PanelPtr& panel : m_watch.list().panels()) {
        if (panel->description().place != PanelPlace::Preferences)
            continue;
        if (panel->description().id == chosen)
            row = int(m_views.size());
        auto* const view = new PanelView(panel, m_parts);
        connect(view, &PanelView::operationChosen, this, &PreferencesDialog::operationChosen);
        m_views.push_back(view);
        m_pages->addWidget(view);
        m_list->addItem(QString::fromStdString(panel->description().title));
    }
    m_list->setCurrentRow(m_views.empty() ? -1 : row);
    m_list->setVisible(!m_views.empty());
    m_pages->setVisible(!m_views.empty());
    m_empty->setVisible(m_views.empty());
}

} // namespace tintype
