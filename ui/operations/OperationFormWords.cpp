// What the form of an operation says about itself and what it works on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DocumentModel.h"
#include "ui/operations/FormFrame.h"
#include "ui/operations/OperationFields.h"
#include "ui/operations/OperationForm.h"

namespace tintype {

QString OperationForm::targetText() const {
    if (!m_operation || !(isEdit() || m_operation->firstImage()))
        return {};
    const QString active = QString::fromStdString(m_model.state().active());
    if (!isEdit())
        return m_image ? tr("Image: %1").arg(active) : tr("This works on an image: open one first.");
    const QString name = QString::fromStdString(m_step.imageName);
    if (!m_image)
        return tr("A step of %1, which is not open any more.").arg(name);
    return name == active ? tr("A step of %1; later steps follow.").arg(name)
                          : tr("A step of %1, which is not shown now.").arg(name);
}

QString OperationForm::noteText() const {
    if (m_timesApplied < 2)
        return m_timesApplied ? tr("Applied. Apply does it once more, on the result.") : QString();
    return tr("Applied %n times. Apply does it once more, on the result.", nullptr, m_timesApplied);
}

void OperationForm::refresh() {
    FormFrame::Words words;
    words.title = tr("Choose an operation");
    words.help = tr("From the Operations menu, or search with Ctrl+F.");
    words.apply = tr("Apply");
    words.applyHint = tr("Enter; with Ctrl the form stays open");
    words.close = tr("Close");
    if (m_operation) {
        words.title = QString::fromStdString(m_operation->title);
        words.id = QString::fromStdString(m_operation->id);
        words.help = QString::fromStdString(m_operation->help);
        words.offersPreview = isEdit() || m_operation->imageOutput();
        words.apply = m_operation->imageOutput() ? words.apply : tr("Measure");
    }
    if (isEdit()) {
        words.title = tr("Edit %1").arg(words.title);
        words.apply = tr("OK");
        words.applyHint = tr("Enter");
        words.close = tr("Cancel");
    }
    words.target = targetText();
    words.note = noteText();
    words.canApply = isValid();
    words.canReset = !m_fields->isEmpty();
    m_frame->showWords(words);
}

} // namespace tintype
