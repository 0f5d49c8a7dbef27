// A bar in an add-on's panel, hidden until its code moves it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelProgressBar.h"

#include "scripting/panels/PanelContent.h"
#include "ui/panels/JobBar.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace tintype {

PanelProgressBar::PanelProgressBar(const QString& name) : m_bar(new JobBar(this)), m_text(new QLabel) {
    setObjectName(name);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setMinimumWidth(20);
    m_bar->setMinimumWidth(20);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    hide();
}

void PanelProgressBar::showProgress(const PanelProgress* progress) {
    if (progress) {
        m_bar->showFraction(std::min(progress->fraction, 1.0));
        m_text->setText(QString::fromStdString(progress->text));
        m_text->setVisible(!progress->text.empty());
    }
    setVisible(progress != nullptr);
}

} // namespace tintype
