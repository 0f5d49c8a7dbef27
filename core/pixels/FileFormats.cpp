// The formats of picture files: those that Tintype has itself, and those that functions from outside core read and write.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/FileFormats.h"

#include "core/Error.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <mutex>

namespace tintype {

namespace {

/// More bytes at a file's beginning are not looked at.
constexpr std::size_t MOST_BEGINNING = 4096;

[[noreturn]] void refuse(const AddedFormat& format, const std::string& reason) {
    throw Error(ErrorCode::Parameter, "file format '" + format.id + "': " + reason);
}

bool matches(const std::string& text, const char* pattern) {
    return QRegularExpression(QString::fromLatin1(pattern)).match(QString::fromStdString(text)).hasMatch();
}

bool endsIn(const std::string& path, const std::string& suffix) {
    const std::string name = QString::fromStdString(path).toLower().toStdString();
    return name.ends_with("." + suffix);
}

bool isOf(const std::string& suffix, const std::vector<std::string>& suffixes) {
    return std::ranges::any_of(suffixes, [&](const std::string& other) { return suffix == other || suffix.ends_with("." + other); });
}

std::string beginningOf(const std::string& path) {
    // Whoever reads from a pipe takes it from those who come after.
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored))
        return {};
    std::string bytes(MOST_BEGINNING, '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), std::streamsize(bytes.size()));
    bytes.resize(std::size_t(std::max<std::streamsize>(0, file.gcount())));
    return bytes;
}

void checkFormat(const AddedFormat& format) {
    if (!matches(format.id, "^[a-z][a-z0-9_]*\\z"))
        refuse(format, "its id must be of small letters, digits and _, such as npy");
    if (isBuiltInLoaderOrSaver(format.id))
        refuse(format, "Tintype has a loader or a saver of that name itself");
    if (format.title.empty())
        refuse(format, "it has no title");
    if (!format.load.function && !format.save.function)
        refuse(format, "it needs a function that loads or one that saves");
    if (format.suffixes.empty())
        refuse(format, "it needs a suffix at least, such as .npy");
    for (const std::string& suffix : format.suffixes) {
        if (!matches(suffix, "^[^\\s./\\\\*?\\[\\]{}]+(\\.[^\\s./\\\\*?\\[\\]{}]+)*\\z"))
            refuse(format, "'." + suffix + "' is no suffix of file names; it must be a dot with letters or digits, such as .npy");
        if (suffix == "py" || suffix == "tint")
            refuse(format, "the suffix ." + suffix + " is that of Tintype's own scripts or projects");
    }
    for (const std::string& bytes : format.beginnings)
        if (bytes.empty() || bytes.size() > MOST_BEGINNING)
            refuse(format, "what its files begin with must be 1 to " + std::to_string(MOST_BEGINNING) + " bytes, not " +
                               std::to_string(bytes.size()));
}

std::vector<std::string> sorted(std::vector<std::string> suffixes) {
    std::ranges::sort(suffixes);
    const auto twice = std::ranges::unique(suffixes);
    suffixes.erase(twice.begin(), twice.end());
    return suffixes;
}

const void* ownerOf(const AddedFormat& format) {
    return (format.load.function ? format.load.function : format.save.function)->owner();
}

} // namespace

std::string addedFormatOf(const Node& node) {
    const Value* const loader = node.operation() == Node::FILE ? node.parameter("loader") : nullptr;
    const auto* const name = loader ? loader->as<std::string>() : nullptr;
    return name && !isBuiltInLoaderOrSaver(*name) ? *name : std::string();
}

std::string AddedFormat::called() const {
    return "the format " + title + " (" + id + ")" + (origin.empty() ? "" : " of " + origin);
}

void FileFormats::check(const AddedFormat& format) const {
    const auto known = m_byId.find(format.id);
    if (known != m_byId.end() && (!ownerOf(format) || ownerOf(*known->second) != ownerOf(format)))
        refuse(format, format.origin + " brings it, but there is one of that id already, of " + known->second->origin);
    for (const std::string& suffix : format.suffixes) {
        if (isOf(suffix, builtInLoadSuffixes()) || isOf(suffix, builtInSaveSuffixes()))
            refuse(format, "files that end in ." + suffix + " are opened or saved by Tintype itself");
        for (const auto& [id, other] : m_byId)
            if (id != format.id && std::ranges::count(other->suffixes, suffix) > 0)
                refuse(format, "the suffix ." + suffix + " is taken by " + other->called());
    }
}

