// A bar above the canvas in a colour that fits a light and a dark palette.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tintype {

enum class BarTone { Calm, Warning };

/// Follows the application's palette when that changes.
class ColoredBar : public QWidget {
public:
    ColoredBar(BarTone tone, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColors();

    const BarTone m_tone;
};

} // namespace tintype
