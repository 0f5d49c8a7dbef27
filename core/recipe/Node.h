// One operation applied to input nodes, every parameter written out; immutable and without pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

class PixelBuffer;

/// Nodes form the recipe of an image: each names its operation and holds its parameters, images and numbers of other
/// nodes among them. A node never changes, so that any thread may read it, and undo, batch and files may share it.
///
/// Chains can be 100,000 nodes long, therefore walks and the destruction are iterative; whoever walks nodes uses
/// `upstream`, never recursion.
class Node {
public:
    /// The operation ids of the nodes that are sources, not operations of the catalogue.
    static constexpr const char* FILE = "file";   ///< a picture file: filename, size, modified, loader options
    static constexpr const char* ARRAY = "array"; ///< pixels in memory, see pixels()
    static constexpr const char* INPUT = "input"; ///< a named place for another picture, in a recipe without sources
    static constexpr const char* PLANE = "plane"; ///< one plane of an image that has several: in, index

    static NodePtr create(std::string operation, Parameters parameters);
    /// A source whose pixels stand in memory; the buffer must never change.
    static NodePtr createArray(std::shared_ptr<const PixelBuffer> pixels);

    const std::string& operation() const { return m_operation; }
    const Parameters& parameters() const { return m_parameters; }
    const Value* parameter(const std::string& name) const { return findParameter(m_parameters, name); }
    const std::shared_ptr<const PixelBuffer>& pixels() const { return m_pixels; }

    /// Different for every node of this process, never used twice.
    std::uint64_t id() const { return m_id; }
    /// Nodes on the longest way to a source; 1 for a source.
    unsigned depth() const { return m_depth; }
    bool isSource() const;

    /// The nodes that this one takes its inputs from, in the order of the parameters.
    std::vector<NodePtr> inputs() const;

private:
    Node(std::string operation, Parameters parameters, std::shared_ptr<const PixelBuffer> pixels);
    ~Node() = default;
    static NodePtr own(Node* node);
    static void release(Node* node);

    std::string m_operation;
    Parameters m_parameters;
    std::shared_ptr<const PixelBuffer> m_pixels;
    std::uint64_t m_id;
    unsigned m_depth = 1;
};

/// For messages: "gaussblur of /pictures/coins.png"; a file node is its path alone.
std::string describe(const NodePtr& node);

/// Every node that leads to this one and the node itself, inputs before the nodes that use them.
std::vector<NodePtr> upstream(const NodePtr& node);

} // namespace tintype
