// The parameters of the call at the caret, the one that is being written in bold, and what is known of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/CodeHelp.h"
#include "ui/code/CodePopup.h"

class QLabel;

namespace tintype {

class CallTipView : public CodePopup {
    Q_OBJECT
public:
    explicit CallTipView(QWidget* owner);

    void setTip(const CallTip& tip);
    /// As HTML.
    QString text() const;

private:
    QLabel* m_label = nullptr;
};

} // namespace tintype
