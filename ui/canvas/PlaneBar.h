// A slider for each direction in which an image has planes: page, z, time, channel.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"

#include <QWidget>

#include <vector>

class QLabel;
class QSlider;

namespace tintype {

/// Hidden while there is one plane only.
class PlaneBar : public QWidget {
    Q_OBJECT
public:
    explicit PlaneBar(QWidget* parent = nullptr);

    void setAxes(const std::vector<Axis>& axes);
    /// Counted through all axes, the last one quickest. Emits nothing.
    void setPlane(int plane);
    int plane() const;

Q_SIGNALS:
    /// By the person.
    void planeChanged(int plane);

private:
    struct Row {
        Axis axis;
        QSlider* slider;
        QLabel* value;
    };
    void addRow(const Axis& axis);
    void onSlider();
    void showValues();

    std::vector<Row> m_rows;
};

} // namespace tintype
