// A snapshot of everything that is open: named images, the active one, scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/DocumentState.h"

#include "core/Error.h"

#include <algorithm>
#include <utility>

namespace tintype {

namespace {

constexpr std::size_t MOST_NAMES_IN_A_MESSAGE = 10;

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

template <typename Entries>
auto findNamed(Entries& entries, const std::string& name) {
    return std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry->name == name; });
}

template <typename Entry>
bool equalEntries(const std::vector<std::shared_ptr<const Entry>>& left,
                  const std::vector<std::shared_ptr<const Entry>>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const auto& a, const auto& b) { return a == b || *a == *b; });
}

void requireName(const std::string& name, const char* what) {
    if (name.empty())
        throw Error(ErrorCode::Parameter, std::string("the name of ") + what + " must not be empty");
}

} // namespace

std::vector<std::string> DocumentState::imageNames() const {
    std::vector<std::string> names;
    names.reserve(m_images.size());
    for (const auto& entry : m_images)
        names.push_back(entry->name);
    return names;
}

std::size_t DocumentState::indexOf(const std::string& name) const {
    return findNamed(m_images, name) - m_images.begin();
}

std::size_t DocumentState::requireIndexOf(const std::string& name) const {
    const std::size_t index = indexOf(name);
    if (index < m_images.size())
        return index;
    std::string message = "there is no image " + quoted(name);
    if (m_images.empty())
        throw Error(ErrorCode::NotFound, message + "; no image is open");
    message += "; the images are";
    for (std::size_t i = 0; i < std::min(m_images.size(), MOST_NAMES_IN_A_MESSAGE); ++i)
        message += (i ? ", " : " ") + quoted(m_images[i]->name);
    if (m_images.size() > MOST_NAMES_IN_A_MESSAGE)
        message += " and " + std::to_string(m_images.size() - MOST_NAMES_IN_A_MESSAGE) + " more";
    throw Error(ErrorCode::NotFound, message);
}

bool DocumentState::has(const std::string& name) const {
    return indexOf(name) < m_images.size();
}

Image DocumentState::image(const std::string& name) const {
    const std::size_t index = indexOf(name);
    return index < m_images.size() ? m_images[index]->image : Image();
}

std::string DocumentState::nameOf(const NodeOutput& output) const {
    for (const auto& entry : m_images) {
        if (entry->image.output() == output)
            return entry->name;
    }
    return {};
}

void DocumentState::setImage(const std::string& name, Image image) {
    requireName(name, "an image");
    if (!image)
        throw Error(ErrorCode::Parameter, "the image for " + quoted(name) + " is empty");
    const std::size_t index = indexOf(name);
    if (index < m_images.size()) {
        if (m_images[index]->image != image)
            m_images[index] = std::make_shared<NamedImage>(NamedImage{name, std::move(image)});
        return;
    }
    m_images.push_back(std::make_shared<NamedImage>(NamedImage{name, std::move(image)}));
    m_active = name;
}

void DocumentState::removeImage(const std::string& name) {
    const std::size_t index = requireIndexOf(name);
    m_images.erase(m_images.begin() + std::ptrdiff_t(index));
    if (m_active != name)
        return;
    m_active.clear();
    if (!m_images.empty())
        m_active = m_images[std::min(index, m_images.size() - 1)]->name;
}

void DocumentState::renameImage(const std::string& name, const std::string& newName) {
    const std::size_t index = requireIndexOf(name);
    requireName(newName, "an image");
    if (name == newName)
        return;
    if (has(newName))
        throw Error(ErrorCode::Parameter, "the image " + quoted(name) + " cannot be renamed to " + quoted(newName) +
                                              ", because there is an image of that name already");
    m_images[index] = std::make_shared<NamedImage>(NamedImage{newName, m_images[index]->image});
    if (m_active == name)
        m_active = newName;
}

void DocumentState::setActive(const std::string& name) {
    requireIndexOf(name);
    m_active = name;
}

std::string DocumentState::freeName(const std::string& name) const {
    std::string candidate = name;
    for (int number = 2; has(candidate); ++number)
        candidate = name + "_" + std::to_string(number);
    return candidate;
}

std::vector<NamedScript> DocumentState::scripts() const {
    std::vector<NamedScript> scripts;
    for (const auto& entry : m_scripts)
        scripts.push_back(*entry);
    return scripts;
}

void DocumentState::setScript(const std::string& name, std::string text) {
    requireName(name, "a script");
    auto entry = std::make_shared<NamedScript>(NamedScript{name, std::move(text)});
    const auto position = findNamed(m_scripts, name);
    if (position == m_scripts.end())
        m_scripts.push_back(std::move(entry));
    else if (**position != *entry)
        *position = std::move(entry);
}

void DocumentState::removeScript(const std::string& name) {
    const auto position = findNamed(m_scripts, name);
    if (position == m_scripts.end())
        throw Error(ErrorCode::NotFound, "there is no script " + quoted(name));
    m_scripts.erase(position);
}

bool DocumentState::hasSameContent(const DocumentState& other) const {
    return equalEntries(m_images, other.m_images) && equalEntries(m_scripts, other.m_scripts);
}

bool DocumentState::operator==(const DocumentState& other) const {
    return m_active == other.m_active && hasSameContent(other);
}

} // namespace tintype
