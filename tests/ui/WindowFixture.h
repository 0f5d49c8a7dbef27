// The real window with real Python for tests, and the gestures by which they use it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/WindowApplication.h"
#include "core/document/Commands.h"
#include "tests/ui/QtWarnings.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <cstring>

namespace tintype {

/// One for a test program, since a process has one Python; each test gets an empty document and a new window.
class WindowFixture {
public:
    WindowFixture() {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        const QString program = qEnvironmentVariable("TINTYPE_PROGRAM");
        application = std::make_unique<WindowApplication>(QFileInfo(program).absolutePath().toStdString(),
                                                          folder.filePath(QStringLiteral("settings.ini")));
    }

    static QString picture(const char* name) {
        return QStringLiteral("/usr/lib/python3/dist-packages/skimage/data/") + QString::fromLatin1(name);
    }

    void newWindow() {
        application->workbench().document.replace({}, {});
        application->rebuildWindow();
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    MainWindow& window() { return application->window(); }
    Document& document() { return application->workbench().document; }
    std::vector<std::string> names() { return document().state()->imageNames(); }
    Image image(const std::string& name) { return document().state()->image(name); }

    void open(const QStringList& paths) { window().start(paths, {}); }
    /// Opens the picture and waits until the window shows it.
    void openAndWait(const char* name) {
        open({picture(name)});
        QTRY_VERIFY(list().model()->rowCount() > 0);
    }

    template <typename T>
    T* find(const char* name) {
        return window().findChild<T*>(QString::fromLatin1(name));
    }
    QListView& list() { return *find<QListView>("imageList"); }
    QString logText() { return find<QPlainTextEdit>("logText")->toPlainText(); }
    QStringList messages() {
        QStringList texts;
        for (QLabel* label : window().findChildren<QLabel*>(QStringLiteral("messageText")))
            texts << label->text();
        return texts;
    }

    /// Clicks the action in its opened menu.
    void chooseInMenu(const char* id) {
        auto* action = find<QAction>(id);
        QVERIFY2(action, id);
        for (QObject* object : action->associatedObjects()) {
            auto* menu = qobject_cast<QMenu*>(object);
            if (!menu)
                continue;
            menu->popup(window().mapToGlobal(QPoint(20, 20)));
            QVERIFY(QTest::qWaitForWindowExposed(menu));
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return;
        }
        QFAIL("the action is in no menu");
    }

    /// Writes the path into the file dialog that is open and presses its first button.
    void answerFileDialog(const QString& path) {
        QTRY_VERIFY(window().findChild<QFileDialog*>());
        auto* dialog = window().findChild<QFileDialog*>();
        auto* edit = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        QVERIFY(edit);
        edit->setText(path);
        const auto* buttons = dialog->findChild<QDialogButtonBox*>();
        QTest::mouseClick(buttons->buttons().first(), Qt::LeftButton);
        QTRY_VERIFY(!window().findChild<QFileDialog*>());
    }

    /// Drags files from elsewhere over the widget and lets them go.
    static void drop(QWidget& on, const QStringList& paths) {
        QMimeData files;
        QList<QUrl> urls;
        for (const QString& path : paths)
            urls << QUrl::fromLocalFile(path);
        files.setUrls(urls);
        QDragEnterEvent enter(on.rect().center(), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&on, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(on.rect().center(), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&on, &drop);
    }

    /// What lies on the disk now.
    Image fileImage(const QString& path) {
        return Image(application->workbench().evaluation.openFile(path.toStdString(), {}, true));
    }

    bool samePixels(const Image& a, const Image& b) {
        const Evaluation& evaluation = application->workbench().evaluation;
        const auto left = evaluation.pixels(a);
        const auto right = evaluation.pixels(b);
        return left->shape().byteCount() == right->shape().byteCount()
            && std::memcmp(left->data(), right->data(), left->shape().byteCount()) == 0;
    }

    QTemporaryDir folder;
    std::unique_ptr<WindowApplication> application;
};

} // namespace tintype
