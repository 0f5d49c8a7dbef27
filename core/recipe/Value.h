// The value of a parameter: nothing, a truth value, a number, a text, bytes, a list, or the output of another node.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tintype {

class Node;
using NodePtr = std::shared_ptr<const Node>;

/// One output of a node: an image ("out" for most operations), a number or a list of numbers.
struct NodeOutput {
    NodePtr node;
    std::string name = "out";

    explicit operator bool() const { return node != nullptr; }
    bool operator==(const NodeOutput&) const = default;
};

class Value;
using List = std::vector<Value>;
using Bytes = std::vector<std::uint8_t>;
/// Shared, because values are copied freely and bytes may be many.
using BytesPtr = std::shared_ptr<const Bytes>;

class Value : public std::variant<std::monostate, bool, std::int64_t, double, std::string, List, NodeOutput, BytesPtr> {
public:
    using Base = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, NodeOutput, BytesPtr>;
    using Base::Base;
    Value(const char* text) : Base(std::string(text)) {}
    Value(int number) : Base(std::int64_t(number)) {}
    Value(const std::vector<double>& numbers) : Base(List(numbers.begin(), numbers.end())) {}

    bool isNone() const { return index() == 0; }
    template <typename T>
    const T* as() const {
        return std::get_if<T>(static_cast<const Base*>(this));
    }
    /// The number behind a bool, an integer or a double; nothing otherwise.
    bool toNumber(double& number) const;
    /// Equal in type and value; nodes are compared by identity, NaN equals NaN.
    bool operator==(const Value& other) const;
    /// As Python would write it, nodes as `<gaussblur>`; for messages.
    std::string toText() const;
};

/// Ordered as the operation declares them.
using Parameters = std::vector<std::pair<std::string, Value>>;

const Value* findParameter(const Parameters& parameters, const std::string& name);

/// Calls f(NodeOutput) for every node output in the value, lists included.
template <typename F>
void forEachInput(const Value& value, F&& f) {
    if (auto* output = value.as<NodeOutput>()) {
        f(*output);
    } else if (auto* list = value.as<List>()) {
        for (const Value& item : *list)
            forEachInput(item, f);
    }
}

} // namespace tintype
