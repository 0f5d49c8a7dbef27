// A window of Qt's with nothing in it, beside which the start of the real one is measured.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/FirstPaint.h"

#include <QApplication>
#include <QMainWindow>

#include <cstdio>

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1200, 800);
    new FirstPaint(window, [] {
        std::puts("painted");
        std::fflush(stdout);
        QCoreApplication::quit();
    });
    window.show();
    return QApplication::exec();
}
