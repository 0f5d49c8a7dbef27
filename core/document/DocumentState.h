// A snapshot of everything that is open: named images, the active one, scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <memory>
#include <string>
#include <vector>

namespace tintype {

struct NamedImage {
    std::string name;
    Image image;
    bool operator==(const NamedImage&) const = default;
};

struct NamedScript {
    std::string name;
    std::string text;
    bool operator==(const NamedScript&) const = default;
};

/// A value; holds names and nodes only, entries are shared between snapshots. The order is the one people see. What
/// cannot be done throws: NotFound for a name that does not exist, a parameter error for one that is empty or taken.
class DocumentState {
public:
    using Images = std::vector<std::shared_ptr<const NamedImage>>;

    const Images& images() const { return m_images; }
    std::vector<std::string> imageNames() const;
    std::size_t imageCount() const { return m_images.size(); }
    bool has(const std::string& name) const;
    /// Empty when there is none of that name.
    Image image(const std::string& name) const;
    /// The first name under which this very output is open; empty when it is not.
    std::string nameOf(const NodeOutput& output) const;
    /// The name of the active image; empty when there is none.
    const std::string& active() const { return m_active; }

    /// Replaces the image of that name where it stands, or appends it; a new name becomes active.
    void setImage(const std::string& name, Image image);
    /// The next image becomes active when the active one goes.
    void removeImage(const std::string& name);
    void renameImage(const std::string& name, const std::string& newName);
    void setActive(const std::string& name);
    /// `name`, or `name_2`, `name_3`, … where that is taken.
    std::string freeName(const std::string& name) const;

    std::vector<NamedScript> scripts() const;
    void setScript(const std::string& name, std::string text);
    void removeScript(const std::string& name);

    bool operator==(const DocumentState& other) const;
    /// Equal but for which image is active: what a file keeps of it is worth no question "Save changes?".
    bool hasSameContent(const DocumentState& other) const;

private:
    std::size_t indexOf(const std::string& name) const;
    std::size_t requireIndexOf(const std::string& name) const;

    Images m_images;
    std::vector<std::shared_ptr<const NamedScript>> m_scripts;
    std::string m_active;
};

} // namespace tintype
