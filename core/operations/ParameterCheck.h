// Checks what was given for the parameters of an operation, with messages that say what is allowed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"

namespace tintype {

/// Problem: libvips reports a bad argument late, in words about its own types, and through one buffer for all threads.
/// Here every value is checked before libvips sees it, and written in the one form that a node keeps: whole numbers as
/// integers, numbers as doubles, a single value as a list where a list is wanted. Throws ParameterError.
class ParameterCheck {
public:
    ParameterCheck(const OperationCatalog& catalog, const Operation& operation)
        : m_catalog(catalog), m_operation(operation) {}

    /// All parameters that have a value, in the operation's order, defaults filled in.
    Parameters complete(const Parameters& given) const;

private:
    Value checked(const ParameterInfo& info, const Value& value) const;
    Value boolean(const ParameterInfo& info, const Value& value) const;
    Value integer(const ParameterInfo& info, const Value& value) const;
    Value number(const ParameterInfo& info, const Value& value) const;
    Value choice(const ParameterInfo& info, const Value& value) const;
    Value colourMap(const ParameterInfo& info, const std::string& text) const;
    Value list(const ParameterInfo& info, const Value& value) const;
    Value image(const ParameterInfo& info, const Value& value) const;
    Value imageList(const ParameterInfo& info, const Value& value) const;
    Value constant(const ParameterInfo& info, const List& items) const;
    Value matrix(const ParameterInfo& info, const List& rows) const;

    void checkNames(const Parameters& given) const;
    void checkThereIsAnImage(const Parameters& parameters) const;
    void checkLink(const ParameterInfo& info, const NodeOutput& link) const;
    [[noreturn]] void fail(const ParameterInfo& info, const Value& value, const std::string& hint = {}) const;

    const OperationCatalog& m_catalog;
    const Operation& m_operation;
};

} // namespace tintype
