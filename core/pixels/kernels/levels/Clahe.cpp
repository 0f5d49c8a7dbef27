// Contrast-limited adaptive histogram equalisation, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/levels/FieldLevelsPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/PartwisePrivate.h"
#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace tintype {

namespace {

struct Clahe {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    double clip;
    int across;
    int down;
};

/// Zuiderveld (1994), "Contrast limited adaptive histogram equalization", Graphics Gems IV, 474-485, with the details of
/// OpenCV, so that the pixels are the same: how the fields lie, what is clipped where, and in which order is rounded.
struct Fields {
    int across;
    int down;
    int width; ///< of one field; the last ones reach over the image's edge, which is mirrored there
    int height;
    double clip;
};

Fields fieldsOf(const VipsImage* image, const Clahe& clahe) {
    int width = image->Xsize;
    int height = image->Ysize;
    if (width % clahe.across != 0 || height % clahe.down != 0) {
        width += clahe.across - width % clahe.across;
        height += clahe.down - height % clahe.down;
    }
    return {clahe.across, clahe.down, width / clahe.across, height / clahe.down, clahe.clip};
}

/// Takes what is above the limit off, and deals it out evenly.
void clipHistogram(std::vector<int>& counts, double clip, int pixels) {
    const int levels = int(counts.size());
    const int most = int(std::clamp(clip * pixels / levels, 1.0, 1e9));
    int clipped = 0;
    for (int& count : counts) {
        clipped += std::max(count - most, 0);
        count = std::min(count, most);
    }
    for (int& count : counts)
        count += clipped / levels;
    int rest = clipped % levels;
    if (rest == 0)
        return;
    const int step = std::max(levels / rest, 1);
    for (int level = 0; level < levels && rest > 0; level += step, --rest)
        ++counts[std::size_t(level)];
}

/// A table of levels for each band of each field: field by field, band by band.
template <typename T>
class Tables {
public:
    static constexpr int LEVELS = int(std::numeric_limits<T>::max()) + 1;

    Tables(VipsImage* image, const Fields& fields)
        : m_fields(fields), m_bands(image->Bands),
          m_levels(std::size_t(fields.across) * std::size_t(fields.down) * std::size_t(m_bands) * std::size_t(LEVELS)) {
        const CancelToken token = tokenOfBuild();
        cv::parallel_for_(cv::Range(0, fields.across * fields.down), [&](const cv::Range& range) {
            for (int field = range.start; field < range.end; ++field) {
                for (int band = 0; band < m_bands && !token.isCancelled(); ++band)
                    fill(image, field, band);
            }
        });
        token.check();
        if constexpr (sizeof(T) == 1)
            joinTables();
    }

    const T* table(int x, int y, int band) const {
        return m_levels.data() + (std::size_t(y * m_fields.across + x) * std::size_t(m_bands) + std::size_t(band)) * LEVELS;
    }

    /// Those of the four fields around a place in one table, for levels of 8 bits; `x` and `y` count the fields before it.
    const std::uint32_t* joined(int x, int y, int band) const {
        return m_joined.data() + (std::size_t(y * (m_fields.across + 1) + x) * std::size_t(m_bands) + std::size_t(band)) * LEVELS;
    }

private:
    void joinTables() {
        const auto before = [](int place) { return std::max(place - 1, 0); };
        for (int y = 0; y <= m_fields.down; ++y) {
            const int after = std::min(y, m_fields.down - 1);
            for (int x = 0; x <= m_fields.across; ++x) {
                const int right = std::min(x, m_fields.across - 1);
                for (int band = 0; band < m_bands; ++band) {
                    const std::array fields{table(before(x), before(y), band), table(right, before(y), band),
                                            table(before(x), after, band), table(right, after, band)};
                    for (int level = 0; level < LEVELS; ++level)
                        m_joined.push_back(fourLevels(fields[0][level], fields[1][level], fields[2][level], fields[3][level]));
                }
            }
        }
    }

