// A parameter that is linked to a number found on the picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/LinkedField.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QStyle>
#include <QVBoxLayout>

namespace tintype {

LinkedField::LinkedField(const ParameterInfo& parameter, Value link, const QString& words)
    : ParameterField(parameter), m_link(std::move(link)), m_words(words),
      m_isLinked(new QCheckBox(tr("Found on the picture"))), m_found(new QLabel(words)), m_own(makeField(parameter)) {
    m_isLinked->setObjectName(QStringLiteral("isLinked"));
    m_isLinked->setToolTip(tr("Another picture gets a value of its own. Untick it to set one for all."));
    m_isLinked->setChecked(true);
    m_found->setObjectName(QStringLiteral("found"));
    m_found->setWordWrap(true);
    // Below the words of the box.
    m_found->setIndent(style()->pixelMetric(QStyle::PM_IndicatorWidth) + style()->pixelMetric(QStyle::PM_CheckBoxLabelSpacing));
    m_found->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_own->hideTitle();
    m_own->setObjectName(QStringLiteral("own"));
    auto* body = new QVBoxLayout;
    body->setSpacing(2);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_isLinked, m_found, m_own})
        body->addWidget(widget);
    row()->addLayout(body, 1);
    setFocusProxy(m_isLinked);
    follow();
    connect(m_isLinked, &QCheckBox::toggled, this, [this] {
        follow();
        Q_EMIT changed();
    });
    connect(m_own, &ParameterField::changed, this, &LinkedField::changed);
}

Value LinkedField::value() const {
    return m_isLinked->isChecked() ? m_link : m_own->value();
}

void LinkedField::setValue(const Value& value) {
    const QSignalBlocker blocker(m_isLinked);
    m_isLinked->setChecked(value == m_link);
    if (!m_isLinked->isChecked())
        m_own->setValue(value);
    follow();
}

bool LinkedField::isValid() const {
    return m_isLinked->isChecked() || m_own->isValid();
}

void LinkedField::showFound(const Value& found, const QString& words) {
    m_found->setText(tr("%1, %2").arg(words, m_words));
    if (!m_isLinked->isChecked())
        return;
    const QSignalBlocker blocker(m_own);
    m_own->setValue(found);
}

void LinkedField::follow() {
    m_found->setVisible(m_isLinked->isChecked());
    m_own->setVisible(!m_isLinked->isChecked());
}

} // namespace tintype
