// Weighted sums along a line and across lines, the same on both sides of the middle.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tintype {

/// out[i] = weights[0] line[i] + the sum of weights[k] (line[i - k step] + line[i + k step]), added up in as many bits as the
/// weights have, from the outermost on. The line can be read as far as the weights reach beyond both ends.
void addSymmetric(const float* line, int step, const std::vector<float>& weights, float* out, int count);
void addSymmetric(const float* line, int step, const std::vector<double>& weights, float* out, int count);
void addSymmetric(const double* line, int step, const std::vector<double>& weights, double* out, int count);

/// The same with lines above and below: lines[0] is the middle one, lines[-k] and lines[k] lie on its sides.
void addSymmetricLines(const float* const* lines, const std::vector<float>& weights, float* out, int count);
void addSymmetricLines(const float* const* lines, const std::vector<double>& weights, float* out, int count);
void addSymmetricLines(const double* const* lines, const std::vector<double>& weights, double* out, int count);

} // namespace tintype
