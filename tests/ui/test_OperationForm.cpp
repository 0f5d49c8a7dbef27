// Forms made from the catalogue are filled in by real keys: fields, validation, live preview, values, errors.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/Workbench.h"
#include "core/document/Commands.h"
#include "tests/ui/HeldJobs.h"
#include "tests/ui/QtWarnings.h"
#include "ui/DocumentModel.h"
#include "ui/GuiQueue.h"
#include "ui/operations/OperationForm.h"
#include "ui/operations/fields/ParameterField.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>

#include <mutex>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_OperationForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void everyOperationHasAForm();
    void showsTitleHelpAndTheActiveImage();
    void theSliderSetsTheNumber();
    void valuesBesideTheSliderCanBeTyped();
    void aChangeLeadsToAPreviewOfTheNewValue();
    void onlyTheLastOfManyChangesIsPreviewed();
    void untickingPreviewEndsIt();
    void hidingTheFormEndsThePreview();
    void enterApplies();
    void thePreviewStaysUntilTheResultIsThere();
    void applyClosesOnceTheResultIsThere();
    void applyingWithCtrlStaysAndSaysSo();
    void escapeCloses();
    void whatTheEngineRefusesIsSaidInTheForm();
    void aWrongListIsExplained();
    void anImageIsChosenByName();
    void aNumberStandsForAnImage();
    void severalImagesAreTicked();
    void optionalNumbersCanBeAutomatic();
    void resetBringsTheDefaultsBack();
    void valuesAreShown();
    void previewsGoOnAfterOneWasStoppedBeforeItsTurn();
    void aStoppedMeasurementIsNoError();
    void aFailedMeasurementIsSaidOnce();
    void operationsWithoutAnImageSayWhatTheyNeed();

private:
    void setOperation(const char* id) { m_form->setOperation(&m_workbench->catalog.get(id)); }
    template <typename T>
    T* editor(const char* parameter) const {
        auto* field = m_form->findChild<ParameterField*>(QString::fromLatin1(parameter));
        return field ? field->findChild<T*>() : nullptr;
    }
    QString shown(const char* name) const { return m_form->findChild<QLabel*>(QString::fromLatin1(name))->text(); }
    Value given(const char* parameter) const {
        const Parameters parameters = m_form->parameters();
        const Value* value = findParameter(parameters, parameter);
        return value ? *value : Value();
    }
    void addImage(const std::string& name, int bands = 1);
    void type(QWidget* widget, const QString& text);

    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<GuiQueue> m_queue;
    std::unique_ptr<DocumentModel> m_model;
    std::unique_ptr<OperationForm> m_form;
    std::unique_ptr<QSignalSpy> m_previews;
    std::unique_ptr<QSignalSpy> m_ended;
    std::unique_ptr<QSignalSpy> m_applied;
};

void test_OperationForm::init() {
    failOnQtWarnings();
    m_workbench = std::make_unique<Workbench>();
    m_queue = std::make_unique<GuiQueue>();
    m_model = std::make_unique<DocumentModel>(m_workbench->document, *m_queue);
    addImage("first");
    m_form = std::make_unique<OperationForm>(*m_workbench, *m_model, *m_queue);
    m_previews = std::make_unique<QSignalSpy>(m_form.get(), &OperationForm::previewReady);
    m_ended = std::make_unique<QSignalSpy>(m_form.get(), &OperationForm::previewEnded);
    m_applied = std::make_unique<QSignalSpy>(m_form.get(), &OperationForm::applyRequested);
    m_form->resize(360, 500);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_form.get()));
}

void test_OperationForm::cleanup() {
    m_form.reset();
    m_model.reset();
    m_queue.reset();
    m_workbench.reset();
}

void test_OperationForm::addImage(const std::string& name, int bands) {
    QSignalSpy changed(m_model.get(), &DocumentModel::changed);
    const Operation& black = m_workbench->catalog.get("black");
    const NodePtr node = m_workbench->catalog.makeNode(black, {{"width", 64}, {"height", 48}, {"bands", bands}});
    m_workbench->document.edit("Open", {}, [&](DocumentState state) {
        state.setImage(name, Image(node));
        return state;
    });
    QTRY_VERIFY(changed.count() > 0);
}

void test_OperationForm::type(QWidget* widget, const QString& text) {
    widget->setFocus();
    QTest::keySequence(widget, QKeySequence::SelectAll);
    QTest::keyClicks(widget, text);
}

