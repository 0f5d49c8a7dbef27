// The one catalogue of operations: menu, form, Python, command line and documentation are derived from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/operations/OperationFunction.h"
#include "core/pixels/FileFormats.h"
#include "core/recipe/Node.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace tintype {

class ColourMaps;

/// Built from libvips' introspection, our kernels and the overrides data (core/operations/overrides.json); add-ons add theirs
/// and take them away. Any thread may do anything. An operation that was taken away is not found any more, but pointers to it
/// stay good, and one that is added again as it was takes its place, so that loading an add-on anew leaves nothing behind.
class OperationCatalog {
public:
    OperationCatalog();
    ~OperationCatalog();

    /// An operation that a function does; it takes the place of one of the same id and owner. Its id has a dot, and no part of it
    /// up to a dot is an operation's id. Throws ParameterError, which names the operation and what is wrong with its description.
    const Operation& add(Operation operation, OperationFunctionPtr function);
    /// Lets go of the function as well. False when the operation was not there, or another function does it meanwhile.
    bool remove(const Operation& operation, const OperationFunction& function);

    /// The formats of files that belong to this catalogue; those who watch it are told of them as well.
    FileFormats& formats() { return m_formats; }
    const FileFormats& formats() const { return m_formats; }
    /// The colour maps of the operation colour_map, likewise.
    ColourMaps& colourMaps() { return *m_colourMaps; }
    const ColourMaps& colourMaps() const { return *m_colourMaps; }

    /// Called after operations, formats or colour maps came or went, on the thread that changed them, until what is returned is destroyed; a call under
    /// way on another thread may still finish. It must not block.
    using Observer = std::function<void()>;
    [[nodiscard]] std::shared_ptr<const void> subscribe(Observer observer) const;
    /// Grows with every change.
    std::uint64_t revision() const { return m_revision; }

    /// Null when there is none.
    const Operation* find(const std::string& id) const;
    /// Throws NotFound, which proposes the nearest ids.
    const Operation& get(const std::string& id) const;
    std::vector<const Operation*> all() const;
    /// For people: categories in their order, then operations by title, hidden ones left out.
    std::vector<std::string> categories() const;
    std::vector<const Operation*> inCategory(const std::string& category) const;
    /// Best first: by title, id, keywords, then help. Words in any order, case ignored.
    std::vector<const Operation*> search(const std::string& text) const;

    /// Checks names, types and ranges of what was given, fills in defaults, and makes the node. A number where an image
    /// is wanted stays a number (a constant image). Throws ParameterError, which names the operation, the parameter,
    /// the value and what is allowed.
    NodePtr makeNode(const Operation& operation, Parameters given) const;

private:
    void checkAddition(const Operation& operation, const OperationFunction& function) const;
    void checkId(const std::string& id) const;
    void takeAway(const Operation& operation);
    void notify();

    mutable std::shared_mutex m_mutex;
    std::atomic<std::uint64_t> m_revision = 0;
    mutable std::vector<std::weak_ptr<const Observer>> m_observers;
    std::deque<Operation> m_operations; ///< those that were taken away as well
    std::map<std::string, const Operation*> m_byId;
    FileFormats m_formats{[this] { notify(); }};
    std::unique_ptr<ColourMaps> m_colourMaps;
    std::vector<std::string> m_categories; ///< our own in their order, then others as they came
};

} // namespace tintype
