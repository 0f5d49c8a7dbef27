// The window around a pixel that filters look at: its shape and size.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/WindowPrivate.h"

#include <cstdint>

namespace tintype {

namespace {

/// How far the ellipse's row `y` reaches.
int ellipseReach(int radius, int vradius, int y) {
    const std::int64_t across = 2 * std::int64_t(radius) + 1;
    const std::int64_t down = 2 * std::int64_t(vradius) + 1;
    const auto isInside = [&](std::int64_t x) {
        return 4 * x * x * down * down + 4 * std::int64_t(y) * y * across * across <= across * across * down * down;
    };
    int reach = radius;
    while (reach > 0 && !isInside(reach))
        --reach;
    return reach;
}

} // namespace

GType windowShapeType() {
    static const GEnumValue values[] = {{WINDOW_DISC, "TT_SHAPE_DISC", "disc"},
                                        {WINDOW_SQUARE, "TT_SHAPE_SQUARE", "square"},
                                        {WINDOW_CROSS, "TT_SHAPE_CROSS", "cross"},
                                        {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtShape", values);
    return type;
}

Window::Window(int shape, int radius, int vradius) {
    const int down = vradius == SAME_RADIUS ? radius : vradius;
    for (int y = -down; y <= down; ++y) {
        if (shape == WINDOW_CROSS)
            reaches.push_back(y == 0 ? radius : 0);
        else
            reaches.push_back(shape == WINDOW_SQUARE ? radius : ellipseReach(radius, down, y));
    }
}

} // namespace tintype
