// The widgets of one panel of an add-on, made from its description.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelView.h"

#include "core/Workbench.h"
#include "ui/DocumentModel.h"
#include "ui/addons/PanelButton.h"
#include "ui/addons/PanelNotes.h"
#include "ui/addons/PanelPlotView.h"
#include "ui/addons/PanelProgressBar.h"
#include "ui/addons/PanelTableView.h"
#include "ui/addons/PathField.h"
#include "ui/canvas/CanvasView.h"
#include "ui/operations/fields/NumberField.h"
#include "ui/panels/CollapsibleSection.h"

#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace tintype {

namespace {
constexpr int ROW_SPACING = 10;
constexpr int COLUMN_SPACING = 8;
constexpr int IMAGE_LINES = 10;
} // namespace

PanelView::PanelView(PanelPtr panel, const PanelParts& parts, QWidget* parent)
    : QWidget(parent), m_panel(std::move(panel)), m_parts(parts), m_scroll(new QScrollArea), m_notes(new PanelNotes) {
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 4, 4);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_notes);
    build();
    connect(m_notes, &PanelNotes::stopWanted, this, [this](const QString& name) { m_panel->stop(name.toStdString()); });
    connect(&parts.document, &DocumentModel::changed, this, &PanelView::documentChanged);
    // Told already, as part of everything.
    static_cast<void>(m_panel->takeChanges());
    apply(m_panel->everything());
}

PanelView::~PanelView() {
    // The fields refer to the panel's description.
    delete m_scroll;
}

QSize PanelView::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 20};
}

void PanelView::build() {
    auto* const body = new QWidget;
    auto* const layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 6, 0);
    layout->setSpacing(ROW_SPACING);
    const PanelDescription& said = m_panel->description();
    if (!said.help.empty()) {
        auto* const help = new QLabel(QString::fromStdString(said.help));
        help->setObjectName(QStringLiteral("panelHelp"));
        help->setTextFormat(Qt::PlainText);
        help->setWordWrap(true);
        help->setMinimumWidth(20);
        layout->addWidget(help);
    }
    fill(layout, said.items);
    // Takes what nothing else takes.
    layout->addStretch(0);
    m_scroll->setWidget(body);
}

void PanelView::fill(QBoxLayout* layout, const std::vector<PanelItem>& items) {
    for (const PanelItem& item : items) {
        if (item.kind == PanelItem::Kind::Row) {
            auto* const row = new QHBoxLayout;
            row->setSpacing(COLUMN_SPACING);
            fill(row, item.items);
            layout->addLayout(row);
        } else if (QWidget* const widget = make(item)) {
            // In a row fields share the width, and stand at the height of their boxes. What grows shares the height.
            const bool grows = item.kind >= PanelItem::Kind::Table && item.kind <= PanelItem::Kind::Plot;
            const bool isRow = qobject_cast<QHBoxLayout*>(layout) != nullptr;
            layout->addWidget(widget, isRow || grows ? 1 : 0, isRow && !grows ? Qt::AlignBottom : Qt::Alignment());
        }
    }
}

QWidget* PanelView::make(const PanelItem& item) {
    switch (item.kind) {
    case PanelItem::Kind::Field: return makeField(item);
    case PanelItem::Kind::Button: return makeButton(item);
    case PanelItem::Kind::Label: return makeLabel(item);
    case PanelItem::Kind::Section: {
        auto* const section = new CollapsibleSection(QString::fromStdString(item.title));
        auto* const body = new QWidget;
        auto* const layout = new QVBoxLayout(body);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(ROW_SPACING);
        fill(layout, item.items);
        section->addWidget(body);
        section->setOpen(item.isOpen);
        return section;
    }
    case PanelItem::Kind::Table: {
        auto* const table = new PanelTableView(m_parts.workbench.jobs, m_parts.queue);
        m_tables[item.name] = table;
        return makeTitled(item, table);
    }
    case PanelItem::Kind::Image: {
        auto* const image = new CanvasView(m_parts.workbench.evaluation, m_parts.queue);
        image->setMinimumHeight(fontMetrics().height() * IMAGE_LINES);
        m_images[item.name] = image;
        return makeTitled(item, image);
    }
    case PanelItem::Kind::Plot: {
        auto* const plot = new PanelPlotView;
        m_plots[item.name] = plot;
        return makeTitled(item, plot);
    }
    case PanelItem::Kind::Progress: {
        auto* const bar = new PanelProgressBar(QString::fromStdString(item.name));
        m_bars[item.name] = bar;
        return bar;
    }
    case PanelItem::Kind::Row: break; // see fill()
    }
    return nullptr;
}

QWidget* PanelView::makeTitled(const PanelItem& item, QWidget* widget) {
    widget->setObjectName(QString::fromStdString(item.name));
    widget->setAccessibleName(QString::fromStdString(item.title.empty() ? item.name : item.title));
    QWidget* const shown = item.title.empty() ? widget : withTitle(item, widget);
    // Until there is something to see.
    shown->hide();
    m_shown[item.name] = shown;
    return shown;
}