    std::vector<int> count(VipsImage* image, int field, int band) const {
        const int left = field % m_fields.across * m_fields.width;
        const int top = field / m_fields.across * m_fields.height;
        const int inside = std::clamp(image->Xsize - left, 0, m_fields.width);
        std::vector<int> counts(LEVELS);
        for (int y = top; y < top + m_fields.height; ++y) {
            const int row = cv::borderInterpolate(y, image->Ysize, cv::BORDER_REFLECT_101);
            const T* const pixels = reinterpret_cast<const T*>(VIPS_IMAGE_ADDR(image, 0, row)) + band;
            for (int x = left; x < left + inside; ++x)
                ++counts[pixels[x * m_bands]];
            for (int x = left + inside; x < left + m_fields.width; ++x)
                ++counts[pixels[cv::borderInterpolate(x, image->Xsize, cv::BORDER_REFLECT_101) * m_bands]];
        }
        return counts;
    }

    void fill(VipsImage* image, int field, int band) {
        std::vector<int> counts = count(image, field, band);
        const int pixels = m_fields.width * m_fields.height;
        if (m_fields.clip > 0)
            clipHistogram(counts, m_fields.clip, pixels);
        T* const levels = const_cast<T*>(table(field % m_fields.across, field / m_fields.across, band));
        const float scale = float(LEVELS - 1) / float(pixels);
        int sum = 0;
        for (int level = 0; level < LEVELS; ++level) {
            sum += counts[std::size_t(level)];
            levels[level] = cv::saturate_cast<T>(float(sum) * scale);
        }
    }

    Fields m_fields;
    int m_bands;
    std::vector<T> m_levels;
    std::vector<std::uint32_t> m_joined;
};

/// The two fields between whose middles a pixel lies, and how near it is to the second.
struct Between {
    int place; ///< how many fields' middles lie before it
    int first;
    int second;
    float share;

