// The form of one operation, made from the catalogue, with a live preview.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationForm.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/document/Commands.h"
#include "ui/DocumentModel.h"
#include "ui/GuiQueue.h"
#include "ui/code/CodeColors.h"
#include "ui/operations/OperationPreview.h"
#include "ui/operations/OperationValues.h"
#include "ui/operations/fields/ParameterField.h"
#include "ui/panels/CollapsibleSection.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// Optional parameters after this many fields are put away, so that a form shows what matters.
constexpr std::size_t MOST_FIELDS_IN_SIGHT = 5;

QLabel* wrappedLabel(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

std::string measuringLine(const Operation& operation, const Parameters& given, const DocumentState& state,
                          const OperationCatalog& catalog) {
    try {
        return operationLine(operation, given, operation.firstImage() ? state.active() : std::string(), state, catalog);
    } catch (const Error& error) {
        // Pixels in memory cannot be written as Python; the log says so where the line would stand.
        if (error.code() != ErrorCode::Recipe)
            throw;
        return "# " + operation.title + ": " + error.what();
    }
}

} // namespace

struct OperationForm::Answer {
    QString values;
    QString error; ///< both are empty when the job was stopped
    QString pythonLine;
};

OperationForm::OperationForm(Workbench& workbench, DocumentModel& model, GuiQueue& queue, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_model(model), m_queue(queue),
      m_preview(new OperationPreview(workbench, queue, this)) {
    buildFrame();
    connect(&model, &DocumentModel::changed, this, &OperationForm::documentChanged);
    connect(m_preview, &OperationPreview::ready, this, &OperationForm::showPreview);
    connect(m_preview, &OperationPreview::failed, this, &OperationForm::showError);
    setOperation(nullptr);
}

OperationForm::~OperationForm() = default;

void OperationForm::buildFrame() {
    m_title = wrappedLabel(u"title"_s);
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_title->setFont(large);
    m_help = wrappedLabel(u"help"_s);
    m_target = wrappedLabel(u"target"_s);
    m_again = wrappedLabel(u"appliedNote"_s);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_error = wrappedLabel(u"formError"_s);
    m_values = new QLineEdit;
    m_values->setObjectName(u"values"_s);
    m_values->setReadOnly(true);

    auto* layout = new QVBoxLayout(this);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_help, m_target, m_again})
        layout->addWidget(widget);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_error);
    layout->addWidget(m_values);
    buildButtons();
}

void OperationForm::buildButtons() {
    m_previewBox = new QCheckBox(tr("Preview"));
    m_previewBox->setObjectName(u"preview"_s);
    m_previewBox->setChecked(true);
    m_apply = new QPushButton(tr("Apply"));
    m_apply->setObjectName(u"apply"_s);
    m_apply->setToolTip(tr("Enter; with Ctrl the form stays open"));
    m_reset = new QPushButton(tr("Reset"));
    m_reset->setObjectName(u"reset"_s);
    auto* closeButton = new QPushButton(tr("Close"));
    closeButton->setObjectName(u"close"_s);
    closeButton->setToolTip(tr("Escape"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_previewBox);
    row->addStretch(1);
    for (QPushButton* button : {m_reset, closeButton, m_apply}) {
        button->setMinimumWidth(10);
        row->addWidget(button);
    }
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_apply, &QPushButton::clicked, this, &OperationForm::apply);
    connect(m_reset, &QPushButton::clicked, this, &OperationForm::reset);
    connect(closeButton, &QPushButton::clicked, this, &OperationForm::closeRequested);
    connect(m_previewBox, &QCheckBox::toggled, this, &OperationForm::updatePreview);
}

