// A slider for each direction in which an image has planes: page, z, time, channel.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/PlaneBar.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace tintype {

PlaneBar::PlaneBar(QWidget* parent) : QWidget(parent) {
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setVerticalSpacing(0);
    layout->setColumnStretch(1, 1);
    hide();
}

void PlaneBar::setAxes(const std::vector<Axis>& axes) {
    const auto same = [](const Row& row, const Axis& axis) {
        return row.axis.name == axis.name && row.axis.size == axis.size && row.axis.labels == axis.labels;
    };
    if (std::ranges::equal(m_rows, axes, same))
        return;
    qDeleteAll(findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    m_rows.clear();
    for (const Axis& axis : axes)
        addRow(axis);
    showValues();
    setVisible(std::ranges::any_of(axes, [](const Axis& axis) { return axis.size > 1; }));
}

void PlaneBar::addRow(const Axis& axis) {
    auto* grid = static_cast<QGridLayout*>(layout());
    const int at = int(m_rows.size());
    QString title = QString::fromStdString(axis.name);
    if (!title.isEmpty())
        title[0] = title[0].toUpper();
    auto* name = new QLabel(title, this);
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setRange(0, axis.size - 1);
    slider->setPageStep(std::max(1, axis.size / 10));
    slider->setAccessibleName(title);
    name->setBuddy(slider);
    auto* value = new QLabel(this);
    // Wide enough for every value, so that the slider does not move under the mouse.
    const QString widest = tr("%1 of %2").arg(axis.size).arg(axis.size);
    int width = value->fontMetrics().horizontalAdvance(widest);
    for (const std::string& label : axis.labels)
        width = std::max(width, value->fontMetrics().horizontalAdvance(QString::fromStdString(label)));
    value->setMinimumWidth(std::min(width, 200) + 4);
    grid->addWidget(name, at, 0);
    grid->addWidget(slider, at, 1);
    grid->addWidget(value, at, 2);
    connect(slider, &QSlider::valueChanged, this, &PlaneBar::onSlider);
    m_rows.push_back({axis, slider, value});
}

int PlaneBar::plane() const {
    int plane = 0;
    for (const Row& row : m_rows)
        plane = plane * row.axis.size + row.slider->value();
    return plane;
}

void PlaneBar::setPlane(int plane) {
    for (auto row = m_rows.rbegin(); row != m_rows.rend(); ++row) {
        const QSignalBlocker blocker(row->slider);
        row->slider->setValue(plane % row->axis.size);
        plane /= row->axis.size;
    }
    showValues();
}

void PlaneBar::onSlider() {
    showValues();
    Q_EMIT planeChanged(plane());
}

void PlaneBar::showValues() {
    for (const Row& row : m_rows) {
        const int at = row.slider->value();
        row.value->setText(std::size_t(at) < row.axis.labels.size() ? QString::fromStdString(row.axis.labels[at])
                                                                    : tr("%1 of %2").arg(at + 1).arg(row.axis.size));
    }
}

} // namespace tintype
