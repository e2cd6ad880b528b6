"""A YAML text, read as plain data that remembers where it stands.

The text may come from anybody, so it is read event by event with bounds on its size, its depth and the
number of its nodes once aliases are expanded. Scalars follow the core schema of YAML 1.2: `on`, `no`, `1:30`
and dates are texts. Keys are always texts.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.syntax import syntax

SIZE_LIMIT = 2_000_000  # bytes of one file
DEPTH_LIMIT = 40  # a scenario needs about ten
NODE_LIMIT = 100_000  # after aliases are expanded; a scenario of 1,000 lines has about 5,000
_LONGEST = 60  # characters of one name or value in a message

Step = str | int
Path = tuple[Step, ...]
Value = None | bool | int | float | str | dict[str, "Tree"] | list["Tree"]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = re.compile(r"null|Null|NULL|~|")
BOOL = re.compile(r"(true|True|TRUE)|false|False|FALSE")
INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,18}|0x[0-9a-fA-F]{1,14}")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = {_CORE + "int": int, _CORE + "float": float, _CORE + "bool": bool, _CORE + "null": type(None)}


@dataclass(frozen=True, slots=True)
class Tree:
    """A value, with the file and the line (from 1) where it stands: that of its key, if it has one."""

    value: Value
    file: str
    line: int


def plain(tree: Tree) -> Any:
    """The bare data of a tree."""
    if isinstance(tree.value, dict):
        return {key: plain(child) for key, child in tree.value.items()}
    if isinstance(tree.value, list):
        return [plain(child) for child in tree.value]
    return tree.value


def standing(tree: Tree, path: Path) -> Tree:
    """What stands at `path`, or the nearest thing above it that exists."""
    for step in path:
        if isinstance(tree.value, dict) and isinstance(step, str):
            below = tree.value.get(step)
        elif isinstance(tree.value, list) and isinstance(step, int) and step < len(tree.value):
            below = tree.value[step]
        else:
            break
        if below is None:
            break
        tree = below
    return tree


def spelt(path: Path) -> str:
    """A path as a person writes it: `missions.landing.legs[0].by`; list items count from 0."""
    names = (
        step if isinstance(step, int) or len(step) <= _LONGEST else f"{step[:_LONGEST]}..." for step in path
    )
    text = "".join(f"[{name}]" if isinstance(name, int) else f".{name}" for name in names)
    return printable(text.removeprefix("."))


def printable(text: str) -> str:
    """The text with everything escaped that could upset a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def brief(value: object) -> str:
    """A short account of a value, for messages."""
    if isinstance(value, dict):
        return "a mapping" + (
            f" with {', '.join(str(key)[:_LONGEST] for key in list(value)[:4])}" if value else ", empty"
        )
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if value is None:
        return "nothing (null)"
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def scalar(text: str) -> Value:
    """What a plain scalar means in the core schema of YAML 1.2. Very long whole numbers become floats."""
    if NULL.fullmatch(text):
        return None
    if found := BOOL.fullmatch(text):
        return found[1] is not None
    if INT.fullmatch(text):
        return int(text, 0 if text[1:2] in ("o", "x") else 10)
    if FLOAT.fullmatch(text):
        return float(text)
    if NOT_FINITE.fullmatch(text):
        return float(text.lower().replace(".", ""))
    return text


def read(file: str, data: bytes) -> tuple[Tree, tuple[Fault, ...]]:
    """The tree of a YAML text, and the faults that did not keep it from being read.

    Raises ScenarioError where the text is no YAML, is too large, or is no mapping.
    """
    return _Reader(file).read(data)


