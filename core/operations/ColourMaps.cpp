// Colour maps: which colour stands for which value, those that Tintype brings and those that add-ons bring.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/ColourMaps.h"

#include "core/Error.h"
#include "core/operations/ColourMapTables.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>
#include <mutex>
#include <sstream>
#include <string_view>

namespace tintype {

namespace {

constexpr std::size_t DIGITS = 6;

bool isName(const std::string& text) {
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9_]*\\z"));
    return pattern.match(QString::fromStdString(text)).hasMatch();
}

bool readColour(std::string_view digits, Colour& colour) {
    if (digits.size() != DIGITS || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
        return false;
    for (std::size_t i = 0; i < colour.size(); ++i)
        colour[i] = std::uint8_t(std::stoi(std::string(digits.substr(2 * i, 2)), nullptr, 16));
    return true;
}

std::string hexadecimal(const Colour& colour) {
    constexpr const char* SIGNS = "0123456789abcdef";
    std::string text = "#";
    for (const std::uint8_t part : colour) {
        text += SIGNS[part >> 4];
        text += SIGNS[part & 15];
    }
    return text;
}

ColourMapPtr fromTable(const ColourMapTable& table) {
    ColourMap map{table.name, table.title, {}, {}};
    const std::string_view digits = table.colours;
    for (std::size_t at = 0; at < digits.size(); at += DIGITS)
        readColour(digits.substr(at, DIGITS), map.colours.emplace_back());
    return std::make_shared<const ColourMap>(std::move(map));
}

/// Grey, but blue where nothing is and red where nothing more would fit: shows what a camera has cut off.
ColourMapPtr hiLo() {
    ColourMap map{"hilo", "HiLo (lowest blue, highest red)", {}, {}};
    for (int level = 0; level < 256; ++level)
        map.colours.push_back({std::uint8_t(level), std::uint8_t(level), std::uint8_t(level)});
    map.colours.front() = {0, 0, 255};
    map.colours.back() = {255, 0, 0};
    return std::make_shared<const ColourMap>(std::move(map));
}

ColourMapPtr ownOf(const std::string& name) {
    const std::vector<ColourMapPtr>& own = builtInColourMaps();
    const auto found = std::ranges::find_if(own, [&](const ColourMapPtr& map) { return map->name == name; });
    return found == own.end() ? nullptr : *found;
}

[[noreturn]] void refuse(const ColourMap& map, const std::string& reason) {
    throw Error(ErrorCode::Parameter, "colour map '" + map.name + "': " + reason);
}

} // namespace

const std::vector<ColourMapPtr>& builtInColourMaps() {
    static const std::vector<ColourMapPtr> maps = [] {
        std::vector<ColourMapPtr> made;
        for (const ColourMapTable& table : COLOUR_MAP_TABLES)
            made.push_back(fromTable(table));
        made.push_back(hiLo());
        return made;
    }();
    return maps;
}

std::string ColourMap::written() const {
    std::string text = name;
    for (const Colour& colour : colours)
        text += (text.empty() ? "" : " ") + hexadecimal(colour);
    return text;
}

ColourMapPtr ColourMaps::add(ColourMap map) {
    if (!isName(map.name))
        refuse(map, "its name must be of small letters, digits and _, such as bone");
    if (map.title.empty())
        refuse(map, "it has no title");
    if (ownOf(map.name))
        refuse(map, "Tintype has one of that name itself");
    if (map.colours.size() < 2 || map.colours.size() > MOST_COLOURS)
        refuse(map, "it must have 2 to " + std::to_string(MOST_COLOURS) + " colours, not " + std::to_string(map.colours.size()));
    const auto added = std::make_shared<const ColourMap>(std::move(map));
    ColourMapPtr replaced;
    {
        const std::unique_lock lock(m_mutex);
        const auto known = m_added.find(added->name);
        if (known != m_added.end() && (!added->owner || known->second->owner != added->owner))
            refuse(*added, added->origin + " brings it, but there is one of that name already, of " + known->second->origin);
        replaced = std::exchange(m_added[added->name], added);
    }
    m_changed();
    return added;
}

bool ColourMaps::remove(const ColourMap& map) {
    ColourMapPtr removed;
    {
        const std::unique_lock lock(m_mutex);
        const auto found = m_added.find(map.name);
        if (found == m_added.end() || found->second.get() != &map)
            return false;
        removed = std::move(found->second);
        m_added.erase(found);
    }
    m_changed();
    return true;
}

ColourMapPtr ColourMaps::find(const std::string& name) const {
    if (ColourMapPtr own = ownOf(name))
        return own;
    const std::shared_lock lock(m_mutex);
    const auto found = m_added.find(name);
    return found == m_added.end() ? nullptr : found->second;
}

std::vector<ColourMapPtr> ColourMaps::all() const {
    std::vector<ColourMapPtr> maps = builtInColourMaps();
    const std::shared_lock lock(m_mutex);
    for (const auto& [name, map] : m_added)
        maps.push_back(map);
    return maps;
}

std::string ColourMaps::resolved(const std::string& text) const {
    if (const ColourMapPtr map = find(text))
        return map->origin.empty() ? map->name : map->written();
    return text.find('#') != std::string::npos && !coloursOf(text).empty() ? text : std::string();
}

std::string ColourMaps::nameOf(const std::string& text) {
    const std::string first = text.substr(0, text.find(' '));
    return first.starts_with('#') ? std::string() : first;
}

Colours ColourMaps::coloursOf(const std::string& text) {
    if (const ColourMapPtr own = ownOf(text))
        return own->colours;
    std::istringstream words(text);
    std::string word;
    Colours colours;
    for (bool isFirst = true; words >> word; isFirst = false) {
        Colour colour{};
        if (word.starts_with('#') && colours.size() < MOST_COLOURS && readColour(std::string_view(word).substr(1), colour))
            colours.push_back(colour);
        else if (!isFirst || !isName(word))
            return {};
    }
    return colours.size() < 2 ? Colours() : colours;
}

} // namespace tintype
