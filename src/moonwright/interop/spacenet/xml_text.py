"""An XML text as a small tree of nodes with lines: bounded, without DTDs, and with XStream's references followed.

XStream (which wrote the files of SpaceNet's Java tool) tells each object once; where it occurs again stands the way
to it: `<edge reference="../../edges/spaceEdge[2]"/>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.spacenet.json_text import DEPTH_LIMIT, VALUE_LIMIT, text_of
from moonwright.scenario.document import printable

_STEP = re.compile(r"([^\[\]]+?)(?:\[([1-9][0-9]{0,5})\])?")
_WAY_LIMIT = 200  # steps of one reference


@dataclass(eq=False)
class Node:
    """An element of the text, the `number`th of its tag in its parent. `text` is what stands directly in it."""

    tag: str
    line: int
    parent: Node | None
    attributes: dict[str, str]
    number: int = 1
    children: list[Node] = field(default_factory=list)
    by_tag: dict[str, list[Node]] = field(default_factory=dict)
    text: str = ""

    def child(self, tag: str) -> Node | None:
        """The first child with a tag."""
        return next(iter(self.by_tag.get(tag, ())), None)

    def each(self) -> Iterator[Node]:
        """Its children, without what XStream adds for collections."""
        return (child for child in self.children if child.tag != "no-comparator")

    @property
    def way(self) -> str:
        """Where it stands, from the top: the same for the same node of the same text."""
        steps: list[str] = []
        here: Node | None = self
        while here is not None:
            steps.append(f"{here.tag}[{here.number}]")
            here = here.parent
        return "/".join(reversed(steps))


def read_nodes(file: str, data: bytes) -> Node:
    """The top node of an XML text. Raises ScenarioError where it is no XML, is too large, or defines entities."""
    text_of(file, data)  # its size, and that it is UTF-8
    return _Reader(file).read(data)


class _RefusedError(Exception):
    """Something in the text that is not read."""


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.top: Node | None = None
        self.here: Node | None = None
        self.nodes = self.depth = 0
        self.texts: list[str] = []
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes) -> Node:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            found = f"not XML: {expat.ErrorString(error.code)}"
            raise self._fault(error.lineno, found, "an XML text") from None
        except _RefusedError as error:
            raise self._fault(self.parser.CurrentLineNumber, str(error), "an XML text without DTD") from None
        assert self.top is not None  # expat refuses a text without a top
        return self.top

    def _fault(self, line: int, found: str, allowed: str) -> ScenarioError:
        return ScenarioError((Fault(self.file, line, "", printable(found), allowed, ""),))

    def _doctype(self, *_: object) -> None:
        raise _RefusedError("a document type declaration, which can define entities without end")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        self.depth += 1
        if self.nodes > VALUE_LIMIT or self.depth > DEPTH_LIMIT * 2:
            raise _RefusedError("too many elements, or nested too deeply")
        node = Node(tag, self.parser.CurrentLineNumber, self.here, attributes)
        if self.here is None:
            self.top = node
        else:
            same = self.here.by_tag.setdefault(tag, [])
            same.append(node)
            node.number = len(same)
            self.here.children.append(node)
        self.here, self.texts = node, []

    def _end(self, _: str) -> None:
        assert self.here is not None
        self.here.text = "".join(self.texts).strip() if not self.here.children else ""
        self.here, self.texts = self.here.parent, []
        self.depth -= 1

    def _characters(self, text: str) -> None:
        self.texts.append(text)


def followed(node: Node) -> Node | None:
    """What a node stands for: itself, or what its reference leads to; None where that leads nowhere."""
    for _ in range(_WAY_LIMIT):
        if (way := node.attributes.get("reference")) is None:
            return node
        there = _walked(node, way)
        if there is None:
            return None
        node = there
    return None


def _walked(node: Node, way: str) -> Node | None:
    here: Node | None = node
    steps = way.split("/")
    for step in steps[:_WAY_LIMIT]:
        if here is None:
            return None
        if step == "..":
            here = here.parent
            continue
        named = _STEP.fullmatch(step)
        if named is None:
            return None
        same = here.by_tag.get(named[1], [])
        number = int(named[2] or 1)
        here = same[number - 1] if number <= len(same) else None
    return here if len(steps) <= _WAY_LIMIT else None
