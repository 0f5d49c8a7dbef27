// Words for kinds, ranges and choices.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/ParameterText.h"

#include "core/operations/Spelling.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace tintype {

namespace {

constexpr double LARGEST = std::numeric_limits<double>::max();

/// 1000 rather than 1000.0, and 0.5.
std::string plain(double number) {
    char buffer[40];
    const auto format =
        std::abs(number) < 1e15 && std::trunc(number) == number ? std::chars_format::fixed : std::chars_format::general;
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number, format).ptr};
}

std::string rangeText(const ParameterInfo& info) {
    // The largest number there is stands for no limit.
    const bool bottom = info.minimum > -LARGEST;
    const bool top = info.maximum < LARGEST;
    if (bottom && top)
        return " from " + plain(info.minimum) + " to " + plain(info.maximum);
    if (bottom)
        return " of " + plain(info.minimum) + " or more";
    if (top)
        return " of " + plain(info.maximum) + " or less";
    return {};
}

std::string listText(const ParameterInfo& info) {
    const std::string items = info.kind == ParameterKind::IntegerList ? "whole numbers" : "numbers";
    if (info.fixedLength > 0)
        return "a list of " + std::to_string(info.fixedLength) + " " + items + rangeText(info);
    return "a number or a list of " + items + rangeText(info);
}

} // namespace

std::vector<std::string> choiceValues(const ParameterInfo& info) {
    std::vector<std::string> values;
    for (const Choice& choice : info.choices)
        values.push_back(choice.value);
    return values;
}

std::string allowedText(const ParameterInfo& info) {
    switch (info.kind) {
    case ParameterKind::Boolean:
        return "True or False";
    case ParameterKind::Integer:
        return "a whole number" + rangeText(info);
    case ParameterKind::Number:
        return "a number" + rangeText(info);
    case ParameterKind::Text:
        return "a text";
    case ParameterKind::Choice:
    case ParameterKind::Interpolator:
        return "one of " + joined(choiceValues(info));
    case ParameterKind::NumberList:
        return listText(info);
    case ParameterKind::IntegerList:
        return info.choices.empty() ? listText(info) : "one or a list of " + joined(choiceValues(info));
    case ParameterKind::Image:
        return "an image, a number, a list of numbers, or a list of lists of numbers";
    case ParameterKind::ImageList:
        return "a list of images";
    case ParameterKind::Bytes:
        return "bytes";
    }
    return {};
}

} // namespace tintype
