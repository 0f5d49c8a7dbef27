// The pipeline of tests/bench/pipeline.py with OpenCV, on files through libtiff as OpenCV's own codecs: pipeline_opencv IN OUT.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <opencv2/imgproc.hpp>
#include <tiffio.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

namespace {

struct Close {
    void operator()(TIFF* file) const { TIFFClose(file); }
};
using Tiff = std::unique_ptr<TIFF, Close>;

[[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "pipeline_opencv: %s\n", what);
    std::exit(1);
}

cv::Mat read(const char* path) {
    const Tiff file(TIFFOpen(path, "r"));
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint32_t rows = 0;
    std::uint16_t bands = 1;
    if (!file)
        fail("cannot read");
    TIFFGetField(file.get(), TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(file.get(), TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(file.get(), TIFFTAG_SAMPLESPERPIXEL, &bands);
    TIFFGetFieldDefaulted(file.get(), TIFFTAG_ROWSPERSTRIP, &rows);
    cv::Mat image(int(height), int(width), CV_8UC(bands));
    for (std::uint32_t y = 0, strip = 0; y < height; y += rows, ++strip)
        if (TIFFReadEncodedStrip(file.get(), strip, image.ptr(int(y)), -1) < 0)
            fail("cannot read a strip");
    return image;
}

void write(const char* path, const cv::Mat& image) {
    const Tiff file(TIFFOpen(path, "w"));
    if (!file)
        fail("cannot write");
    constexpr int ROWS = 128;
    TIFFSetField(file.get(), TIFFTAG_IMAGEWIDTH, std::uint32_t(image.cols));
    TIFFSetField(file.get(), TIFFTAG_IMAGELENGTH, std::uint32_t(image.rows));
    TIFFSetField(file.get(), TIFFTAG_SAMPLESPERPIXEL, std::uint16_t(image.channels()));
    TIFFSetField(file.get(), TIFFTAG_BITSPERSAMPLE, std::uint16_t(8));
    TIFFSetField(file.get(), TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(file.get(), TIFFTAG_PHOTOMETRIC, image.channels() == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
    TIFFSetField(file.get(), TIFFTAG_ROWSPERSTRIP, std::uint32_t(ROWS));
    for (int y = 0, strip = 0; y < image.rows; y += ROWS, ++strip) {
        const int rows = std::min(ROWS, image.rows - y);
        auto* const data = const_cast<std::uint8_t*>(image.ptr(y));
        if (TIFFWriteEncodedStrip(file.get(), std::uint32_t(strip), data, tmsize_t(rows) * tmsize_t(image.step)) < 0)
            fail("cannot write a strip");
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3)
        fail("pipeline_opencv IN OUT");
    const cv::Mat whole = read(argv[1]);
    const cv::Mat cropped = whole(cv::Rect(100, 100, whole.cols - 200, whole.rows - 200));
    cv::Mat small;
    cv::resize(cropped, small, {}, 0.9, 0.9, cv::INTER_LINEAR);
    const cv::Mat mask = (cv::Mat_<float>(3, 3) << -1, -1, -1, -1, 16, -1, -1, -1, -1) / 8;
    cv::Mat sharp;
    cv::filter2D(small, sharp, -1, mask);
    write(argv[2], sharp);
    return 0;
}
