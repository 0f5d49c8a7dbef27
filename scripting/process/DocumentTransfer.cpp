// The document on its way to a script's process, and what the script did to it on its way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/DocumentTransfer.h"

#include "core/Error.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/NodeReader.h"
#include "core/recipe/NodeWriter.h"
#include "core/recipe/ValueJson.h"
#include "scripting/process/NodeTransfer.h"

#include <QJsonArray>

#include <unordered_map>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

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
        return transferredToJson(node, [this](const std::shared_ptr<const PixelBuffer>& pixels) {
            return m_packed.message.pixels.append(pixels->data(), pixels->shape().byteCount(), m_goOn);
        });
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
          m_reader(
              message.json["nodes"_L1].toArray(), catalog, [this](const QJsonObject& json) { return special(json); },
              NodeReader::Missing::Kept) {}

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
        return transferredFromJson(
            json, [this](std::uint64_t place, std::size_t size) { return m_message.pixels.view(place, size); });
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
