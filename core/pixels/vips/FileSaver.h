// Writes an image to a file, whole or not at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/ReplacedFiles.h"
#include "core/pixels/vips/VipsRef.h"

#include <string>

namespace tintype {

/// Problem: a save that fails half-way must leave the old file, and a picture may be saved over the very file that it is
/// being read from. So the pixels go to a file beside the target, which takes its place when all is on disk.
class FileSaver {
public:
    /// Throws FileError for a folder, a missing folder, or an ending that names no format.
    /// `content` says what is written, for messages. The token ends the wait for who may bring the format.
    FileSaver(const std::string& path, const Parameters& options, std::string content, ReplacedFiles& replaced,
              const OperationCatalog& catalog, const CancelToken& token);
    /// Removes what an unfinished save left behind.
    ~FileSaver();
    FileSaver(const FileSaver&) = delete;

    /// May be called again after an error, for instance with an image of random access.
    void write(const VipsImageRef& image, const EvaluationWatch& watch);
    static bool canBeginAgain() { return true; }
    /// Whether the format is an added one, whose function writes the file instead.
    bool isForFunction() const { return m_format != nullptr; }
    void writeByFunction(const Image& image, const EvaluationWatch& watch);
    /// Puts the written file in its place.
    void commit();

private:
    [[noreturn]] void refuse(const std::string& reason) const;
    /// libvips' type of the saver: the one that the option "saver" names, which is taken out, or the suffix'. Empty, and
    /// m_format set, for an added format.
    std::string saverFor(const std::string& suffix, const CancelToken& token);
    /// Nobody has heard of the file beside the target.
    std::string withoutPartialName(std::string message) const;

    ReplacedFiles& m_replaced;
    const OperationCatalog& m_catalog;
    std::string m_path;    ///< as the person named it
    std::string m_content;
    std::string m_target;  ///< behind symbolic links
    std::string m_partial;
    std::string m_saver;
    AddedFormatPtr m_format;
    Parameters m_options;
    bool m_makesFolder = false; ///< dzsave: writes many files, directly
};

} // namespace tintype
