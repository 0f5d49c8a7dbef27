// What people and scripts do to the document, each with the Python line that does the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Commands.h"

#include "core/Error.h"
#include "core/document/CommandText.h"

#include <filesystem>
#include <utility>

namespace tintype {

namespace {

using Edited = Document::Edited;

std::string titled(const char* verb, const std::string& name) {
    return std::string(verb) + " " + name;
}

std::string nameFromPath(const std::string& path) {
    std::filesystem::path stem = std::filesystem::path(path).stem();
    if (stem.extension() == ".ome") // cells.ome.tif
        stem = stem.stem();
    return stem.empty() ? "image" : stem.string();
}

Image requireImage(const DocumentState& state, const Operation& operation, const std::string& name) {
    if (name.empty())
        throw Error(ErrorCode::Parameter, operation.id + " needs an image; say which");
    const Image image = state.image(name);
    if (image)
        return image;
    DocumentState(state).setActive(name); // throws, and lists the names
    return {};
}

/// One use of an operation on the document, computed again when the document changed meanwhile.
class Application {
public:
    Application(const Workbench& workbench, const Operation& operation, const Parameters& given, std::string imageName,
                const EvaluationWatch& watch)
        : m_workbench(workbench), m_operation(operation), m_given(given), m_imageName(std::move(imageName)),
          m_watch(watch) {
        const ParameterInfo* image = operation.firstImage();
        m_takesImage = image && !findParameter(given, image->name);
        if (!image)
            m_imageName.clear();
    }

    void build(const DocumentState& state) {
        const Image input = m_takesImage ? requireImage(state, m_operation, m_imageName) : Image();
        if (m_node && input == m_input)
            return;
        Parameters parameters = m_given;
        if (m_takesImage)
            parameters.insert(parameters.begin(), {m_operation.firstImage()->name, input.output()});
        // The engine says what it refuses once; after that only the picture before it has changed, and an edit that
        // takes its time must not lose to quicker ones for ever.
        m_node = m_node ? m_workbench.catalog.makeNode(m_operation, std::move(parameters))
                        : m_workbench.evaluation.apply(m_operation, std::move(parameters), m_watch);
        m_watch.token.check();
        m_input = input;
    }

    Edited edit(const DocumentState& state) {
        build(state);
        Edited edited{state, lineOrComment(m_operation.title, [&] {
                          return operationLine(m_operation, m_given, m_imageName, state, m_workbench.catalog);
                      })};
        m_resultName = m_imageName.empty() ? newImageName(m_operation, state) : m_imageName;
        edited.state.setImage(m_resultName, image());
        return edited;
    }

    Image image() const { return Image(m_node, m_operation.imageOutput()->name); }
    const std::string& resultName() const { return m_resultName; }
    std::vector<NodeOutput> outputs() const {
        std::vector<NodeOutput> outputs;
        for (const ParameterInfo& info : m_operation.outputs)
            outputs.push_back({m_node, info.name});
        return outputs;
    }

private:
    const Workbench& m_workbench;
    const Operation& m_operation;
    const Parameters& m_given;
    std::string m_imageName;
    const EvaluationWatch& m_watch;
    bool m_takesImage = false;
    Image m_input;
    NodePtr m_node;
    std::string m_resultName;
};

} // namespace

std::string openImage(Workbench& workbench, const std::string& path, const EvaluationWatch& watch) {
    const Image image(workbench.evaluation.openFile(path, {}, true, watch.token));
    workbench.evaluation.readAdded(image.node(), watch);
    const std::string absolute = *image.node()->parameter("filename")->as<std::string>();
    std::string name;
    workbench.document.edit(titled("Open", std::filesystem::path(absolute).filename().string()),
                            [&](const DocumentState& state) {
                                name = state.freeName(nameFromPath(absolute));
                                Edited edited{state, imagePlace(name) + " = tt.open(" + pythonString(absolute) + ")"};
                                edited.state.setImage(name, image);
                                return edited;
                            });
    return name;
}

OperationResult applyOperation(Workbench& workbench, const Operation& operation, const Parameters& given,
                               const std::string& imageName, std::uint64_t group, const EvaluationWatch& watch) {
    Application application(workbench, operation, given, imageName, watch);
    if (!operation.imageOutput()) {
        application.build(*workbench.document.state());
        return {{}, {}, application.outputs()};
    }
    workbench.document.edit(
        operation.title, [&](const DocumentState& state) { return application.edit(state); }, group);
    return {application.resultName(), application.image(), application.outputs()};
}

void setImage(Workbench& workbench, const std::string& name, const Image& image, std::uint64_t group) {
    const auto change = [&](const DocumentState& state) {
        Edited edited{state, {}, titled(state.has(name) ? "Change" : "Add", name)};
        edited.state.setImage(name, image);
        edited.pythonLine = lineOrComment(imagePlace(name), [&] {
            return imagePlace(name) + " = " + pythonExpression(image.output(), state, workbench.catalog);
        });
        return edited;
    };
    workbench.document.edit(titled("Change", name), change, group);
}

void removeImage(Document& document, const std::string& name, std::uint64_t group) {
    const auto change = [&](DocumentState state) {
        state.removeImage(name);
        return state;
    };
    document.edit(titled("Remove", name), "del " + imagePlace(name), change, group);
}

void renameImage(Document& document, const std::string& name, const std::string& newName, std::uint64_t group) {
    const auto change = [&](DocumentState state) {
        state.renameImage(name, newName);
        return state;
    };
    document.edit("Rename " + name + " to " + newName,
                  "tt.data.images.rename(" + pythonString(name) + ", " + pythonString(newName) + ")", change, group);
}

void duplicateImage(Document& document, const std::string& name, std::uint64_t group) {
    const auto change = [&](const DocumentState& state) {
        const std::string copy = state.freeName(name);
        Edited edited{state, imagePlace(copy) + " = " + imagePlace(name)};
        edited.state.setActive(name); // throws, and lists the names, when there is none
        edited.state.setImage(copy, state.image(name));
        return edited;
    };
    document.edit(titled("Duplicate", name), change, group);
}

void setScript(Document& document, const std::string& name, const std::string& text, std::uint64_t group) {
    const auto change = [&](DocumentState state) {
        state.setScript(name, text);
        return state;
    };
    document.edit(titled("Change script", name), scriptPlace(name) + " = " + pythonString(text), change, group);
}

void removeScript(Document& document, const std::string& name, std::uint64_t group) {
    const auto change = [&](DocumentState state) {
        state.removeScript(name);
        return state;
    };
    document.edit(titled("Remove script", name), "del " + scriptPlace(name), change, group);
}

} // namespace tintype
