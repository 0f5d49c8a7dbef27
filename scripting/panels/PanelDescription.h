// What a panel, a page of preferences or a menu of an add-on consists of, as plain data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <string>
#include <vector>

namespace tintype {

/// A value that people set.
struct PanelField {
    ParameterInfo info;
    double step = 0; ///< by how much the arrows of its box change it; 0: as usual
    bool isPath = false;
    bool isFolder = false;
};

/// One thing in a panel.
struct PanelItem {
    enum class Kind { Field, Button, Row, Section, Label, Table, Image, Plot, Progress };
    Kind kind = Kind::Label;
    std::string name;      ///< by which code speaks of it
    std::string title;     ///< what people read; of a label its text
    std::string help;
    std::string operation; ///< of a button that chooses one, as the menu does; empty for one that calls Python
    std::string shortcut;  ///< of an entry of a menu: "Ctrl+Alt+D", modifiers in this order: Meta, Ctrl, Alt, Shift
    bool isOpen = true;    ///< of a section
    std::vector<PanelItem> items; ///< of a row and of a section
};

/// Where people find it. A menu, and a shortcut that stands in none, consist of buttons; Label stands for a line between them.
enum class PanelPlace { Left, Right, Bottom, Preferences, Menu, Shortcut };

struct PanelDescription {
    std::string id;
    std::string title; ///< of a menu its path: "Image/Clean up"
    std::string help;
    PanelPlace place = PanelPlace::Right;
    std::vector<PanelField> fields;
    std::vector<PanelItem> items;

    bool isDock() const { return place < PanelPlace::Preferences; }
    /// Null when there is none of that name.
    const PanelField* field(const std::string& name) const {
        for (const PanelField& each : fields)
            if (each.info.name == name)
                return &each;
        return nullptr;
    }
};

} // namespace tintype
