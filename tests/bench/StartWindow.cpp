// The real window, which says when it is painted and when its console has answered: what tests/bench/startup.py runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowApplication.h"
#include "tests/bench/FirstPaint.h"

#include <QApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

using namespace tintype;
using namespace Qt::StringLiterals;

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString program = qEnvironmentVariable("TINTYPE_PROGRAM");
    auto* const window = new WindowApplication(QFileInfo(program).absolutePath().toStdString(), folder.filePath(u"settings.ini"_s));
    new FirstPaint(window->window(), [] { std::puts("painted"), std::fflush(stdout); });
    QObject::connect(&window->console(), &ConsoleSession::finished, &application, [] {
        std::puts("answered");
        std::fflush(stdout);
        QCoreApplication::quit();
    });
    window->console().submit(u"tt.Image.black(1, 1).avg()"_s);
    window->start({.files = {}, .programFolder = {}});
    window->leave(QApplication::exec());
}
