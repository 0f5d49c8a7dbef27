// The steps of an image in words: each node's title and the parameters that matter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/RecipeSteps.h"

#include "core/operations/OperationCatalog.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/StepOrder.h"
#include "core/recipe/TileFunction.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

namespace tintype {

namespace {

constexpr int LONGEST_VALUE = 40;

QString tr(const char* text) {
    return QCoreApplication::translate("tintype::RecipeSteps", text);
}

RecipeStep missingStep(const Node& node) {
    RecipeStep step{tr("%1 — missing").arg(QString::fromStdString(node.operation())), {}, true};
    QStringList parts;
    for (const auto& [name, value] : node.parameters())
        if (!value.isNone() && !value.as<NodeOutput>())
            parts << QString::fromStdString(name) + QLatin1Char(' ') + QString::fromStdString(value.toText()).left(LONGEST_VALUE);
    step.parameters = parts.join(QStringLiteral(", "));
    return step;
}

RecipeStep fileStep(const Node& node, const OperationCatalog& catalog) {
    const Value* name = node.parameter("filename");
    const auto* path = name ? name->as<std::string>() : nullptr;
    const QString file = path ? QFileInfo(QString::fromStdString(*path)).fileName() : QString();
    const std::string id = addedFormatOf(node);
    if (id.empty())
        return {tr("Open file"), file};
    const AddedFormatPtr format = catalog.formats().find(id);
    if (!format)
        return {tr("Open file — the format %1 is missing").arg(QString::fromStdString(id)), file, true};
    return {tr("Open file"), tr("%1, %2").arg(file, QString::fromStdString(format->title))};
}

RecipeStep sourceStep(const Node& node, const OperationCatalog& catalog) {
    if (node.operation() == Node::FILE)
        return fileStep(node, catalog);
    if (node.operation() == Node::ARRAY && node.pixels()) {
        const ImageShape& shape = node.pixels()->shape();
        return {tr("Pixels in memory"), tr("%1 × %2").arg(shape.width).arg(shape.height)};
    }
    if (node.operation() == ENCODED) {
        const Value* name = node.parameter("name");
        return {tr("Encoded picture in memory"), name && name->as<std::string>() ? QString::fromStdString(*name->as<std::string>()) : QString()};
    }
    if (node.operation() == Node::PLANE)
        return {tr("One plane"), node.parameter("index") ? QString::fromStdString(node.parameter("index")->toText()) : QString()};
    if (node.operation() == MAP_TILES || node.operation() == FUNCTION) {
        const NodePtr function = node.operation() == MAP_TILES ? node.inputs().back() : nullptr;
        const Value* name = (function ? *function : node).parameter("name");
        return {node.operation() == MAP_TILES ? tr("Function on tiles") : tr("Function"),
                name && name->as<std::string>() ? QString::fromStdString(*name->as<std::string>()) : QString()};
    }
    if (node.operation() == Node::INPUT)
        return {tr("Input"), {}};
    return missingStep(node);
}

/// A source by what it is a picture of, others by their operation.
QString makerOf(const Node& node, const OperationCatalog& catalog) {
    if (const Operation* operation = catalog.find(node.operation()))
        return QString::fromStdString(operation->title);
    const RecipeStep step = sourceStep(node, catalog);
    return step.isMissing ? QString::fromStdString(node.operation())
           : step.parameters.isEmpty() || !node.isSource() ? step.title : step.parameters;
}

RecipeStep stepOf(const Node& node, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(node.operation());
    if (!operation)
        return sourceStep(node, catalog);
    RecipeStep step{QString::fromStdString(operation->title), {}};
    QStringList parts;
    for (const ParameterInfo& info : operation->inputs) {
        const Value* value = node.parameter(info.name);
        if (&info == operation->firstImage() || !value || value->isNone() || info.hidden || *value == info.defaultValue)
            continue;
        const QString unit = info.unit.empty() ? QString() : QLatin1Char(' ') + QString::fromStdString(info.unit);
        parts << QString::fromStdString(info.title).toLower() + QLatin1Char(' ') + valueInWords(*value, catalog) + unit;
    }
    step.parameters = parts.join(QStringLiteral(", "));
    return step;
}

} // namespace

std::vector<RecipeStep> recipeSteps(const Image& image, const OperationCatalog& catalog, std::size_t limit, bool& earlier) {
    const StepList list = stepsOf(image, limit);
    earlier = list.earlier;
    std::vector<RecipeStep> steps;
    for (const NodePtr& node : list.steps) {
        steps.push_back(stepOf(*node, catalog));
        steps.back().node = node;
    }
    return steps;
}

QString valueInWords(const Value& value, const OperationCatalog& catalog) {
    if (const auto* output = value.as<NodeOutput>())
        return tr("from “%1”").arg(makerOf(*output->node, catalog));
    if (const auto* text = value.as<std::string>())
        return QString::fromStdString(*text).left(LONGEST_VALUE);
    if (const auto* truth = value.as<bool>())
        return *truth ? tr("yes") : tr("no");
    if (const auto* number = value.as<double>())
        return QString::number(*number, 'g', 6);
    // A list may be a table of a million numbers, which is never written out whole.
    if (const auto* list = value.as<List>()) {
        QStringList items;
        for (std::size_t i = 0; i < list->size() && i < 6; ++i)
            items << valueInWords((*list)[i], catalog);
        if (list->size() > 6)
            items << tr("… (%1 in all)").arg(list->size());
        const QString text = items.join(QStringLiteral(", "));
        return list->size() == 1 ? text : QLatin1Char('[') + text + QLatin1Char(']');
    }
    return QString::fromStdString(value.toText()).left(LONGEST_VALUE);
}

} // namespace tintype
