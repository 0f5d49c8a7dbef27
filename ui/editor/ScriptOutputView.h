// What a script printed; the places that a traceback names can be clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/code/OutputView.h"

namespace tintype {

class ScriptOutputView : public OutputView {
    Q_OBJECT
public:
    explicit ScriptOutputView(QWidget* parent = nullptr);

    void appendScriptOutput(const QString& text, bool isError);

Q_SIGNALS:
    void placeClicked(const QString& file, int line);

protected:
    void applyColors() override;

private:
    void markPlaces(long from);
    void clicked(int position);
};

} // namespace tintype
