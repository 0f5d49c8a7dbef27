// Checks values one kind after the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/ParameterCheck.h"

#include "core/Error.h"
#include "core/operations/ColourMaps.h"
#include "core/operations/ParameterText.h"
#include "core/operations/Spelling.h"
#include "core/recipe/TileFunction.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

constexpr std::size_t LONGEST_QUOTE = 80;

std::string quoted(const Value& value) {
    const std::string text = value.toText();
    return text.size() <= LONGEST_QUOTE ? text : text.substr(0, LONGEST_QUOTE) + "…";
}

bool inRange(const ParameterInfo& info, double number) {
    if (std::isnan(number))
        return std::isinf(info.minimum) && std::isinf(info.maximum);
    return number >= info.minimum && number <= info.maximum;
}

bool producesNumber(const ParameterInfo& output) {
    return output.kind == ParameterKind::Number || output.kind == ParameterKind::Integer ||
           output.kind == ParameterKind::Boolean;
}

bool producesList(const ParameterInfo& output) {
    return output.kind == ParameterKind::NumberList || output.kind == ParameterKind::IntegerList;
}

/// Whether an output may stand where the parameter is wanted.
bool fits(const ParameterInfo& wanted, const ParameterInfo& output) {
    switch (wanted.kind) {
    case ParameterKind::Boolean:
    case ParameterKind::Integer:
    case ParameterKind::Number:
        return producesNumber(output);
    case ParameterKind::NumberList:
    case ParameterKind::IntegerList:
        return producesNumber(output) || producesList(output);
    case ParameterKind::Image:
    case ParameterKind::ImageList:
        return output.kind == ParameterKind::Image || producesNumber(output) || producesList(output);
    case ParameterKind::Text:
    case ParameterKind::Choice:
    case ParameterKind::Bytes:
    case ParameterKind::Interpolator:
        return output.kind == wanted.kind;
    }
    return false;
}

} // namespace

Parameters ParameterCheck::complete(const Parameters& given) const {
    checkNames(given);
    Parameters all;
    for (const ParameterInfo& info : m_operation.inputs) {
        const Value* value = findParameter(given, info.name);
        if (value && !value->isNone())
            all.emplace_back(info.name, checked(info, *value));
        else if (info.required)
            throw Error(ErrorCode::Parameter,
                        m_operation.id + ": " + info.name + " is missing; it must be " + allowedText(info));
        else if (!info.defaultValue.isNone())
            all.emplace_back(info.name, info.defaultValue);
    }
    checkThereIsAnImage(all);
    return all;
}

void ParameterCheck::checkNames(const Parameters& given) const {
    for (auto one = given.begin(); one != given.end(); ++one) {
        const std::string& name = one->first;
        if (std::any_of(given.begin(), one, [&](const auto& other) { return other.first == name; }))
            throw Error(ErrorCode::Parameter, m_operation.id + ": " + name + " was given twice");
        if (m_operation.input(name))
            continue;
        std::vector<std::string> names;
        for (const ParameterInfo& info : m_operation.inputs)
            names.push_back(info.name);
        const std::string taken = names.empty() ? "it takes none" : "it takes " + joined(names);
        throw Error(ErrorCode::Parameter, m_operation.id + ": there is no parameter '" + name + "' (" + taken + ")" +
                                              didYouMean(name, names));
    }
}

/// Constants take their size from an image.
void ParameterCheck::checkThereIsAnImage(const Parameters& parameters) const {
    const ParameterInfo* first = m_operation.firstImage();
    if (!first)
        return;
    for (const auto& [name, value] : parameters) {
        const ParameterInfo* info = m_operation.input(name);
        const auto* rows = value.as<List>();
        const bool isMatrix = rows && !rows->empty() && rows->front().as<List>();
        bool found = info && info->isImage() && isMatrix;
        if (info && info->isImage())
            forEachInput(value, [&found](const NodeOutput&) { found = true; });
        if (found)
            return;
    }
    const Value* value = findParameter(parameters, first->name);
    throw Error(ErrorCode::Parameter, m_operation.id + ": " + first->name + " must be an image, not " + quoted(*value) +
                                          "; a number stands for an image only beside another one");
}