void test_OperationForm::everyOperationHasAForm() {
    m_form->hide();
    for (const Operation* operation : m_workbench->catalog.all()) {
        m_form->setOperation(operation);
        const std::string target = operation->firstImage() ? operation->firstImage()->name : std::string();
        for (const ParameterInfo& parameter : operation->inputs) {
            const bool wanted = !parameter.hidden && parameter.name != target && parameter.kind != ParameterKind::Bytes;
            const auto* field = m_form->findChild<ParameterField*>(QString::fromStdString(parameter.name));
            QVERIFY2((field != nullptr) == wanted, (operation->id + "." + parameter.name).c_str());
            // A default is what the form says without a change.
            double number = 0;
            if (wanted && parameter.defaultValue.toNumber(number))
                QVERIFY2(given(parameter.name.c_str()) == parameter.defaultValue,
                         (operation->id + "." + parameter.name + " is " + given(parameter.name.c_str()).toText()).c_str());
        }
    }
}

void test_OperationForm::showsTitleHelpAndTheActiveImage() {
    setOperation("gaussblur");
    QCOMPARE(shown("title"), u"Gaussian blur"_s);
    QVERIFY(!shown("help").isEmpty());
    QVERIFY(shown("target").contains(u"first"_s));
    addImage("second");
    QVERIFY(shown("target").contains(u"second"_s));
}

void test_OperationForm::theSliderSetsTheNumber() {
    setOperation("gaussblur");
    auto* slider = editor<QSlider>("sigma");
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_End);
    const ParameterInfo& sigma = *m_workbench->catalog.get("gaussblur").input("sigma");
    QCOMPARE(given("sigma"), Value(sigma.sliderMaximum));
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(given("sigma"), Value(sigma.sliderMinimum));
}

void test_OperationForm::valuesBesideTheSliderCanBeTyped() {
    setOperation("gaussblur");
    const ParameterInfo& sigma = *m_workbench->catalog.get("gaussblur").input("sigma");
    const double wanted = sigma.sliderMaximum + 1.25;
    QVERIFY(wanted <= sigma.maximum);
    type(editor<QDoubleSpinBox>("sigma"), QString::number(wanted));
    QCOMPARE(given("sigma"), Value(wanted));
}

void test_OperationForm::aChangeLeadsToAPreviewOfTheNewValue() {
    setOperation("gaussblur");
    QTRY_COMPARE(m_previews->count(), 1);
    type(editor<QDoubleSpinBox>("sigma"), u"7.5"_s);
    QTRY_COMPARE(m_previews->count(), 2);
    const auto image = m_previews->last().first().value<Image>();
    QCOMPARE(image.node()->operation(), std::string("gaussblur"));
    QCOMPARE(*image.node()->parameter("sigma"), Value(7.5));
    QVERIFY(image.node()->parameter("in")->as<NodeOutput>()->node == m_model->state().image("first").node());
}

void test_OperationForm::onlyTheLastOfManyChangesIsPreviewed() {
    setOperation("gaussblur");
    QTRY_COMPARE(m_previews->count(), 1);
    auto* spin = editor<QDoubleSpinBox>("sigma");
    for (int i = 1; i <= 20; ++i)
        spin->setValue(i);
    QTRY_VERIFY(m_previews->count() > 1);
    QCOMPARE(m_previews->count(), 2);
    QCOMPARE(*m_previews->last().first().value<Image>().node()->parameter("sigma"), Value(20.0));
}

