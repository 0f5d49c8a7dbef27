# Operations of the catalogue as Python calls: arguments, results, help, and what is refused.
# SPDX-License-Identifier: GPL-3.0-or-later
import inspect

import numpy as np
import pytest

import tintype as tt
from tintype import _tintype


def test_required_parameters_go_by_position_and_by_name(coins):
    by_position = coins.gaussblur(2).numpy()
    assert np.array_equal(coins.gaussblur(sigma=2).numpy(), by_position)
    assert np.array_equal(tt.Image.gaussblur(coins, 2).numpy(), by_position)
    assert tt.Image.black(4, height=3).height == 3


def test_optional_parameters_go_by_name_only(coins):
    assert tt.Image.black(4, 4, bands=3).bands == 3
    with pytest.raises(tt.ParameterError, match=r"black takes 2 values without a name \(width, height\), not 3"):
        tt.Image.black(4, 4, 3)
    assert np.array_equal(coins.gaussblur(2, precision=None).numpy(), coins.gaussblur(2).numpy())


def test_several_results_come_as_a_tuple(coins):
    found = coins.profile()
    assert isinstance(found, tuple)
    columns, rows = found
    assert (columns.width, rows.height) == (384, 303)


def test_optional_results_come_as_a_dict_at_the_end(coins):
    value, more = coins.max(x=True, y=True)
    assert set(more) == {"x", "y"}
    assert coins(more["x"], more["y"]) == [value]
    assert isinstance(coins.max(x=False), float)


def test_numbers_are_of_the_kind_that_python_expects(coins):
    average = coins.avg()
    assert isinstance(average, float) and repr(average) == repr(float(average))
    assert type(average) is tt.Number and type(average * 2) is float
    left, top, width, height = coins.find_trim(background=0)
    assert isinstance(left, int) and type(left) is tt.Integer
    assert coins(3, 4) == [float(coins.numpy()[4, 3])] and isinstance(coins(3, 4), list)


def test_a_changed_list_of_numbers_forgets_where_it_came_from(astronaut):
    colour = astronaut.getpoint(1, 1)
    assert (astronaut - colour).recipe.to_script().count("getpoint") == 1
    colour[0] = 7.0
    assert "getpoint" not in (astronaut - colour).recipe.to_script()


def test_numbers_of_numpy_and_other_kinds_are_parameters(coins):
    wanted = coins.gaussblur(2).numpy()
    from decimal import Decimal
    from fractions import Fraction

    for two in (np.float32(2), np.int64(2), np.array(2.0), Decimal(2), Fraction(2), True + 1):
        assert np.array_equal(coins.gaussblur(two).numpy(), wanted)
    assert np.array_equal(coins.linear(np.array([2.0]), (1,)).numpy(), coins.linear(2, 1).numpy())


def test_arrays_and_constants_stand_for_images(coins):
    array = np.full((303, 384), 5, "uint8")
    assert np.array_equal(coins.add(array).numpy(), coins.numpy().astype("uint16") + 5)
    assert np.array_equal(coins.add(5).numpy(), coins.numpy().astype("uint16") + 5)
    mask = coins > 100
    chosen = mask.ifthenelse(coins * 10.0, 2000.5).numpy()
    assert chosen.max() > 2000 and 2000.5 in chosen


def test_masks_may_be_lists_of_rows(coins):
    rows = [[-1, -1, -1], [-1, 16, -1], [-1, -1, -1]]
    assert np.array_equal(coins.conv(rows).numpy(), coins.conv(tt.Image.new_from_list(rows)).numpy())


def test_drawing_leaves_the_image_as_it_is():
    black = tt.Image.black(20, 20)
    drawn = black.draw_rect(255, 2, 3, 4, 5, fill=True)
    assert black.max() == 0 and drawn.numpy().sum() == 4 * 5 * 255


