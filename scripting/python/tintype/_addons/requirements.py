# The Python packages that add-ons need: whether they are there, and whether several add-ons can have theirs at once.
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import importlib.metadata
import itertools
import shlex

from packaging.markers import UndefinedComparison, UndefinedEnvironmentName
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from . import wheels
from .errors import AddonError


def _installed(name, path=None):
    """Its version on this path, or on sys.path."""
    where = {} if path is None else {"path": path}
    with contextlib.suppress(StopIteration, InvalidVersion, TypeError):
        return Version(next(iter(importlib.metadata.distributions(name=name, **where))).version)
    return None


def _needed(manifest):
    return [each for each in map(Requirement, manifest.requires) if _is_for_this_machine(manifest, each)]


def _is_for_this_machine(manifest, requirement):
    try:
        return requirement.marker is None or requirement.marker.evaluate({"extra": ""})
    except (UndefinedComparison, UndefinedEnvironmentName) as error:
        raise AddonError(f"{manifest.path}: requires {str(requirement)!r} cannot be decided: {error}") from None


def _fits(requirement, version):
    return version is not None and requirement.specifier.contains(version, prereleases=True)


def check(manifest, others, path=None):
    """The wheels that the add-on needs to be importable. Raises AddonError, naming what to install, or the other add-on.

    `others` are the manifests of the add-ons that are on. Packages are looked for on `path`, otherwise on sys.path.
    """
    needed = _needed(manifest)
    if not needed:
        return []
    _check_others(manifest, needed, others)
    own = {}
    for wheel in wheels.of(manifest):
        own.setdefault(wheel.name, []).append(wheel)
    taken, missing, seen = [], [], set()
    waiting = list(needed)
    while waiting:
        requirement = waiting.pop(0)
        name = canonicalize_name(requirement.name)
        version = _installed(name, path)
        if _fits(requirement, version) or (name, str(requirement.specifier)) in seen:
            continue
        seen.add((name, str(requirement.specifier)))
        fitting = [wheel for wheel in own.get(name, ()) if _fits(requirement, wheel.version)]
        if version is None and fitting:
            best = max(fitting, key=lambda wheel: wheel.version)
            taken.append(best)
            waiting += best.requires()
        else:
            missing.append((requirement, version))
    if missing:
        raise AddonError(_missing_text(manifest, missing))
    return taken


def _missing_text(manifest, missing):
    said = [f"{each.name}{each.specifier}" + (f" ({version} is installed)" if version else "") for each, version in missing]
    words = " ".join(shlex.quote(f"{each.name}{each.specifier}") for each, _ in missing)
    return (
        f"{manifest.name} ({manifest.id}) needs Python packages that are not there: {', '.join(said)}. "
        f"Install them: tintype pip install {words}"
    )


def _check_others(manifest, needed, others):
    for other in others:
        for mine, theirs in itertools.product(needed, _needed(other)):
            if canonicalize_name(mine.name) != canonicalize_name(theirs.name):
                continue
            versions = _candidates(manifest, other, mine, theirs)
            if not any(_fits(mine, version) and _fits(theirs, version) for version in versions):
                raise AddonError(
                    f"{manifest.name} ({manifest.id}) needs {mine.name}{mine.specifier}, and {other.name} ({other.id}), which "
                    f"is on, needs {theirs.name}{theirs.specifier}: no version is right for both. Switch the other one off first"
                )


def _candidates(manifest, other, mine, theirs):
    """Versions by which two ranges can be told apart: what is there, and what lies at the ends of the ranges."""
    name = canonicalize_name(mine.name)
    yield _installed(name)
    for each in (manifest, other):
        yield from (wheel.version for wheel in wheels.of(each) if wheel.name == name)
    yield Version("0")
    for limit in itertools.chain(mine.specifier, theirs.specifier):
        with contextlib.suppress(InvalidVersion):
            yield from _around(Version(limit.version.removesuffix(".*")))


def _around(version):
    """The version itself, one just above, one just below, and one of the next series."""
    release = list(version.release)
    yield version
    yield _version([*release, 1])
    yield _version([*release[:-1], release[-1] + 1])
    while release and release[-1] == 0:
        release.pop()
    if release:
        yield _version([*release[:-1], release[-1] - 1, 99999])


def _version(numbers):
    return Version(".".join(map(str, numbers)))
