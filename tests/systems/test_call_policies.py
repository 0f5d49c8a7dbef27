# A policy for each binding costs more than it gives on short calls: here each binding says its own, and has been measured.
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tools/bench calls` finds the break-even point and holds each binding to its side of it; this test sees to it that none is
left out."""

import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ["TINTYPE_SOURCE"])
sys.path.insert(0, str(ROOT / "tests" / "bench"))

import pytest  # noqa: E402
from measure.bindings import BINDINGS, ONCE  # noqa: E402
from measure.breakeven import crossing  # noqa: E402
from measure.policies import Policy, is_right, may_wait, policies  # noqa: E402


def test_every_binding_says_its_policy():
    known = policies(ROOT)
    assert len(known) > 80
    assert not [name for name, policy in known.items() if not policy.text]


def test_every_binding_that_keeps_the_gil_is_measured():
    unmeasured = {
        name: policy.place
        for name, policy in policies(ROOT).items()
        if policy.keeps and not policy.needs_gil and name not in BINDINGS.keys() | ONCE
    }
    assert not unmeasured


def test_the_bindings_that_may_wait_are_those_that_say_it():
    assert not [policy.place for name, policy in policies(ROOT).items() if policy.says_may_wait != may_wait(name)]


@pytest.mark.parametrize(
    "name, keeps, text, nanoseconds, right",
    [
        ("ImageBinding.width", True, "keeps it, instant.", 100, True),
        ("ImageBinding.width", True, "keeps it, instant.", 3000, False),
        ("OperationFunction.operation_ids", True, "keeps it, it only makes Python objects.", 9000, True),
        ("RecipeBinding.inputs", False, "releases it, for recipes can be long.", 3000, True),
        ("RecipeBinding.inputs", False, "releases it, for recipes can be long.", 100, False),
        ("HistoryBinding.new_group", False, "releases it, because it may wait.", 100, True),
        ("HistoryBinding.new_group", False, "releases it, because of the lock.", 100, False),
        ("RecipeBinding.new_group", False, "releases it, because it may wait.", 100, False),
    ],
)
def test_a_binding_on_the_wrong_side_of_the_break_even_is_found(name, keeps, text, nanoseconds, right):
    assert is_right(name, Policy(keeps, text, "here"), nanoseconds, 2000) == right


def test_the_break_even_lies_where_releasing_begins_to_pay_for_good():
    assert crossing([(1, 0.5), (2, 1.5), (5, 2.0)]) == 1.5
    assert crossing([(1, 1.5), (2, 0.5), (5, 1.0)]) == 5
    assert crossing([(1, 1.5), (2, 1.5)]) == 1
    assert crossing([(1, 1.5), (2, 0.9)]) == float("inf")


def test_whatever_is_measured_exists():
    assert not BINDINGS.keys() - policies(ROOT).keys()