void OperationForm::setOperation(const Operation* operation) {
    endPreview();
    ++m_valuesSerial;
    m_applying = false;
    m_timesApplied = 0;
    m_operation = operation;
    m_gone = false;
    m_activeImage = m_model.state().image(m_model.state().active());
    m_title->setText(operation ? QString::fromStdString(operation->title) : tr("Choose an operation"));
    m_title->setToolTip(operation ? QString::fromStdString(operation->id) : QString());
    m_help->setText(operation ? QString::fromStdString(operation->help)
                              : tr("From the Operations menu, or search with Ctrl+F."));
    buildFields();
    showError({});
    showValues({});
    refresh();
    setFocusProxy(m_fields.empty() ? static_cast<QWidget*>(m_apply) : m_fields.front());
    updatePreview();
}

void OperationForm::buildFields() {
    m_fields.clear();
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(10);
    auto* more = new CollapsibleSection(tr("More"));
    const ParameterInfo* target = m_operation ? m_operation->firstImage() : nullptr;
    std::size_t inSight = 0;
    // The fields keep references to what the catalogue holds.
    const std::span<const ParameterInfo> inputs =
        m_operation ? std::span<const ParameterInfo>(m_operation->inputs) : std::span<const ParameterInfo>();
    for (const ParameterInfo& parameter : inputs) {
        if (parameter.hidden || &parameter == target)
            continue;
        QWidget* field = fieldFor(parameter);
        if (!field)
            continue;
        const bool rare = !parameter.required && (parameter.defaultValue.isNone() || inSight >= MOST_FIELDS_IN_SIGHT);
        if (rare)
            more->addWidget(field);
        else
            layout->addWidget(field);
        inSight += rare ? 0 : 1;
    }
    // Nothing to look at but the rare ones.
    more->setOpen(inSight == 0);
    more->setVisible(!more->isEmpty());
    layout->addWidget(more);
    layout->addStretch(1);
    m_scroll->setWidget(body);
}

QWidget* OperationForm::fieldFor(const ParameterInfo& parameter) {
    ParameterField* field = makeField(parameter);
    if (!field)
        return nullptr;
    field->showDocument(m_model.state());
    field->reset();
    connect(field, &ParameterField::changed, this, &OperationForm::fieldChanged);
    m_fields.push_back(field);
    return field;
}

