# Completion, call tips and documentation for the text at the cursor, by jedi and by what lives in the console.
# SPDX-License-Identifier: GPL-3.0-or-later
import builtins
import keyword
import pydoc
import re
import sys

from . import call_tips, live, reading
from .code_text import CodeText, word_end

_LIMIT_OF_JEDI = 3000  # which its import sets
_MOST_COMPLETIONS = 2000
_LONGEST_DOCUMENTATION = 100_000
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n#;]+)", re.MULTILINE)
_FROM = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([^\n#;)]+)", re.MULTILINE)


class Completer:
    """Belongs to one thread, which calls all members. Every answer is made of plain tuples, lists and texts."""

    def __init__(self):
        self._jedi = None
        self.missing = ""  # why jedi could not be loaded, in one line; empty while all is well
        self.failure = ""  # why it had no answer to the last question, likewise

    def warm(self):
        """Loads jedi and what it reads first, so that the first question is answered soon."""
        if jedi := self._loaded():
            jedi.Interpreter("pri", [{}]).complete()

    def _loaded(self):
        if self._jedi is None:
            limit = sys.getrecursionlimit()
            try:
                import jedi

                # It runs no properties: those of a script may be slow, move a device, or edit the document.
                jedi.Interpreter._allow_descriptor_getattr_default = False
                self._jedi = jedi
            except Exception as error:
                self._jedi = False
                self.missing = f"jedi could not be loaded: {type(error).__name__}: {error}"
            finally:
                if sys.getrecursionlimit() == _LIMIT_OF_JEDI:
                    # jedi sets it for everybody, and a console's endless recursion would end later than CPython's.
                    sys.setrecursionlimit(limit)
        return self._jedi

    def complete(self, question):
        """(the part of the name that is written already, [(name, what is inserted, kind)])."""
        text, names = self._look(question)
        if text.in_comment:
            return "", []
        if text.string is not None:
            return self._in_string(text, names, question)
        found = self._own(text, names)
        if found is None:
            found = self._keywords(text, names)
            if text.prefix or text.is_attribute() or question.asked:
                found += self._from_jedi(question, text, names)
        return text.prefix, _fitting(found, text.prefix)

    def call_tip(self, question):
        """(name, [parameters], index of the one at the cursor or -1, what is said of it, first line of the help) or None."""
        text, names = self._look(question)
        found = self._signature(text, names, question)
        if found is None:
            return None
        signature, argument = found
        index = signature.current(argument)
        return signature.name, [each.text for each in signature.parameters], index, signature.help_of(index), signature.summary()

    def documentation(self, question):
        """(title, text) of the name at the cursor, or None."""
        before = word_end(question.before, question.after)
        text, names = self._look(question, before)
        last = len(text.tokens) - 1
        while last >= 0 and text.tokens[last].kind in ("line", "sign") and text.tokens[last].partner < 0:
            last -= 1
        expression = text.expression(last) if last >= 0 else None
        found = names.find(expression)
        if isinstance(found, live.Live) and _is_ours_to_describe(found):
            return _described(found.value, expression)
        if described := self._property(expression, names):
            return described
        shown = self._jedi_help(question, before)
        if shown is None and isinstance(found, live.Live):
            return _described(found.value, expression)
        return shown

    def _property(self, expression, names):
        owner, dot, name = (expression or "").rpartition(".")
        found = names.find(owner) if dot else None
        static = live.static(found, name) if found else None
        return (name, call_tips.documentation(static)) if type(static) in reading.PROPERTIES else None

    def _look(self, question, before=None):
        text = CodeText(question.before if before is None else before)
        names = question.names if question.names is not None else _imported(question.before + question.after)
        return text, live.Namespace(names, text.before)

    def _script(self, question, before, after):
        """jedi's view of the text, or None without jedi."""
        jedi = self._loaded()
        if not jedi:
            return None
        if question.names is not None:
            # It would ask an object for attributes that the object makes up, or add it to another.
            readable = {name: value for name, value in question.names.items() if reading.is_safe_to_read(value)}
            return jedi.Interpreter(before + after, [readable])
        # In this process, as another one would take time to start.
        environment = jedi.InterpreterEnvironment()
        return jedi.Script(before + after, path=question.path or None, environment=environment)

    def _asked(self, question, before, after, ask):
        """What jedi answers; an empty list when it fails, and then `failure` says why."""
        try:
            script = self._script(question, before, after)
            line = before.count("\n") + 1
            return [] if script is None else ask(script, line, len(before) - before.rfind("\n") - 1)
        except Exception as error:
            self.failure = f"jedi failed: {type(error).__name__}: {error}"
            return []

    def _from_jedi(self, question, text, names):
        def ask(script, line, column):
            return [
                (each.name, each.name + ("=" if each.type == "param" and not each.name.endswith("=") else ""), each.type)
                for each in script.complete(line, column)[:_MOST_COMPLETIONS]
            ]

        owner = names.find(text.owner()) if text.is_attribute() else None
        if isinstance(owner, live.Live) and question.names is not None:
            return self._plain(text, names)
        found = self._asked(question, question.before, question.after, ask)
        if isinstance(owner, live.Live):
            # jedi takes properties, which it does not run, for modules.
            found = [(name, insert, live.kind(owner.value, name)) for name, insert, kind in found]
        found = [(name.rstrip("="), insert, kind) for name, insert, kind in found] or self._plain(text, names)
        if question.names is None or text.is_attribute():
            return found
        unread = [(name, name, "instance") for name, value in question.names.items() if not reading.is_safe_to_read(value)]
        return sorted(unread + found, key=lambda each: each[0].lower())

    def _plain(self, text, names):
        """What lives, without jedi."""
        if text.is_attribute():
            owner = names.find(text.owner())
            return [] if owner is None else [(name, name, kind) for name, kind in live.members(owner)]
        if not text.prefix:
            return []
        known = {**dict.fromkeys(keyword.kwlist, "keyword"), **dict.fromkeys(dir(builtins), "function")}
        known.update((name, "value") for name in names.names)
        return [(name, name, kind) for name, kind in sorted(known.items())]

    def _own(self, text, names):
        """The members of what is Tintype's own; None when it is something else."""
        owner = names.find(text.owner()) if text.is_attribute() else None
        if owner is not None and live.is_ours(owner):
            return [(name, name, kind) for name, kind in live.members(owner)]
        if not text.prefix and (subscripted := text.subscript()) is not None:
            keys = live.keys(names.find(subscripted))
            if keys is not None:
                return [(_quoted(key), _quoted(key) + "]", "key") for key in keys]
        return None

    def _in_string(self, text, names, question):
        index, quotes, written = text.string
        closing = "" if question.after.startswith(quotes) else quotes
        if (subscripted := text.subscript()) is not None:
            keys = live.keys(names.find(subscripted)) or []
            bracket = "" if question.after else "]"
            found = [(key, _escaped(key, quotes) + closing + bracket, "key") for key in keys]
            return written, _fitting(found, written)
        if found := self._signature(text, names, question):
            signature, argument = found
            choices = signature.choices(signature.current(argument))
            if choices:
                return written, _fitting([(each, each + closing, "choice") for each in choices], written)
        if not question.asked:
            return "", []
        # Names of files.
        name = re.split(r"[/\\]", written)[-1]
        found = self._asked(
            question,
            question.before,
            question.after,
            lambda script, line, column: [
                (each.name.rstrip("\"'"), name + each.complete.rstrip("\"'"), each.type)
                for each in script.complete(line, column)
                if each.type == "path"
            ],
        )
        return name, _fitting(found, name)

    def _keywords(self, text, names):
        """The parameters that can be given by name where the cursor is."""
        found = None if text.is_attribute() else self._own_signature(text, names)
        if found is None or not found[1].begins:
            return []
        signature, argument = found
        return [(name, name + "=", "param") for name in signature.keywords(argument)]

    def _own_signature(self, text, names):
        """(Signature, Argument) of the innermost call when it is one of Tintype's own functions, else None."""
        call = text.call()
        function = names.find(call[0]) if call else None
        if not isinstance(function, live.Live):
            return None
        if not live.is_ours(function) and not live.is_from_package(function.value):
            return None
        signature = call_tips.of_object(function.value)
        return signature and (signature, call[1])

    def _signature(self, text, names, question):
        if found := self._own_signature(text, names):
            return found
        call = text.call()
        if call is None:
            return None
        found = self._asked(
            question,
            question.before,
            question.after,
            lambda script, line, column: [call_tips.of_jedi(each) for each in script.get_signatures(line, column)[:1]],
        )
        if not found:
            function = names.find(call[0])
            found = [call_tips.of_object(function.value)] if isinstance(function, live.Live) else []
        return (found[0], call[1]) if found and found[0] else None

    def _jedi_help(self, question, before):
        def ask(script, line, column):
            found = script.help(line, max(column - 1, 0))
            return [(each.name, each.docstring()) for each in found[:1]]

        after = question.after[len(before) - len(question.before) :]
        found = self._asked(question, before, after, ask)
        return (found[0][0], found[0][1][:_LONGEST_DOCUMENTATION]) if found and found[0][1] else None


def _fitting(found, prefix):
    """Those that begin with the prefix, each once; private names only when they are asked for."""
    wanted = prefix.lower()
    result = {}
    for each in found:
        name = each[0]
        if name.lower().startswith(wanted) and (wanted.startswith("_") or not name.startswith("_")):
            result.setdefault(name, each)
    return list(result.values())[:_MOST_COMPLETIONS]


def _escaped(text, quotes):
    escaped = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text.replace("\\", "\\\\")
    return escaped.replace(quotes[0], "\\" + quotes[0])


def _quoted(text):
    return f'"{_escaped(text, chr(34))}"'


def _is_ours_to_describe(found):
    """Whether jedi knows less of it, or would run code of the person's own."""
    return live.is_ours(found) or live.is_from_package(found.value) or not reading.is_safe_to_read(found.value)


def _described(value, expression):
    """(title, text) for a live object."""
    name = expression.rpartition(".")[2].partition("(")[0]
    doc = call_tips.documentation(value)
    described = reading.is_routine(value) or reading.is_class(value)
    signature = call_tips.of_object(value) if described else None
    if signature is not None:
        name = f"{signature.name}({', '.join(each.text for each in signature.parameters)})"
    if not doc and type(value).__module__ == "builtins" and not callable(value):
        doc = call_tips.documentation(type(value))
    return name, pydoc.plain(doc)[:_LONGEST_DOCUMENTATION]


def _imported(source):
    """What the imports of a text mean, as far as those modules are loaded already."""
    names = {}
    for found in _IMPORT.finditer(source):
        for part in found.group(1).split(","):
            path, _, name = (piece.strip() for piece in part.partition(" as "))
            module = sys.modules.get(path if name else path.partition(".")[0])
            if module is not None:
                names[name or path.partition(".")[0]] = module
    for found in _FROM.finditer(source):
        module = sys.modules.get(found.group(1))
        for part in found.group(2).split(","):
            path, _, name = (piece.strip() for piece in part.partition(" as "))
            if module is not None and path in vars(module):
                names[name or path] = vars(module)[path]
    return names


class Question:
    """`names`: what lives where the text would run, copied, since a running line may change it; None for a file's text."""

    def __init__(self, before, after, names, path, asked):
        self.before = before
        self.after = after
        self.names = None if names is None else {name: value for name, value in dict(names).items() if type(name) is str}
        self.path = path
        self.asked = asked  # by the person, not by a letter that was typed