Value ParameterCheck::checked(const ParameterInfo& info, const Value& value) const {
    if (auto* link = value.as<NodeOutput>())
        checkLink(info, *link);
    switch (info.kind) {
    case ParameterKind::Boolean:
        return boolean(info, value);
    case ParameterKind::Integer:
        return integer(info, value);
    case ParameterKind::Number:
        return number(info, value);
    case ParameterKind::Text:
        if (value.as<std::string>() || value.as<NodeOutput>())
            return value;
        break;
    case ParameterKind::Choice:
    case ParameterKind::Interpolator:
        return choice(info, value);
    case ParameterKind::NumberList:
    case ParameterKind::IntegerList:
        return list(info, value);
    case ParameterKind::Image:
        return image(info, value);
    case ParameterKind::ImageList:
        return imageList(info, value);
    case ParameterKind::Bytes:
        if (value.as<BytesPtr>() || value.as<NodeOutput>())
            return value;
        break;
    }
    fail(info, value);
}

Value ParameterCheck::boolean(const ParameterInfo& info, const Value& value) const {
    if (value.as<bool>() || value.as<NodeOutput>())
        return value;
    if (auto* whole = value.as<std::int64_t>(); whole && (*whole == 0 || *whole == 1))
        return Value(*whole == 1);
    fail(info, value);
}

Value ParameterCheck::integer(const ParameterInfo& info, const Value& value) const {
    if (value.as<NodeOutput>())
        return value;
    if (value.as<bool>())
        fail(info, value, ", which is a truth value; write 1 or 0 if that is meant");
    auto* whole = value.as<std::int64_t>();
    auto* real = value.as<double>();
    if (whole && inRange(info, double(*whole)))
        return value;
    constexpr double LARGEST = 9e15; // doubles are exact up to here
    if (real && std::trunc(*real) == *real && std::abs(*real) < LARGEST && inRange(info, *real))
        return Value(std::int64_t(*real));
    fail(info, value);
}

Value ParameterCheck::number(const ParameterInfo& info, const Value& value) const {
    if (value.as<NodeOutput>())
        return value;
    if (value.as<bool>())
        fail(info, value, ", which is a truth value; write 1 or 0 if that is meant");
    double real = 0;
    if (value.toNumber(real) && inRange(info, real))
        return Value(real);
    fail(info, value);
}

Value ParameterCheck::choice(const ParameterInfo& info, const Value& value) const {
    if (value.as<NodeOutput>())
        return value;
    // 4 is as good as "4" where the choices are numbers.
    const auto* whole = value.as<std::int64_t>();
    const Value named = whole ? Value(std::to_string(*whole)) : value;
    const auto* text = named.as<std::string>();
    if (text && info.engineType == COLOUR_MAP_TYPE)
        return colourMap(info, *text);
    if (text && std::ranges::find(info.choices, *text, &Choice::value) != info.choices.end())
        return named;
    fail(info, value, text && !whole ? didYouMean(*text, choiceValues(info)) : std::string());
}

Value ParameterCheck::colourMap(const ParameterInfo& info, const std::string& text) const {
    const std::string resolved = m_catalog.colourMaps().resolved(text);
    if (!resolved.empty())
        return resolved;
    std::vector<std::string> names;
    for (const ColourMapPtr& map : m_catalog.colourMaps().all())
        names.push_back(map->name);
    throw Error(ErrorCode::Parameter, m_operation.id + ": " + info.name + " must be the name of a colour map (" + joined(names) +
                                          ") or colours such as '#000000 #ff0000 #ffffff', not " + quoted(text) + didYouMean(text, names));
}

