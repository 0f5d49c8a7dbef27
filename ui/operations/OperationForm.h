// The form of one operation, made from the catalogue, with a live preview.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"
#include "ui/operations/OperationRequest.h"

#include <QWidget>

#include <cstdint>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace tintype {

class DocumentModel;
class GuiQueue;
class OperationPreview;
class ParameterField;
struct Workbench;

/// Works on the active image. A change of a value leads to a preview, which whoever shows `previewReady` computes as far as
/// it is visible. After Apply it stays until the result takes its place. Belongs to the GUI thread; workbench, model and queue must outlive it.
class OperationForm : public QWidget {
    Q_OBJECT
public:
    OperationForm(Workbench& workbench, DocumentModel& model, GuiQueue& queue, QWidget* parent = nullptr);
    ~OperationForm() override;

    /// Null empties the form.
    void setOperation(const Operation* operation);
    const Operation* operation() const { return m_operation; }
    /// What the fields say, without the first image input, which is the active image, and without what is left to the
    /// operation itself.
    Parameters parameters() const;
    /// Puts values into the fields; names that the form does not show are ignored.
    void setParameters(const Parameters& parameters);
    bool isValid() const;
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

Q_SIGNALS:
    /// Show this in the place of the active image until `previewEnded`.
    void previewReady(const tintype::Image& image);
    void previewEnded();
    /// Apply was pressed and all fields are valid, for an operation that changes or makes an image: the window runs
    /// applyOperation on a job. Operations that return values are run by the form, which shows them.
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
    void buildFrame();
    void buildButtons();
    void buildFields();
    QWidget* fieldFor(const ParameterInfo& parameter);
    void fieldChanged();
    void documentChanged();
    /// When the form stays, it says that the operation was applied; the preview comes back with the next change.
    void start(bool stay);
    void applied();
    void refresh();
    bool canPreview() const;
    void updatePreview();
    void showPreview(const Image& image);
    void endPreview();
    void computeValues();
    struct Answer;
    void showAnswer(std::uint64_t serial, const Answer& answer);
    void showValues(const QString& text);
    /// All parameters, the active image among them.
    Parameters completeParameters() const;

    Workbench& m_workbench;
    DocumentModel& m_model;
    GuiQueue& m_queue;
    const Operation* m_operation = nullptr;
    bool m_gone = false; ///< the operation is not in the catalogue any more
    std::vector<ParameterField*> m_fields;

    QLabel* m_title = nullptr;
    QLabel* m_help = nullptr;
    QLabel* m_target = nullptr;
    QLabel* m_again = nullptr;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_error = nullptr;
    QLineEdit* m_values = nullptr;
    QCheckBox* m_previewBox = nullptr;
    QPushButton* m_apply = nullptr;
    QPushButton* m_reset = nullptr;

    OperationPreview* m_preview = nullptr;
    Image m_activeImage;
    std::uint64_t m_valuesSerial = 0; ///< values that were asked for earlier are dropped
    bool m_shown = false;             ///< a preview is on the canvas
    bool m_applying = false;          ///< it stays there until the result takes its place
    bool m_staying = false;
    int m_timesApplied = 0;
};

} // namespace tintype
