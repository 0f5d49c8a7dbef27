// Makes a test fail on the warnings that Qt prints, which tell of mistakes that nothing else shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRegularExpression>
#include <QTest>

namespace tintype {

/// To be called in init(), since it holds for one test function. What the offscreen screen cannot do is let through.
inline void failOnQtWarnings() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support)")));
}

} // namespace tintype
