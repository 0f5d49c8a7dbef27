// Raises tt.Cancelled in the Python code that a thread runs, when the evaluation that it runs for is stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "scripting/PythonRuntime.h"

#include <memory>

namespace tintype {

/// For as long as it lives. Made and destroyed with the GIL, with which alone the other side looks whether it still lives.
class StopHere {
public:
    StopHere(PythonRuntime& runtime, const CancelToken& token);
    ~StopHere() { *m_lives = false; }
    StopHere(const StopHere&) = delete;

private:
    const std::shared_ptr<bool> m_lives;
    CancelToken::Registration m_registration;
};

} // namespace tintype