void OperationForm::followCatalog() {
    if (!m_operation)
        return;
    const Operation* const now = m_workbench.catalog.find(m_operation->id);
    if (now && (now != m_operation || m_gone)) {
        const Parameters kept = parameters();
        setOperation(now);
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
    Parameters parameters;
    for (const ParameterField* field : m_fields)
        if (Value value = field->value(); !value.isNone())
            parameters.emplace_back(field->parameter().name, std::move(value));
    return parameters;
}

void OperationForm::setParameters(const Parameters& parameters) {
    for (ParameterField* field : m_fields)
        if (const Value* value = findParameter(parameters, field->parameter().name))
            field->setValue(*value);
    fieldChanged();
}

Parameters OperationForm::completeParameters() const {
    Parameters complete = parameters();
    if (const ParameterInfo* target = m_operation->firstImage())
        complete.insert(complete.begin(), {target->name, m_activeImage.output()});
    return complete;
}

bool OperationForm::isValid() const {
    return m_operation && !m_gone && (m_activeImage || !m_operation->firstImage()) &&
           std::ranges::all_of(m_fields, &ParameterField::isValid);
}

void OperationForm::fieldChanged() {
    if (!m_gone)
        showError({});
    showValues({});
    ++m_valuesSerial;
    m_applying = false;
    refresh();
    updatePreview();
}

void OperationForm::documentChanged() {
    const Image active = m_model.state().image(m_model.state().active());
    for (ParameterField* field : m_fields)
        field->showDocument(m_model.state());
    const bool moved = active != m_activeImage;
    m_activeImage = active;
    refresh();
    if (std::exchange(m_applying, false))
        applied();
    else if (moved && m_shown)
        updatePreview();
}

void OperationForm::applied() {
    endPreview();
    if (!m_staying) {
        Q_EMIT closeRequested();
        return;
    }
    ++m_timesApplied;
    refresh();
}

void OperationForm::refresh() {
    const bool needsImage = m_operation && m_operation->firstImage();
    if (needsImage && !m_activeImage)
        m_target->setText(tr("This works on an image: open one first."));
    else if (needsImage)
        m_target->setText(tr("Image: %1").arg(QString::fromStdString(m_model.state().active())));
    m_target->setVisible(needsImage);
    m_again->setText(tr("Applied %n times. Apply does it once more, on the result.", nullptr, m_timesApplied));
    if (m_timesApplied == 1)
        m_again->setText(tr("Applied. Apply does it once more, on the result."));
    m_again->setVisible(m_timesApplied > 0);
    m_previewBox->setVisible(m_operation && m_operation->imageOutput());
    m_apply->setText(m_operation && !m_operation->imageOutput() ? tr("Measure") : tr("Apply"));
    m_apply->setEnabled(isValid());
    m_reset->setEnabled(!m_fields.empty());
}

bool OperationForm::canPreview() const {
    return isVisible() && m_previewBox->isChecked() && isValid() && m_operation->imageOutput();
}

void OperationForm::updatePreview() {
    if (canPreview())
        m_preview->request(*m_operation, completeParameters());
    else
        endPreview();
}

void OperationForm::showPreview(const Image& image) {
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
    if (!m_operation->imageOutput()) {
        computeValues();
        return;
    }
    m_applying = true;
    m_staying = stay;
    Q_EMIT applyRequested({m_operation, parameters()});
}

void OperationForm::computeValues() {
    const std::uint64_t serial = ++m_valuesSerial;
    showValues(tr("Measuring…"));
    // Given when the last holder lets go of it: the work of a job that is stopped before its turn is dropped unseen.
    const std::shared_ptr<Answer> answer(new Answer, [this, serial, post = m_queue.posterFor(this)](Answer* given) {
        post([this, serial, given = std::shared_ptr<const Answer>(given)] { showAnswer(serial, *given); });
    });
    m_workbench.jobs.submit(
        m_operation->title,
        [answer, &workbench = m_workbench, operation = m_operation, parameters = completeParameters(),
         given = this->parameters(), state = m_model.state()](Job& job) {
            try {
                const QString values = findValues(workbench.evaluation, *operation, parameters, job);
                answer->pythonLine = QString::fromStdString(measuringLine(*operation, given, state, workbench.catalog));
                answer->values = values;
            } catch (const Error& problem) {
                if (problem.code() == ErrorCode::Cancelled)
                    throw;
                answer->error = QString::fromUtf8(problem.what());
            } catch (const std::exception& problem) {
                answer->error = QString::fromUtf8(problem.what());
            }
        });
}

void OperationForm::showAnswer(std::uint64_t serial, const Answer& answer) {
    if (!answer.pythonLine.isEmpty())
        Q_EMIT measured(answer.pythonLine);
    if (serial == m_valuesSerial) {
        showValues(answer.values);
        showError(answer.error);
    }
    if (!answer.error.isEmpty() && (serial != m_valuesSerial || !isVisible()))
        Q_EMIT measuringFailed(answer.error);
}

void OperationForm::showValues(const QString& text) {
    m_values->setText(text);
    m_values->setCursorPosition(0);
    m_values->setVisible(!text.isEmpty());
}

void OperationForm::showError(const QString& message) {
    QPalette ink = palette();
    ink.setColor(QPalette::WindowText, CodeColors::of(palette()).error);
    m_error->setPalette(ink);
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
    if (!message.isEmpty()) {
        m_applying = false;
        endPreview();
    }
}

void OperationForm::stopWaiting() {
    m_applying = false;
}

void OperationForm::reset() {
    for (ParameterField* field : m_fields)
        field->reset();
    fieldChanged();
}

void OperationForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        start(event->modifiers().testFlag(Qt::ControlModifier));
    else if (event->key() == Qt::Key_Escape)
        Q_EMIT closeRequested();
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
