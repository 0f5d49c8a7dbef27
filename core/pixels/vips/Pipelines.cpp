// Builds the libvips pipelines of nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/Pipelines.h"

#include "core/pixels/vips/PipelineWalk.h"
#include "core/pixels/vips/PixelSink.h"

#include <algorithm>
#include <set>

namespace tintype {

namespace {

// More than lie between two cuts. Building on an image takes libvips time with the square of what stands on it already.
constexpr std::size_t MOST_PIPELINES = 320;
constexpr std::size_t MOST_CACHED_BYTES = std::size_t(512) << 20;

int planeIndex(const Node& node) {
    double index = 0;
    if (const Value* value = node.parameter("index"))
        value->toNumber(index);
    return int(index);
}

} // namespace

Pipelines::Pipelines(const OperationCatalog& catalog, ReplacedFiles& replaced)
    : m_catalog(catalog), m_replaced(replaced), m_cache(MOST_PIPELINES, MOST_CACHED_BYTES),
      m_revision(catalog.revision()) {}

Pipelines::Step Pipelines::inputStep(const Step& step, const NodePtr& input) {
    PipelineKey key = step.key;
    key.node = input->id();
    if (step.node->operation() == Node::PLANE)
        key.plane = planeIndex(*step.node);
    return {input, key};
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

BuiltPtr Pipelines::build(const NodePtr& node, const PipelineOptions& options, const EvaluationWatch& watch) {
    followCatalog();
    Walk walk;
    walk.revision = m_revision;
    return run({node, {node->id(), options.plane, options.tolerant, options.sequential}}, walk, watch);
}

void Pipelines::followCatalog() {
    const std::uint64_t revision = m_catalog.revision();
    if (m_revision.exchange(revision) == revision)
        return;
    clear();
    m_results.clear();
    const std::lock_guard lock(m_mutex);
    m_lazy.clear();
}

void Pipelines::clear() {
    m_cache.clear();
}

BuiltPtr Pipelines::known(const Step& step, const Walk& walk) {
    for (const Walk* outer = walk.outer; outer; outer = outer->outer) {
        const auto found = outer->built.find(step.key);
        if (found != outer->built.end())
            return found->second;
    }
    if (walk.isSolid)
        return step.key == walk.made ? nullptr : knownPixels(step);
    // A sequential image can be read only once, so it is never remembered.
    return step.key.sequential ? nullptr : m_cache.find(step.key);
}

/// A cut whose pixels are there.
BuiltPtr Pipelines::knownPixels(const Step& step) {
    const std::shared_ptr<LazyPixels> pixels = lazyPixels(step.key, "out");
    VipsImageRef image = pixels ? pixels->available() : VipsImageRef();
    const Operation* operation = image ? m_catalog.find(step.node->operation()) : nullptr;
    if (!operation || operation->outputs.size() != 1)
        return nullptr;
    auto built = std::make_shared<Built>();
    built->outputs.push_back({"out", std::move(image), {}});
    return built;
}

BuiltPtr Pipelines::run(const Step& target, Walk& walk, const EvaluationWatch& watch) {
    const StepList steps = stepsTo(target, [&](const Step& step) {
        BuiltPtr built = known(step, walk);
        if (!built)
            return false;
        walk.built[step.key] = std::move(built);
        return true;
    });
    return steps.empty() ? walk.built.at(target.key) : runSteps(steps, walk, watch);
}

BuiltPtr Pipelines::runSteps(const StepList& steps, Walk& walk, const EvaluationWatch& watch) {
    for (const Step& step : steps) {
        for (const NodePtr& input : step.node->inputs())
            ++walk.uses[inputStep(step, input).key];
    }
    BuiltPtr built;
    for (const Step& step : steps) {
        watch.token.check();
        built = buildStep(step, walk, watch);
        if (isCut(step, *built, walk))
            built = walk.isSolid ? solid(step, *built, watch) : cut(step, *built);
        // The steps of a function's recipe are nobody else's, and what was built with functions that went is nobody's.
        if (!walk.isSolid && !walk.outer && !step.key.sequential && walk.revision == m_revision)
            m_cache.insert(step.key, step.node, built);
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

bool Pipelines::isCut(const Step& step, const Built& built, const Walk& walk) {
    if (step.node->operation() == Node::PLANE || (walk.isSolid && step.key == walk.made) || !built.hasImage())
        return false;
    // Within a function's recipe only where that is long: its last step is cut otherwise, which others can find again.
    return built.isNeededWhole || built.length >= (walk.outer ? 2 * STEPS_BETWEEN_CUTS : STEPS_BETWEEN_CUTS);
}

std::shared_ptr<LazyPixels> Pipelines::lazyPixels(const PipelineKey& key, const std::string& output) {
    std::lock_guard lock(m_mutex);
    const auto found = m_lazy.find({key, output});
    return found == m_lazy.end() ? nullptr : found->second.lock();
}

BuiltPtr Pipelines::cut(const Step& step, const Built& built) {
    auto shortened = std::make_shared<Built>(Built{built.outputs, built.axes});
    for (BuiltOutput& output : shortened->outputs) {
        if (!output.image)
            continue;
        std::shared_ptr<LazyPixels> pixels = lazyPixels(step.key, output.name);
        if (!pixels) {
            const std::size_t bytes = VIPS_IMAGE_SIZEOF_IMAGE(output.image.get());
            pixels = std::make_shared<LazyPixels>(
                [this, step, name = output.name](const CancelToken& token) { return makePixels(step, name, token); },
                bytes <= MOST_BYTES_IN_MEMORY ? bytes : 0);
            std::lock_guard lock(m_mutex);
            std::erase_if(m_lazy, [](const auto& entry) { return entry.second.expired(); });
            m_lazy[{step.key, output.name}] = pixels;
        }
        shortened->cuts.push_back(pixels);
        output.image = lazyImage(output.image, std::move(pixels));
    }
    return shortened;
}

BuiltPtr Pipelines::solid(const Step& step, const Built& built, const EvaluationWatch& watch) {
    auto made = std::make_shared<Built>(Built{built.outputs, built.axes});
    for (BuiltOutput& output : made->outputs) {
        if (output.image)
            output.image = materialised(output.image, watch, step.node->operation(), MOST_BYTES_IN_MEMORY);
    }
    return made;
}

VipsImageRef Pipelines::makePixels(const Step& target, const std::string& output, const CancelToken& token) {
    Walk walk;
    walk.isSolid = true;
    walk.made = target.key;
    const EvaluationWatch watch{token, {}};
    const BuiltPtr built = run(target, walk, watch);
    return materialised(built->output(output)->image, watch, target.node->operation(), MOST_BYTES_IN_MEMORY);
}

void Pipelines::prepare(const Built& built, const CancelToken& token) {
    for (const std::shared_ptr<LazyPixels>& pixels : built.cuts)
        pixels->ensure(token);
}

} // namespace tintype
