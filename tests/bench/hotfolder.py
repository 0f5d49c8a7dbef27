# Puts 1,000 files into a hot folder while its program is killed 50 times at random, and looks whether each was processed exactly once.
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import os
import pathlib
import random
import subprocess
import tempfile
import time

from measure import hot_killed, reports

WELL = """Each file was processed exactly once: right pixels, none missing, none twice, nothing left behind.
Those that are no pictures have failed once, and were moved away."""
PROGRAM = os.environ["TINTYPE_PROGRAM"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="tintype-hot-folder-") as name:
        folder = pathlib.Path(name)
        environment = os.environ | {f"XDG_{kind}_HOME": f"{folder}/{kind.lower()}" for kind in ("CONFIG", "DATA", "CACHE")}
        hot_killed.prepare(folder)
        subprocess.run([PROGRAM, "addon", "enable", "hot_folder"], env=environment, check=True, stdout=subprocess.DEVNULL)
        begin = time.monotonic()
        killings = hot_killed.run(PROGRAM, folder, given.files, given.kills, random.Random(given.seed), environment)
        seconds = time.monotonic() - begin
    report = reports.write("hotfolder", vars(given) | killings._asdict() | {"seconds": seconds})
    print(f"{given.files} files arrived while the program was killed {killings.count} times in {seconds:.0f} s (seed {given.seed}).")
    print(f"{killings.inside} kills hit while files were under way; {killings.restarts_of_steps} steps were cut off and done again.")
    print("\n".join(killings.differences) or WELL)
    print(f"Written to {report}")
    return 1 if killings.differences else 0


if __name__ == "__main__":
    raise SystemExit(main())
