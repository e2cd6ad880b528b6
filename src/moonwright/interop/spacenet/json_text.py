"""A JSON text, read as plain data that remembers its lines.

The text may come from anybody, so its size, depth and number of values are bounded, and every fault is told with
its line. Python's own reader forgets where a value stood.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.document import Path, Tree, Value, printable, spelt

SIZE_LIMIT = 20_000_000  # bytes; the largest campaign that SpaceNet's makers publish has 0.1 MB
DEPTH_LIMIT = 40  # SpaceNet needs about ten
VALUE_LIMIT = 500_000
_PATH_SHOWN = 8  # steps of a path; the line tells the rest

_DECODER = JSONDecoder()  # for single strings only
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,300})(\.[0-9]{1,300})?([eE][-+]?[0-9]{1,5})?")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}


def text_of(file: str, data: bytes) -> str:
    """The text of a file's bytes. Raises ScenarioError where it is too large or no UTF-8."""
    if len(data) > SIZE_LIMIT:
        allowed = f"at most {SIZE_LIMIT // 1_000_000} MB"
        raise ScenarioError((Fault(file, 0, "", "the file is too large", allowed, ""),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02x} is not UTF-8"
        fault = Fault(file, line, "", found, "text in UTF-8", "save the file as UTF-8")
        raise ScenarioError((fault,)) from None


def read_json(file: str, data: bytes) -> tuple[Tree, tuple[Fault, ...]]:
    """The tree of a JSON text, and the faults that did not keep it from being read.

    Raises ScenarioError where the text is no JSON, or too large, or no object.
    """
    return _Reader(file, text_of(file, data)).document()


@dataclass
class _Reader:
    """Reads one text; `at` is the character to be read next, `line` the line where it stands."""

    file: str
    text: str
    at: int = 0
    line: int = 1
    values: int = 0
    faults: list[Fault] = field(default_factory=list)

    def document(self) -> tuple[Tree, tuple[Fault, ...]]:
        tree = self._value((), 0)
        if not isinstance(tree.value, dict):
            raise self._broken((), "a JSON text that is no object", "an object: { ... }")
        if self._peek():
            raise self._broken((), "more text after the end of the object", "one object")
        return tree, tuple(self.faults)

    def _value(self, path: Path, depth: int) -> Tree:
        self.values += 1
        if depth > DEPTH_LIMIT:
            raise self._broken(path, "values nested too deeply", f"at most {DEPTH_LIMIT} levels")
        if self.values > VALUE_LIMIT:
            raise self._broken(path, "too many values", f"at most {VALUE_LIMIT}")
        start = self._peek()
        line = self.line
        if start == "{":
            return Tree(self._object(path, depth), self.file, line)
        if start == "[":
            return Tree(self._array(path, depth), self.file, line)
        if start == '"':
            return Tree(self._string(path), self.file, line)
        return Tree(self._scalar(path), self.file, line)

    def _object(self, path: Path, depth: int) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        self.at += 1
        if self._peek() == "}":
            self.at += 1
            return entries
        while True:
            if self._peek() != '"':
                raise self._broken(path, self._found(), "a key in double quotes")
            line, key = self.line, self._string(path)
            if self._peek() != ":":
                raise self._broken((*path, key), self._found(), "a colon after the key")
            self.at += 1
            child = self._value((*path, key), depth + 1)
            if key in entries:
                told = f"a second {key[:60]!r}", "each key once", f"the first is in line {entries[key].line}"
                self.faults.append(Fault(self.file, line, spelt((*path, key)), *map(printable, told)))
            else:
                entries[key] = Tree(child.value, self.file, line)
            if self._ends(path, "}"):
                return entries

    def _array(self, path: Path, depth: int) -> list[Tree]:
        items: list[Tree] = []
        self.at += 1
        if self._peek() == "]":
            self.at += 1
            return items
        while True:
            items.append(self._value((*path, len(items)), depth + 1))
            if self._ends(path, "]"):
                return items

    def _ends(self, path: Path, bracket: str) -> bool:
        after = self._peek()
        if after not in (",", bracket) or not after:
            raise self._broken(path, self._found(), f"a comma or {bracket}")
        self.at += 1
        return after == bracket

    def _string(self, path: Path) -> str:
        try:
            text, self.at = _DECODER.raw_decode(self.text, self.at)
        except JSONDecodeError as error:
            raise self._broken(
                path, f"a text that is no JSON string ({error.msg})", "a text in quotes"
            ) from None
        assert isinstance(text, str)
        return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text

    def _scalar(self, path: Path) -> Value:
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            if number[1] is None and number[2] is None and len(number[0]) < 19:
                return int(number[0])
            if math.isfinite(float(number[0])):
                return float(number[0])
            raise self._broken(path, "a number too large", "a finite number")
        for word, value in _WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        raise self._broken(
            path, self._found(), "a value: an object, a list, a text, a number, true, false or null"
        )

    def _peek(self) -> str:
        """The next character that is not blank, or nothing at the end."""
        end = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too
        self.line += self.text.count("\n", self.at, end)
        self.at = end
        return self.text[end : end + 1]

    def _found(self) -> str:
        rest = self.text[self.at : self.at + 20].split("\n")[0]
        return f"not JSON: {rest!r}" if rest else "not JSON: the text ends here"

    def _broken(self, path: Path, found: str, allowed: str) -> ScenarioError:
        place = spelt(path[:_PATH_SHOWN])
        self.faults.append(Fault(self.file, self.line, place, printable(found), allowed, ""))
        return ScenarioError(tuple(self.faults))
