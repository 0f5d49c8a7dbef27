# Scripts for pyvips run with their import changed: images, operators, bands, what operations return.
# SPDX-License-Identifier: GPL-3.0-or-later
import inspect

import numpy as np
import pytest

import tintype as pyvips

# What pyvips documents for its Image besides the operations of libvips.
METHODS = """
new_from_file new_from_buffer new_from_memory new_from_array new_from_list new_from_image new_temp_file new_from_source
write_to_file write_to_buffer write_to_memory write_to_target write numpy tolist copy_memory pil
get get_fields get_typeof set set_type remove get_value get_page_height get_n_pages mutate copy
set_progress signal_connect set_kill invalidate hasalpha addalpha
bandsplit bandjoin bandrank composite ifthenelse bandand bandor bandeor median maxpos minpos dilate erode
floor ceil rint sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp10 log log10 pow wop atan2
real imag polar rect conj cross_phase scaleimage fliphor flipver rot90 rot180 rot270
""".split()
LOADERS = ["jpegload", "jpegload_buffer", "jpegload_source", "pngload", "tiffload", "webpload", "rawload", "csvload", "matrixload"]
SAVERS = ["jpegsave", "jpegsave_buffer", "jpegsave_target", "pngsave", "tiffsave_buffer", "webpsave", "rawsave", "dzsave", "csvsave"]
FUNCTIONS = """
cache_set_max cache_set_max_mem cache_set_max_files cache_set_trace cache_get_max version at_least_libvips get_suffixes
type_find type_name type_from_name values_for_enum Error Image Interpolate Operation Region GValue MutableImage Source Target
SourceCustom TargetCustom enums
""".split()
PROPERTIES = "width height bands format interpretation coding filename xoffset yoffset xres yres".split()


@pytest.fixture
def grey():
    return pyvips.Image.new_from_array((np.arange(12 * 9).reshape(9, 12) % 100).astype("uint8"))


@pytest.fixture
def colour(grey):
    return grey.bandjoin([grey + 50, 255 - grey]).cast("uchar").copy(interpretation="srgb")


@pytest.mark.parametrize("name", METHODS + LOADERS + SAVERS)
def test_images_have_what_pyvips_documents(name):
    assert callable(inspect.getattr_static(pyvips.Image, name).__get__(None, pyvips.Image))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_module_has_what_pyvips_documents(name):
    assert getattr(pyvips, name)


def test_the_introduction_of_pyvips_runs(astronaut, tmp_path):
    image = astronaut
    image *= [1, 2, 1]
    mask = pyvips.Image.new_from_list([[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]], scale=8)
    image = image.conv(mask, precision="integer")
    image.write_to_file(tmp_path / "x.jpg")
    assert pyvips.Image.new_from_file(tmp_path / "x.jpg").width == 512


def values(image):
    return np.asarray(image).astype("float64")


A = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]], "uint8")
B = np.array([[[3, 1, 2], [2, 2, 2]], [[5, 4, 1], [1, 3, 7]]], "uint8")
SAME_AS_NUMPY = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
}
SAME_AS_WHOLE_NUMBERS = {
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
}
COMPARISONS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
OTHERS = {"an image": B, "a number": 3, "a list": [1, 2, 3]}


def both_sides(function, other, kind):
    image = pyvips.Image.new_from_array(A)
    mine = pyvips.Image.new_from_array(other) if isinstance(other, np.ndarray) else other
    theirs = np.asarray(other).astype(kind)
    yield values(function(image, mine)), function(A.astype(kind), theirs)
    yield values(function(mine, image)), function(theirs, A.astype(kind))


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("function", SAME_AS_NUMPY.values(), ids=SAME_AS_NUMPY)
def test_arithmetic_operators_work_on_both_sides(function, other):
    for got, wanted in both_sides(function, other, "float64"):
        assert np.allclose(got, wanted, rtol=1e-5)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("function", SAME_AS_WHOLE_NUMBERS.values(), ids=SAME_AS_WHOLE_NUMBERS)
def test_bit_operators_work_on_both_sides(function, other):
    for got, wanted in both_sides(function, other, "int32"):
        # libvips keeps the format: what is shifted out of 8 bits is lost in an image of 8 bits.
        assert np.array_equal(got.astype("int64") & 255, wanted & 255)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("function", COMPARISONS.values(), ids=COMPARISONS)
def test_comparisons_are_255_and_0_on_both_sides(function, other):
    for got, wanted in both_sides(function, other, "float64"):
        assert np.array_equal(got, wanted * 255)


@pytest.mark.parametrize("function", [*SAME_AS_NUMPY.values(), *COMPARISONS.values()])
def test_an_array_beside_an_image_is_an_image(function):
    image = pyvips.Image.new_from_array(A)
    got, swapped = function(image, B), function(B, image)
    assert isinstance(got, pyvips.Image) and isinstance(swapped, pyvips.Image)
    assert np.allclose(values(got), values(function(image, pyvips.Image.new_from_array(B))))
    assert np.allclose(values(swapped), values(function(pyvips.Image.new_from_array(B), image)))


def test_signs_and_inversion(grey):
    assert np.array_equal(values(-grey), -values(grey))
    assert np.array_equal(values(abs(-grey)), values(grey))
    assert (+grey).max() == grey.max()
    assert np.array_equal(values(~grey), 255 - values(grey))


