# Where the cursor stands in Python text that is still being written: after a dot, in a call, in a string.
# SPDX-License-Identifier: GPL-3.0-or-later
import keyword
import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
    | (?P<string>(?:[rbfu]|rb|br|fr|rf)?
        (?:'{3}(?:\\.|[^\\])*?'{3}|"{3}(?:\\.|[^\\])*?"{3}|'(?!'')(?:\\.|[^'\\\n])*'|"(?!"")(?:\\.|[^"\\\n])*"))
    | (?P<open>(?:[rbfu]|rb|br|fr|rf)?(?:(?:'{3}|"{3}).*|['"](?:\\.|[^\\\n])*))
    | (?P<number>\d[\w.]*)
    | (?P<name>\w+)
    | (?P<line>\n)
    | (?P<space>[^\S\n]+|\\\n)
    | (?P<sign>==|!=|<=|>=|->|:=|\*\*|//|.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# Taking more apart would be slow, and what the cursor is in has seldom begun further up.
_LONGEST = 20_000
_CLOSING = {")": "(", "]": "[", "}": "{"}
_OPENING = set(_CLOSING.values())


class Token(NamedTuple):
    kind: str
    text: str
    start: int
    partner: int  # the index of the opening bracket of a closing one, else -1


class Argument(NamedTuple):
    """What is being written between the brackets of a call."""

    position: int  # how many arguments by position stand before it
    keyword: str  # its name, when it has one
    given: frozenset  # the names of the others
    begins: bool  # nothing but a part of a name has been written of it


class CodeText:
    """The text before the cursor, in pieces. What the person is writing may be anything, so nothing here fails."""

    def __init__(self, before):
        if len(before) > _LONGEST:
            before = before[-_LONGEST:].partition("\n")[2]
        self.before = before
        self.tokens = []
        self.open = []  # indices of the brackets that are not closed
        for match in _TOKEN.finditer(before):
            if match.lastgroup not in ("comment", "space"):
                self._add(match.lastgroup, match.group(), match.start())
        last = match if before else None
        self.in_comment = last is not None and last.lastgroup == "comment"
        self.string = self._open_string()
        self.prefix = "" if self.string is not None or self.in_comment else re.search(r"\w*$", before).group()
        if self.prefix[:1].isdigit():
            self.prefix = ""

    def _add(self, kind, text, start):
        partner = -1
        if kind == "sign" and text in _OPENING:
            self.open.append(len(self.tokens))
        elif kind == "sign" and text in _CLOSING:
            while self.open:
                partner = self.open.pop()
                if self.tokens[partner].text == _CLOSING[text]:
                    break
        self.tokens.append(Token(kind, text, start, partner))

    def _open_string(self):
        """(the index of its token, its quotes, its text so far) of the string that the cursor is in, or None."""
        if not self.tokens or self.tokens[-1].kind != "open" or self.before[self.tokens[-1].start :] != self.tokens[-1].text:
            return None
        text = self.tokens[-1].text.lstrip("rbfuRBFU")
        quotes = text[:3] if text[:3] in ('"""', "'''") else text[0]
        return len(self.tokens) - 1, quotes, text[len(quotes) :]

    def _primary(self, end):
        """The index of the first token of the name, call or attribute that ends with token `end`; -1 for none."""
        index = end
        while index >= 0:
            token = self.tokens[index]
            if token.partner >= 0:
                index = token.partner
                before = self.tokens[index - 1] if index > 0 else None
                if before is not None and (before.partner >= 0 or before.kind == "string" or _is_value_name(before)):
                    index -= 1
                    continue
            elif token.kind not in ("string", "number") and not _is_value_name(token):
                return -1
            if index > 1 and self.tokens[index - 1].text == ".":
                index -= 2
                continue
            return index
        return -1

    def expression(self, end):
        """The text of what ends with token `end`, or None."""
        first = self._primary(end)
        if first < 0:
            return None
        stop = self.tokens[end + 1].start if end + 1 < len(self.tokens) else len(self.before)
        return self.before[self.tokens[first].start : stop].strip()

    def owner(self):
        """The text of what the attribute at the cursor belongs to, or None when there is no dot before it."""
        last = len(self.tokens) - (2 if self.prefix else 1)
        if self.string is not None or last < 1 or self.tokens[last].text != ".":
            return None
        return self.expression(last - 1)

    def is_attribute(self):
        last = len(self.tokens) - (2 if self.prefix else 1)
        return self.string is None and last >= 0 and self.tokens[last].text == "."

    def subscript(self):
        """The text of what the brackets belong to, when their first piece is at the cursor, or None."""
        last = len(self.tokens) - 1
        if self.string is not None:
            last -= 1
        elif self.prefix:
            return None
        if last < 1 or self.tokens[last].text != "[":
            return None
        return self.expression(last - 1)

    def call(self):
        """(the text of what is called, the Argument at the cursor) of the innermost call, or None."""
        for index in reversed(self.open):
            before = self.tokens[index - 1] if index > 0 else None
            if self.tokens[index].text != "(":
                continue
            called = before is not None and (before.partner >= 0 or _is_value_name(before))
            defines = index > 1 and self.tokens[index - 2].text in ("def", "class")
            if called and not defines and (function := self.expression(index - 1)):
                return function, self._argument(index)
        return None

    def _argument(self, index):
        depth, position, keyword_, given, first = 0, 0, "", set(), index + 1
        for here in range(index + 1, len(self.tokens)):
            token = self.tokens[here]
            if token.kind == "sign" and token.text in _OPENING:
                depth += 1
            elif token.partner >= 0:
                depth -= 1
            elif depth == 0 and token.text == ",":
                position += not keyword_
                keyword_, first = "", here + 1
            elif depth == 0 and token.text == "=" and here == first + 1 and self.tokens[first].kind == "name":
                keyword_ = self.tokens[first].text
                given.add(keyword_)
        written = [token for token in self.tokens[first:] if token.kind != "line"]
        begins = not written or (len(written) == 1 and written[0].text == self.prefix)
        return Argument(position, keyword_, frozenset(given - {keyword_}), begins and self.string is None)


def _is_value_name(token):
    return token.kind == "name" and (not keyword.iskeyword(token.text) or token.text in ("None", "True", "False"))


def word_end(before, after):
    """`before` with the rest of the word that the cursor is in."""
    return before + re.match(r"\w*", after).group() if re.search(r"\w$", before) else before
