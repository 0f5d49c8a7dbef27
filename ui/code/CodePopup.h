// A small frame beside the caret, above or below its line, which leaves the keyboard where it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace tintype {

class CodePopup : public QFrame {
    Q_OBJECT
public:
    enum Side { Below, Above };

    /// Colours follow the widget it belongs to.
    explicit CodePopup(QWidget* owner);

    /// `caret` is in the screen's coordinates. Shown on the other side where there is no room, and never over what `avoided`
    /// covers.
    void showBeside(const QRect& caret, Side side, const QRect& avoided = {});
    Side side() const { return m_side; }

private:
    Side m_side = Below;
};

} // namespace tintype