def test_bands_are_indexed_and_sliced(colour):
    assert [colour[i](3, 2)[0] for i in (0, 1, 2, -1)] == [*colour(3, 2), colour(3, 2)[2]]
    assert colour[1:](3, 2) == colour(3, 2)[1:]
    assert colour[:-1].bands == 2 and colour[::-1](3, 2) == colour(3, 2)[::-1] and colour[::2].bands == 2
    assert len(colour) == 3
    with pytest.raises(IndexError):
        colour[3]
    with pytest.raises(IndexError):
        colour[3:]
    red, green, blue = colour
    assert blue(3, 2) == [colour(3, 2)[2]]


def test_bands_are_joined_in_all_the_ways(grey, colour):
    assert grey.bandjoin(grey).bands == 2
    assert pyvips.Image.bandjoin([grey, grey, grey]).bands == 3
    assert grey.bandjoin([grey, 255])(0, 0) == [0.0, 0.0, 255.0]
    assert colour.bandjoin(255)(0, 0)[3] == 255
    assert [band.bands for band in colour.bandsplit()] == [1, 1, 1]
    assert grey.bandrank([grey + 10, grey + 20])(1, 0) == [11.0]
    assert pyvips.Image.bandrank([grey, grey + 10], index=0)(1, 0) == [1.0]
    assert colour.bandand()(2, 1) == [float(14 & 64 & 241)]
    assert colour.bandor()(2, 1) == [float(14 | 64 | 241)]
    assert colour.bandeor()(2, 1) == [float(14 ^ 64 ^ 241)]


def test_ifthenelse_takes_images_numbers_and_lists(grey, colour):
    assert (grey > 5).ifthenelse(colour, 9)(0, 0) == [9.0, 9.0, 9.0]
    assert (grey > 5).ifthenelse([0, 255, 0], [255, 0, 0])(8, 0) == [0.0, 255.0, 0.0]
    assert (grey > 5).ifthenelse(grey, 7, blend=True)(1, 0) == [7.0]


def test_composite_takes_one_image_or_several(colour):
    over = colour.addalpha()
    assert colour.composite(over, "over").bands == 4
    assert colour.composite([over, over], ["over", "multiply"], x=[1, 2], y=[0, 0]).width == 12
    assert pyvips.Image.composite([colour, over], "over").bands == 4
    assert colour.composite2(over, "over", x=2).bands == 4


def test_median_and_morphology_take_pyvips_arguments(grey):
    assert grey.median(3).width == 12 and grey.median().width == 12
    mask = [[128, 255, 128], [255, 255, 255], [128, 255, 128]]
    spots = (grey > 50).dilate(mask)
    assert values(spots.erode(mask)).mean() <= values(spots).mean()
    assert np.array_equal(values(spots), values((grey > 50).morph(mask, "dilate")))


def test_extremes_come_with_their_places(grey):
    value, x, y = grey.maxpos()
    assert (value, x, y) == (99.0, 3, 8)
    assert grey.minpos()[0] == 0.0
    value, where = grey.max(x=True, y=True)
    assert (value, where["x"], where["y"]) == (99.0, 3, 8)
    value, found = grey.min(size=3, x_array=True, y_array=True, out_array=True)
    assert len(found["x_array"]) == 3 and sorted(found["out_array"]) == [0.0, 0.0, 1.0]


def test_required_outputs_are_one_value_or_several(grey):
    left, top, width, height = grey.find_trim(background=0)
    assert width <= 12 and height <= 9 and left >= 0 and top >= 0
    columns, rows = grey.project()
    assert columns.width == 12 and rows.height == 9
    mask, found = grey.labelregions(segments=True)
    assert found["segments"] > 0 and mask.format == "int"


def test_complex_helpers_match_numpy(grey):
    numbers = values(grey)
    complicated = grey.complexform(grey + 1)
    wanted = numbers + 1j * (numbers + 1)
    assert np.allclose(np.asarray(complicated), wanted)
    assert np.allclose(values(complicated.real()), wanted.real) and np.allclose(values(complicated.imag()), wanted.imag)
    assert np.allclose(np.asarray(complicated.conj()), wanted.conj())
    polar = np.asarray(complicated.polar())
    assert np.allclose(polar.real, abs(wanted), rtol=1e-5)
    assert np.allclose(np.asarray(complicated.polar().rect()), wanted, atol=1e-3)
    crossed = np.asarray(complicated.cross_phase(complicated.conj()))
    assert np.allclose(abs(crossed[1:]), 1, atol=1e-4)


def test_unknown_names_are_pyvips_errors(grey):
    with pytest.raises(AttributeError):
        grey.no_such_operation
    with pytest.raises(pyvips.Error) as raised:
        grey.embed(1, 1, "wide", 3)
    assert "embed" in raised.value.message and isinstance(raised.value.detail, str)


def test_header_properties_are_attributes(grey, coins):
    for name in PROPERTIES:
        getattr(grey, name)
    assert grey.coding == "none" and (grey.xoffset, grey.yoffset) == (0, 0)
    assert coins.filename.endswith("coins.png") and grey.filename is None
    mask = pyvips.Image.new_from_list([[1, 2]], scale=3, offset=4)
    assert mask.get("scale") == 3 and mask.get("offset") == 4
