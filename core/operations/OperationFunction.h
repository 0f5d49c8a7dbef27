// A function from outside core that does an operation, in the place of an engine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/recipe/Value.h"

#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

/// Problem: core knows no Python, and yet an add-on's operation is a Python function. So it sees only this. Calls come on any
/// thread that evaluates, several at once, without locks; what is thrown becomes the evaluation's error. Destroyed on any thread.
class OperationFunction {
public:
    virtual ~OperationFunction() = default;
    /// A value for each output of the operation, in their order: an image or a number as the output of a node that was made of
    /// the given ones, or a plain value. What is given are images of one plane, and values: links are resolved before. It may
    /// take long; whoever evaluates stops it by the token.
    virtual std::vector<Value> call(const Parameters& parameters, const CancelToken& token) const = 0;
    /// Who has brought it, and may put another one in its place; compared only. Null: nobody may.
    virtual const void* owner() const { return nullptr; }
};

using OperationFunctionPtr = std::shared_ptr<const OperationFunction>;

/// Where an operation finds its function. Recipes that have the operation outlive the add-on that brought it, and find the
/// function of the next one when that is loaded anew.
class FunctionSlot {
public:
    /// Null when it was taken away.
    OperationFunctionPtr get() const {
        const std::lock_guard lock(m_mutex);
        return m_function;
    }
    /// Gives back what was there, to be let go of without locks.
    OperationFunctionPtr set(OperationFunctionPtr function) {
        const std::lock_guard lock(m_mutex);
        m_function.swap(function);
        return function;
    }

private:
    mutable std::mutex m_mutex;
    OperationFunctionPtr m_function;
};

} // namespace tintype
