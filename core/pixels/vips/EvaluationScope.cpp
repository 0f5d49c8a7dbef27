// What an evaluation tells the steps that it runs on libvips' threads: whether it was stopped, and where errors go.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/EvaluationScope.h"

#include <utility>

namespace tintype {

namespace {
thread_local EvaluationScope* running = nullptr;
thread_local std::shared_ptr<const Purpose> purposeHere;
}

bool Purpose::isToMake(const void* pixels) {
    for (const Purpose* each = purposeHere.get(); each; each = each->m_outer.get())
        if (each->m_pixels == pixels)
            return true;
    return false;
}

std::shared_ptr<const Purpose> Purpose::current() {
    return purposeHere;
}

Purpose::Use::Use(const void* pixels) : m_previous(purposeHere) {
    auto made = std::make_shared<Purpose>();
    made->m_pixels = pixels;
    made->m_outer = m_previous;
    purposeHere = std::move(made);
}

Purpose::Use::Use(std::shared_ptr<const Purpose> purpose) : m_previous(std::exchange(purposeHere, std::move(purpose))) {}

Purpose::Use::~Use() {
    purposeHere = std::move(m_previous);
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

EvaluationScope::Use::Use(EvaluationScope& scope)
    : m_previous(std::exchange(running, &scope)), m_purpose(scope.m_purpose) {}

EvaluationScope::Use::~Use() {
    running = m_previous;
}

} // namespace tintype
