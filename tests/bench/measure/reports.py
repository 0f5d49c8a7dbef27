# Where benchmarks leave their figures.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import pathlib

FOLDER = pathlib.Path(__file__).parents[3] / "build" / "bench"


def write(name, figures):
    """Writes build/bench/NAME.json; returns its path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(figures, indent=2))
    return path
