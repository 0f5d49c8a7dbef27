// The form of one operation, made from the catalogue, with a live preview: for a new step, or for one that is there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"
#include "ui/operations/OperationRequest.h"

#include <QWidget>

namespace tintype {

class DocumentModel;
class FormFrame;
class GuiQueue;
class OperationFields;
class OperationPreview;
class ValueFinder;
struct Workbench;

/// Works on the active image, or edits a step of it. A change of a value leads to a preview, which whoever shows `previewReady`
/// computes as far as it is visible; that of a step shows all later steps as well. After Apply it stays until the result takes
/// its place. Belongs to the GUI thread; workbench, model and queue must outlive it.
class OperationForm : public QWidget {
    Q_OBJECT
public:
    OperationForm(Workbench& workbench, DocumentModel& model, GuiQueue& queue, QWidget* parent = nullptr);
    ~OperationForm() override;

    /// Null empties the form.
    void setOperation(const Operation* operation);
    /// Fills in what the step has; Apply asks for an edit of it. Its operation must be in the catalogue.
    void editStep(const SeenStep& step);
    const Operation* operation() const { return m_operation; }
    /// What the fields say, without the first image input, which is the active image, and without what is left to the
    /// operation itself.
    Parameters parameters() const;
    /// Puts values into the fields; names that the form does not show are ignored.
    void setParameters(const Parameters& parameters);
    bool isValid() const;
    bool isEdit() const { return m_step.node != nullptr; }
    /// Operations came or went. One that has gone can be looked at still, until it comes back or the form is closed.
    void followCatalog();

public Q_SLOTS:
    /// Closes the form as soon as the result is there, since a preview of it once more would look like a part of it.
    void apply();
    void reset();
    /// In red below the fields; the window calls it when the job that applies the operation failed.
    void showError(const QString& message);
    /// The job that applies the operation was stopped, so no result will come.
    void stopWaiting();
    /// That job has done its work, which may have changed nothing.
    void finishWaiting();

Q_SIGNALS:
    /// Show this in the place of the active image until `previewEnded`.
    void previewReady(const tintype::Image& image);
    void previewEnded();
    /// Apply was pressed and all fields are valid, for an operation that changes or makes an image: the window runs
    /// applyOperation, or editStep, on a job. Operations that return values are run by the form, which shows them.
    void applyRequested(const tintype::OperationRequest& request);
    void closeRequested();
    /// Values were found, by what this Python line does.
    void measured(const QString& pythonLine);
    /// Why values were not found which the form does not wait for any more.
    void measuringFailed(const QString& error);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    // OperationFormWords.cpp
    void refresh();
    QString targetText() const;
    QString noteText() const;

    // OperationForm.cpp
    void open(const Operation* operation, const SeenStep& step);
    void showFields();
    void fieldChanged();
    void documentChanged();
    void followRename();
    Image worksOn() const;
    /// When the form stays, it says that the operation was applied; the preview comes back with the next change.
    void start(bool stay);
    void applied();
    void leave();
    bool canPreview() const;
    void updatePreview();
    void showPreview(const Image& image);
    void endPreview();
    /// All parameters, the active image among them.
    Parameters completeParameters() const;

    Workbench& m_workbench;
    DocumentModel& m_model;
    GuiQueue& m_queue;
    const Operation* m_operation = nullptr;
    bool m_gone = false; ///< the operation is not in the catalogue any more
    SeenStep m_step;     ///< that is edited; without a node when the operation is applied anew

    OperationFields* m_fields = nullptr;
    FormFrame* m_frame = nullptr;
    OperationPreview* m_preview = nullptr;
    ValueFinder* m_finder = nullptr;
    Image m_image;             ///< that the form works on
    bool m_previewing = false; ///< a preview was asked for
    bool m_shown = false;      ///< it is on the canvas
    bool m_applying = false;   ///< it stays there until the result takes its place
    bool m_staying = false;
    int m_timesApplied = 0;
};

} // namespace tintype
