// The formats of picture files: those that Tintype has itself, and those that functions from outside core read and write.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/operations/OperationFunction.h"
#include "core/recipe/Node.h"

#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace tintype {

/// One way of a format, to open or to save: a function, and what may be said to it.
struct FormatFunction {
    /// The options are its inputs; they are checked as those of an operation.
    Operation options;
    /// Null where the format has no such way. Opening gets FILENAME and the options, and gives the planes (an image, or a list of
    /// them), the name of their axis, and a list of their labels, which may be empty. Saving gets IMAGE, FILENAME and the options.
    OperationFunctionPtr function;

    static constexpr const char* FILENAME = "filename";
    static constexpr const char* SHOWN = "shown"; ///< the file's name as people know it, for messages; beside FILENAME
    static constexpr const char* IMAGE = "image";
};

/// A format that was added; never changes.
struct AddedFormat {
    std::string id;     ///< what code says: loader="npy"
    std::string title;  ///< what people read: "NumPy array"
    std::string origin; ///< who has added it: "the add-on Arrays"
    std::vector<std::string> suffixes; ///< without the dot, in small letters
    std::vector<std::string> beginnings; ///< the bytes with which its files begin; may be empty
    FormatFunction load{};
    FormatFunction save{};

    /// "the format NumPy array (npy) of the add-on Arrays".
    std::string called() const;
};

using AddedFormatPtr = std::shared_ptr<const AddedFormat>;

/// The one place where the rest of Tintype learns which files it can open and save. Any thread may do anything.
class FileFormats {
public:
    /// `changed` is called after formats came or went, on the thread that changed them.
    explicit FileFormats(std::function<void()> changed) : m_changed(std::move(changed)) {}

    /// Takes the place of one of the same id and owner. Throws ParameterError, which names the format, what is wrong, and who has the
    /// id or the suffix already.
    AddedFormatPtr add(AddedFormat format);
    /// False when it was not there any more.
    bool remove(const AddedFormat& format);

    /// Null when there is none of that id.
    AddedFormatPtr find(const std::string& id) const;
    /// The one that says that it opens this file: by the file's suffix, or else by its first bytes. Null when there is none.
    AddedFormatPtr forOpening(const std::string& path) const;
    AddedFormatPtr forSaving(const std::string& path) const;
    std::vector<AddedFormatPtr> all() const;

    /// Endings of file names without the dot, sorted, each once: {"png", "tif", …}.
    std::vector<std::string> loadableSuffixes() const;
    std::vector<std::string> savableSuffixes() const;
    /// Whether the file's name ends in one of those.
    bool canSave(const std::string& path) const;

    /// Waits for those who bring formats but may not have come to it yet, as add-ons that are still being loaded.
    using Bringer = std::function<void(const CancelToken& token)>;
    void setBringer(Bringer bringer);
    bool hasBringer() const;
    /// False where there is nobody to wait for.
    bool waitForMore(const CancelToken& token) const;
    /// f(), and once more after the wait where that gave null.
    template <typename F>
    AddedFormatPtr orBrought(const CancelToken& token, F&& f) const {
        AddedFormatPtr found = f();
        return found || !waitForMore(token) ? found : f();
    }

private:
    void check(const AddedFormat& format) const;
    AddedFormatPtr bySuffix(const std::string& path, FormatFunction AddedFormat::*way) const;

    const std::function<void()> m_changed;
    mutable std::shared_mutex m_mutex;
    std::map<std::string, AddedFormatPtr> m_byId;
    Bringer m_bringer;
};

/// The endings of Tintype's own formats, likewise.
std::vector<std::string> builtInLoadSuffixes();
std::vector<std::string> builtInSaveSuffixes();
/// Whether Tintype itself has a loader or a saver of that name, such as "jpegload".
bool isBuiltInLoaderOrSaver(const std::string& name);

/// In the parameters of a file node: who brings the format that its loader names, for the message when that is off.
inline constexpr const char* BROUGHT_BY = "brought_by";
/// The id of the added format that reads a file node; empty for files that Tintype reads itself, and for other nodes.
std::string addedFormatOf(const Node& node);

} // namespace tintype
