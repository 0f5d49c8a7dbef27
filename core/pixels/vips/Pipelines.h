// Builds the libvips pipelines of nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"
#include "core/pixels/vips/FunctionResults.h"
#include "core/pixels/vips/LazyImage.h"
#include "core/pixels/vips/PipelineCache.h"
#include "core/pixels/vips/ReplacedFiles.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

struct PipelineOptions {
    int plane = 0;
    bool tolerant = false;
    bool sequential = false;
};

/// Walks recipes iteratively, inputs first. Every STEPS_BETWEEN_CUTS steps the image becomes a LazyPixels, so that neither
/// libvips' recursion nor the memory for pipelines grows with the length of the recipe. What counts are the steps that libvips
/// goes through, since a step whose operation is a function may become any number of them: the function gives a recipe, which
/// is built in its place. Any thread; no lock is held while libvips or a function works.
class Pipelines {
public:
    static constexpr unsigned STEPS_BETWEEN_CUTS = 256;
    /// Cuts larger than this go to a temporary file.
    static constexpr std::size_t MOST_BYTES_IN_MEMORY = std::size_t(1) << 30;

    Pipelines(const OperationCatalog& catalog, ReplacedFiles& replaced);

    /// Values are computed here and now; images stay lazy.
    BuiltPtr build(const NodePtr& node, const PipelineOptions& options, const EvaluationWatch& watch);
    /// Makes the pixels of the cuts that the images stand on, so that evaluating them need not; can be stopped.
    static void prepare(const Built& built, const CancelToken& token);
    void clear();

private:
    struct Step {
        NodePtr node;
        PipelineKey key;
    };
    using StepList = std::vector<Step>;
    using Pruned = std::function<bool(const Step&)>;
    struct Walk;

    static Step inputStep(const Step& step, const NodePtr& input);
    /// The steps that lead to the target, inputs first; behind a pruned step nothing is looked at.
    static StepList stepsTo(const Step& target, const Pruned& pruned);
    BuiltPtr run(const Step& target, Walk& walk, const EvaluationWatch& watch);
    BuiltPtr runSteps(const StepList& steps, Walk& walk, const EvaluationWatch& watch);
    BuiltPtr known(const Step& step, const Walk& walk);
    BuiltPtr knownPixels(const Step& step);
    /// Forgets what was built with operations that have come or gone since.
    void followCatalog();

    BuiltPtr buildStep(const Step& step, Walk& walk, const EvaluationWatch& watch);
    static BuiltPtr buildTileMap(const Step& step, const Walk& walk);
    BuiltPtr buildOperation(const Step& step, const Walk& walk, const EvaluationWatch& watch);
    BuiltPtr buildFunction(const Step& step, const Operation& operation, const Walk& walk, const EvaluationWatch& watch);
    BuiltPtr buildAddedFile(const Step& step, const Walk& walk, const EvaluationWatch& watch);
    /// The recipe that a function gave, in the place of the step of the walk.
    BuiltPtr runGiven(const NodeOutput& given, PipelineKey key, const Walk& walk, const EvaluationWatch& watch);
    FunctionResults::Values fileResults(const Step& step, const AddedFormat& format, const EvaluationWatch& watch);
    FunctionResults::Values functionResults(const Step& step, const Operation& operation, const Walk& walk,
                                            const EvaluationWatch& watch);
    /// What a function is given: numbers for links, one plane for an image with several.
    Parameters givenTo(const Operation& operation, const Step& step, const Walk& walk) const;

    static bool isCut(const Step& step, const Built& built, const Walk& walk);
    BuiltPtr cut(const Step& step, const Built& built);
    static BuiltPtr solid(const Step& step, const Built& built, const EvaluationWatch& watch);
    VipsImageRef makePixels(const Step& step, const std::string& output, const CancelToken& token);
    std::shared_ptr<LazyPixels> lazyPixels(const PipelineKey& key, const std::string& output);

    const OperationCatalog& m_catalog;
    ReplacedFiles& m_replaced;
    PipelineCache m_cache;
    FunctionResults m_results;
    std::atomic<std::uint64_t> m_revision = 0; ///< of the catalogue
    std::mutex m_mutex;
    std::map<std::pair<PipelineKey, std::string>, std::weak_ptr<LazyPixels>> m_lazy;
};

} // namespace tintype
