// A Python function on arrays as a step of recipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/recipe/TileFunction.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"

#include <pybind11/pybind11.h>

#include <memory>
#include <string>
#include <vector>

namespace tintype {

/// Each tile is a copy of its own, so that a function may keep it or write to it. A stop of the evaluation is raised in the
/// function as tt.Cancelled, on whichever thread it runs.
class PyTileFunction : public TileFunction {
public:
    PyTileFunction(PythonRuntime& runtime, PyCallable function, std::string name)
        : m_runtime(runtime), m_function(std::move(function)), m_name(std::move(name)) {}

    std::string name() const override { return m_name; }
    void compute(const std::vector<TilePixels>& in, const TilePixels& out, int overlap,
                 const CancelToken& token) const override;
    /// Calls the function once on small made-up tiles like those of the images, and says what it gives. Without the GIL.
    TileMapping probe(const std::vector<ImageShape>& images, int overlap) const;

private:
    PythonRuntime& m_runtime;
    PyCallable m_function;
    const std::string m_name;
};

} // namespace tintype
