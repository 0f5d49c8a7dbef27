# How a declaration looks in the stub: on one line where it fits.
# SPDX-License-Identifier: GPL-3.0-or-later
import textwrap

WIDTH = 120


def declaration(name, parameters, result, doc="", decorators=(), ignore=""):
    """A function, as lines of text. `parameters` are texts such as "size: int = 3"."""
    comment = f"  # type: ignore[{ignore}]" if ignore else ""
    end = f") -> {result}:" + ("" if doc else " ...")
    lines = [f"@{decorator}" for decorator in decorators]
    head = f"def {name}({', '.join(parameters)}{end}{comment}"
    if len(head) + 4 <= WIDTH:
        lines.append(head)
    else:
        lines += [f"def {name}({comment}", *(f"    {parameter}," for parameter in parameters), end]
    if doc:
        lines.append(f'    """{doc}"""')
    return lines


def class_declaration(name, bases, doc, members):
    """A class; `members` are lists of lines."""
    head = f"class {name}({', '.join(bases)}):" if bases else f"class {name}:"
    body = [f'"""{doc}"""'] if doc else []
    for member in members:
        body += member
    return [head, *indented(body or ["..."])]


def indented(lines):
    return textwrap.indent("\n".join(lines), "    ").split("\n")


def first_line(doc):
    """The first sentence of a docstring, if it is one line and can stand in quotes."""
    line = (doc or "").strip().split("\n")[0].strip()
    return line.replace("\\", "\\\\") if line and '"""' not in line and not line.endswith('"') else ""


def value_text(value):
    """A plain value as the house writes it."""
    return f'"{value}"' if isinstance(value, str) else repr(value)