QWidget* PanelView::withTitle(const PanelItem& item, QWidget* widget) {
    auto* const together = new QWidget;
    auto* const layout = new QVBoxLayout(together);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto* const title = new QLabel(QString::fromStdString(item.title));
    title->setTextFormat(Qt::PlainText);
    layout->addWidget(title);
    layout->addWidget(widget, 1);
    return together;
}

QWidget* PanelView::makeField(const PanelItem& item) {
    const PanelField& said = *m_panel->description().field(item.name);
    ParameterField* const field = said.isPath ? new PathField(said.info, said.isFolder, m_parts.settings) : tintype::makeField(said.info);
    if (auto* const number = qobject_cast<NumberField*>(field))
        number->setStep(said.step);
    field->showDocument(m_parts.document.state());
    m_fields[item.name] = field;
    connect(field, &ParameterField::changed, this, [this, field] { edited(*field); });
    return field;
}

QWidget* PanelView::makeButton(const PanelItem& item) {
    auto* const button = new PanelButton(item);
    m_buttons[item.name] = button;
    m_buttonTitles[item.name] = QString::fromStdString(item.title);
    connect(button, &PanelButton::pressed, this, [this, name = item.name, operation = item.operation] {
        if (operation.empty())
            m_panel->press(name);
        else
            Q_EMIT operationChosen(QString::fromStdString(operation));
    });
    connect(button, &PanelButton::stopWanted, this, [this, name = item.name] { m_panel->stop(name); });
    return button;
}

QWidget* PanelView::makeLabel(const PanelItem& item) {
    auto* const label = new QLabel(QString::fromStdString(item.title));
    label->setObjectName(QString::fromStdString(item.name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    // A word without end must not make the dock wider.
    label->setMinimumWidth(20);
    if (!item.name.empty()) {
        m_labels[item.name] = label;
        m_labelTexts[item.name] = label->text();
    }
    return label;
}

QString PanelView::titleOf(const std::string& name) const {
    if (const auto button = m_buttonTitles.find(name); button != m_buttonTitles.end())
        return button->second;
    const PanelField* const field = m_panel->description().field(name);
    return QString::fromStdString(field ? field->info.title : name);
}

void PanelView::edited(const ParameterField& field) {
    const Value value = field.value();
    // A number may stand for an image where an operation wants one; code that asks for an image wants one.
    const bool isOther = field.parameter().isImage() && !value.isNone() && !value.as<NodeOutput>() && !value.as<List>();
    if (field.isValid() && !isOther)
        m_panel->edit(field.parameter().name, value);
}

void PanelView::documentChanged() {
    for (const auto& [name, field] : m_fields) {
        field->showDocument(m_parts.document.state());
        // The image of that name is another one now.
        if (field->parameter().isImage() && field->isValid() && field->value() != m_panel->value(name))
            edited(*field);
    }
}

void PanelView::follow() {
    apply(m_panel->takeChanges());
}

void PanelView::apply(const PanelChanges& changes) {
    for (const auto& [name, value] : changes.values) {
        const auto field = m_fields.find(name);
        if (field == m_fields.end() || field->second->value() == value)
            continue;
        // Its code knows.
        const QSignalBlocker blocker(field->second);
        field->second->setValue(value);
    }
    for (const auto& [name, enabled] : changes.enabled) {
        if (const auto field = m_fields.find(name); field != m_fields.end())
            field->second->setEnabled(enabled);
        if (const auto button = m_buttons.find(name); button != m_buttons.end())
            button->second->setAllowed(enabled);
    }
    for (const auto& [name, content] : changes.contents)
        showContent(name, content);
    for (const auto& [name, state] : changes.calls)
        showCall(name, state);
}

void PanelView::showContent(const std::string& name, const PanelContent& content) {
    if (const auto label = m_labels.find(name); label != m_labels.end()) {
        const auto* const text = std::get_if<std::string>(&content);
        label->second->setText(text ? QString::fromStdString(*text) : m_labelTexts[name]);
    } else if (const auto bar = m_bars.find(name); bar != m_bars.end()) {
        bar->second->showProgress(std::get_if<PanelProgress>(&content));
    } else if (const auto table = m_tables.find(name); table != m_tables.end()) {
        const auto* const shown = std::get_if<PanelTablePtr>(&content);
        table->second->setTable(shown ? *shown : nullptr);
    } else if (const auto plot = m_plots.find(name); plot != m_plots.end()) {
        const auto* const shown = std::get_if<std::shared_ptr<const PanelPlot>>(&content);
        plot->second->setPlot(shown ? *shown : nullptr);
    } else if (const auto image = m_images.find(name); image != m_images.end()) {
        const auto* const shown = std::get_if<Image>(&content);
        image->second->setImage(QString::fromStdString(name), shown ? *shown : Image());
    }
    if (const auto widget = m_shown.find(name); widget != m_shown.end())
        widget->second->setVisible(!std::holds_alternative<std::monostate>(content));
}

void PanelView::showCall(const std::string& name, const PanelCallState& state) {
    if (const auto button = m_buttons.find(name); button != m_buttons.end())
        button->second->showState(state);
    else
        m_notes->showRunning(name, titleOf(name), state);
    if (!state.runs)
        m_notes->showError(name, titleOf(name), state);
}

} // namespace tintype
