// A Python function that does an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/operations/OperationFunction.h"
#include "scripting/Owner.h"
#include "scripting/PyCallable.h"

#include <string>

namespace tintype {

class Host;

/// Problem: the engine asks for an operation's result on whichever thread needs it, and the function may take long, fail, or
/// give something else. So it runs in the context of the code that defined it, is stopped by the evaluation's token, and
/// what goes wrong begins with the operation's id. It belongs to the owner of that code: `vanish` makes it inert. Any thread.
class PyOperationFunction : public OperationFunction {
public:
    /// `function` takes a dict of what is given and gives a list of results. With the GIL.
    PyOperationFunction(const Host& host, std::string id, PyCallable function, OwnerPtr owner)
        : PyOperationFunction(host, id, "The operation " + id, std::move(function), std::move(owner)) {}

    std::vector<Value> call(const Parameters& parameters, const CancelToken& token) const override;
    const void* owner() const override { return m_owner.get(); }

    /// Ends with this object; once, before anybody else has it.
    void belong(Owner::Membership membership) { m_membership = std::move(membership); }
    /// Calls that come later are refused.
    void disconnect() { m_function.disconnect(); }

protected:
    /// `title` is what its calls are listed by.
    PyOperationFunction(const Host& host, std::string id, std::string title, PyCallable function, OwnerPtr owner)
        : m_host(host), m_id(std::move(id)), m_title(std::move(title)), m_function(std::move(function)), m_owner(std::move(owner)) {}
    struct Failure {
        ErrorCode code;
        std::string message;
    };
    /// What is thrown for an error of the function, which says `said`; it has this code of ours, if it has one.
    virtual Failure failure(const Parameters& parameters, const ErrorCode* code, const std::string& said) const;

private:
    const Host& m_host;
    const std::string m_id;
    const std::string m_title;
    PyCallable m_function;
    const OwnerPtr m_owner;
    Owner::Membership m_membership;
};

} // namespace tintype
