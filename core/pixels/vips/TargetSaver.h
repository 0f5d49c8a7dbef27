// Encodes an image into a sink of bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/ByteSink.h"
#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

#include <exception>
#include <memory>
#include <string>

namespace tintype {

/// Problem: libvips' custom targets call C functions on whatever thread writes, exceptions must not cross it, and a few formats
/// go back to what they have written, or know only files and memory. Those are encoded into memory first where the sink cannot
/// go back. Lives on the thread that encodes.
class TargetSaver {
public:
    /// Throws ParameterError for a suffix or a saver that does not exist. `content` says what is written, for messages.
    TargetSaver(const Encoding& encoding, ByteSink& sink, std::string content);
    TargetSaver(const TargetSaver&) = delete;

    void write(const VipsImageRef& image, const EvaluationWatch& watch);
    /// What is in the sink cannot be taken back.
    bool canBeginAgain() const { return !m_hasWritten; }
    /// Tells the sink that all has been written.
    void finish() { m_sink.end(); }

private:
    struct Calls;
    void findSaver();
    void writeThrough(const VipsImageRef& image, const EvaluationWatch& watch);
    void writeToMemory(const VipsImageRef& image, const EvaluationWatch& watch);
    /// Runs the saver on a watched copy; `prepare` gives it its target, `collect` takes what it made.
    void run(const VipsImageRef& image, const EvaluationWatch& watch, const std::function<void(VipsOperation*)>& prepare,
             const std::function<void(VipsOperation*)>& collect);
    void give(const void* data, std::size_t size);

    const Encoding m_encoding;
    ByteSink& m_sink;
    const std::string m_content;
    std::string m_saver;         ///< libvips' name of the operation
    bool m_takesTarget = false;  ///< it writes to a target; into a blob otherwise
    bool m_hasWritten = false;
    std::exception_ptr m_thrown; ///< by the sink
};

} // namespace tintype
