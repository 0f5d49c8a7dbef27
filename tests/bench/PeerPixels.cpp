// OpenCV on whole arrays and libvips' operations as they are, beside which ours are measured; for tests/bench/operations.py.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vips/vips.h>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;

namespace {

using Work = std::function<cv::Mat(const cv::Mat&)>;

/// A new matrix for each result, as everybody else allocates one.
Work into(std::function<void(const cv::Mat&, cv::Mat&)> work) {
    return [work = std::move(work)](const cv::Mat& in) {
        cv::Mat out;
        work(in, out);
        return out;
    };
}

cv::Mat square(int side) {
    return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

cv::Mat disc(int radius) {
    cv::Mat mask(2 * radius + 1, 2 * radius + 1, CV_8U);
    for (int y = -radius; y <= radius; ++y) {
        for (int x = -radius; x <= radius; ++x)
            mask.at<uchar>(y + radius, x + radius) = x * x + y * y <= radius * radius + radius;
    }
    return mask;
}

Work morph(int kind, int side) {
    return into([=](const cv::Mat& in, cv::Mat& out) { cv::morphologyEx(in, out, kind, square(side)); });
}

cv::Mat histogram(const cv::Mat& in) {
    const int channel = 0;
    const int bins = 256;
    const float limits[] = {0, 256};
    const float* ranges[] = {limits};
    cv::Mat out;
    cv::calcHist(&in, 1, &channel, cv::Mat(), out, 1, &bins, ranges);
    return out;
}

cv::Mat statistics(const cv::Mat& in) {
    double least = 0;
    double most = 0;
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::minMaxLoc(in, &least, &most);
    cv::meanStdDev(in, mean, deviation);
    return (cv::Mat_<double>(1, 4) << least, most, mean[0], deviation[0]);
}

cv::Mat labels(const cv::Mat& in) {
    cv::Mat out;
    cv::Mat table;
    cv::Mat centres;
    cv::connectedComponentsWithStats(in, out, table, centres, 8, CV_32S);
    return out;
}

/// The result holds the corners, as everybody else's does.
cv::Mat turned(const cv::Mat& in) {
    const cv::Point2f centre(float(in.cols) / 2, float(in.rows) / 2);
    const cv::Size size = cv::RotatedRect(centre, cv::Size2f(in.size()), -17).boundingRect2f().size();
    cv::Mat matrix = cv::getRotationMatrix2D(centre, -17, 1);
    matrix.at<double>(0, 2) += size.width / 2.0 - centre.x;
    matrix.at<double>(1, 2) += size.height / 2.0 - centre.y;
    cv::Mat out;
    cv::warpAffine(in, out, matrix, size, cv::INTER_LINEAR);
    return out;
}

cv::Mat straightened(const cv::Mat& in) {
    const auto width = float(in.cols);
    const auto height = float(in.rows);
    // Middles of pixels lie at whole numbers here.
    const cv::Point2f half(0.5F, 0.5F);
    const cv::Point2f from[] = {cv::Point2f(.1F * width, .05F * height) - half, cv::Point2f(.95F * width, .1F * height) - half,
                                cv::Point2f(.9F * width, .97F * height) - half, cv::Point2f(0, .9F * height) - half};
    const cv::Point2f to[] = {-half, cv::Point2f(width, 0) - half, cv::Point2f(width, height) - half, cv::Point2f(0, height) - half};
    cv::Mat out;
    cv::warpPerspective(in, out, cv::getPerspectiveTransform(from, to), in.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    return out;
}

/// In decimal numbers: from and to 8 bits is other work.
cv::Mat lab(const cv::Mat& in) {
    cv::Mat decimal;
    cv::Mat out;
    in.convertTo(decimal, CV_32F, 1.0 / 255);
    cv::cvtColor(decimal, out, cv::COLOR_RGB2Lab);
    return out;
}

cv::Mat gradientLength(const cv::Mat& in) {
    cv::Mat across;
    cv::Mat down;
    cv::Mat out;
    cv::Sobel(in, across, CV_32F, 1, 0);
    cv::Sobel(in, down, CV_32F, 0, 1);
    cv::magnitude(across, down, out);
    return out;
}

cv::Mat scharrLength(const cv::Mat& in) {
    cv::Mat across;
    cv::Mat down;
    cv::Mat out;
    cv::Scharr(in, across, CV_32F, 1, 0);
    cv::Scharr(in, down, CV_32F, 0, 1);
    cv::magnitude(across, down, out);
    return out;
}

cv::Mat prewittLength(const cv::Mat& in) {
    const cv::Mat slope = (cv::Mat_<float>(1, 3) << -1, 0, 1);
    const cv::Mat side = cv::Mat::ones(1, 3, CV_32F);
    cv::Mat across;
    cv::Mat down;
    cv::Mat out;
    cv::sepFilter2D(in, across, CV_32F, slope, side);
    cv::sepFilter2D(in, down, CV_32F, side, slope);
    cv::magnitude(across, down, out);
    return out;
}

/// Its place and how good it is, as ours gives it.
cv::Mat bestMatch(const cv::Mat& in) {
    cv::Mat map;
    double best = 0;
    cv::Point place;
    cv::matchTemplate(in, in(cv::Rect(900, 700, 33, 33)), map, cv::TM_CCOEFF_NORMED);
    cv::minMaxLoc(map, nullptr, &best, nullptr, &place);
    return (cv::Mat_<double>(1, 3) << place.x, place.y, best);
}

cv::Mat segments(const cv::Mat& in) {
    std::vector<cv::Vec4i> found;
    cv::HoughLinesP(in, found, 1, CV_PI / 180, 80, 60, 3);
    return cv::Mat(found, true);
}

const std::map<std::string, Work>& works() {
    static const std::map<std::string, Work> all{
        {"gaussblur 5", into([](const cv::Mat& in, cv::Mat& out) { cv::GaussianBlur(in, out, {0, 0}, 5); })},
        {"box 9", into([](const cv::Mat& in, cv::Mat& out) { cv::blur(in, out, {9, 9}); })},
        {"bilateral 9", into([](const cv::Mat& in, cv::Mat& out) { cv::bilateralFilter(in, out, 9, 30, 3); })},
        {"median 5", into([](const cv::Mat& in, cv::Mat& out) { cv::medianBlur(in, out, 5); })},
        {"erode 3", morph(cv::MORPH_ERODE, 3)},
        {"minimum 15", morph(cv::MORPH_ERODE, 15)},
        {"erode disc 7", into([](const cv::Mat& in, cv::Mat& out) { cv::erode(in, out, disc(7)); })},
        {"open 9", morph(cv::MORPH_OPEN, 9)},
        {"close 9", morph(cv::MORPH_CLOSE, 9)},
        {"black top-hat 9", morph(cv::MORPH_BLACKHAT, 9)},
        {"gradient 3", morph(cv::MORPH_GRADIENT, 3)},
        {"top-hat 9", morph(cv::MORPH_TOPHAT, 9)},
        {"threshold", into([](const cv::Mat& in, cv::Mat& out) { cv::threshold(in, out, 128, 255, cv::THRESH_BINARY); })},
        {"otsu", into([](const cv::Mat& in, cv::Mat& out) { cv::threshold(in, out, 0, 255, cv::THRESH_OTSU); })},
        {"adaptive 31", into([](const cv::Mat& in, cv::Mat& out) {
             cv::adaptiveThreshold(in, out, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY, 31, 5);
         })},
        {"adaptive Gaussian 31", into([](const cv::Mat& in, cv::Mat& out) {
             cv::adaptiveThreshold(in, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY, 31, 5);
         })},
        {"triangle", into([](const cv::Mat& in, cv::Mat& out) { cv::threshold(in, out, 0, 255, cv::THRESH_TRIANGLE); })},
        {"label", labels},
        {"distance", into([](const cv::Mat& in, cv::Mat& out) { cv::distanceTransform(in, out, cv::DIST_L2, 5); })},
        {"exact distance", into([](const cv::Mat& in, cv::Mat& out) {
             cv::distanceTransform(in, out, cv::DIST_L2, cv::DIST_MASK_PRECISE);
         })},
        {"chessboard distance", into([](const cv::Mat& in, cv::Mat& out) { cv::distanceTransform(in, out, cv::DIST_C, 3); })},
        {"resize 0.37", into([](const cv::Mat& in, cv::Mat& out) { cv::resize(in, out, {}, .37, .37, cv::INTER_AREA); })},
        {"enlarge 1.5", into([](const cv::Mat& in, cv::Mat& out) { cv::resize(in, out, {}, 1.5, 1.5, cv::INTER_CUBIC); })},
        {"rotate 17", turned},
        {"perspective", straightened},
        {"histogram", histogram},
        {"statistics", statistics},
        {"fft", into([](const cv::Mat& in, cv::Mat& out) {
             cv::Mat decimal;
             in.convertTo(decimal, CV_64F);
             cv::dft(decimal, out, cv::DFT_COMPLEX_OUTPUT);
         })},
        {"sobel", gradientLength},
        {"scharr", scharrLength},
        {"prewitt", prewittLength},
        {"laplacian", into([](const cv::Mat& in, cv::Mat& out) { cv::Laplacian(in, out, CV_32F, 1); })},
        {"template 33", into([](const cv::Mat& in, cv::Mat& out) {
             cv::matchTemplate(in, in(cv::Rect(900, 700, 33, 33)), out, cv::TM_CCOEFF_NORMED);
         })},
        {"find template 33", bestMatch},
        {"segments", segments},
        {"lines", into([](const cv::Mat& in, cv::Mat& out) { cv::HoughLines(in, out, 1, CV_PI / 180, 1200); })},
        {"circles", into([](const cv::Mat& in, cv::Mat& out) {
             cv::HoughCircles(in, out, cv::HOUGH_GRADIENT, 1, 20, 100, 30, 8, 30);
         })},
        {"canny", into([](const cv::Mat& in, cv::Mat& out) { cv::Canny(in, out, 50, 100); })},
        {"clahe", into([](const cv::Mat& in, cv::Mat& out) { cv::createCLAHE(3, {8, 8})->apply(in, out); })},
        {"grey", into([](const cv::Mat& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2GRAY); })},
        {"lab", lab},
        {"hsv", into([](const cv::Mat& in, cv::Mat& out) { cv::cvtColor(in, out, cv::COLOR_RGB2HSV); })},
    };
    return all;
}

int depthOf(const py::array& array) {
    static const std::map<std::string, int> depths{{"|u1", CV_8U}, {"<u2", CV_16U}, {"<i2", CV_16S},
                                                   {"<i4", CV_32S}, {"<f4", CV_32F}, {"<f8", CV_64F}};
    return depths.at(py::str(array.dtype().attr("str")));
}

cv::Mat matrixOf(const py::array& array) {
    const int bands = array.ndim() == 3 ? int(array.shape(2)) : 1;
    return {int(array.shape(0)), int(array.shape(1)), CV_MAKETYPE(depthOf(array), bands), const_cast<void*>(array.data())};
}

/// An array on the matrix' memory.
py::array arrayOf(const cv::Mat& matrix) {
    static const char* const types[] = {"u1", "i1", "u2", "i2", "i4", "f4", "f8"};
    std::vector<py::ssize_t> shape{matrix.rows, matrix.cols};
    if (matrix.channels() > 1)
        shape.push_back(matrix.channels());
    auto* const kept = new cv::Mat(matrix);
    const py::capsule owner(kept, [](void* data) { delete static_cast<cv::Mat*>(data); });
    return py::array(py::dtype(types[matrix.depth()]), shape, kept->data, owner);
}

/// All cores, as OpenCV takes them where nobody says otherwise; Tintype may have said otherwise in this process.
struct AllThreads {
    const int before = cv::getNumThreads();
    AllThreads() { cv::setNumThreads(-1); }
    ~AllThreads() { cv::setNumThreads(before); }
};

py::array openCv(const std::string& name, const py::array& array) {
    const cv::Mat in = matrixOf(array);
    cv::Mat out;
    {
        const py::gil_scoped_release released;
        const AllThreads threads;
        out = works().at(name)(in);
    }
    return arrayOf(out);
}

[[noreturn]] void fail() {
    const std::string reason = vips_error_buffer();
    vips_error_clear();
    throw std::runtime_error(reason);
}

using Options = std::vector<std::pair<std::string, std::string>>;

/// The operation's first image, computed into new memory; the array may not change before it is let go of.
class VipsResult {
public:
    VipsResult(const std::string& nickname, const py::array& array, const Options& options) {
        static const std::map<std::string, VipsBandFormat> formats{{"|u1", VIPS_FORMAT_UCHAR}, {"<f4", VIPS_FORMAT_FLOAT}};
        const int bands = array.ndim() == 3 ? int(array.shape(2)) : 1;
        VipsImage* in = vips_image_new_from_memory(array.data(), std::size_t(array.nbytes()), int(array.shape(1)),
                                                   int(array.shape(0)), bands,
                                                   formats.at(py::str(array.dtype().attr("str"))));
        in->Type = bands == 3 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_B_W;
        const py::gil_scoped_release released;
        VipsOperation* operation = vips_operation_new(nickname.c_str());
        if (!operation)
            fail();
        g_object_set(operation, "in", in, nullptr);
        g_object_unref(in);
        for (const auto& [name, value] : options)
            if (vips_object_set_argument_from_string(VIPS_OBJECT(operation), name.c_str(), value.c_str()))
                fail();
        if (vips_object_build(VIPS_OBJECT(operation)))
            fail();
        VipsImage* lazy = nullptr;
        const bool isOut = g_object_class_find_property(G_OBJECT_GET_CLASS(operation), "out") != nullptr;
        g_object_get(operation, isOut ? "out" : "mask", &lazy, nullptr);
        m_image = vips_image_copy_memory(lazy);
        g_object_unref(lazy);
        vips_object_unref_outputs(VIPS_OBJECT(operation));
        g_object_unref(operation);
        if (!m_image)
            fail();
    }
    ~VipsResult() { g_object_unref(m_image); }
    VipsResult(const VipsResult&) = delete;

    py::array array() const {
        static const char* const types[] = {"u1", "i1", "u2", "i2", "u4", "i4", "f4", "c8", "f8", "c16"};
        const std::vector<py::ssize_t> shape{m_image->Ysize, m_image->Xsize, m_image->Bands};
        return py::array(py::dtype(types[m_image->BandFmt]), shape, m_image->data, py::cast(this));
    }

private:
    VipsImage* m_image = nullptr;
};

} // namespace

PYBIND11_MODULE(peer_pixels, module) {
    if (VIPS_INIT("peer_pixels"))
        fail();
    module.def("opencv", &openCv, "Runs the named work of OpenCV on the array.");
    module.def("opencv_names", [] {
        std::vector<std::string> names;
        for (const auto& [name, work] : works())
            names.push_back(name);
        return names;
    });
    py::class_<VipsResult>(module, "VipsResult")
        .def(py::init<const std::string&, const py::array&, const Options&>(), py::keep_alive<1, 3>())
        .def("array", &VipsResult::array);
}
