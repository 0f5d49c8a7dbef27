// Colour maps: which colour stands for which value, those that Tintype brings and those that add-ons bring.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace tintype {

using Colour = std::array<std::uint8_t, 3>; ///< red, green, blue
using Colours = std::vector<Colour>;

struct ColourMap {
    std::string name;  ///< what code says
    std::string title; ///< what people read
    std::string origin; ///< who has added it: "the add-on Bones"; empty for Tintype's own
    Colours colours;    ///< from the lowest value to the highest, evenly apart; two at least
    const void* owner = nullptr; ///< who may put another one in its place; compared only
    std::shared_ptr<void> entry{}; ///< kept as long as the map is

    /// "bone #000000 #545474 #ffffff": what a recipe keeps of one that was added, so that it needs nobody who brings it.
    std::string written() const;
};

using ColourMapPtr = std::shared_ptr<const ColourMap>;

/// Problem: the operation colour_map takes a name, add-ons come and go, and a recipe must stay what it was. So the name of one that
/// was added is resolved, when a step is made, to the text that has its colours as well. Any thread may do anything.
class ColourMaps {
public:
    static constexpr std::size_t MOST_COLOURS = 4096;

    /// `changed` is called after one came or went, on the thread that changed them.
    explicit ColourMaps(std::function<void()> changed) : m_changed(std::move(changed)) {}

    /// Takes the place of one of the same name and owner. Throws ParameterError, which names the map and what is wrong.
    ColourMapPtr add(ColourMap map);
    /// False when it was not there any more.
    bool remove(const ColourMap& map);

    /// Null when there is none of that name.
    ColourMapPtr find(const std::string& name) const;
    /// Tintype's own in their order, then the others by their names.
    std::vector<ColourMapPtr> all() const;

    /// What a step keeps for a text that somebody gave: the name of one of Tintype's own, or a text with colours. Empty for what is
    /// neither a name that is known nor such a text.
    std::string resolved(const std::string& text) const;

    /// Of such a text: its name, which may be empty, and its colours, empty where it is none.
    static std::string nameOf(const std::string& text);
    static Colours coloursOf(const std::string& text);

private:
    const std::function<void()> m_changed;
    mutable std::shared_mutex m_mutex;
    std::map<std::string, ColourMapPtr> m_added;
};

/// Tintype's own.
const std::vector<ColourMapPtr>& builtInColourMaps();

/// The engineType of the parameters that colour maps are chosen by.
inline constexpr const char* COLOUR_MAP_TYPE = "TtColourMap";

} // namespace tintype
