// Builds the libvips pipelines of nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"
#include "core/pixels/vips/LazyImage.h"
#include "core/pixels/vips/PipelineCache.h"
#include "core/pixels/vips/ReplacedFiles.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace tintype {

struct PipelineOptions {
    int plane = 0;
    bool tolerant = false;
    bool sequential = false;
};

/// Walks recipes iteratively, inputs first. Every STEPS_BETWEEN_CUTS steps the image becomes a LazyPixels, so that neither
/// libvips' recursion nor the memory for pipelines grows with the length of the recipe. Any thread; no lock is held while
/// libvips works.
class Pipelines {
public:
    static constexpr unsigned STEPS_BETWEEN_CUTS = 256;
    /// Cuts larger than this go to a temporary file.
    static constexpr std::size_t MOST_BYTES_IN_MEMORY = std::size_t(1) << 30;

    Pipelines(const OperationCatalog& catalog, ReplacedFiles& replaced);

    /// Values are computed here and now; images stay lazy.
    BuiltPtr build(const NodePtr& node, const PipelineOptions& options, const EvaluationWatch& watch);
    /// Makes the pixels of the cuts that the node stands on, so that evaluating it need not; can be stopped.
    void prepare(const NodePtr& node, const PipelineOptions& options, const CancelToken& token);
    void clear() { m_cache.clear(); }

private:
    struct Step {
        NodePtr node;
        PipelineKey key;
    };
    using StepList = std::vector<Step>;
    using Pruned = std::function<bool(const Step&)>;
    struct Walk;

    static Step inputStep(const Step& step, const NodePtr& input);
    static bool isCut(const Node& node);
    /// The steps that lead to the target, inputs first; behind a pruned step nothing is looked at.
    static StepList stepsTo(const Step& target, const Pruned& pruned);
    BuiltPtr runSteps(const StepList& steps, Walk& walk, const std::function<BuiltPtr(const Step&)>& make);
    BuiltPtr buildStep(const Step& step, Walk& walk, const EvaluationWatch& watch);
    static BuiltPtr buildTileMap(const Step& step, Walk& walk);
    BuiltPtr buildOperation(const Step& step, Walk& walk, const EvaluationWatch& watch);
    BuiltPtr cut(const Step& step, const BuiltPtr& built);
    VipsImageRef makePixels(const Step& step, const std::string& output, const CancelToken& token);
    std::shared_ptr<LazyPixels> lazyPixels(const PipelineKey& key, const std::string& output);

    const OperationCatalog& m_catalog;
    ReplacedFiles& m_replaced;
    PipelineCache m_cache;
    std::mutex m_mutex;
    std::map<std::pair<PipelineKey, std::string>, std::weak_ptr<LazyPixels>> m_lazy;
};

} // namespace tintype
