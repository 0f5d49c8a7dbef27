// What operations share that find things on a picture, and give them as the rows of a matrix.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/FoundRowsPrivate.h"

#include <algorithm>
#include <limits>

namespace tintype {

namespace {

constexpr int MOST_NUMBER = std::numeric_limits<int>::max();

} // namespace

void describeFinding(VipsObjectClass* kernel, const FindingText& text) {
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", text.in, VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Finding, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", text.out, VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Finding, out));
    VIPS_ARG_INT(kernel, "most", 100, "Most", text.most, VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Finding, most), 1,
                 1000000, 1000);
    VIPS_ARG_INT(kernel, "count", 101, "Count", text.count, VIPS_ARGUMENT_OPTIONAL_OUTPUT, G_STRUCT_OFFSET(Finding, count), 0,
                 MOST_NUMBER, 0);
}

void initFinding(Finding* finding) {
    finding->most = 1000;
}

int FoundRows::give(Finding& finding, std::size_t count) const {
    const int rows = int(std::min(m_numbers.size() / std::size_t(m_columns), std::size_t(finding.most)));
    std::vector<double> numbers(m_numbers.begin(), m_numbers.begin() + std::ptrdiff_t(rows) * m_columns);
    numbers.resize(std::size_t(std::max(rows, 1)) * std::size_t(m_columns), std::numeric_limits<double>::quiet_NaN());
    ImagePointer out(vips_image_new_matrix_from_array(m_columns, std::max(rows, 1), numbers.data(), int(numbers.size())));
    if (!out)
        return -1;
    g_object_set(&finding, "out", out.release(), "count", int(std::min(count, std::size_t(MOST_NUMBER))), nullptr);
    return 0;
}

ImagePointer maskOf(const char* domain, VipsImage* in) {
    const ImagePointer source = wholeSource(in);
    VipsImage* step = nullptr;
    if (!source || vips_check_mono(domain, source.get()) || vips_notequal_const1(source.get(), &step, 0, nullptr))
        return nullptr;
    const ImagePointer mask(step);
    return ImagePointer(vips_image_copy_memory(step));
}

} // namespace tintype
