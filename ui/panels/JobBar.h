// The bar of a job: how much is done, or that it is at work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QProgressBar>
#include <QTimer>

namespace tintype {

/// Problem: the style's bar moves all the time while a job is at work, and is made of shapes for which Qt waits for threads
/// of its own, which get no processor just then. This one is painted with plain rectangles.
class JobBar : public QProgressBar {
    Q_OBJECT
public:
    explicit JobBar(QWidget* parent);

    /// From 0 to 1; below 0 for work of unknown length.
    void showFraction(double fraction);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    bool isBusy() const { return minimum() == maximum(); }
    QRect filledPart(const QRect& groove) const;
    void moveWhenBusy();

    QTimer m_step;
    QElapsedTimer m_since;
};

} // namespace tintype