void test_OperationForm::untickingPreviewEndsIt() {
    setOperation("gaussblur");
    QTRY_COMPARE(m_previews->count(), 1);
    auto* box = m_form->findChild<QCheckBox*>(u"preview"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(m_ended->count(), 1);
    QTest::keyClick(box, Qt::Key_Space);
    QTRY_COMPARE(m_previews->count(), 2);
}

void test_OperationForm::hidingTheFormEndsThePreview() {
    setOperation("gaussblur");
    QTRY_COMPARE(m_previews->count(), 1);
    m_form->hide();
    QCOMPARE(m_ended->count(), 1);
}

void test_OperationForm::enterApplies() {
    setOperation("gaussblur");
    auto* spin = editor<QDoubleSpinBox>("sigma");
    type(spin, u"4"_s);
    QTest::keyClick(spin, Qt::Key_Return);
    QCOMPARE(m_applied->count(), 1);
    const auto request = m_applied->first().first().value<OperationRequest>();
    QCOMPARE(request.operation, &m_workbench->catalog.get("gaussblur"));
    QCOMPARE(*findParameter(request.parameters, "sigma"), Value(4.0));
    QVERIFY(!findParameter(request.parameters, "in"));
}

void test_OperationForm::thePreviewStaysUntilTheResultIsThere() {
    setOperation("invert");
    QTRY_COMPARE(m_previews->count(), 1);
    m_form->apply();
    QCOMPARE(m_ended->count(), 0);
    const Operation& invert = m_workbench->catalog.get("invert");
    m_workbench->jobs.submit("Invert", [&](Job&) { applyOperation(*m_workbench, invert, {}, "first"); });
    QTRY_COMPARE(m_ended->count(), 1);
    QCOMPARE(m_model->state().image("first").node()->operation(), std::string("invert"));
}

void test_OperationForm::applyClosesOnceTheResultIsThere() {
    setOperation("gaussblur");
    QSignalSpy closed(m_form.get(), &OperationForm::closeRequested);
    QTest::keyClick(editor<QDoubleSpinBox>("sigma"), Qt::Key_Return);
    QCOMPARE(m_applied->count(), 1);
    QCOMPARE(closed.count(), 0);
    applyOperation(*m_workbench, m_workbench->catalog.get("gaussblur"), m_form->parameters(), "first");
    QTRY_COMPARE(closed.count(), 1);
}

void test_OperationForm::applyingWithCtrlStaysAndSaysSo() {
    setOperation("gaussblur");
    QSignalSpy closed(m_form.get(), &OperationForm::closeRequested);
    auto* note = m_form->findChild<QLabel*>(u"appliedNote"_s);
    QVERIFY(!note->isVisibleTo(m_form.get()));
    QTest::keyClick(editor<QDoubleSpinBox>("sigma"), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_applied->count(), 1);
    applyOperation(*m_workbench, m_workbench->catalog.get("gaussblur"), m_form->parameters(), "first");
    QTRY_VERIFY(note->isVisibleTo(m_form.get()));
    QVERIFY(note->text().contains(u"once more"_s));
    QCOMPARE(closed.count(), 0);
    setOperation("gaussblur");
    QVERIFY(!note->isVisibleTo(m_form.get()));
}

void test_OperationForm::escapeCloses() {
    setOperation("gaussblur");
    QSignalSpy closed(m_form.get(), &OperationForm::closeRequested);
    QTest::keyClick(editor<QDoubleSpinBox>("sigma"), Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void test_OperationForm::whatTheEngineRefusesIsSaidInTheForm() {
    setOperation("extract_band");
    QTRY_COMPARE(m_previews->count(), 1);
    type(editor<QDoubleSpinBox>("band"), u"5"_s);
    QTRY_VERIFY(!shown("formError").isEmpty());
    QCOMPARE(m_ended->count(), 1);
    type(editor<QDoubleSpinBox>("band"), u"0"_s);
    QVERIFY(shown("formError").isEmpty());
    QTRY_COMPARE(m_previews->count(), 2);
}

void test_OperationForm::aWrongListIsExplained() {
    setOperation("affine");
    auto* matrix = editor<QLineEdit>("matrix");
    const auto* error = m_form->findChild<ParameterField*>(u"matrix"_s)->findChild<QLabel*>(u"error"_s);
    type(matrix, u"1, 0, x, 1"_s);
    QVERIFY(error->text().contains(u"“x” is not a number"_s));
    QVERIFY(!m_form->findChild<QPushButton*>(u"apply"_s)->isEnabled());
    QTest::keyClick(matrix, Qt::Key_Return);
    QCOMPARE(m_applied->count(), 0);
    type(matrix, u"1, 0"_s);
    QVERIFY(error->text().contains(u"4 numbers"_s));
    type(matrix, u"1 0.5 0 -1e-2"_s);
    QVERIFY(error->text().isEmpty());
    QCOMPARE(given("matrix"), Value(std::vector<double>{1, 0.5, 0, -0.01}));
}

void test_OperationForm::anImageIsChosenByName() {
    addImage("second");
    setOperation("add");
    QCOMPARE(*given("right").as<NodeOutput>(), m_model->state().image("first").output());
    type(editor<QComboBox>("right")->lineEdit(), u"second"_s);
    QCOMPARE(*given("right").as<NodeOutput>(), m_model->state().image("second").output());
    type(editor<QComboBox>("right")->lineEdit(), u"third"_s);
    QVERIFY(!m_form->isValid());
    QVERIFY(m_form->findChild<ParameterField*>(u"right"_s)->findChild<QLabel*>(u"error"_s)->text().contains(u"“third”"_s));
}

void test_OperationForm::aNumberStandsForAnImage() {
    setOperation("add");
    QVERIFY(!m_form->isValid());
    type(editor<QComboBox>("right")->lineEdit(), u"12.5"_s);
    QCOMPARE(given("right"), Value(12.5));
    QTRY_COMPARE(m_previews->count(), 1);
    setOperation("conv");
    QVERIFY(!m_form->isValid());
    type(editor<QComboBox>("mask")->lineEdit(), u"0 1 0; 1 4 1; 0 1 0"_s);
    QTRY_COMPARE(m_previews->count(), 2);
}

void test_OperationForm::severalImagesAreTicked() {
    addImage("second");
    setOperation("bandjoin");
    QCOMPARE(given("in").as<List>()->size(), 2u);
    QTRY_COMPARE(m_previews->count(), 1);
    auto* list = editor<QListWidget>("in");
    list->setFocus();
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(given("in"), Value(List{m_model->state().image("second").output()}));
}

void test_OperationForm::optionalNumbersCanBeAutomatic() {
    setOperation("arrayjoin");
    QVERIFY(given("across").isNone());
    auto* automatic = editor<QCheckBox>("across");
    QVERIFY(automatic->isChecked());
    automatic->click();
    QVERIFY(!given("across").isNone());
}

void test_OperationForm::resetBringsTheDefaultsBack() {
    setOperation("gaussblur");
    const Value before = given("sigma");
    type(editor<QDoubleSpinBox>("sigma"), u"9"_s);
    QVERIFY(given("sigma") != before);
    m_form->findChild<QPushButton*>(u"reset"_s)->click();
    QCOMPARE(given("sigma"), before);
}

void test_OperationForm::valuesAreShown() {
    setOperation("avg");
    QTest::keyClick(m_form.get(), Qt::Key_Return);
    auto* values = m_form->findChild<QLineEdit*>(u"values"_s);
    QTRY_COMPARE(values->text(), u"0.0"_s);
    QVERIFY(values->isVisible());
    QCOMPARE(m_applied->count(), 0);
}

void test_OperationForm::previewsGoOnAfterOneWasStoppedBeforeItsTurn() {
    HeldJobs held(m_workbench->jobs);
    setOperation("gaussblur");
    QTRY_VERIFY(held.find("Preview"));
    held.find("Preview")->cancel();
    held.release();
    type(editor<QDoubleSpinBox>("sigma"), u"7.5"_s);
    QTRY_COMPARE(m_previews->count(), 1);
}

void test_OperationForm::aStoppedMeasurementIsNoError() {
    setOperation("avg");
    HeldJobs held(m_workbench->jobs);
    m_form->apply();
    auto* values = m_form->findChild<QLineEdit*>(u"values"_s);
    QVERIFY(!values->text().isEmpty());
    const std::string title = m_workbench->catalog.get("avg").title;
    QVERIFY(held.find(title));
    held.find(title)->cancel();
    held.release();
    QTRY_VERIFY(values->text().isEmpty());
    QVERIFY(shown("formError").isEmpty());
}

void test_OperationForm::aFailedMeasurementIsSaidOnce() {
    std::vector<JobState> ends;
    std::mutex mutex;
    m_workbench->jobs.setObserver([&](const JobInfo& job) {
        std::lock_guard lock(mutex);
        if (job.ended())
            ends.push_back(job.state);
    });
    QSignalSpy elsewhere(m_form.get(), &OperationForm::measuringFailed);
    setOperation("getpoint");
    m_form->setParameters({{"x", 1000}, {"y", 1000}});
    m_form->apply();
    QTRY_VERIFY(!shown("formError").isEmpty());
    m_workbench->jobs.setObserver(nullptr);
    std::lock_guard lock(mutex);
    QCOMPARE(ends.size(), 1U);
    QCOMPARE(int(ends.front()), int(JobState::Finished));
    QVERIFY(elsewhere.isEmpty());
}

void test_OperationForm::operationsWithoutAnImageSayWhatTheyNeed() {
    m_workbench->document.edit("Close", {}, [](DocumentState state) {
        state.removeImage("first");
        return state;
    });
    QTRY_VERIFY(m_model->state().active().empty());
    setOperation("gaussblur");
    QVERIFY(shown("target").contains(u"open one first"_s));
    QVERIFY(!m_form->isValid());
    setOperation("black");
    QVERIFY(m_form->isValid());
    QTRY_COMPARE(m_previews->count(), 1);
}

QTEST_MAIN(test_OperationForm)
#include "test_OperationForm.moc"
