# The rows of tests/bench/operations.py: one piece of work, and how everybody who can do it is asked to.
# SPDX-License-Identifier: GPL-3.0-or-later
"""A row holds functions from what each takes (an image of ours, an array) to a new array. The first peer named in `like` is
the one whose pixels ours are held to: at most `most` apart where the peer says it does the same, but for a share `but` of the
pixels, where the two may settle a tie or a border differently. `like` is None where no pixels can be compared; it is then said
why. Peers that do other work under the same name, or less of it, are left out, and `why` says what they do.
"""
import dataclasses
from collections.abc import Callable

import numpy as np

import peer_pixels
import tintype as tt


@dataclasses.dataclass
class Row:
    name: str
    picture: str  # "grey", "rgb" or "mask"
    ours: Callable
    peers: dict[str, Callable]
    formats: tuple[str, ...] = ("uchar", "float")
    like: str | None = "OpenCV"
    most: float | dict[str, float] = 0  # by the form of the numbers where that matters
    but: float = 0.0
    edge: int = 0  # pixels at the border that are not compared: there is no common rule for what lies outside
    why: str = ""


def opencv(name):
    return lambda array: peer_pixels.opencv(name, array)


def vips(nickname, **options):
    texts = [(key, str(value)) for key, value in options.items()]
    return lambda array: peer_pixels.VipsResult(nickname, array, texts).array()


def _scipy(call):
    def work(array):
        import scipy.ndimage

        return call(scipy.ndimage, array)

    return work


def _skimage(module, call):
    def work(array):
        import importlib

        return call(importlib.import_module(f"skimage.{module}"), array)

    return work


def _pillow(call):
    def work(array):
        from PIL import Image

        return np.array(call(Image.fromarray(array)))

    return work


def _filter(kind, *arguments):
    def call(image):
        from PIL import ImageFilter

        return image.filter(getattr(ImageFilter, kind)(*arguments))

    return _pillow(call)


_Y, _X = np.mgrid[-7:8, -7:8]
DISC_7 = _X * _X + _Y * _Y <= 7 * 7 + 7


def _scaled(image, factor):
    return round(image.width * factor), round(image.height * factor)


def _regionprops(measure, array):
    return measure.regionprops_table(measure.label(array), array, properties=(
        "label", "area", "bbox", "centroid", "equivalent_diameter_area", "perimeter", "axis_major_length", "axis_minor_length",
        "orientation", "eccentricity", "solidity", "intensity_mean", "intensity_min", "intensity_max"))["area"]


def _split(module, array):
    """As its own gallery does it."""
    import scipy.ndimage

    distance = scipy.ndimage.distance_transform_edt(array)
    peaks = module("feature").peak_local_max(distance, footprint=np.ones((3, 3)), labels=module("measure").label(array))
    markers = np.zeros(array.shape, np.int32)
    markers[tuple(peaks.T)] = np.arange(1, len(peaks) + 1)
    return module("segmentation").watershed(-distance, markers, mask=array)


def _corners(width, height):
    return [.1 * width, .05 * height, .95 * width, .1 * height, .9 * width, .97 * height, 0, .9 * height]


def _straightened(image):
    return image.perspective(_corners(image.width, image.height), width=image.width, height=image.height).numpy()


def _warped(module, array):
    height, width = array.shape
    transform = module.ProjectiveTransform()
    rectangle = np.array([[0, 0], [width, 0], [width, height], [0, height]])
    transform.estimate(rectangle - 0.5, np.reshape(_corners(width, height), (4, 2)) - 0.5)
    return module.warp(array, transform, order=1, mode="edge", preserve_range=True)


_markers_by_shape = {}


def _markers(array):
    """Where flooding begins: the darkest and the brightest pixels. Made once, since nobody measures that."""
    if array.shape not in _markers_by_shape:
        _markers_by_shape[array.shape] = markers = np.zeros(array.shape, np.int32)
        markers[array < np.percentile(array, 10)] = 1
        markers[array > np.percentile(array, 99)] = 2
    return _markers_by_shape[array.shape]


