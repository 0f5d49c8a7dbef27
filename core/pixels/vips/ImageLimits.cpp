// Checks the parameters whose limits depend on the image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/ImageLimits.h"

#include "core/Error.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tintype {

namespace {

/// The parameters `start` and `length` (1 when it has none) must lie within a size of the image.
struct Limit {
    const char* operation;
    const char* start;
    const char* length;
    int VipsImage::*size;
    const char* sizeName;
};

constexpr std::array<Limit, 7> LIMITS{{{"extract_band", "band", "n", &VipsImage::Bands, "band(s)"},
                                       {"extract_area", "left", "width", &VipsImage::Xsize, "pixels across"},
                                       {"extract_area", "top", "height", &VipsImage::Ysize, "pixels down"},
                                       {"crop", "left", "width", &VipsImage::Xsize, "pixels across"},
                                       {"crop", "top", "height", &VipsImage::Ysize, "pixels down"},
                                       {"getpoint", "x", nullptr, &VipsImage::Xsize, "pixels across"},
                                       {"getpoint", "y", nullptr, &VipsImage::Ysize, "pixels down"}}};

/// Numbers found on a picture are left to libvips.
bool plainNumber(const Parameters& parameters, const char* name, double& number) {
    const Value* value = name ? findParameter(parameters, name) : nullptr;
    return value && value->toNumber(number);
}

void checkLimit(const Limit& limit, const Parameters& parameters, const VipsImageRef& image) {
    double start = 0;
    double length = 1;
    if (!plainNumber(parameters, limit.start, start))
        return;
    plainNumber(parameters, limit.length, length);
    const int size = image.get()->*limit.size;
    if (start >= 0 && start + length <= size)
        return;
    const std::string has = ", since the image has " + std::to_string(size) + " " + limit.sizeName + ", not ";
    const std::string prefix = std::string(limit.operation) + ": " + limit.start;
    const auto whole = [](double number) { return std::to_string(std::int64_t(number)); };
    if (start < 0 || start >= size || !limit.length)
        throw Error(ErrorCode::Parameter, prefix + " must be from 0 to " + whole(size - 1) + has + whole(start));
    throw Error(ErrorCode::Parameter, prefix + " + " + limit.length + " must be at most " + whole(size) + has +
                                          whole(start) + " + " + whole(length));
}

/// libvips 8.14 writes past the end of its memory where they transform pictures of one row.
constexpr std::array TRANSFORM_FIRST{"freqmult", "phasecor", "spectrum"};

void checkRows(const Operation& operation, const VipsImageRef& image) {
    if (image.get()->Ysize == 1 && std::ranges::find(TRANSFORM_FIRST, operation.id) != TRANSFORM_FIRST.end())
        throw Error(ErrorCode::Parameter, operation.id + ": the image must have at least 2 rows, not 1");
}

} // namespace

void checkLimits(const Operation& operation, const Parameters& parameters, const VipsImageRef& image) {
    if (!image)
        return;
    checkRows(operation, image);
    for (const Limit& limit : LIMITS) {
        if (operation.id == limit.operation)
            checkLimit(limit, parameters, image);
    }
}

std::string describe(const VipsImageRef& image) {
    const VipsImage* header = image.get();
    return std::to_string(header->Xsize) + " x " + std::to_string(header->Ysize) + ", " + std::to_string(header->Bands) +
           (header->Bands == 1 ? " band, " : " bands, ") + vips_enum_nick(VIPS_TYPE_BAND_FORMAT, header->BandFmt);
}

} // namespace tintype
