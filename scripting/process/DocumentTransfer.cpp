// The document on its way to a script's process, and what the script did to it on its way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/DocumentTransfer.h"

#include "core/Error.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/NodeReader.h"
#include "core/recipe/NodeWriter.h"
#include "core/recipe/ValueJson.h"

#include <QJsonArray>

#include <unordered_map>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

constexpr int FORMATS = int(PixelFormat::DPComplex) + 1;

QJsonObject shapeToJson(const ImageShape& shape, std::uint64_t offset) {
    return {{u"pixels"_s, qint64(offset)},      {u"width"_s, shape.width},
            {u"height"_s, shape.height},        {u"bands"_s, shape.bands},
            {u"format"_s, int(shape.format)},   {u"interpretation"_s, textToJson(shape.interpretation)}};
}

NodePtr arrayFromJson(const QJsonObject& json, const SharedMemory& pixels) {
    ImageShape shape{json["width"_L1].toInt(), json["height"_L1].toInt(), json["bands"_L1].toInt(),
                     PixelFormat(json["format"_L1].toInt()), textFromJson(json["interpretation"_L1], "the interpretation")};
    if (shape.width < 1 || shape.height < 1 || shape.bands < 1 || int(shape.format) < 0 || int(shape.format) >= FORMATS)
        throw Error(ErrorCode::Internal, "pixels in shared memory have no size or format");
    auto view = pixels.view(std::uint64_t(json["pixels"_L1].toInteger()), shape.byteCount());
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

/// Writes images into one list of nodes and one piece of shared memory.
class Packer {
public:
    Packer(const std::vector<NodePtr>& known, const std::function<void()>& goOn)
        : m_goOn(goOn), m_writer([this](const NodePtr& node) { return special(node); }) {
        for (std::size_t i = 0; i < known.size(); ++i)
            m_known.emplace(known[i].get(), int(i));
    }

    QJsonArray images(const std::vector<NamedImage>& images) {
        QJsonArray packed;
        for (const NamedImage& entry : images) {
            try {
                packed.append(QJsonObject{{u"name"_s, textToJson(entry.name)}, {u"image"_s, m_writer.add(entry.image.output())}});
            } catch (const Error& error) {
                if (error.code() != ErrorCode::Recipe)
                    throw;
                m_packed.leftBehind.push_back("the image \"" + entry.name + "\": " + error.what());
            }
        }
        return packed;
    }

    PackedImages finish(QJsonObject json) {
        json[u"nodes"_s] = m_writer.nodes();
        m_packed.message.json = std::move(json);
        m_packed.message.pixels.seal();
        m_packed.nodes = m_writer.written();
        return std::move(m_packed);
    }

private:
    QJsonObject special(const NodePtr& node) {
        if (const auto found = m_known.find(node.get()); found != m_known.end())
            return {{u"known"_s, found->second}};
        if (node->operation() == ENCODED)
            return encodedToJson(*node);
        if (node->operation() != Node::ARRAY)
            return {};
        const PixelBuffer& pixels = *node->pixels();
        return shapeToJson(pixels.shape(),
                           m_packed.message.pixels.append(pixels.data(), pixels.shape().byteCount(), m_goOn));
    }

    const std::function<void()>& m_goOn;
    std::unordered_map<const Node*, int> m_known;
    PackedImages m_packed;
    NodeWriter m_writer;
};

/// Reads what a Packer wrote.
class Unpacker {
public:
    Unpacker(const ProcessMessage& message, const OperationCatalog& catalog, const std::vector<NodePtr>& known)
        : m_message(message), m_known(known),
          m_reader(message.json["nodes"_L1].toArray(), catalog, [this](const QJsonObject& json) { return special(json); }) {}

    std::vector<NamedImage> images(const QJsonArray& packed) const {
        std::vector<NamedImage> images;
        for (const QJsonValue& entry : packed)
            images.push_back({textFromJson(entry["name"_L1], "the name of an image"),
                              Image(m_reader.link(entry["image"_L1].toObject()))});
        return images;
    }
    const std::vector<NodePtr>& nodes() const { return m_reader.nodes(); }

private:
    NodePtr special(const QJsonObject& json) const {
        if (const QJsonValue known = json["known"_L1]; !known.isUndefined()) {
            const qint64 number = known.toInteger(-1);
            if (number < 0 || number >= qint64(m_known.size()))
                throw Error(ErrorCode::Internal, "there is no node with the number " + std::to_string(number));
            return m_known[std::size_t(number)];
        }
        if (json.contains("encoded"_L1))
            return encodedFromJson(json["encoded"_L1].toObject());
        return json.contains("pixels"_L1) ? arrayFromJson(json, m_message.pixels) : nullptr;
    }

    const ProcessMessage& m_message;
    const std::vector<NodePtr>& m_known;
    NodeReader m_reader;
};

QJsonArray scriptsToJson(const std::vector<NamedScript>& scripts) {
    QJsonArray json;
    for (const NamedScript& script : scripts)
        json.append(QJsonObject{{u"name"_s, textToJson(script.name)}, {u"text"_s, textToJson(script.text)}});
    return json;
}

std::vector<NamedScript> scriptsFromJson(const QJsonValue& json) {
    std::vector<NamedScript> scripts;
    for (const QJsonValue& script : json.toArray())
        scripts.push_back({textFromJson(script["name"_L1], "the name of a script"),
                           textFromJson(script["text"_L1], "the text of a script")});
    return scripts;
}

QJsonArray namesToJson(const std::vector<std::string>& names) {
    QJsonArray json;
    for (const std::string& name : names)
        json.append(textToJson(name));
    return json;
}

std::vector<std::string> namesFromJson(const QJsonValue& json) {
    std::vector<std::string> names;
    for (const QJsonValue& name : json.toArray())
        names.push_back(textFromJson(name, "a name"));
    return names;
}

} // namespace

