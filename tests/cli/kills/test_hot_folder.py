# Tests of the bundled add-on Hot folder from outside: its program is killed again and again.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(os.environ["TINTYPE_SOURCE"]) / "tests" / "bench"))
from measure import hot_killed  # noqa: E402


def test_each_file_is_processed_exactly_once_however_often_it_is_killed(tintype, program, tmp_path):
    home = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    assert tintype("addon", "enable", "hot_folder", env=home).returncode == 0
    hot_killed.prepare(tmp_path)
    seed = random.randrange(1 << 30)
    killings = hot_killed.run(program, tmp_path, 40, 6, random.Random(seed), os.environ | home)
    assert killings.differences == [], f"seed {seed}"
