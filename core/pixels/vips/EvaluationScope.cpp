// What an evaluation tells the steps that it runs on libvips' threads: whether it was stopped, and where errors go.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/EvaluationScope.h"

#include <utility>

namespace tintype {

namespace {
thread_local EvaluationScope* running = nullptr;
}

void EvaluationScope::fail(std::exception_ptr error) {
    std::lock_guard lock(m_mutex);
    if (!m_error)
        m_error = std::move(error);
}

std::exception_ptr EvaluationScope::takeError() {
    std::lock_guard lock(m_mutex);
    return std::exchange(m_error, nullptr);
}

EvaluationScope* EvaluationScope::current() {
    return running;
}

EvaluationScope::Use::Use(EvaluationScope& scope) : m_previous(std::exchange(running, &scope)) {}

EvaluationScope::Use::~Use() {
    running = m_previous;
}

} // namespace tintype
