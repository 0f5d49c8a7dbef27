// The nodes that a recipe in a file cannot hold, on their way from one process to another.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/NodeTransfer.h"

#include "core/Error.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/ValueJson.h"

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

constexpr int FORMATS = int(PixelFormat::DPComplex) + 1;

QJsonObject shapeToJson(const ImageShape& shape, std::uint64_t offset) {
    return {{u"pixels"_s, qint64(offset)},      {u"width"_s, shape.width},
            {u"height"_s, shape.height},        {u"bands"_s, shape.bands},
            {u"format"_s, int(shape.format)},   {u"interpretation"_s, textToJson(shape.interpretation)}};
}

NodePtr arrayFromJson(const QJsonObject& json, const FindPixels& find) {
    ImageShape shape{json["width"_L1].toInt(), json["height"_L1].toInt(), json["bands"_L1].toInt(),
                     PixelFormat(json["format"_L1].toInt()), textFromJson(json["interpretation"_L1], "the interpretation")};
    if (shape.width < 1 || shape.height < 1 || shape.bands < 1 || int(shape.format) < 0 || int(shape.format) >= FORMATS)
        throw Error(ErrorCode::Internal, "pixels in shared memory have no size or format");
    auto view = find(std::uint64_t(json["pixels"_L1].toInteger()), shape.byteCount());
    const void* const data = view.get();
    return Node::createArray(std::make_shared<PixelBuffer>(shape, data, std::move(view)));
}

/// Recipes cannot be saved with encoded pictures in them; between two processes their bytes may go along.
QJsonObject encodedToJson(const Node& node) {
    QJsonObject parameters;
    for (const auto& [name, value] : node.parameters())
        parameters[QString::fromStdString(name)] = valueToJson(value, [](const NodeOutput&) { return QJsonObject(); });
    return {{u"encoded"_s, parameters}};
}

NodePtr encodedFromJson(const QJsonObject& json) {
    Parameters parameters;
    for (auto entry = json.begin(); entry != json.end(); ++entry)
        parameters.emplace_back(entry.key().toStdString(),
                                valueFromJson(entry.value(), [](const QJsonObject&) { return NodeOutput(); }));
    return Node::create(ENCODED, std::move(parameters));
}

} // namespace

QJsonObject transferredToJson(const NodePtr& node, const PlacePixels& place) {
    if (node->operation() == ENCODED)
        return encodedToJson(*node);
    return node->operation() == Node::ARRAY ? shapeToJson(node->pixels()->shape(), place(node->pixels())) : QJsonObject();
}

NodePtr transferredFromJson(const QJsonObject& json, const FindPixels& find) {
    if (json.contains("encoded"_L1))
        return encodedFromJson(json["encoded"_L1].toObject());
    return json.contains("pixels"_L1) ? arrayFromJson(json, find) : nullptr;
}

} // namespace tintype
