// A small turning arc that says that pixels are on their way.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QPixmap>
#include <QTimer>
#include <QWidget>

namespace tintype {

/// Turns while it is visible. It lets the mouse through. Each of its pictures is drawn once: for round shapes Qt waits for
/// threads of its own, which get no processor just when there is reason to be busy.
class BusyIndicator : public QWidget {
    Q_OBJECT
public:
    explicit BusyIndicator(QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QPixmap draw() const;

    QTimer m_turn;
    int m_angle = 0;
    QHash<int, QPixmap> m_pictures; ///< by angle
};

} // namespace tintype
