# A policy for each binding costs more than it gives on short calls: here each binding says its own, and has been measured.
# SPDX-License-Identifier: GPL-3.0-or-later
"""`tools/bench calls` finds the break-even point and holds each binding to its side of it; this test sees to it that none is
left out."""

import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ["TINTYPE_SOURCE"])
sys.path.insert(0, str(ROOT / "tests" / "bench"))

from measure.bindings import BINDINGS, ONCE  # noqa: E402
from measure.policies import policies  # noqa: E402


def test_every_binding_says_its_policy():
    known = policies(ROOT)
    assert len(known) > 80
    assert not [name for name, policy in known.items() if not policy.text]


def test_every_binding_that_keeps_the_gil_is_measured():
    # Python objects can be made with the GIL only, however many they are.
    unmeasured = {
        name: policy.place
        for name, policy in policies(ROOT).items()
        if policy.keeps and "objects" not in policy.text and name not in BINDINGS.keys() | ONCE
    }
    assert not unmeasured


def test_whatever_is_measured_exists():
    assert not BINDINGS.keys() - policies(ROOT).keys()
