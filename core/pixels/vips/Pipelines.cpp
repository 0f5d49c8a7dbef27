// Builds the libvips pipelines of nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/Pipelines.h"

#include "core/pixels/vips/EncodedLoader.h"
#include "core/pixels/vips/FileLoader.h"
#include "core/pixels/vips/OperationBuilder.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/TileMap.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/recipe/EncodedSource.h"

#include <algorithm>
#include <set>

namespace tintype {

namespace {

// More than lie between two cuts. Building on an image takes libvips time with the square of what stands on it already.
constexpr std::size_t MOST_PIPELINES = 320;
constexpr std::size_t MOST_CACHED_BYTES = std::size_t(512) << 20;

BuiltPtr withImage(VipsImageRef image, std::vector<Axis> axes = {}) {
    auto built = std::make_shared<Built>();
    built->outputs.push_back({"out", std::move(image), {}});
    built->axes = std::move(axes);
    return built;
}

BuiltPtr arrayImage(const std::shared_ptr<const PixelBuffer>& pixels) {
    const ImageShape& shape = pixels->shape();
    VipsImageRef image =
        VipsImageRef::take(vips_image_new_from_memory(pixels->data(), shape.byteCount(), shape.width, shape.height,
                                                      shape.bands, VipsBandFormat(shape.format)));
    if (!image)
        throwVipsError(ErrorCode::Operation, "array");
    using Holder = std::shared_ptr<const PixelBuffer>;
    g_object_weak_ref(
        G_OBJECT(image.get()), [](void* holder, GObject*) { delete static_cast<Holder*>(holder); }, new Holder(pixels));
    // Nobody else has seen it yet; a copy with another interpretation would hide that the pixels are in memory.
    image.get()->Type = VipsInterpretation(
        vips_enum_from_nick("tintype", VIPS_TYPE_INTERPRETATION, shape.interpretation.c_str()));
    return withImage(std::move(image));
}

/// A thumbnail reads its file in one pass, and whoever asks again would find nothing.
void readAtOnce(Built& built, const EvaluationWatch& watch, const std::string& operation, std::size_t mostBytes) {
    for (BuiltOutput& output : built.outputs) {
        if (!output.image || !vips_image_is_sequential(output.image.get()))
            continue;
        output.image = materialised(output.image, watch, operation, mostBytes);
        vips_image_remove(output.image.get(), VIPS_META_SEQUENTIAL);
    }
}

int planeIndex(const Node& node) {
    double index = 0;
    if (const Value* value = node.parameter("index"))
        value->toNumber(index);
    return int(index);
}

} // namespace

struct Pipelines::Walk {
    std::map<PipelineKey, BuiltPtr> built;
    std::map<PipelineKey, int> uses;

