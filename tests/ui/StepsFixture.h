// The window with a picture of three steps, and the gestures by which tests edit them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/StepCommands.h"
#include "core/recipe/StepOrder.h"
#include "tests/ui/WindowFixture.h"
#include "ui/canvas/CanvasView.h"
#include "ui/operations/OperationForm.h"
#include "ui/operations/fields/ParameterField.h"

#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QListWidget>

namespace tintype {

/// One for a test program, as the WindowFixture that it adds to.
class StepsFixture : public WindowFixture {
public:
    /// The coins, blurred and inverted, with their steps in sight.
    void start() {
        QTRY_VERIFY(!application->console().isBusy());
        newWindow();
        openAndWait("coins.png");
        apply("gaussblur", {{"sigma", 2.0}});
        apply("invert");
        find<QDockWidget>("recipe")->show();
        find<QDockWidget>("recipe")->raise();
        QTRY_COMPARE(steps().count(), 3);
        QTRY_VERIFY(steps().isVisible());
    }

    void run(const QString& line) {
        QTRY_VERIFY(!application->console().isBusy());
        application->console().submit(line);
    }
    /// Defines an operation test.it, which adds a number.
    void defineBrighten() {
        run(QStringLiteral("def it(image: tt.Image, by: float = 10) -> tt.Image: return image + by\n\n"));
        run(QStringLiteral("_ = tt.operation('test.it', title='Brighten', category='Tests', tilewise=True)(it)"));
    }
    void apply(const char* id, const Parameters& given = {}) {
        applyOperation(application->workbench(), application->workbench().catalog.get(id), given, "coins");
    }

    QListWidget& steps() { return *find<QListWidget>("recipeList"); }
    void clickStep(int row) {
        QTest::mouseClick(steps().viewport(), Qt::LeftButton, {}, steps().visualItemRect(steps().item(row)).center());
    }
    void doubleClickStep(int row) {
        clickStep(row);
        QTest::mouseDClick(steps().viewport(), Qt::LeftButton, {}, steps().visualItemRect(steps().item(row)).center());
    }

    OperationForm& form() { return *window().findChild<OperationForm*>(); }
    template <typename T>
    T* editor(const char* parameter) {
        auto* field = form().findChild<ParameterField*>(QString::fromLatin1(parameter));
        return field ? field->findChild<T*>() : nullptr;
    }
    void typeNumber(const char* parameter, const QString& text) {
        auto* spin = editor<QDoubleSpinBox>(parameter);
        QVERIFY(spin);
        spin->setFocus();
        QTest::keySequence(spin, QKeySequence::SelectAll);
        QTest::keyClicks(spin, text);
    }
    QPushButton& button(const char* name) { return *form().findChild<QPushButton*>(QString::fromLatin1(name)); }
    void press(const char* name) { QTest::mouseClick(&button(name), Qt::LeftButton); }
    bool canPress(const char* name) { return button(name).isEnabled(); }
    QString shown(const char* label) { return form().findChild<QLabel*>(QString::fromLatin1(label))->text(); }
    CanvasView& canvas() { return *find<CanvasView>("canvas"); }

    NodePtr step(const std::string& operation) {
        for (const NodePtr& node : stepsOf(image("coins")).steps)
            if (node->operation() == operation)
                return node;
        return nullptr;
    }
    Value sigma() { return *step("gaussblur")->parameter("sigma"); }
    std::size_t editCount() { return document().history().done; }
};

} // namespace tintype