@dataclass
class _Reader:
    """Reads one text. `anchors` keeps each anchored tree with its number of nodes and its height."""

    file: str
    events: Iterator[Any] = field(default_factory=lambda: iter(()))
    anchors: dict[str, tuple[Tree, int, int] | None] = field(default_factory=dict)
    nodes: int = 0
    faults: list[Fault] = field(default_factory=list)

    def read(self, data: bytes) -> tuple[Tree, tuple[Fault, ...]]:
        text = self._text(data)
        self.events = yaml.parse(text, Loader=_LOADER)
        try:
            tree = self._document()
        except yaml.MarkedYAMLError as error:
            broken = syntax(error, text)
            raise self._fatal(broken.line, (), f"not YAML: {broken.found}", "YAML", broken.todo) from None
        except yaml.YAMLError as error:
            raise self._fatal(0, (), f"not YAML ({error})", "a YAML file in UTF-8") from None
        return tree, tuple(self.faults)

    def _text(self, data: bytes) -> str:
        if len(data) > SIZE_LIMIT:
            raise self._fatal(0, (), "the file is too large", f"at most {SIZE_LIMIT // 1_000_000} MB")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = f"byte 0x{data[error.start]:02x} is not UTF-8"
            raise self._fatal(line, (), found, "text in UTF-8", "save the file as UTF-8") from None
        if odd := _UNPRINTABLE.search(text):
            line = text.count("\n", 0, odd.start()) + 1
            raise self._fatal(line, (), f"character U+{ord(odd[0]):04X}", "printable text", "remove it")
        return text

    def _document(self) -> Tree:
        next(self.events)  # the stream starts
        started = next(self.events)
        if isinstance(started, yaml.StreamEndEvent):
            raise self._fatal(1, (), "the file is empty", "a mapping that starts with `name:`")
        event = next(self.events)
        tree, _, _ = self._node(event, (), 0)
        if not isinstance(tree.value, dict):
            found = "nothing" if tree.value is None else brief(plain(tree))
            raise self._fatal(tree.line, (), found, "a mapping that starts with `name:`")
        next(self.events)  # the document ends
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._fatal(after.start_mark.line + 1, (), "a second document", "one scenario in a file")
        return tree

    def _node(self, event: Any, path: Path, depth: int) -> tuple[Tree, int, int]:
        """The tree that starts with `event`, the number of its nodes, and its height."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent):
            made = self._anchored(event, path)
            self._bounded(line, path, made[1], depth + made[2])
            return replace(made[0], line=line), made[1], made[2]
        self._bounded(line, path, 1, depth)
        if event.anchor:
            self.anchors[event.anchor] = None
        if isinstance(event, yaml.ScalarEvent):
            made = Tree(self._scalar(event, path), self.file, line), 1, 0
        elif isinstance(event, yaml.SequenceStartEvent):
            self._plain_tag(event, path, _CORE + "seq")
            made = self._list(line, path, depth)
        else:
            self._plain_tag(event, path, _CORE + "map")
            made = self._mapping(line, path, depth)
        if event.anchor:
            self.anchors[event.anchor] = made
        return made

    def _list(self, line: int, path: Path, depth: int) -> tuple[Tree, int, int]:
        items: list[Tree] = []
        size, height = 1, 0
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            item, more, deep = self._node(event, (*path, len(items)), depth + 1)
            items.append(item)
            size, height = size + more, max(height, deep + 1)
        return Tree(items, self.file, line), size, height

    def _mapping(self, line: int, path: Path, depth: int) -> tuple[Tree, int, int]:
        entries: dict[str, Tree] = {}
        size, height = 1, 0
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key_line = event.start_mark.line + 1
            key = self._key(event, path)
            child, more, deep = self._node(next(self.events), (*path, key or ""), depth + 1)
            size, height = size + more, max(height, deep + 1)
            if key is None:  # told already
                continue
            if key in entries:
                first = entries[key].line
                self._tell(
                    key_line,
                    (*path, key),
                    f"a second {key!r}",
                    "each key once",
                    f"the first is in line {first}",
                )
            else:
                entries[key] = replace(child, line=key_line)
        return Tree(entries, self.file, line), size, height

    def _key(self, event: Any, path: Path) -> str | None:
        """The text of a key; None, and a fault, where it cannot be one."""
        line = event.start_mark.line + 1
        if not isinstance(event, yaml.ScalarEvent):
            raise self._fatal(
                line, path, "a key that is no plain text", "a text", "quote it if it has brackets"
            )
        if event.anchor:
            self.anchors[event.anchor] = Tree(event.value, self.file, line), 1, 0
        key: str = event.value
        if key == "<<" and not event.style:
            todo = "write `extends: other.yaml` at the top, or `library: name` in an entry"
            self._tell(line, (*path, key), "a merge key", "keys of the entry", todo)
            return None
        if not key:
            self._tell(line, (*path, key), "an empty key", "a name")
            return None
        return key

    def _scalar(self, event: Any, path: Path) -> Value:
        text: str = event.value
        line = event.start_mark.line + 1
        if event.tag in (_CORE + "str", "!") or (event.tag is None and not event.implicit[0]):
            return text
        value = scalar(text)
        if event.tag is not None and event.tag in _SCALAR_TAGS:
            if type(value) is not _SCALAR_TAGS[event.tag]:
                self._tell(
                    line,
                    path,
                    f"{brief(text)} tagged {_short(event.tag)}",
                    "a value without a tag",
                    "remove it",
                )
        else:
            self._plain_tag(event, path, None)
        if isinstance(value, float) and not math.isfinite(value):
            self._tell(line, path, f"{brief(text)} is not a finite number", "a finite number")
        return value

    def _plain_tag(self, event: Any, path: Path, allowed: str | None) -> None:
        if event.tag not in (None, "!", allowed):
            line = event.start_mark.line + 1
            self._tell(line, path, f"the tag {_short(event.tag)}", "values without tags", "remove the tag")

    def _anchored(self, event: Any, path: Path) -> tuple[Tree, int, int]:
        line = event.start_mark.line + 1
        if event.anchor not in self.anchors:
            raise self._fatal(
                line, path, f"the alias *{event.anchor}", f"an alias of an anchor &{event.anchor} above it"
            )
        made = self.anchors[event.anchor]
        if made is None:
            raise self._fatal(
                line,
                path,
                f"the alias *{event.anchor} inside what it stands for",
                "an alias of an earlier entry",
            )
        return made

    def _bounded(self, line: int, path: Path, more: int, depth: int) -> None:
        self.nodes += more
        if self.nodes > NODE_LIMIT:
            raise self._fatal(line, path, "too many values, aliases counted", f"at most {NODE_LIMIT}")
        if depth > DEPTH_LIMIT:
            raise self._fatal(line, path[:4], "entries nested too deeply", f"at most {DEPTH_LIMIT} levels")

    def _tell(self, line: int, path: Path, found: str, allowed: str, todo: str = "") -> None:
        self.faults.append(Fault(self.file, line, spelt(path), found, allowed, todo))

    def _fatal(self, line: int, path: Path, found: str, allowed: str, todo: str = "") -> ScenarioError:
        self._tell(line, path, found, allowed, todo)
        return ScenarioError(tuple(self.faults))


def _short(tag: str) -> str:
    return tag.replace(_CORE, "!!")
