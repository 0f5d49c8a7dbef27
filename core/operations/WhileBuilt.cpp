// Which operations read pixels while they are built, where all others wait until pixels of their result are asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/WhileBuilt.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tintype {

namespace {

/// Engines that read all pixels while they are built, although their result is an image.
constexpr std::array READ_WHILE_BUILT{
    "buildlut", "compass", "conv", "convf", "convi", "convsep", "draw_flood", "draw_image", "draw_mask", "fastcor",
    "fill_nearest", "freqmult", "fwfft", "globalbalance", "hist_cum", "hist_equal", "hist_find",
    "hist_find_indexed", "hist_find_ndim", "hist_norm", "hist_plot", "hough_circle", "hough_line", "invertlut",
    "invfft", "labelregions", "maplut", "match", "matrixinvert", "measure", "merge", "morph", "mosaic", "mosaic1",
    "phasecor", "profile", "project", "quadratic", "recomb", "rot45", "scale", "smartcrop", "spcor", "spectrum",
    "stats", "tt_clear_border", "tt_colour_map", "tt_distance_transform", "tt_fill_holes", "tt_fwfft", "tt_hist_find", "tt_label",
    "tt_remove_small_objects", "tt_split_objects", "tt_stats", "tt_threshold", "tt_watershed"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> NEEDED_WHOLE{{{"tt_canny_edges", "in"},
                                                                                     {"tt_clahe", "in"},
                                                                                     {"tt_find_circles", "in"},
                                                                                     {"tt_find_lines", "in"},
                                                                                     {"tt_find_segments", "in"},
                                                                                     {"tt_find_template", "in"},
                                                                                     {"tt_find_template", "ref"},
                                                                                     {"tt_match_template", "ref"}}};

} // namespace

bool computesWhileBuilt(const Operation& operation) {
    const auto isComputed = [&](const ParameterInfo& input) { return input.modified || isNeededWhole(operation, input); };
    return operation.function || readsWhileBuilt(operation) || std::ranges::any_of(operation.inputs, isComputed);
}

bool readsWhileBuilt(const Operation& operation) {
    return !operation.imageOutput() || std::ranges::find(READ_WHILE_BUILT, operation.engine) != READ_WHILE_BUILT.end();
}

bool readsAllWhileBuilt(const Operation& operation) {
    return readsWhileBuilt(operation) && (!operation.imageOutput() || operation.engine.starts_with("tt_"));
}

bool keepsTiles(const Operation& operation) {
    return operation.engine == "tilecache" || operation.engine == "linecache" || operation.engine == "sequential";
}

bool isNeededWhole(const Operation& operation, const ParameterInfo& input) {
    return std::ranges::find(NEEDED_WHOLE, std::pair<std::string_view, std::string_view>(operation.engine, input.name)) !=
           NEEDED_WHOLE.end();
}

} // namespace tintype
