// Builds one libvips operation from a catalogue entry and values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/pixels/vips/Built.h"
#include "core/pixels/vips/PixelSink.h"

#include <deque>
#include <functional>

namespace tintype {

/// Problem: libvips operations are GObjects with typed properties; recipes hold plain values. The builder sets only what
/// differs from the engine's own default, makes constant images of numbers and matrices of lists of rows, computes in
/// float and rounds back where the catalogue asks for it, lets drawing operations work on a copy, and reads every output.
/// One use, one thread. No lock is held while libvips builds, since some operations evaluate pixels then; those report
/// to the watch and are stopped by it.
class OperationBuilder {
public:
    /// Gives the built output behind a link; throws what building it throws.
    using Resolve = std::function<BuiltOutput(const NodeOutput&)>;

    OperationBuilder(const Operation& operation, const Parameters& parameters, Resolve resolve,
                     const EvaluationWatch& watch);
    ~OperationBuilder();
    OperationBuilder(const OperationBuilder&) = delete;

    /// Throws OperationError with libvips' reason, or Cancelled.
    std::vector<BuiltOutput> build();

private:
    void set(const ParameterInfo& info, const Value& value);
    void setProperty(const ParameterInfo& info, const Value& value, GValue& target);
    VipsImageRef imageFor(const ParameterInfo& info, const Value& value);
    VipsImageRef constantImage(const std::vector<double>& values) const;
    VipsImageRef matrixImage(const ParameterInfo& info, const List& rows) const;
    VipsImageRef prepared(const ParameterInfo& info, VipsImageRef image);
    void findImages();
    /// True when libvips could not.
    bool buildEngine();
    BuiltOutput read(const ParameterInfo& info);
    VipsImageRef roundedBack(VipsImageRef image) const;
    /// In the format that the user expects, and computed in the quickest way.
    VipsImageRef finished(VipsImageRef image) const;
    Value resolvedValue(const Value& value) const;
    std::vector<double> numbersOf(const ParameterInfo& info, const Value& value) const;
    [[noreturn]] void fail() const;

    const Operation& m_operation;
    const Parameters& m_parameters;
    Resolve m_resolve;
    const EvaluationWatch& m_watch;
    VipsRef<VipsOperation> m_vips;
    VipsImageRef m_first; ///< the first image input, whose format the result keeps
    /// The last image input, whose size and format constants take: in `cond.ifthenelse(image, 300)` those of `image`.
    VipsImageRef m_last;
    bool m_roundBack = false;
    VipsBandFormat m_roundTo = VIPS_FORMAT_UCHAR;
    std::deque<WatchedImage> m_watched; ///< the inputs that are read while the operation is built
};

} // namespace tintype