@pytest.mark.parametrize(
    "call, error, said",
    [
        (lambda im: im.gaussblur(), tt.ParameterError, ["gaussblur", "sigma", "missing"]),
        (lambda im: im.gaussblur("two"), tt.ParameterError, ["gaussblur", "sigma", "'two'"]),
        (lambda im: im.gaussblur(-1), tt.ParameterError, ["gaussblur", "sigma", "-1"]),
        (lambda im: im.gaussblur([1, 2]), tt.ParameterError, ["gaussblur", "sigma", "[1, 2]"]),
        (lambda im: im.gaussblur(object()), tt.ParameterError, ["gaussblur", "sigma", "object"]),
        (lambda im: im.gaussblur(10**30), tt.ParameterError, ["gaussblur", "sigma", str(10**30)]),
        (lambda im: im.gaussblur(2, 3), tt.ParameterError, ["gaussblur", "not 2"]),
        (lambda im: im.gaussblur(2, sigma=3), tt.ParameterError, ["gaussblur", "sigma", "twice"]),
        (lambda im: im.gaussblur(2, sgima=3), tt.ParameterError, ["gaussblur", "sgima", "sigma"]),
        (lambda im: im.resize(2, kernel="cubik"), tt.ParameterError, ["resize", "kernel", "'cubik'", "cubic", "lanczos3"]),
        (lambda im: im.extract_area(0, 0, 1000, 1000), tt.ParameterError, ["extract_area", "384 pixels across", "0 + 1000"]),
        (lambda im: im.extract_band(5), tt.ParameterError, ["extract_band", "1 band(s)", "5"]),
        (lambda im: im.add("scan.png"), tt.ParameterError, ["add", "right", "scan.png"]),
        (lambda im: im.bandjoin([]).bandjoin_const([]), tt.ParameterError, ["bandjoin"]),
        (lambda im: tt.Image.black(0, 5), tt.ParameterError, ["black", "width", "0"]),
        (lambda im: tt.Image.black(2.5, 5), tt.ParameterError, ["black", "width", "2.5"]),
        (lambda im: im.recomb([[1, 2, 3]]), tt.OperationError, ["recomb"]),
        (lambda im: im.conv([[1, 2], [3]]), tt.ParameterError, ["conv", "mask"]),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(coins, call, error, said):
    with pytest.raises(error) as caught:
        call(coins)
    message = str(caught.value)
    assert "\n" not in message
    for part in said:
        assert part in message, message


def test_the_wrong_number_of_bands_is_an_operation_error(astronaut):
    with pytest.raises(tt.OperationError, match="add"):
        astronaut.add(astronaut[0:2]).avg()


def test_unknown_operations_propose_the_nearest(coins):
    for look in (lambda: coins.gausblur(2), lambda: tt.ops.gausblur(sigma=2)):
        with pytest.raises(tt.UnknownOperationError, match="gausblur.*gaussblur"):
            look()
    assert not hasattr(coins, "no_such_thing") and not hasattr(tt.ops, "no_such_thing")
    with pytest.raises(AttributeError):
        tt.Image.no_such_thing


def test_every_operation_is_listed_and_tells_its_signature_and_help():
    ids = _tintype.operation_ids()
    assert len(ids) > 150
    assert {id.partition(".")[0] for id in ids} <= set(dir(tt.Image))
    assert {id.partition(".")[0] for id in ids} == set(dir(tt.ops))
    for id in ids:
        for operation in (_tintype.image_operation(id), _tintype.document_operation(id)):
            assert operation.__doc__ and operation.__name__ == id.rpartition(".")[2]
            inspect.signature(operation)


def test_a_signature_shows_what_is_required_and_what_is_not():
    signature = inspect.signature(tt.Image.gaussblur)
    assert list(signature.parameters)[:2] == ["self", "sigma"]
    assert inspect.signature(tt.Image.resize).parameters["kernel"].kind is inspect.Parameter.KEYWORD_ONLY
    assert inspect.signature(tt.Image.resize).parameters["kernel"].default == "lanczos3"
    assert "min_ampl" in signature.parameters  # kept out of the form, not out of code
    assert "sigma" in inspect.signature(tt.Image.black(1, 1).gaussblur).parameters
    assert "image" in inspect.signature(tt.ops.gaussblur).parameters
    assert list(inspect.signature(tt.Image.black).parameters)[:2] == ["width", "height"]
    assert "sigma" in tt.Image.gaussblur.__doc__ and "blur" in tt.Image.gaussblur.__doc__.lower()
    assert "gaussblur" in repr(tt.Image.gaussblur)
