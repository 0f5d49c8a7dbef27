// A document as a file: `.tint`, one JSON file with recipes, names and scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Project.h"

#include "core/Error.h"
#include "core/document/WholeFile.h"
#include "core/document/Document.h"
#include "core/recipe/JsonFormat.h"
#include "core/recipe/NodeReader.h"
#include "core/recipe/NodeWriter.h"
#include "core/recipe/ValueJson.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

[[noreturn]] void refuseFile(const std::string& path, const std::string& reason) {
    throw Error(ErrorCode::File, path + ": " + reason);
}

QString fileName(const std::string& path) {
    if (path.empty())
        throw Error(ErrorCode::File, "the name of a project file must not be empty");
    const QByteArray bytes = QByteArray::fromStdString(path);
    const QString name = QFile::decodeName(bytes);
    if (QFile::encodeName(name) != bytes)
        refuseFile(path, "the file name is not valid UTF-8");
    return name;
}

QJsonArray imagesToJson(const DocumentState& state, NodeWriter& writer) {
    QJsonArray images;
    for (const auto& entry : state.images()) {
        try {
            images.append(
                QJsonObject{{u"name"_s, textToJson(entry->name)}, {u"image"_s, writer.add(entry->image.output())}});
        } catch (const Error& error) {
            throw Error(error.code(), "the image \"" + entry->name + "\": " + error.what());
        }
    }
    return images;
}

QJsonObject requireObject(const QJsonValue& json, const char* what) {
    if (!json.isObject())
        throw Error(ErrorCode::Recipe, std::string(what) + " must be an object");
    return json.toObject();
}

QJsonArray requireArray(const QJsonValue& json, const char* what) {
    if (!json.isArray())
        throw Error(ErrorCode::Recipe, std::string("this is not a project: it lacks the list of ") + what);
    return json.toArray();
}

DocumentState stateFromJson(const QJsonObject& object, const OperationCatalog& catalog) {
    const NodeReader reader(requireArray(object["nodes"_L1], "nodes"), catalog, {}, NodeReader::Missing::Kept);
    DocumentState state;
    for (const QJsonValue& value : requireArray(object["images"_L1], "images")) {
        const QJsonObject image = requireObject(value, "an image");
        const std::string name = textFromJson(image["name"_L1], "the name of an image");
        if (state.has(name))
            throw Error(ErrorCode::Recipe, "there are two images called \"" + name + "\"");
        state.setImage(name, Image(reader.link(requireObject(image["image"_L1], "the link of an image"))));
    }
    for (const QJsonValue& value : requireArray(object["scripts"_L1], "scripts")) {
        const QJsonObject script = requireObject(value, "a script");
        state.setScript(textFromJson(script["name"_L1], "the name of a script"),
                        textFromJson(script["text"_L1], "the text of a script"));
    }
    if (state.imageCount() > 0)
        state.setActive(textFromJson(object["active"_L1], "the name of the active image"));
    return state;
}

QByteArray readWhole(const std::string& path) {
    const QString name = fileName(path);
    const QFileInfo info(name);
    if (!info.exists())
        refuseFile(path, "there is no such file");
    if (info.isDir())
        refuseFile(path, "this is a folder, not a project file");
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        refuseFile(path, "the file cannot be read (" + file.errorString().toStdString() + ")");
    const QByteArray content = file.readAll();
    if (file.error() != QFileDevice::NoError)
        refuseFile(path, "the file cannot be read (" + file.errorString().toStdString() + ")");
    if (content.isEmpty())
        refuseFile(path, "the file is empty (0 bytes)");
    return content;
}

void writeWhole(const std::string& path, const QByteArray& content) {
    const QString name = fileName(path);
    const QFileInfo info(name);
    if (info.isDir())
        refuseFile(path, "this is a folder; a project is saved as a file");
    // Saving puts a new file in the place of the old one, which a device or a pipe would not survive.
    if (info.exists() && !info.isFile())
        refuseFile(path, "this is not an ordinary file");
    if (!info.dir().exists())
        refuseFile(path, "there is no folder " + QFile::encodeName(info.dir().absolutePath()).toStdString());
    const QString reason = writeWholeFile(name, content);
    if (!reason.isEmpty())
        refuseFile(path,
                   "the project cannot be saved (" + reason.toStdString() + "); what the file held before is untouched");
}

} // namespace

QByteArray projectToJson(const DocumentState& state) {
    NodeWriter writer;
    const QJsonArray images = imagesToJson(state, writer);
    QJsonArray scripts;
    for (const NamedScript& script : state.scripts())
        scripts.append(QJsonObject{{u"name"_s, textToJson(script.name)}, {u"text"_s, textToJson(script.text)}});
    return writeFormat({{u"nodes"_s, writer.nodes()},
                        {u"images"_s, images},
                        {u"scripts"_s, scripts},
                        {u"active"_s, textToJson(state.active())}});
}

DocumentState projectFromJson(const QByteArray& json, const OperationCatalog& catalog) {
    try {
        return stateFromJson(readFormat(json, "project"), catalog);
    } catch (const Error& error) {
        throw Error(ErrorCode::Recipe, error.what());
    }
}

void saveProject(Document& document, const std::string& path) {
    const Document::State state = document.state();
    writeWhole(path, projectToJson(*state));
    document.markSaved(state, QFile::encodeName(QFileInfo(fileName(path)).absoluteFilePath()).toStdString());
}

DocumentState readProject(const std::string& path, const OperationCatalog& catalog) {
    const QByteArray content = readWhole(path);
    try {
        return projectFromJson(content, catalog);
    } catch (const Error& error) {
        throw Error(error.code(), path + ": " + error.what());
    }
}

void openProject(Document& document, const std::string& path, const OperationCatalog& catalog) {
    document.replace(readProject(path, catalog), QFile::encodeName(QFileInfo(fileName(path)).absoluteFilePath()).toStdString());
}

} // namespace tintype