AddedFormatPtr FileFormats::add(AddedFormat format) {
    checkFormat(format);
    auto added = std::make_shared<const AddedFormat>(std::move(format));
    AddedFormatPtr replaced;
    {
        const std::unique_lock lock(m_mutex);
        check(*added);
        AddedFormatPtr& place = m_byId[added->id];
        replaced = std::exchange(place, added);
    }
    m_changed();
    return added;
}

bool FileFormats::remove(const AddedFormat& format) {
    AddedFormatPtr removed;
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_byId.find(format.id);
        if (found == m_byId.end() || found->second.get() != &format)
            return false;
        removed = std::move(found->second);
        m_byId.erase(found);
    }
    m_changed();
    return true;
}

AddedFormatPtr FileFormats::find(const std::string& id) const {
    const std::shared_lock lock(m_mutex);
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

AddedFormatPtr FileFormats::bySuffix(const std::string& path, FormatFunction AddedFormat::*way) const {
    AddedFormatPtr found;
    std::size_t longest = 0;
    for (const AddedFormatPtr& format : all()) {
        for (const std::string& suffix : format->suffixes) {
            if (!((*format).*way).function || suffix.size() <= longest || !endsIn(path, suffix))
                continue;
            found = format;
            longest = suffix.size();
        }
    }
    return found;
}

AddedFormatPtr FileFormats::forOpening(const std::string& path) const {
    if (AddedFormatPtr found = bySuffix(path, &AddedFormat::load))
        return found;
    std::vector<AddedFormatPtr> formats = all();
    std::erase_if(formats, [](const AddedFormatPtr& format) { return !format->load.function || format->beginnings.empty(); });
    if (formats.empty())
        return nullptr;
    const std::string beginning = beginningOf(path);
    for (const AddedFormatPtr& format : formats)
        if (std::ranges::any_of(format->beginnings, [&](const std::string& bytes) { return beginning.starts_with(bytes); }))
            return format;
    return nullptr;
}

AddedFormatPtr FileFormats::forSaving(const std::string& path) const {
    return bySuffix(path, &AddedFormat::save);
}

std::vector<AddedFormatPtr> FileFormats::all() const {
    const std::shared_lock lock(m_mutex);
    std::vector<AddedFormatPtr> formats;
    for (const auto& [id, format] : m_byId)
        formats.push_back(format);
    return formats;
}

std::vector<std::string> FileFormats::loadableSuffixes() const {
    std::vector<std::string> suffixes = builtInLoadSuffixes();
    for (const AddedFormatPtr& format : all())
        if (format->load.function)
            suffixes.insert(suffixes.end(), format->suffixes.begin(), format->suffixes.end());
    return sorted(std::move(suffixes));
}

std::vector<std::string> FileFormats::savableSuffixes() const {
    std::vector<std::string> suffixes = builtInSaveSuffixes();
    for (const AddedFormatPtr& format : all())
        if (format->save.function)
            suffixes.insert(suffixes.end(), format->suffixes.begin(), format->suffixes.end());
    return sorted(std::move(suffixes));
}

bool FileFormats::canSave(const std::string& path) const {
    return std::ranges::any_of(savableSuffixes(), [&](const std::string& suffix) { return endsIn(path, suffix); });
}

void FileFormats::setBringer(Bringer bringer) {
    const std::unique_lock lock(m_mutex);
    m_bringer.swap(bringer);
}

bool FileFormats::hasBringer() const {
    const std::shared_lock lock(m_mutex);
    return bool(m_bringer);
}

bool FileFormats::waitForMore(const CancelToken& token) const {
    Bringer bringer;
    {
        const std::shared_lock lock(m_mutex);
        bringer = m_bringer;
    }
    if (bringer)
        bringer(token);
    return bool(bringer);
}

} // namespace tintype
