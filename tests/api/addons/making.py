# Writes add-ons for tests.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import textwrap
import zipfile

FIELDS = {
    "version": "1.0.0",
    "authors": ["Somebody"],
    "licence": "MIT",
    "tintype": ">=0.1",
    "description": "An add-on of a test.",
}


def table(id, **fields):
    """The text of an addon.toml; a field that is None is left out."""
    values = {"id": id, "name": id.replace("_", " ").capitalize(), **FIELDS, **fields}
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items() if value is not None)


def write_addon(folder, id, code="", *, modules=None, **fields):
    """An add-on's folder with this code in its package; returns its path."""
    made = folder / id
    (made / id).mkdir(parents=True)
    (made / "addon.toml").write_text(table(id, **fields))
    (made / id / "__init__.py").write_text(textwrap.dedent(code))
    for name, text in (modules or {}).items():
        (made / id / f"{name}.py").write_text(textwrap.dedent(text))
    return made


def write_wheel(folder, name, version, *, requires=(), tag="py3-none-any", files=None):
    """A wheel with one module of that name, which has its version; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in requires)
    texts = {
        f"{name}.py": f"VERSION = {version!r}\n",
        **(files or {}),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: {str(tag == 'py3-none-any').lower()}\nTag: {tag}\n",
    }
    texts[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in [*texts, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in texts.items():
            archive.writestr(file, text)
    return path
