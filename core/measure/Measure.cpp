// Measures the objects of a labelled libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/MeasurePrivate.h"

#include "core/measure/LabelFormat.h"
#include "core/measure/ObjectShape.h"
#include "core/measure/StripSumsPrivate.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/VipsErrors.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>

namespace tintype {

namespace {

constexpr const char* CONTEXT = "measure";
/// A strip's labels are gone through several times: they should stay in the cache.
constexpr int STRIP_PIXELS = 1 << 18;
constexpr int LEAST_ROWS = 4;

using Objects = std::map<std::uint32_t, ObjectSums>;

[[noreturn]] void refuse(const std::string& message) {
    throw Error(ErrorCode::Parameter, std::string(CONTEXT) + ": " + message);
}

void checkPlain(const VipsImage* image, const std::string& name) {
    if (image->Coding != VIPS_CODING_NONE)
        refuse(name + " must have plain numbers, not the coding " + vips_enum_nick(VIPS_TYPE_CODING, image->Coding));
}

void checkInputs(const VipsImage* labels, const VipsImage* intensity) {
    checkPlain(labels, "the labels");
    checkLabelFormat(CONTEXT, labels->Bands, PixelFormat(labels->BandFmt));
    if (!intensity)
        return;
    checkPlain(intensity, "the image");
    if (vips_band_format_iscomplex(intensity->BandFmt))
        refuse(std::string("the image must have real numbers, not ") +
               vips_enum_nick(VIPS_TYPE_BAND_FORMAT, intensity->BandFmt));
    const auto size = [](const VipsImage* image) {
        return std::to_string(image->Xsize) + " x " + std::to_string(image->Ysize) + " pixels";
    };
    if (labels->Xsize != intensity->Xsize || labels->Ysize != intensity->Ysize)
        refuse("the labels have " + size(labels) + ", the image " + size(intensity) + "; they must be of one size");
}

std::vector<std::vector<ObjectSums>> sumUpStrips(VipsImage* labels, VipsImage* intensity, bool& failed) {
    const int rows = std::max(STRIP_PIXELS / labels->Xsize, LEAST_ROWS);
    std::vector<std::vector<ObjectSums>> strips(std::size_t(stripCount(labels, rows)));
    std::vector<StripInput> inputs{{labels, StripSums::OVERLAP}};
    if (intensity)
        inputs.push_back({intensity});
    failed = forEachStrip(inputs, rows,
                          [&](const Strip& strip) { strips[std::size_t(strip.index)] = StripSums(strip).take(); });
    return strips;
}

Objects sumUp(const VipsImageRef& labels, const VipsImageRef& intensity, const EvaluationWatch& watch) {
    // Each tells the watch of its own progress, and the labels speak for both.
    const EvaluationWatch quiet{watch.token, {}};
    WatchedImage watchedLabels(labels, watch, ErrorCode::Operation, CONTEXT);
    std::optional<WatchedImage> watchedIntensity;
    if (intensity)
        watchedIntensity.emplace(intensity, quiet, ErrorCode::Operation, CONTEXT);
    bool failed = false;
    auto strips =
        sumUpStrips(watchedLabels.image().get(), intensity ? watchedIntensity->image().get() : nullptr, failed);
    watchedLabels.finish(failed);
    if (watchedIntensity)
        watchedIntensity->finish(failed);
    if (failed)
        throwVipsError(ErrorCode::Operation, CONTEXT, &watch.token);
    watch.token.check();
    Objects objects;
    for (auto& strip : strips) {
        for (ObjectSums& part : strip) {
            const auto [known, isNew] = objects.try_emplace(part.label);
            if (isNew)
                known->second = std::move(part);
            else
                known->second.append(part);
        }
    }
    return objects;
}

/// Fills columns by functions of an object.
class Columns {
public:
    explicit Columns(const Objects& objects) : m_objects(objects) {
        for (const auto& [label, sums] : objects)
            m_shapes.emplace_back(sums);
    }

