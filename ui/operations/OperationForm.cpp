// The form of one operation, made from the catalogue, with a live preview: for a new step, or for one that is there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationForm.h"

#include "core/Workbench.h"
#include "ui/DocumentModel.h"
#include "ui/GuiQueue.h"
#include "ui/operations/FormFrame.h"
#include "ui/operations/LinkedNumbers.h"
#include "ui/operations/OperationFields.h"
#include "ui/operations/OperationPreview.h"
#include "ui/operations/ValueFinder.h"
#include "ui/operations/fields/LinkedField.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <utility>

namespace tintype {

OperationForm::OperationForm(Workbench& workbench, DocumentModel& model, GuiQueue& queue, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_model(model), m_queue(queue),
      m_fields(new OperationFields(workbench.catalog)), m_frame(new FormFrame(m_fields)), m_preview(new OperationPreview(workbench, queue, this)),
      m_finder(new ValueFinder(workbench, queue, this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_frame);
    connect(m_frame, &FormFrame::applyPressed, this, &OperationForm::apply);
    connect(m_frame, &FormFrame::resetPressed, this, &OperationForm::reset);
    connect(m_frame, &FormFrame::closePressed, this, &OperationForm::leave);
    connect(m_frame, &FormFrame::previewToggled, this, &OperationForm::updatePreview);
    connect(&model, &DocumentModel::changed, this, &OperationForm::documentChanged);
    connect(m_fields, &OperationFields::changed, this, &OperationForm::fieldChanged);
    connect(m_preview, &OperationPreview::ready, this, &OperationForm::showPreview);
    connect(m_preview, &OperationPreview::failed, this, &OperationForm::showError);
    connect(m_finder, &ValueFinder::measured, this, &OperationForm::measured);
    connect(m_finder, &ValueFinder::failedUnseen, this, &OperationForm::measuringFailed);
    connect(m_finder, &ValueFinder::found, this, [this](const QString& values, const QString& error) {
        m_frame->showValues(values);
        showError(error);
        if (!error.isEmpty() && !isVisible())
            Q_EMIT measuringFailed(error);
    });
    setOperation(nullptr);
}

OperationForm::~OperationForm() = default;

void OperationForm::setOperation(const Operation* operation) {
    open(operation, {});
}

void OperationForm::editStep(const SeenStep& step) {
    open(m_workbench.catalog.find(step.node->operation()), step);
}

void OperationForm::open(const Operation* operation, const SeenStep& step) {
    endPreview();
    m_finder->drop();
    m_applying = false;
    m_timesApplied = 0;
    m_operation = operation;
    m_step = operation ? step : SeenStep();
    m_gone = false;
    m_image = worksOn();
    showFields();
    showError({});
    m_frame->showValues({});
    refresh();
    setFocusProxy(m_fields->isEmpty() ? m_frame->applyButton() : m_fields->first());
    updatePreview();
}

void OperationForm::showFields() {
    if (!isEdit()) {
        m_fields->showOperation(m_operation, m_model.state());
        return;
    }
    m_fields->showStep(*m_operation, m_step.node->parameters(), m_model.state());
    for (LinkedField* field : m_fields->findChildren<LinkedField*>())
        findLinked(m_workbench, m_queue, *field);
}

void OperationForm::followCatalog() {
    if (!m_operation)
        return;
    m_fields->followCatalog();
    refresh();
    const Operation* const now = m_workbench.catalog.find(m_operation->id);
    if (now && (now != m_operation || m_gone)) {
        const Parameters kept = isEdit() ? m_fields->changes() : parameters();
        open(now, SeenStep(m_step));
        setParameters(kept);
    } else if (now && now->function) {
        // Another function may do it.
        updatePreview();
    } else if (!now && !m_gone) {
        m_gone = true;
        showError(tr("This operation is not there any more: %1 brought it, and has ended or was switched off.")
                      .arg(QString::fromStdString(m_operation->origin)));
        refresh();
    }
}

Parameters OperationForm::parameters() const {
    return m_fields->values();
}

void OperationForm::setParameters(const Parameters& parameters) {
    m_fields->setValues(parameters);
    fieldChanged();
}

Parameters OperationForm::completeParameters() const {
    Parameters complete = parameters();
    if (const ParameterInfo* target = m_operation->firstImage())
        complete.insert(complete.begin(), {target->name, m_image.output()});
    return complete;
}

/// Empty when there is none, or none any more.
Image OperationForm::worksOn() const {
    return m_model.state().image(isEdit() ? m_step.imageName : m_model.state().active());
}

bool OperationForm::isValid() const {
    const bool needsImage = m_operation && (isEdit() || m_operation->firstImage());
    return m_operation && !m_gone && (m_image || !needsImage) && m_fields->isValid();
}

void OperationForm::fieldChanged() {
    if (!m_gone)
        showError({});
    m_frame->showValues({});
    m_finder->drop();
    m_applying = false;
    refresh();
    updatePreview();
}

void OperationForm::followRename() {
    const DocumentState& state = m_model.state();
    if (const std::string name = state.nameOf(m_image.output()); !state.has(m_step.imageName) && !name.empty())
        m_step.imageName = name;
}

void OperationForm::documentChanged() {
    m_fields->showDocument(m_model.state());
    if (isEdit() && m_image)
        followRename();
    const Image before = std::exchange(m_image, worksOn());
    const bool moved = m_image != before;
    refresh();
    // The edit of a step is there when its image has changed.
    if ((moved || !isEdit()) && std::exchange(m_applying, false)) {
        applied();
    } else if (isEdit()) {
        // Whether the step is still there is found out with the preview.
        if (moved && !m_gone)
            showError({});
        if (moved || canPreview() != m_previewing)
            updatePreview();
    } else if (moved && m_shown) {
        updatePreview();
    }
}

void OperationForm::applied() {
    endPreview();
    if (!m_staying) {
        leave();
        return;
    }
    ++m_timesApplied;
    refresh();
}

void OperationForm::leave() {
    // The next one who opens the form finds no step of long ago.
    if (isEdit())
        setOperation(nullptr);
    Q_EMIT closeRequested();
}

bool OperationForm::canPreview() const {
    return isVisible() && m_frame->wantsPreview() && isValid() &&
           (isEdit() ? m_step.imageName == m_model.state().active() : m_operation->imageOutput() != nullptr);
}

void OperationForm::updatePreview() {
    m_previewing = canPreview();
    if (!m_previewing) {
        endPreview();
        return;
    }
    const Evaluation& evaluation = m_workbench.evaluation;
    if (isEdit())
        m_preview->request(m_operation->title,
                           [&evaluation, state = m_model.state(), step = m_step, changes = m_fields->changes()](
                               const EvaluationWatch& watch) { return previewStep(evaluation, state, step, changes, watch); });
    else
        m_preview->request(m_operation->title, [&evaluation, operation = m_operation,
                                                parameters = completeParameters()](const EvaluationWatch& watch) {
            const Image image(evaluation.apply(*operation, parameters, watch), operation->imageOutput()->name);
            evaluation.info(image);
            return image;
        });
}

void OperationForm::showPreview(const Image& image) {
    if (!image) {
        endPreview();
        return;
    }
    m_shown = true;
    Q_EMIT previewReady(image);
}

void OperationForm::endPreview() {
    m_preview->drop();
    if (std::exchange(m_shown, false))
        Q_EMIT previewEnded();
}

void OperationForm::apply() {
    start(false);
}

void OperationForm::start(bool stay) {
    if (!isValid())
        return;
    showError({});
    m_preview->drop();
    if (!isEdit() && !m_operation->imageOutput()) {
        m_frame->showValues(tr("Measuring…"));
        m_finder->find(*m_operation, parameters(), completeParameters(), m_model.state());
        return;
    }
    const Parameters changes = isEdit() ? m_fields->changes() : parameters();
    if (isEdit() && changes.empty()) {
        leave();
        return;
    }
    m_applying = true;
    m_staying = stay && !isEdit();
    Q_EMIT applyRequested({m_operation, changes, m_step});
}

void OperationForm::showError(const QString& message) {
    m_frame->showError(message);
    if (!message.isEmpty()) {
        m_applying = false;
        endPreview();
    }
}

void OperationForm::stopWaiting() {
    m_applying = false;
}

void OperationForm::finishWaiting() {
    // Else the new image is on its way here.
    if (m_applying && isEdit() && m_model.document().state()->image(m_step.imageName) == m_image)
        leave();
}

void OperationForm::reset() {
    m_fields->reset();
    fieldChanged();
}

void OperationForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        start(event->modifiers().testFlag(Qt::ControlModifier));
    else if (event->key() == Qt::Key_Escape)
        leave();
    else
        QWidget::keyPressEvent(event);
}

void OperationForm::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    updatePreview();
}

void OperationForm::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    endPreview();
}

} // namespace tintype
