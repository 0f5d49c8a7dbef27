# What `tintype pip` starts: pip in Tintype's own environment, which is made when it is first used.
# SPDX-License-Identifier: GPL-3.0-or-later
"""--use FOLDER chooses an existing venv in its stead; --use own goes back."""
import os
import shutil
import subprocess
import sys

from . import VARIABLE, folder, link, packages

WRONG_USAGE = 2
# The system's own: what its packages were built for, and what Tintype embeds.
PYTHON = os.path.join(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
USAGE = """Usage: tintype pip ARG...           pip, in Tintype's own environment: what it installs, all of Tintype sees
       tintype pip --use FOLDER    from now on that existing venv in its stead; --use own: Tintype's own again
       tintype pip --where         the folder of the environment
(help of pip itself: tintype pip help)"""


class _Failure(Exception):
    """What to say; the exit code is the second argument."""


def _own():
    return os.path.join(os.path.dirname(link()), "venv")


def _make_own():
    """Under another name first: a venv that was half made would be taken for one."""
    own = _own()
    if os.path.isfile(os.path.join(own, "pyvenv.cfg")):
        return own
    os.makedirs(os.path.dirname(own), exist_ok=True)
    beside = f"{own}.{os.getpid()}"
    print(f"Making Tintype's own environment in {own}", file=sys.stderr)
    try:
        done = subprocess.run([PYTHON, "-m", "venv", "--system-site-packages", "--without-pip", beside])
        if done.returncode:
            raise _Failure(f"{PYTHON} could not make a venv in {beside} (package python3-venv)", 1)
        shutil.rmtree(own, ignore_errors=True)
        os.rename(beside, own)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return own


def _use(environment):
    if not os.path.isfile(os.path.join(environment, "pyvenv.cfg")):
        raise _Failure(f"--use: {environment} is no venv: there is no pyvenv.cfg in it", WRONG_USAGE)
    if not os.path.isdir(packages(environment)):
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise _Failure(f"--use: {environment} is a venv of another Python than {version}, which Tintype has", WRONG_USAGE)
    place = link()
    os.makedirs(os.path.dirname(place), exist_ok=True)
    beside = f"{place}.{os.getpid()}"
    os.symlink(os.path.abspath(environment), beside)
    os.replace(beside, place)


def _ready():
    """The environment to work in."""
    if os.environ.get(VARIABLE):
        given = folder()
        if not os.path.isdir(packages(given)):
            raise _Failure(f"{VARIABLE}: {given} is no venv of this Python: there is no {packages(given)}", WRONG_USAGE)
        return given
    if not os.path.isdir(packages(link())):
        _use(_make_own())
    return os.path.realpath(link())


def _run_pip(words):
    environment = _ready()
    python = os.path.join(environment, "bin", "python")
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    # pip is the system's, and the environment has none of its own to grow old.
    return subprocess.run([python, "-m", "pip", *words], env=variables).returncode


def main(words):
    try:
        if not words or words[0] in ("-h", "--help"):
            print(USAGE)
            return 0 if words else WRONG_USAGE
        if words[0] == "--where":
            print(folder() if os.environ.get(VARIABLE) else os.path.realpath(link()))
            return 0
        if words[0] == "--use":
            if len(words) != 2:
                raise _Failure("--use needs the folder of a venv, or own", WRONG_USAGE)
            _use(_make_own() if words[1] == "own" else words[1])
            return 0
        return _run_pip(words)
    except _Failure as failure:
        print(f"tintype: pip: {failure.args[0]}", file=sys.stderr)
        return failure.args[1]
    except OSError as error:
        print(f"tintype: pip: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