    const BuiltOutput& output(const Step& step, const NodeOutput& input) const {
        const BuiltPtr& from = built.at(inputStep(step, input.node).key);
        const BuiltOutput* found = from->output(input.name);
        if (!found || (!found->image && found->value.isNone()))
            throw Error(ErrorCode::Operation, input.node->operation() + " has no output '" + input.name + "'");
        return *found;
    }
};

Pipelines::Pipelines(const OperationCatalog& catalog, ReplacedFiles& replaced)
    : m_catalog(catalog), m_replaced(replaced), m_cache(MOST_PIPELINES, MOST_CACHED_BYTES) {}

Pipelines::Step Pipelines::inputStep(const Step& step, const NodePtr& input) {
    PipelineKey key = step.key;
    key.node = input->id();
    if (step.node->operation() == Node::PLANE)
        key.plane = planeIndex(*step.node);
    return {input, key};
}

bool Pipelines::isCut(const Node& node) {
    return node.depth() % STEPS_BETWEEN_CUTS == 0 && node.operation() != Node::PLANE;
}

Pipelines::StepList Pipelines::stepsTo(const Step& target, const Pruned& pruned) {
    struct Visit {
        Step step;
        std::vector<NodePtr> inputs;
        std::size_t next = 0;
    };
    StepList order;
    std::set<PipelineKey> seen{target.key};
    std::vector<Visit> stack;
    if (!pruned(target))
        stack.push_back({target, target.node->inputs()});
    while (!stack.empty()) {
        Visit& visit = stack.back();
        if (visit.next == visit.inputs.size()) {
            order.push_back(std::move(visit.step));
            stack.pop_back();
            continue;
        }
        Step input = inputStep(visit.step, visit.inputs[visit.next++]);
        if (!seen.insert(input.key).second || pruned(input))
            continue;
        std::vector<NodePtr> inputs = input.node->inputs();
        stack.push_back({std::move(input), std::move(inputs)});
    }
    return order;
}

BuiltPtr Pipelines::runSteps(const StepList& steps, Walk& walk,
                             const std::function<BuiltPtr(const Step&)>& make) {
    for (const Step& step : steps) {
        for (const NodePtr& input : step.node->inputs())
            ++walk.uses[inputStep(step, input).key];
    }
    BuiltPtr built;
    for (const Step& step : steps) {
        built = make(step);
        walk.built[step.key] = built;
        // A pipeline is let go of as soon as nothing more is built on it, or a long chain would hold them all.
        for (const NodePtr& input : step.node->inputs()) {
            const PipelineKey key = inputStep(step, input).key;
            if (--walk.uses[key] == 0)
                walk.built.erase(key);
        }
    }
    return built;
}

BuiltPtr Pipelines::build(const NodePtr& node, const PipelineOptions& options, const EvaluationWatch& watch) {
    const Step target{node, {node->id(), options.plane, options.tolerant, options.sequential}};
    Walk walk;
    const StepList steps = stepsTo(target, [&](const Step& step) {
        // A sequential image can be read only once, so it is never remembered.
        BuiltPtr known = step.key.sequential ? nullptr : m_cache.find(step.key);
        if (!known)
            return false;
        walk.built[step.key] = std::move(known);
        return true;
    });
    if (steps.empty())
        return walk.built.at(target.key);
    return runSteps(steps, walk, [&](const Step& step) {
        watch.token.check();
        BuiltPtr built = buildStep(step, walk, watch);
        if (isCut(*step.node))
            built = cut(step, built);
        if (!step.key.sequential)
            m_cache.insert(step.key, step.node, built);
        return built;
    });
}

BuiltPtr Pipelines::buildStep(const Step& step, Walk& walk, const EvaluationWatch& watch) {
    const Node& node = *step.node;
    if (node.operation() == Node::FILE) {
        const FileLoader loader(node.parameters(), m_replaced, step.key.tolerant, step.key.sequential);
        VipsImageRef image = loader.load(step.key.plane);
        std::vector<Axis> axes = loader.axes(image);
        return withImage(std::move(image), std::move(axes));
    }
    if (node.operation() == ENCODED) {
        const EncodedLoader loader(node.parameters(), step.key.tolerant);
        VipsImageRef image = loader.load(step.key.plane);
        std::vector<Axis> axes = loader.axes(image);
        return withImage(std::move(image), std::move(axes));
    }
    if (node.operation() == Node::ARRAY)
        return arrayImage(node.pixels());
    if (node.operation() == Node::PLANE) {
        const auto source = std::get<NodeOutput>(*node.parameter("in"));
        return withImage(walk.output(step, source).image);
    }
    if (node.operation() == Node::INPUT) {
        const Value* name = node.parameter("name");
        throw Error(ErrorCode::Recipe, "the recipe's input " + (name ? name->toText() : "") +
                                           " has no picture yet; apply the recipe to one");
    }
    if (node.operation() == FUNCTION)
        return std::make_shared<Built>();
    if (node.operation() == MAP_TILES)
        return buildTileMap(step, walk);
    return buildOperation(step, walk, watch);
}

BuiltPtr Pipelines::buildTileMap(const Step& step, Walk& walk) {
    const std::shared_ptr<const TileFunction> function = tileFunctionOf(*step.node);
    const std::vector<NodeOutput> sources = mappedImages(*step.node);
    std::vector<VipsImageRef> images;
    for (const NodeOutput& source : sources)
        images.push_back(walk.output(step, source).image);
    if (!function || images.empty() || !std::all_of(images.begin(), images.end(), [](const VipsImageRef& image) { return bool(image); }))
        throw Error(ErrorCode::Recipe, "map_tiles: the function of this step is gone");
    std::vector<Axis> axes = walk.built.at(inputStep(step, sources.front().node).key)->axes;
    return withImage(mapTiles(images, function, tileMappingOf(*step.node)), std::move(axes));
}

BuiltPtr Pipelines::buildOperation(const Step& step, Walk& walk, const EvaluationWatch& watch) {
    const Node& node = *step.node;
    const Operation& operation = m_catalog.get(node.operation());
    if (!operation.imageOutput()) {
        // It reads all pixels while it is built.
        for (const NodePtr& input : node.inputs()) {
            const Step from = inputStep(step, input);
            prepare(input, {from.key.plane, from.key.tolerant, from.key.sequential}, watch.token);
        }
    }
    auto built = std::make_shared<Built>();
    OperationBuilder builder(
        operation, node.parameters(), [&](const NodeOutput& input) { return walk.output(step, input); }, watch);
    built->outputs = builder.build();
    if (node.inputs().empty())
        readAtOnce(*built, watch, node.operation(), MOST_BYTES_IN_MEMORY);
    for (const NodePtr& input : node.inputs()) {
        const BuiltPtr& from = walk.built.at(inputStep(step, input).key);
        if (!from->axes.empty()) {
            built->axes = from->axes;
            break;
        }
    }
    return built;
}

std::shared_ptr<LazyPixels> Pipelines::lazyPixels(const PipelineKey& key, const std::string& output) {
    std::lock_guard lock(m_mutex);
    const auto found = m_lazy.find({key, output});
    return found == m_lazy.end() ? nullptr : found->second.lock();
}

BuiltPtr Pipelines::cut(const Step& step, const BuiltPtr& built) {
    auto shortened = std::make_shared<Built>(*built);
    for (BuiltOutput& output : shortened->outputs) {
        if (!output.image)
            continue;
        std::shared_ptr<LazyPixels> pixels = lazyPixels(step.key, output.name);
        if (!pixels) {
            pixels = std::make_shared<LazyPixels>([this, step, name = output.name](const CancelToken& token) {
                return makePixels(step, name, token);
            });
            std::lock_guard lock(m_mutex);
            std::erase_if(m_lazy, [](const auto& entry) { return entry.second.expired(); });
            m_lazy[{step.key, output.name}] = pixels;
        }
        output.image = lazyImage(output.image, std::move(pixels));
    }
    return shortened;
}

VipsImageRef Pipelines::makePixels(const Step& target, const std::string& output, const CancelToken& token) {
    Walk walk;
    const EvaluationWatch watch{token, {}};
    const StepList steps = stepsTo(target, [&](const Step& step) {
        if (step.key == target.key || !isCut(*step.node))
            return false;
        const std::shared_ptr<LazyPixels> pixels = lazyPixels(step.key, "out");
        VipsImageRef known = pixels ? pixels->available() : VipsImageRef();
        const Operation* operation = m_catalog.find(step.node->operation());
        if (!known || !operation || operation->outputs.size() != 1)
            return false;
        walk.built[step.key] = withImage(std::move(known));
        return true;
    });
    const BuiltPtr built = runSteps(steps, walk, [&](const Step& step) {
        token.check();
        BuiltPtr made = buildStep(step, walk, watch);
        if (!isCut(*step.node) || step.key == target.key)
            return made;
        auto solid = std::make_shared<Built>(*made);
        for (BuiltOutput& part : solid->outputs) {
            if (part.image)
                part.image = materialised(part.image, watch, step.node->operation(), MOST_BYTES_IN_MEMORY);
        }
        return BuiltPtr(solid);
    });
    return materialised(built->output(output)->image, watch, target.node->operation(), MOST_BYTES_IN_MEMORY);
}

void Pipelines::prepare(const NodePtr& node, const PipelineOptions& options, const CancelToken& token) {
    if (node->depth() < STEPS_BETWEEN_CUTS)
        return;
    const Step target{node, {node->id(), options.plane, options.tolerant, options.sequential}};
    // Held, so that the cuts found below are those the pipeline stands on.
    const BuiltPtr built = build(node, options, {token, {}});
    std::vector<Step> cuts;
    stepsTo(target, [&](const Step& step) {
        if (!isCut(*step.node))
            return false;
        cuts.push_back(step);
        return true;
    });
    for (const Step& step : cuts) {
        const Operation* operation = m_catalog.find(step.node->operation());
        for (const ParameterInfo& output : operation ? operation->outputs : std::vector<ParameterInfo>()) {
            if (const auto pixels = lazyPixels(step.key, output.name))
                pixels->ensure(token);
        }
    }
}

} // namespace tintype
