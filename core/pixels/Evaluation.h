// Turns nodes into pixels and numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/measure/ObjectTable.h"
#include "core/operations/OperationCatalog.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/Image.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

class ByteSink;

/// One direction in which an image has several planes: pages, z, time, channels.
struct Axis {
    std::string name;
    int size = 1;
    std::vector<std::string> labels; ///< empty, or one a plane
};

struct ImageInfo {
    ImageShape shape; ///< of one plane
    std::vector<Axis> axes; ///< empty when there is one plane only
    double xres = 1; ///< pixels a millimetre; 1 when unknown
    double yres = 1;
    int planeCount() const;
};

struct PixelRect {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PixelRect&) const = default;
};

/// How pixels are asked for.
struct EvaluationOptions {
    int plane = 0;           ///< counted through all axes, the last one quickest
    bool tolerant = false;   ///< show what decodes of a damaged file, instead of failing
    bool sequential = false; ///< one pass from top to bottom, for saving; the same pixels with less memory
    bool onDisk = false;     ///< all pixels go to a temporary file, which is mapped
};

/// How a picture is encoded.
struct Encoding {
    std::string suffix;   ///< ".png"; may be empty when there is a saver
    std::string saver;    ///< libvips' name of it, such as "pngsave_target"; empty: found by the suffix
    Parameters options{}; ///< the saver's
};

/// What a long evaluation reports to and is stopped by.
struct EvaluationWatch {
    CancelToken token;
    std::function<void(double fraction)> progress; ///< called on the evaluating thread
};

/// Reads rectangles of one image; belongs to the thread that uses it, one after the other.
class RegionReader {
public:
    virtual ~RegionReader() = default;
    virtual const ImageShape& shape() const = 0;
    /// Copies the rectangle, which must lie inside, to `target` with rows `stride` bytes apart. Throws OperationError.
    virtual void read(const PixelRect& rect, void* target, std::size_t stride) = 0;
};

/// Problem: nodes hold no pixels, libvips images hold no recipe, and both can be long chains. Evaluation builds the libvips
/// pipeline of a node, remembers it (the most recently used ones), and materialises every few hundred steps, so that no
/// chain overflows the stack. All members may be called on any thread, at the same time, without the GIL, and may block for
/// as long as pixels take; never call them on the GUI thread.
class Evaluation {
public:
    explicit Evaluation(const OperationCatalog& catalog);
    ~Evaluation();
    Evaluation(const Evaluation&) = delete;

    const OperationCatalog& catalog() const { return m_catalog; }

    /// Opens the file's header and makes the source node: absolute path, size, time, loader options. `options` are loader
    /// options (page, fail_on, shrink, …); allPlanes makes every page a plane. Throws FileError with the reason. The token ends
    /// the wait for add-ons that are still being loaded, where nobody knows the file otherwise.
    NodePtr openFile(const std::string& path, const Parameters& options = {}, bool allPlanes = false,
                     const CancelToken& token = {}) const;
    /// Reads the file of an added format (addedFormatOf), so that what its function refuses is refused now; it may take long.
    /// Nothing for other nodes.
    void readAdded(const NodePtr& file, const EvaluationWatch& watch = {}) const;

    /// The same for an encoded picture in memory; `name` is what messages and recipes call it. Loader options may be given a
    /// "loader" too, libvips' name of one, where the content does not tell.
    NodePtr openEncoded(BytesPtr data, const std::string& name, const Parameters& options = {}, bool allPlanes = false) const;

    /// Makes the node and builds its pipeline, so that what the engine refuses is refused now. Throws ParameterError or
    /// OperationError.
    /// Operations that return values compute them now.
    NodePtr apply(const Operation& operation, Parameters given, const EvaluationWatch& watch = {}) const;

    /// Computes the values that the recipe finds on the picture, if its shape needs them: it may take long as well.
    ImageInfo info(const Image& image, const EvaluationOptions& options = {}, const EvaluationWatch& watch = {}) const;
    /// A number, a list, or a text that an operation found; computed once and remembered.
    Value value(const NodeOutput& output, const EvaluationWatch& watch = {}, int plane = 0) const;

    /// All pixels, or those of the rectangle. Pixels that stand in memory already are not copied: the buffer is shared.
    std::shared_ptr<const PixelBuffer> pixels(const Image& image, const EvaluationWatch& watch = {},
                                              const EvaluationOptions& options = {}) const;
    std::shared_ptr<const PixelBuffer> pixels(const Image& image, const PixelRect& rect, const EvaluationWatch& watch = {},
                                              const EvaluationOptions& options = {}) const;
    /// The pixels as the screen shows them: 4 bytes a pixel, blue green red alpha in memory (QImage's RGB32 order), alpha
    /// blended on a checkerboard, shrunk by 2^level, the size rounded up. The range of formats other than uchar is stretched
    /// to what is there. The watch's token also ends a read that is under way: it throws Cancelled, as does every later one.
    std::unique_ptr<RegionReader> displayReader(const Image& image, int level, const EvaluationOptions& options = {},
                                                const EvaluationWatch& watch = {}) const;
    /// All of those pixels in one pass from top to bottom, on all cores; `sequential` sources are read once. `strip` gets
    /// them as they become ready: in order, one call at a time, on a thread of the engine's.
    using DisplayStrip = std::function<void(const PixelRect& rect, const void* pixels, std::size_t stride)>;
    void displayPass(const Image& image, int level, const DisplayStrip& strip, const EvaluationOptions& options = {},
                     const EvaluationWatch& watch = {}) const;

    /// Measures every object of an image of labels, and the intensity of another one there, which may be empty; in one pass
    /// over tiles, on all cores, with memory for the objects only. Throws ParameterError for labels that are no labels.
    ObjectTable measureObjects(const Image& labels, const Image& intensity, const EvaluationWatch& watch = {}) const;

    /// Writes the file whole or not at all. `options` are saver options. Throws FileError.
    void writeToFile(const Image& image, const std::string& path, const Parameters& options = {},
                     const EvaluationWatch& watch = {}) const;

    /// Encodes the image into the sink. Throws ParameterError for a suffix without a format, FileError with the reason, and what
    /// the sink threw.
    void encode(const Image& image, const Encoding& encoding, ByteSink& sink, const EvaluationWatch& watch = {}) const;

    /// A metadata field: a number, a text, bytes or a list. Throws NotFound, which lists the fields.
    Value metadata(const Image& image, const std::string& field) const;
    std::vector<std::string> metadataFields(const Image& image) const;
    /// GLib's name of the field's type, "gint" for one; empty when there is no such field.
    std::string metadataType(const Image& image, const std::string& field) const;

    /// Forgets what was remembered; images in use stay.
    void dropCaches() const;

private:
    class Implementation;
    const OperationCatalog& m_catalog;
    std::unique_ptr<Implementation> m_implementation;
};

/// The values of one of libvips' enumerations, such as "VipsAccess"; empty when there is none of that name.
std::vector<std::string> enumerationValues(const std::string& name);

} // namespace tintype
