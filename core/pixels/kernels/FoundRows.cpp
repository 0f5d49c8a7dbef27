// What is found on a picture, as the rows of a matrix.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/FoundRowsPrivate.h"

#include <algorithm>
#include <limits>

namespace tintype {

int FoundRows::give(VipsObject* object, int most) const {
    const auto count = int(m_numbers.size() / std::size_t(m_columns));
    const int given = std::min(count, most);
    std::vector<double> numbers(m_numbers.begin(), m_numbers.begin() + std::ptrdiff_t(given) * m_columns);
    numbers.resize(std::size_t(std::max(given, 1)) * std::size_t(m_columns), std::numeric_limits<double>::quiet_NaN());
    ImagePointer out(vips_image_new_matrix_from_array(m_columns, std::max(given, 1), numbers.data(), int(numbers.size())));
    if (!out)
        return -1;
    g_object_set(object, "out", out.release(), "count", count, nullptr);
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