def _statistics(array):
    return np.array([array.min(), array.max(), array.mean(), array.std(ddof=1)])


SUMS_OF_32_BITS = "OpenCV adds up in 32 bits: on 4000 pixels square it is up to 4e-4 from the sums in 64 bits, ours 3e-8"

ROWS = [
    Row("gaussblur 5", "grey", lambda im: im.gaussblur(5).numpy(), {
        "libvips": vips("gaussblur", sigma=5),
        "libvips exact": vips("gaussblur", sigma=5, precision="float", min_ampl=0.001),
        "OpenCV": opencv("gaussblur 5"), "scipy": _scipy(lambda nd, a: nd.gaussian_filter(a, 5)),
        "PIL": _filter("GaussianBlur", 5)}, most={"uchar": 1, "float": 0.03}, edge=20),
    Row("median 5", "grey", lambda im: im.median(5).numpy(), {
        "libvips": vips("rank", width=5, height=5, index=12), "OpenCV": opencv("median 5"),
        "scipy": _scipy(lambda nd, a: nd.median_filter(a, 5)), "PIL": _filter("MedianFilter", 5)}, edge=2),
    Row("threshold", "grey", lambda im: (im > 128).numpy(), {
        "libvips": vips("relational_const", relational="more", c=128), "OpenCV": opencv("threshold"),
        "numpy": lambda a: (a > 128).view(np.uint8) * np.uint8(255)}),
    Row("label", "mask", lambda im: im.label().numpy(), {
        "libvips": vips("labelregions"), "OpenCV": opencv("label"),
        "scipy": _scipy(lambda nd, a: nd.label(a, np.ones((3, 3)))[0]),
        "skimage": _skimage("measure", lambda m, a: m.label(a, connectivity=2))}, formats=("uchar",), like="scipy"),
    Row("distance", "mask", lambda im: im.distance_transform().numpy(), {
        "OpenCV": opencv("exact distance"), "scipy": _scipy(lambda nd, a: nd.distance_transform_edt(a))}, formats=("uchar",),
        like="scipy", most=1e-5),
    Row("distance chessboard", "mask", lambda im: im.distance_transform(metric="chessboard").numpy(), {
        "OpenCV": opencv("chessboard distance"), "scipy": _scipy(lambda nd, a: nd.distance_transform_cdt(a, "chessboard"))},
        formats=("uchar",), like="scipy"),
    Row("watershed", "grey", lambda im: im.watershed(_markers(im.numpy()), connectivity=4).numpy(), {
        "skimage": _skimage("segmentation", lambda m, a: m.watershed(a, _markers(a)))}, formats=("uchar",), like="skimage", but=0.02),
    Row("split objects", "mask", lambda im: im.split_objects().numpy(), {
        "skimage": lambda a: _split(lambda name: __import__("importlib").import_module(f"skimage.{name}"), a)},
        formats=("uchar",), like=None, why="peaks that are shallow are parts there"),
    Row("fill holes", "mask", lambda im: im.fill_holes().numpy(), {
        "scipy": _scipy(lambda nd, a: nd.binary_fill_holes(a).view(np.uint8) * np.uint8(255))}, formats=("uchar",), like="scipy"),
    Row("remove small objects", "mask", lambda im: im.remove_small_objects(size=200).numpy(), {
        "skimage": _skimage("morphology", lambda m, a: m.remove_small_objects(a > 0, 200, connectivity=2).view(np.uint8) * np.uint8(255))},
        formats=("uchar",), like="skimage"),
    Row("measure", "mask", lambda im: tt.measure(im.label(), im)["area"], {
        "skimage": _skimage("measure", _regionprops)}, formats=("uchar",), like="skimage"),
    Row("resize 0.37", "grey", lambda im: im.resize(0.37).numpy(), {
        "libvips": vips("resize", scale=0.37), "PIL": _pillow(lambda i: i.resize(_scaled(i, 0.37), 1))}, like="libvips",
        why="OpenCV has no Lanczos filter that is as wide as a smaller picture needs it"),
    Row("enlarge 1.5", "grey", lambda im: im.resize(1.5, kernel="cubic").numpy(), {
        "libvips": vips("resize", scale=1.5, kernel="cubic"), "OpenCV": opencv("enlarge 1.5"),
        "PIL": _pillow(lambda i: i.resize(_scaled(i, 1.5), 3))}, like="libvips"),
    Row("histogram", "grey", lambda im: im.hist_find().numpy(), {
        "libvips": vips("hist_find"), "OpenCV": opencv("histogram"),
        "numpy": lambda a: np.bincount(a.ravel(), minlength=256)}, formats=("uchar",), like="numpy"),
    Row("statistics", "grey", lambda im: im.stats().numpy()[0, [0, 1, 4, 5]], {
        "libvips": vips("stats"), "OpenCV": opencv("statistics"), "numpy": _statistics}, like="numpy", most={"uchar": 1e-9, "float": 1e-4}),
    Row("erode 3", "grey", lambda im: im.erode(radius=1, shape="square").numpy(), {
        "OpenCV": opencv("erode 3"), "libvips": vips("rank", width=3, height=3, index=0),
        "scipy": _scipy(lambda nd, a: nd.minimum_filter(a, 3)), "PIL": _filter("MinFilter", 3)}, edge=1),
    Row("minimum 15", "grey", lambda im: im.erode(radius=7, shape="square").numpy(), {
        "OpenCV": opencv("minimum 15"), "libvips": vips("rank", width=15, height=15, index=0),
        "scipy": _scipy(lambda nd, a: nd.minimum_filter(a, 15))}, edge=7),
    Row("erode disc 7", "grey", lambda im: im.erode(radius=7).numpy(), {
        "OpenCV": opencv("erode disc 7"), "scipy": _scipy(lambda nd, a: nd.grey_erosion(a, footprint=DISC_7))}, edge=7),
    Row("open 9", "grey", lambda im: im.opening(radius=4, shape="square").numpy(), {
        "OpenCV": opencv("open 9"), "scipy": _scipy(lambda nd, a: nd.grey_opening(a, 9))}, edge=8),
    Row("top-hat 9", "grey", lambda im: im.white_tophat(radius=4, shape="square").numpy(), {
        "OpenCV": opencv("top-hat 9"), "scipy": _scipy(lambda nd, a: nd.white_tophat(a, 9))}, edge=8),
    Row("close 9", "grey", lambda im: im.closing(radius=4, shape="square").numpy(), {
        "OpenCV": opencv("close 9"), "scipy": _scipy(lambda nd, a: nd.grey_closing(a, 9))}, edge=8),
    Row("black top-hat 9", "grey", lambda im: im.black_tophat(radius=4, shape="square").numpy(), {
        "OpenCV": opencv("black top-hat 9"), "scipy": _scipy(lambda nd, a: nd.black_tophat(a, 9))}, edge=8),
    Row("gradient 3", "grey", lambda im: im.morph_gradient(radius=1, shape="square").numpy(), {
        "OpenCV": opencv("gradient 3"), "scipy": _scipy(lambda nd, a: nd.morphological_gradient(a, 3))}, edge=1),
    Row("rotate 17", "grey", lambda im: im.rotate(17).numpy(), {
        "libvips": vips("rotate", angle=17), "OpenCV": opencv("rotate 17"),
        "scipy": _scipy(lambda nd, a: nd.rotate(a, 17, order=1)),
        "PIL": _pillow(lambda i: i.rotate(17, 2, expand=True))}, like="libvips"),
    Row("perspective", "grey", _straightened, {
        "OpenCV": opencv("perspective"), "skimage": _skimage("transform", _warped)}, like="skimage", most={"uchar": 1, "float": 0.05},
        why="OpenCV takes places in steps of a 32nd of a pixel"),
    Row("grey", "rgb", lambda im: im.colourspace("b-w").numpy(), {
        "libvips": vips("colourspace", space="b-w")}, formats=("uchar",), like="libvips",
        why="the others add up the levels as they are; this is the grey of the light that they stand for"),
    Row("Lab", "rgb", lambda im: im.colourspace("lab").numpy(), {
        "libvips": vips("colourspace", space="lab"), "OpenCV": opencv("lab"),
        "skimage": _skimage("color", lambda m, a: m.rgb2lab(a))}, formats=("uchar",), like="libvips", most=2e-4),
    Row("HSV", "rgb", lambda im: im.colourspace("hsv").numpy(), {
        "libvips": vips("colourspace", space="hsv"), "OpenCV": opencv("hsv")}, formats=("uchar",), like="libvips",
        why="OpenCV's hues end at 180; Pillow's and scikit-image's are rounded in other ways"),
    Row("sharpen", "rgb", lambda im: im.sharpen().numpy(), {
        "libvips": vips("sharpen")}, formats=("uchar",), like="libvips",
        why="the others sharpen each colour; this is the lightness alone"),
    Row("local contrast", "grey", lambda im: im.hist_local(65, 65, max_slope=3).numpy(), {
        "libvips": vips("hist_local", width=65, height=65, max_slope=3)}, formats=("uchar",), like="libvips",
        why="OpenCV's and scikit-image's local contrast has a histogram for each of 64 fields, not for each pixel: row CLAHE"),
    Row("local equalisation", "grey", lambda im: im.hist_local(65, 65, max_slope=0).numpy(), {
        "libvips": vips("hist_local", width=65, height=65),
        "skimage": _skimage("filters.rank", lambda m, a: m.equalize(a, np.ones((65, 65), np.uint8)))}, formats=("uchar",),
        like="libvips"),
    Row("Fourier transform", "grey", lambda im: im.fwfft().numpy(), {
        "libvips": vips("fwfft"), "OpenCV": opencv("fft"),
        "scipy": lambda a: __import__("scipy.fft").fft.fft2(a.astype(np.float64), workers=-1)}, like="libvips", most=1e-12),
    Row("box 9", "grey", lambda im: im.boxblur(radius=4).numpy(), {
        "OpenCV": opencv("box 9"), "scipy": _scipy(lambda nd, a: nd.uniform_filter(a, 9))}, edge=4, most={"uchar": 0, "float": 2e-5}),
    Row("bilateral 9", "grey", lambda im: im.bilateral(3, 30, radius=4).numpy(), {"OpenCV": opencv("bilateral 9")},
        edge=4, most={"uchar": 0, "float": 5e-4}, but=1e-4),
    Row("adaptive 31", "grey", lambda im: im.adaptive_threshold(radius=15, offset=5).numpy(), {
        "OpenCV": opencv("adaptive 31"), "skimage": _skimage("filters", lambda m, a: a > m.threshold_local(a, 31, "mean", 5))},
        formats=("uchar",), edge=15, but=0.03),
    Row("adaptive Gaussian 31", "grey", lambda im: im.adaptive_threshold(radius=15, offset=5, method="gaussian").numpy(), {
        "OpenCV": opencv("adaptive Gaussian 31"),
        "skimage": _skimage("filters", lambda m, a: a > m.threshold_local(a, 31, "gaussian", 5))}, formats=("uchar",), edge=18,
        but=0.03),
    Row("Otsu", "grey", lambda im: im.threshold(method="otsu").numpy(), {
        "OpenCV": opencv("otsu"),
        "skimage": _skimage("filters", lambda m, a: (a > m.threshold_otsu(a)).view(np.uint8) * np.uint8(255))},
        formats=("uchar",)),
    Row("triangle", "grey", lambda im: im.threshold(method="triangle").numpy(), {
        "OpenCV": opencv("triangle"),
        "skimage": _skimage("filters", lambda m, a: (a > m.threshold_triangle(a)).view(np.uint8) * np.uint8(255))},
        formats=("uchar",), like="skimage", why="OpenCV's level is one higher or lower, by where it lets the triangle begin"),
    Row("CLAHE", "grey", lambda im: im.clahe(clip=3).numpy(), {
        "OpenCV": opencv("clahe"),
        "skimage": _skimage("exposure", lambda m, a: m.equalize_adapthist(
            a, kernel_size=(-(-a.shape[0] // 8), -(-a.shape[1] // 8)), clip_limit=3 / 256))}, formats=("uchar",)),
    Row("Scharr", "grey", lambda im: im.scharr().numpy(), {
        "OpenCV": opencv("scharr"), "skimage": _skimage("filters", lambda m, a: m.scharr(a))},
        like=None, why="each scales the gradient in a way of its own"),
    Row("Prewitt", "grey", lambda im: im.prewitt().numpy(), {
        "OpenCV": opencv("prewitt"), "skimage": _skimage("filters", lambda m, a: m.prewitt(a))},
        like=None, why="each scales the gradient in a way of its own"),
    Row("Laplacian", "grey", lambda im: im.laplacian().numpy(), {
        "OpenCV": opencv("laplacian"), "scipy": _scipy(lambda nd, a: nd.laplace(a.astype("f4")))}, edge=1, most={"uchar": 0, "float": 1e-4}),
    Row("Canny, two thresholds", "grey", lambda im: im.canny_edges(low=50, high=100).numpy(), {"OpenCV": opencv("canny")},
        formats=("uchar",), why="scikit-image's blurs first, however little, and takes the length of the slope"),
    Row("template 33", "grey", lambda im: im.match_template(im.crop(900, 700, 33, 33)).numpy(), {
        "OpenCV": opencv("template 33"), "skimage": _skimage("feature", lambda m, a: m.match_template(a, a[700:733, 900:933]))},
        most={"uchar": 1e-3, "float": 1e-4}, why=SUMS_OF_32_BITS),
    Row("find template 33", "grey", lambda im: np.array(im.find_template(im.crop(900, 700, 33, 33))), {
        "OpenCV": opencv("find template 33")}, most={"uchar": 1e-4, "float": 1e-4}, why=SUMS_OF_32_BITS),
    Row("lines", "mask", lambda im: im.find_lines(votes=1200).numpy(), {"OpenCV": opencv("lines")}, formats=("uchar",),
        like=None, why="OpenCV gives fewer columns"),
    Row("segments", "mask", lambda im: im.find_segments(votes=80, length=60, gap=3).numpy(), {"OpenCV": opencv("segments")},
        formats=("uchar",), like=None, why="OpenCV gives them in the order in which it found them, without their lengths"),
    Row("circles", "grey", lambda im: im.find_circles(min_radius=8, max_radius=30, distance=20).numpy(),
        {"OpenCV": opencv("circles")}, formats=("uchar",), like=None, why="the middles are OpenCV's"),
    Row("Sobel", "grey", lambda im: im.sobel().numpy(), {
        "libvips": vips("sobel"), "OpenCV": opencv("sobel"),
        "scipy": _scipy(lambda nd, a: np.hypot(nd.sobel(a.astype("f4"), 0), nd.sobel(a.astype("f4"), 1)))},
        like=None, why="each scales the gradient in a way of its own"),
    Row("Canny", "grey", lambda im: im.canny().numpy(), {"libvips": vips("canny")}, formats=("uchar",), like="libvips",
        why="this blurs, and keeps how steep the edges are; OpenCV and scikit-image mark those above thresholds: row above"),
]
