// The form of one operation, made from the catalogue, with a live preview.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/recipe/Image.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <memory>
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
class ParameterField;
struct Workbench;

/// What Apply asks for. A type of its own, because Qt cannot carry a list of values through a signal.
struct OperationRequest {
    const Operation* operation = nullptr;
    Parameters parameters;
};

/// Works on the active image. A change of a value builds, 150 ms later and on a job, the node of the result and its header,
/// never its pixels: whoever shows `previewReady` computes the tiles that are visible. One preview is built at a time, and
/// results that were overtaken are dropped. All members belong to the GUI thread; workbench, model and queue must outlive the
/// form.
class OperationForm : public QWidget {
    Q_OBJECT
public:
    static constexpr int PREVIEW_DELAY_MS = 150;

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

public Q_SLOTS:
    void apply();
    void reset();
    /// In red below the fields; the window calls it when the job that applies the operation failed.
    void showError(const QString& message);

Q_SIGNALS:
    /// Show this in the place of the active image until `previewEnded`.
    void previewReady(const tintype::Image& image);
    void previewEnded();
    /// Apply was pressed and all fields are valid, for an operation that changes or makes an image: the window runs
    /// applyOperation on a job. Operations that return values are run by the form, which shows them.
    void applyRequested(const tintype::OperationRequest& request);
    void closeRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct PreviewRequest;
    void buildFrame();
    void buildFields();
    void addField(const ParameterInfo& parameter, QVBoxLayout* layout);
    void fieldChanged();
    void documentChanged();
    void refresh();
    bool hasPreview() const;
    void startPreview();
    void previewBuilt(std::uint64_t serial, const Image& image, const QString& error);
    void endPreview();
    void computeValues();
    void showValues(const QString& text);
    /// All parameters, the active image among them.
    Parameters completeParameters() const;

    Workbench& m_workbench;
    DocumentModel& m_model;
    GuiQueue& m_queue;
    const Operation* m_operation = nullptr;
    std::vector<ParameterField*> m_fields;

    QLabel* m_title = nullptr;
    QLabel* m_help = nullptr;
    QLabel* m_target = nullptr;
    QScrollArea* m_scroll = nullptr;
    QLabel* m_error = nullptr;
    QLineEdit* m_values = nullptr;
    QCheckBox* m_preview = nullptr;
    QPushButton* m_apply = nullptr;
    QPushButton* m_reset = nullptr;

    QTimer m_previewTimer;
    std::uint64_t m_serial = 0; ///< of the newest wish; what was built for an older one is dropped
    bool m_building = false;
    bool m_wanted = false; ///< another preview is to be built after the one under way
    bool m_shown = false;  ///< a preview is on the canvas
    Image m_activeImage;
};

} // namespace tintype
