# From the catalogue, as `tintype ops --json` prints it, to typed methods of tt.Image and tt.ops.
# SPDX-License-Identifier: GPL-3.0-or-later
import keyword

from layout import WIDTH, declaration, first_line, value_text

INPUTS = {
    "truth value": "bool",
    "whole number": "int",
    "number": "float",
    "text": "str",
    "list of numbers": "Numeric",
    "list of whole numbers": "WholeNumbers",
    "image": "ImageLike",
    "list of images": "ImageLike | Sequence[ImageLike]",
    "bytes": "Memory",
}
OUTPUTS = {
    "truth value": "bool",
    "whole number": "Integer",
    "number": "Number",
    "text": "str",
    "list of numbers": "Numbers",
    "list of whole numbers": "Numbers",
    "image": "Image",
    "bytes": "bytes",
}


def literal(choices):
    return f"Literal[{', '.join(map(value_text, choices))}]"


# More of them may come than the catalogue lists.
COLOUR_MAP = "TtColourMap"


class Choices:
    """Names for what parameters can be chosen from: one for each type of the engine, by its longest list."""

    def __init__(self, operations):
        self._lists = {}
        for operation in operations:
            for info in operation["inputs"] + operation["outputs"]:
                if info["kind"] in ("choice", "interpolator") and info["type"] != COLOUR_MAP:
                    name = "_" + info["type"].removeprefix("Vips").removeprefix("Tt")
                    self._lists[name] = max(self._lists.get(name, []), info["choices"], key=len)

    def type_of(self, info):
        same = [name for name, choices in self._lists.items() if choices == info["choices"]]
        return same[0] if same else literal(info["choices"])

    def lines(self):
        found = []
        for name, choices in sorted(self._lists.items()):
            line = f"{name} = {literal(choices)}"
            found += [line] if len(line) <= WIDTH else [f"{name} = Literal[", *(f"    {value_text(choice)}," for choice in choices), "]"]
        return found

    def names(self):
        """The names of pyvips' classes of constants: those of the engine, without underscores."""
        return sorted(name[1:] for name in self._lists)


class Operation:
    """One operation, as a method of Image (`self` is its first image), a function of Image, or one of tt.ops."""

    def __init__(self, json, choices):
        self.id = json["id"]
        self.doc = first_line(json["title"] + ".")
        self._choices = choices
        self._inputs = json["inputs"]
        self._outputs = json["outputs"]
        self._image = next((info for info in self._inputs if info["kind"] == "image"), None)
        self.is_method = self._image is not None
        self._optional = [info for info in self._outputs if not info["required"]]
        self._found = "_" + "".join(word.capitalize() for word in self.id.replace(".", "_").split("_")) + "Found"

    def found_class(self):
        """The dict of the optional outputs."""
        if not self._optional:
            return []
        lines = [f"class {self._found}(TypedDict, total=False):"]
        return lines + [f"    {info['name']}: {self._output(info)}" for info in self._optional]

    def of_image(self):
        """Lines for a member of Image."""
        first = ["self"] if self.is_method else []
        return self._declarations(first, INPUTS["image"], [], [] if self.is_method else ["staticmethod"])

    def of_document(self):
        """Lines for a member of tt.ops."""
        last = ["image: Image | str | None = None"] if self.is_method else []
        return self._declarations(["self"], "ImageLike | str", last, [])

    def _input(self, info, image):
        if info.get("type") == COLOUR_MAP:
            return "str"
        if info["kind"] in ("choice", "interpolator"):
            return self._choices.type_of(info)
        if "choices" in info:
            name = self._choices.type_of(info)
            return f"{name} | Sequence[{name} | int] | WholeNumbers"
        return image if info["kind"] == "image" else INPUTS[info["kind"]]

    def _output(self, info):
        return self._choices.type_of(info) if info["kind"] == "choice" else OUTPUTS[info["kind"]]

    def _required(self, info, image):
        # Python's own words can only be given by position.
        name = "__" + info["name"] if keyword.iskeyword(info["name"]) else info["name"]
        return f"{name}: {self._input(info, image)}"

    def _named(self, info, image):
        kind, default = self._input(info, image), info["default"]
        return f"{info['name']}: {kind}{' | None' if default is None else ''} = {self._default(info, default)}"

    @staticmethod
    def _default(info, default):
        if info["kind"] == "whole number" and isinstance(default, float):
            default = int(default)
        if info["kind"] == "number" and default is not None:
            default = float(default)
        if isinstance(default, list):
            return "..."
        return value_text(default)

    def _declarations(self, first, image, last, decorators):
        required = [self._required(info, image) for info in self._inputs if info["required"] and info is not self._image]
        options = [info for info in self._inputs if not info["required"]]
        named = [self._named(info, image) for hidden in (False, True) for info in options if info["hidden"] == hidden]
        plain = [self._output(info) for info in self._outputs if info["required"]]
        result = plain[0] if len(plain) == 1 else f"tuple[{', '.join(plain)}]"

        def declared(flags, result, *more):
            keywords = named + flags + last
            parameters = first + required + (["*", *keywords] if keywords else [])
            # The first of several overloads has the documentation.
            doc = "" if self._found in result else self.doc
            return declaration(self.id, parameters, result, doc, [*more, *decorators])

        if not self._optional:
            return declared([], result)
        names = [info["name"] for info in self._optional]
        lines = declared([f"{name}: Literal[False] = False" for name in names], result, "overload")
        for asked in names:
            flags = [f"{name}: Literal[True]" if name == asked else f"{name}: bool = False" for name in names]
            lines += declared(flags, f"tuple[{', '.join([*plain, self._found])}]", "overload")
        return lines
