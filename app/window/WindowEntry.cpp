// Opens the window for the program, which found this function in the module.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowEntry.h"

#include "app/window/WindowApplication.h"

#include "core/Error.h"

#include <QApplication>
#include <QIcon>

#include <cstdio>

int tintypeWindowMain(int argc, char** argv, const tintype::WindowRequest* request) {
    QCoreApplication::setApplicationName(QStringLiteral("tintype"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TINTYPE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Tintype"));
    QGuiApplication::setDesktopFileName(QStringLiteral("tintype"));
    QApplication application(argc, argv);
    try {
        // Deleted by nobody: leave() ends the process while it stands.
        auto* window = new tintype::WindowApplication(request->programFolder);
        QObject::connect(&window->window(), &tintype::MainWindow::closed, &application, &QCoreApplication::quit);
        window->start(*request);
        window->leave(QApplication::exec());
    } catch (const tintype::Error& error) {
        std::fprintf(stderr, "tintype: %s\n", error.what());
        return 1;
    }
}
