// Several images in a form: those that are ticked, in the order into which they are dragged.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/fields/ImageListField.h"

#include "core/document/DocumentState.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSet>
#include <QSignalBlocker>

#include <algorithm>

namespace tintype {

namespace {

constexpr int SHOWN_ROWS = 5;

void addImage(QListWidget& list, const QString& name, bool ticked) {
    auto* item = new QListWidgetItem(name, &list);
    item->setFlags((item->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsDropEnabled);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
}

} // namespace

ImageListField::ImageListField(const ParameterInfo& parameter) : ParameterField(parameter), m_list(new QListWidget) {
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setMaximumHeight(m_list->fontMetrics().height() * (SHOWN_ROWS + 2));
    row()->addWidget(m_list, 1);
    setFocusProxy(m_list);
    const auto changedByHand = [this] {
        check();
        Q_EMIT changed();
    };
    connect(m_list, &QListWidget::itemChanged, this, changedByHand);
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, changedByHand);
    check();
}

void ImageListField::showDocument(const DocumentState& state) {
    QStringList names;
    m_images.clear();
    for (const std::string& name : state.imageNames()) {
        names << QString::fromStdString(name);
        m_images.emplace_back(names.last(), state.image(name).output());
    }
    const QSignalBlocker blocker(m_list);
    QSet<QString> known;
    for (int row = m_list->count() - 1; row >= 0; --row) {
        if (names.contains(m_list->item(row)->text()))
            known << m_list->item(row)->text();
        else
            delete m_list->takeItem(row);
    }
    for (const QString& name : names)
        if (!known.contains(name))
            addImage(*m_list, name, false);
    check();
}

void ImageListField::reset() {
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const auto& [name, output] : m_images)
        addImage(*m_list, name, true);
    check();
}

void ImageListField::setValue(const Value& value) {
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    const List wanted = value.as<List>() ? *value.as<List>() : List();
    QStringList ticked;
    for (const Value& item : wanted)
        for (const auto& [name, output] : m_images)
            if (item.as<NodeOutput>() && *item.as<NodeOutput>() == output && !ticked.contains(name))
                ticked << name;
    for (const QString& name : ticked)
        addImage(*m_list, name, true);
    for (const auto& [name, output] : m_images)
        if (!ticked.contains(name))
            addImage(*m_list, name, false);
    check();
}

Value ImageListField::value() const {
    List images;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem* item = m_list->item(row);
        const auto named = [item](const auto& image) { return image.first == item->text(); };
        const auto found = std::ranges::find_if(m_images, named);
        if (item->checkState() == Qt::Checked && found != m_images.end())
            images.push_back(found->second);
    }
    return images.empty() ? Value() : Value(std::move(images));
}

void ImageListField::check() {
    setError(parameter().required && value().isNone() ? tr("Tick at least one image.") : QString());
}

} // namespace tintype
