// Finding the parameters of an operation, and its signature.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/Operation.h"

#include <algorithm>

namespace tintype {

namespace {

const ParameterInfo* findInfo(const std::vector<ParameterInfo>& infos, const std::string& name) {
    const auto found = std::ranges::find(infos, name, &ParameterInfo::name);
    return found == infos.end() ? nullptr : &*found;
}

} // namespace

const char* kindName(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::Boolean:
        return "truth value";
    case ParameterKind::Integer:
        return "whole number";
    case ParameterKind::Number:
        return "number";
    case ParameterKind::Text:
        return "text";
    case ParameterKind::Choice:
        return "choice";
    case ParameterKind::NumberList:
        return "list of numbers";
    case ParameterKind::IntegerList:
        return "list of whole numbers";
    case ParameterKind::Image:
        return "image";
    case ParameterKind::ImageList:
        return "list of images";
    case ParameterKind::Bytes:
        return "bytes";
    case ParameterKind::Interpolator:
        return "interpolator";
    }
    return "";
}

bool ParameterInfo::isList() const {
    return kind == ParameterKind::NumberList || kind == ParameterKind::IntegerList || kind == ParameterKind::ImageList;
}

const ParameterInfo* Operation::input(const std::string& name) const {
    return findInfo(inputs, name);
}

const ParameterInfo* Operation::output(const std::string& name) const {
    return findInfo(outputs, name);
}

const ParameterInfo* Operation::firstImage() const {
    const auto found = std::ranges::find(inputs, ParameterKind::Image, &ParameterInfo::kind);
    return found == inputs.end() ? nullptr : &*found;
}

const ParameterInfo* Operation::imageOutput() const {
    return !outputs.empty() && outputs.front().kind == ParameterKind::Image ? &outputs.front() : nullptr;
}

std::string Operation::signature() const {
    std::string text;
    bool keywordsOnly = false;
    const auto append = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    const ParameterInfo* self = firstImage();
    for (const ParameterInfo& info : inputs) {
        if (&info == self || info.hidden)
            continue;
        if (info.required) {
            append(info.name);
            continue;
        }
        // A function may be given all by their places.
        if (!keywordsOnly && !function)
            append("*");
        keywordsOnly = true;
        append(info.name + "=" + info.defaultValue.toText());
    }
    return text;
}

} // namespace tintype
