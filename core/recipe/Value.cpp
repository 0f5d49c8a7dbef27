// The value of a parameter: comparing it, and writing it as Python would.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/Value.h"

#include "core/recipe/Node.h"

#include <charconv>
#include <cmath>

namespace tintype {

namespace {

std::string doubleText(double number) {
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number > 0 ? "inf" : "-inf";
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    std::string text(buffer, end);
    // Python tells floats from integers by the point.
    if (text.find_first_of(".e") == std::string::npos)
        text += ".0";
    return text;
}

std::string listText(const List& list) {
    std::string text = "[";
    for (const Value& item : list) {
        if (text.size() > 1)
            text += ", ";
        text += item.toText();
    }
    return text + "]";
}

} // namespace

bool Value::toNumber(double& number) const {
    if (auto* flag = as<bool>())
        number = *flag;
    else if (auto* integer = as<std::int64_t>())
        number = double(*integer);
    else if (auto* real = as<double>())
        number = *real;
    else
        return false;
    return true;
}

bool Value::operator==(const Value& other) const {
    if (index() != other.index())
        return false;
    if (auto* real = as<double>()) {
        const double second = *other.as<double>();
        return *real == second || (std::isnan(*real) && std::isnan(second));
    }
    if (auto* bytes = as<BytesPtr>()) {
        const BytesPtr& second = *other.as<BytesPtr>();
        return *bytes == second || (*bytes && second && **bytes == *second);
    }
    return static_cast<const Base&>(*this) == static_cast<const Base&>(other);
}

std::string Value::toText() const {
    if (auto* flag = as<bool>())
        return *flag ? "True" : "False";
    if (auto* integer = as<std::int64_t>())
        return std::to_string(*integer);
    if (auto* real = as<double>())
        return doubleText(*real);
    if (auto* text = as<std::string>())
        return "'" + *text + "'";
    if (auto* list = as<List>())
        return listText(*list);
    if (auto* output = as<NodeOutput>())
        return "<" + (output->node ? output->node->operation() : std::string("nothing")) + ">";
    if (auto* bytes = as<BytesPtr>())
        return "<" + std::to_string(*bytes ? (*bytes)->size() : 0) + " bytes>";
    return "None";
}

const Value* findParameter(const Parameters& parameters, const std::string& name) {
    for (const auto& [key, value] : parameters) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

} // namespace tintype