PackedImages packDocument(const DocumentState& state, const std::function<void()>& goOn) {
    std::vector<NamedImage> images;
    for (const auto& entry : state.images())
        images.push_back(*entry);
    Packer packer({}, goOn);
    const QJsonArray packed = packer.images(images);
    return packer.finish({{u"images"_s, packed},
                          {u"scripts"_s, scriptsToJson(state.scripts())},
                          {u"active"_s, textToJson(state.active())}});
}

UnpackedDocument unpackDocument(const ProcessMessage& message, const OperationCatalog& catalog) {
    const QJsonObject& json = message.json;
    const std::vector<NodePtr> none;
    const Unpacker unpacker(message, catalog, none);
    UnpackedDocument document{{}, unpacker.nodes()};
    for (const NamedImage& entry : unpacker.images(json["images"_L1].toArray()))
        document.state.setImage(entry.name, entry.image);
    for (const NamedScript& script : scriptsFromJson(json["scripts"_L1]))
        document.state.setScript(script.name, script.text);
    // The active one may have been left behind.
    if (const std::string active = textFromJson(json["active"_L1], "the active image"); document.state.has(active))
        document.state.setActive(active);
    return document;
}

PackedImages packChanges(const StateChanges& changes, const std::vector<NodePtr>& known) {
    const std::function<void()> goOn;
    Packer packer(known, goOn);
    QJsonArray renamed;
    for (const StateChanges::Renamed& each : changes.renamed)
        renamed.append(QJsonObject{{u"from"_s, textToJson(each.from)}, {u"to"_s, textToJson(each.to)}});
    const QJsonArray set = packer.images(changes.set);
    return packer.finish({{u"renamed"_s, renamed},
                          {u"set"_s, set},
                          {u"removed"_s, namesToJson(changes.removed)},
                          {u"scriptsSet"_s, scriptsToJson(changes.scriptsSet)},
                          {u"scriptsRemoved"_s, namesToJson(changes.scriptsRemoved)},
                          {u"active"_s, textToJson(changes.active)}});
}

StateChanges unpackChanges(const ProcessMessage& message, const OperationCatalog& catalog,
                           const std::vector<NodePtr>& known) {
    const QJsonObject& json = message.json;
    const Unpacker unpacker(message, catalog, known);
    StateChanges changes;
    for (const QJsonValue& each : json["renamed"_L1].toArray())
        changes.renamed.push_back({textFromJson(each["from"_L1], "a name"), textFromJson(each["to"_L1], "a name")});
    changes.set = unpacker.images(json["set"_L1].toArray());
    changes.removed = namesFromJson(json["removed"_L1]);
    changes.scriptsSet = scriptsFromJson(json["scriptsSet"_L1]);
    changes.scriptsRemoved = namesFromJson(json["scriptsRemoved"_L1]);
    changes.active = textFromJson(json["active"_L1], "the active image");
    return changes;
}

} // namespace tintype