    void addWhole(const std::string& name, const std::string& unit,
                  const std::function<std::int64_t(const ObjectSums&)>& read) {
        ObjectColumn& column = table.emplace_back(ObjectColumn{name, unit, true, {}});
        for (const auto& [label, sums] : m_objects)
            column.values.push_back(double(read(sums)));
    }

    void addShape(const std::string& name, const std::string& unit, double ObjectShape::*measure) {
        ObjectColumn& column = table.emplace_back(ObjectColumn{name, unit, false, {}});
        for (const ObjectShape& shape : m_shapes)
            column.values.push_back(shape.*measure);
    }

    void addIntensity(const std::string& name, std::size_t band,
                      const std::function<double(const ObjectSums&, const IntensitySums&)>& read) {
        ObjectColumn& column = table.emplace_back(ObjectColumn{name, "", false, {}});
        for (const auto& [label, sums] : m_objects)
            column.values.push_back(read(sums, sums.bands[band]));
    }

    ObjectTable table;

private:
    const Objects& m_objects;
    std::vector<ObjectShape> m_shapes;
};

void addIntensities(Columns& columns, int bands) {
    const auto orNaN = [](double value, const IntensitySums& sums) {
        return sums.hasNaN ? std::numeric_limits<double>::quiet_NaN() : value;
    };
    for (int band = 0; band < bands; ++band) {
        const std::string suffix = bands > 1 ? "_" + std::to_string(band) : "";
        const auto place = std::size_t(band);
        columns.addIntensity("mean" + suffix, place, [](const ObjectSums& object, const IntensitySums& sums) {
            return sums.sum / double(object.area);
        });
        columns.addIntensity("minimum" + suffix, place, [orNaN](const ObjectSums&, const IntensitySums& sums) {
            return orNaN(sums.minimum, sums);
        });
        columns.addIntensity("maximum" + suffix, place, [orNaN](const ObjectSums&, const IntensitySums& sums) {
            return orNaN(sums.maximum, sums);
        });
        columns.addIntensity("sum" + suffix, place,
                             [](const ObjectSums&, const IntensitySums& sums) { return sums.sum; });
    }
}

} // namespace

ObjectTable measureObjects(const VipsImageRef& labels, const VipsImageRef& intensity, const EvaluationWatch& watch) {
    checkInputs(labels.get(), intensity.get());
    const Objects objects = sumUp(labels, intensity, watch);
    Columns columns(objects);
    columns.addWhole("label", "", [](const ObjectSums& sums) { return sums.label; });
    columns.addWhole("area", "px²", [](const ObjectSums& sums) { return sums.area; });
    columns.addWhole("left", "px", [](const ObjectSums& sums) { return sums.left; });
    columns.addWhole("top", "px", [](const ObjectSums& sums) { return sums.top; });
    columns.addWhole("width", "px", [](const ObjectSums& sums) { return sums.right - sums.left + 1; });
    columns.addWhole("height", "px", [](const ObjectSums& sums) { return sums.bottom - sums.top + 1; });
    columns.addShape("x", "px", &ObjectShape::x);
    columns.addShape("y", "px", &ObjectShape::y);
    columns.addShape("equivalent_diameter", "px", &ObjectShape::equivalentDiameter);
    columns.addShape("perimeter", "px", &ObjectShape::perimeter);
    columns.addShape("major_axis", "px", &ObjectShape::majorAxis);
    columns.addShape("minor_axis", "px", &ObjectShape::minorAxis);
    columns.addShape("orientation", "°", &ObjectShape::orientation);
    columns.addShape("eccentricity", "", &ObjectShape::eccentricity);
    columns.addShape("solidity", "", &ObjectShape::solidity);
    if (intensity)
        addIntensities(columns, intensity.get()->Bands);
    return columns.table;
}

} // namespace tintype