    Between(int at, int size, int count) {
        const float place = float(at) * (1.0F / float(size)) - 0.5F;
        const int before = cvFloor(place);
        this->place = before + 1;
        share = place - float(before);
        first = std::max(before, 0);
        second = std::min(before + 1, count - 1);
    }
};

/// A row of one band, of numbers `step` apart.
struct Line {
    int band;
    int step;
    const Between& row;
};

template <typename T>
void equaliseLine(const Tables<T>& tables, const Line& line, const std::vector<Between>& columns, const T* in, T* out) {
    const float above = 1.0F - line.row.share;
    const T* const top = tables.table(0, line.row.first, line.band);
    const T* const bottom = tables.table(0, line.row.second, line.band);
    const std::size_t step = std::size_t(line.step) * Tables<T>::LEVELS;
    for (const Between& column : columns) {
        const std::size_t first = std::size_t(column.first) * step + *in;
        const std::size_t second = std::size_t(column.second) * step + *in;
        const float left = 1.0F - column.share;
        const float level = (float(top[first]) * left + float(top[second]) * column.share) * above +
                            (float(bottom[first]) * left + float(bottom[second]) * column.share) * line.row.share;
        *out = cv::saturate_cast<T>(level);
        in += line.step;
        out += line.step;
    }
}

void equaliseBytes(const Tables<std::uint8_t>& tables, const Line& line, const std::vector<Between>& columns,
                   const std::vector<float>& shares, const std::uint8_t* in, std::uint8_t* out) {
    const int width = int(columns.size());
    for (int begin = 0, end = 0; begin < width; begin = end) {
        const int place = columns[std::size_t(begin)].place;
        while (end < width && columns[std::size_t(end)].place == place)
            ++end;
        const std::ptrdiff_t first = std::ptrdiff_t(begin) * line.step;
        blendLevels(in + first, line.step, tables.joined(place, line.row.place, line.band), shares.data() + begin,
                    line.row.share, end - begin, out + first);
    }
}

template <typename T>
void apply(const Part& part, const Fields& fields, const Tables<T>& tables) {
    const VipsRect& rect = part.out.rect;
    const int bands = part.out.image->Bands;
    std::vector<Between> columns;
    std::vector<float> shares;
    for (int x = rect.left; x < rect.left + rect.width; ++x)
        shares.push_back(columns.emplace_back(x, fields.width, fields.across).share);
    for (int y = rect.top; y < rect.top + rect.height; ++y) {
        if (part.token && part.token->isCancelled())
            return;
        const Between row(y, fields.height, fields.down);
        for (int band = 0; band < bands; ++band) {
            const T* const in = part.in.front().row<T>(y) + band;
            T* const out = part.out.row<T>(y) + band;
            if constexpr (sizeof(T) == 1)
                equaliseBytes(tables, {band, bands, row}, columns, shares, in, out);
            else
                equaliseLine(tables, {band, bands, row}, columns, in, out);
        }
    }
}

/// Each band of each field has a table of all levels, however few pixels there are.
int checkTables(const VipsImage* in, const Clahe& clahe, int levels) {
    constexpr double MOST_MEGABYTES = 512;
    const double megabytes =
        double(clahe.across) * clahe.down * in->Bands * levels * double(VIPS_IMAGE_SIZEOF_ELEMENT(in)) / (1 << 20);
    if (megabytes <= MOST_MEGABYTES)
        return 0;
    vips_error("tt_clahe", "%d x %d fields of %d bands of 16 bits need tables of %.0f MB, and %.0f MB are allowed; make across or down smaller",
               clahe.across, clahe.down, in->Bands, megabytes, MOST_MEGABYTES);
    return -1;
}

template <typename T>
int equalise(VipsImage* in, const Clahe& clahe, VipsImage** out) {
    if (checkTables(in, clahe, Tables<T>::LEVELS))
        return -1;
    const Fields fields = fieldsOf(in, clahe);
    const auto tables = std::make_shared<const Tables<T>>(in, fields);
    PartKernel kernel;
    kernel.run = [fields, tables](const Part& part) { apply<T>(part, fields, *tables); };
    kernel.keepsAlpha = true;
    return computePartwise({in}, std::move(kernel), out);
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& clahe = *reinterpret_cast<Clahe*>(object);
    const ImagePointer in = wholeSource(clahe.in);
    if (!in)
        return -1;
    if (in->BandFmt != VIPS_FORMAT_UCHAR && in->BandFmt != VIPS_FORMAT_USHORT) {
        vips_error("tt_clahe", "the image must have 8 or 16 bits without a sign, not the format %s",
                   vips_enum_nick(VIPS_TYPE_BAND_FORMAT, in->BandFmt));
        return -1;
    }
    return withoutExceptions(object, [&] {
        VipsImage* out = nullptr;
        if (in->BandFmt == VIPS_FORMAT_UCHAR ? equalise<std::uint8_t>(in.get(), clahe, &out)
                                             : equalise<std::uint16_t>(in.get(), clahe, &out))
            return -1;
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_clahe", "contrast-limited adaptive histogram equalisation", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Clahe, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Clahe, out));
    VIPS_ARG_DOUBLE(kernel, "clip", 3, "Clip", "How much contrast may grow at most; 0 sets no limit",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Clahe, clip), 0, 1e6, 3);
    VIPS_ARG_INT(kernel, "across", 4, "Across", "Fields across", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(Clahe, across), 1, 32, 8);
    VIPS_ARG_INT(kernel, "down", 5, "Down", "Fields down", VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Clahe, down),
                 1, 32, 8);
}

void initInstance(Clahe* clahe) {
    clahe->clip = 3;
    clahe->across = 8;
    clahe->down = 8;
}

} // namespace

void registerClahe() {
    registerKernel<Clahe, initClass, initInstance>("TtClahe");
}

} // namespace tintype