Value ParameterCheck::list(const ParameterInfo& info, const Value& value) const {
    const List* items = value.as<List>();
    if (auto* link = value.as<NodeOutput>()) {
        const Operation* maker = m_catalog.find(link->node->operation());
        if (maker && producesList(*maker->output(link->name)))
            return value;
    }
    const List single{value};
    if (!items)
        items = &single;
    if (items->empty() || (info.fixedLength > 0 && int(items->size()) != info.fixedLength))
        fail(info, value);
    const bool whole = info.kind == ParameterKind::IntegerList;
    List checkedItems;
    for (const Value& item : *items) {
        auto* text = item.as<std::string>();
        const auto named = text ? std::ranges::find(info.choices, *text, &Choice::value) : info.choices.end();
        if (named != info.choices.end())
            checkedItems.emplace_back(std::int64_t(named - info.choices.begin()));
        else if (text)
            fail(info, item, didYouMean(*text, choiceValues(info)));
        else
            checkedItems.push_back(whole ? integer(info, item) : number(info, item));
    }
    return Value(std::move(checkedItems));
}

Value ParameterCheck::image(const ParameterInfo& info, const Value& value) const {
    if (value.as<NodeOutput>())
        return value;
    if (auto* items = value.as<List>(); items && !items->empty())
        return items->front().as<List>() ? matrix(info, *items) : constant(info, *items);
    double real = 0;
    if (value.toNumber(real))
        return Value(real);
    fail(info, value);
}

/// One number for each band.
Value ParameterCheck::constant(const ParameterInfo& info, const List& items) const {
    List numbers;
    for (const Value& item : items) {
        double real = 0;
        if (auto* link = item.as<NodeOutput>()) {
            checkLink(info, *link);
            numbers.push_back(item);
        } else if (item.toNumber(real)) {
            numbers.emplace_back(real);
        } else {
            fail(info, item);
        }
    }
    return Value(std::move(numbers));
}

Value ParameterCheck::matrix(const ParameterInfo& info, const List& rows) const {
    List checkedRows;
    for (const Value& row : rows) {
        const auto* items = row.as<List>();
        if (!items || items->empty() || items->size() != rows.front().as<List>()->size())
            fail(info, Value(rows), "; the rows of a matrix must be lists of one length");
        checkedRows.push_back(constant(info, *items));
    }
    return Value(std::move(checkedRows));
}

Value ParameterCheck::imageList(const ParameterInfo& info, const Value& value) const {
    const List* items = value.as<List>();
    const List single{value};
    if (!items)
        items = &single;
    List images;
    bool any = false;
    for (const Value& item : *items) {
        any = any || item.as<NodeOutput>();
        if (auto* link = item.as<NodeOutput>())
            checkLink(info, *link);
        images.push_back(image(info, item));
    }
    // Numbers alone become images as large as the first one of the operation.
    if (images.empty() || (!any && !m_operation.firstImage()))
        fail(info, value, "; at least one of them must be an image");
    return Value(std::move(images));
}

/// A link may lead to an output of another kind, which would show only when pixels are asked for.
void ParameterCheck::checkLink(const ParameterInfo& info, const NodeOutput& link) const {
    if (!link.node)
        throw Error(ErrorCode::Parameter, m_operation.id + ": " + info.name + " is an empty image");
    if (link.node->isSource() || link.node->operation() == Node::PLANE || link.node->operation() == MAP_TILES) {
        if (!info.isImage())
            fail(info, Value(link), ", which is an image");
        return;
    }
    const Operation* const maker = m_catalog.find(link.node->operation());
    // What an add-on brought that is off: evaluating says so.
    if (!maker)
        return;
    const ParameterInfo* output = maker->output(link.name);
    if (!output)
        throw Error(ErrorCode::Parameter, m_operation.id + ": " + info.name + " is linked to '" + link.name +
                                              "', which " + maker->id + " does not make");
    if (!fits(info, *output))
        fail(info, Value(link), std::string(", which is of the kind ") + kindName(output->kind));
}

void ParameterCheck::fail(const ParameterInfo& info, const Value& value, const std::string& hint) const {
    throw Error(ErrorCode::Parameter,
                m_operation.id + ": " + info.name + " must be " + allowedText(info) + ", not " + quoted(value) + hint);
}

} // namespace tintype
