# The Tab key of the console: what the completer of the window's console proposes, as GNU readline wants it.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

# readline replaces what stands behind the last of these; a quote begins a text, and operators end a name.
DELIMITERS = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",.<>/?"


class Tab:
    """Called by readline for one proposal after the other."""

    def __init__(self, readline):
        self._readline = readline
        self._completer = None
        self._found = []

    def __call__(self, text, state):
        if state == 0:
            self._found = self._proposals(text)
        return self._found[state] if state < len(self._found) else None

    def _proposals(self, text):
        line = self._readline.get_line_buffer()
        before, after = line[: self._readline.get_endidx()], line[self._readline.get_endidx() :]
        if not before.strip():
            return ["\t"]
        # readline drops what is raised here; a Tab that does nothing, without a word, would be a riddle.
        try:
            return self._ask(text, before, after)
        except Exception as error:
            print(f"\n(No completion: {type(error).__name__}: {error})", file=sys.stderr)
            return []

    def _ask(self, text, before, after):
        from tintype._runtime.completion import Completer, Question

        import __main__

        if self._completer is None:
            self._completer = Completer()
        prefix, found = self._completer.complete(Question(before, after, vars(__main__), "", True))
        return list(filter(None, (_replacing(text, prefix, _unclosed(insertion, kind)) for _, insertion, kind in found)))


def _unclosed(insertion, kind):
    """readline closes quotes itself."""
    return insertion.removesuffix("]").rstrip("\"'") if kind in ("key", "choice") else insertion


def _replacing(text, prefix, insertion):
    """The insertion takes the place of `prefix`, readline replaces `text`: one of the two ends with the other."""
    if text.endswith(prefix):
        return text[: len(text) - len(prefix)] + insertion
    more = prefix[: len(prefix) - len(text)]
    return insertion[len(more) :] if prefix.endswith(text) and insertion.startswith(more) else None


def install(readline):
    readline.set_completer_delims(DELIMITERS)
    readline.set_completer(Tab(readline))
    readline.parse_and_bind("tab: complete")
