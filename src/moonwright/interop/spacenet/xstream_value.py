"""What XStream wrote, value by value: numbers, dates, ids and ways to things, in the keys and units of JSON."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone

from moonwright.errors import Fault
from moonwright.interop.spacenet.xml_text import Node, followed
from moonwright.scenario.document import Tree, Value

Entries = dict[str, Tree]

_DAY_S, _HOUR_S = 86_400.0, 3_600.0
_WHEN = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,9})?(?: ([A-Z]{1,5}))?")
# Hours from UTC of the zones that Java writes; America's are most of SpaceNet's users.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "CEST": 2, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "MSK": 3,
}  # fmt: skip
# Keys of the Java tool whose names in JSON differ, and what a unit of theirs is in seconds.
_RENAMED = {"body": "body1", "majorBody": "body1", "minorBody": "body2", "maxCrewSize": "maxCrew"}
_RENAMED |= {"availableTimeFraction": "activeTimeFraction", "stateType": "type", "time": "missionTime"}
_SECONDS = {"missionTime": _DAY_S, "duration": _DAY_S, "evaDuration": _HOUR_S}
_SECONDS |= {"meanTimeToFailure": _HOUR_S, "meanTimeToRepair": _HOUR_S}
# What tells nothing that JSON has a place for: how the Java tool numbers things, and what belongs to what.
_ASIDE = frozenset({
    "tid", "uid", "class", "scenario", "mission", "element", "parent", "filePath", "dataSource", "contents",
    "parts", "states", "icon",
})  # fmt: skip


class Values:
    """Tells the values of one file; finds fault with references that lead nowhere."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.ids: dict[Node, str] = {}

    def there(self, node: Node) -> Node | None:
        """What a node stands for; a fault where its reference leads nowhere."""
        there = followed(node)
        if there is None:
            found = f"reference {node.attributes.get('reference', '')[:80]!r} leads nowhere"
            fault = Fault(self.file, node.line, node.tag[:60], found, "the way to something in the file", "")
            if fault not in self.faults[-1:]:
                self.faults.append(fault)
        return there

    def made_id(self, node: Node) -> Tree:
        there = followed(node) or node
        if there not in self.ids:
            self.ids[there] = str(uuid.uuid5(uuid.NAMESPACE_URL, f"spacenet:{there.way}"))
        return self.tree(node, self.ids[there])

    def kind(self, node: Node, kinds: dict[str, str]) -> Tree:
        name = short(node)
        if name not in kinds:
            name = node.attributes.get("class", name).rpartition(".")[2]
        return self.tree(node, kinds.get(name, name))

    def rows(self, node: Node, tag: str, tell: Callable[[Node], Tree | None]) -> Tree:
        found = node.child(tag)
        if found is None:
            return self.tree(node, [])
        there = (self.there(row) for row in found.each())
        return self.tree(
            found, [told for one in there if one is not None and (told := tell(one)) is not None]
        )

    def rest(self, node: Node, *aside: str) -> Entries:
        """The children that are plain values, by the keys of JSON."""
        plain = (
            child.tag for child in node.children if not child.children and "reference" not in child.attributes
        )
        return self.simple(node, [tag for tag in plain if tag not in _ASIDE and tag not in aside])

    def simple(self, node: Node, tags: Iterable[str]) -> Entries:
        told: Entries = {}
        for tag in tags:
            child = node.child(tag)
            if child is None or child.children or child.tag in ("no-comparator", "null"):
                continue
            key = _RENAMED.get(tag, tag)
            value = self.value_tree(child)
            if key in _SECONDS and isinstance(value.value, float):
                value = self.tree(child, value.value * _SECONDS[key])
            told[key] = value
        return told

    def number(self, node: Node, tag: str) -> Tree:
        child = node.child(tag)
        return self.value_tree(child) if child else self.tree(node, 0.0)

    def value_tree(self, node: Node) -> Tree:
        return self.tree(node, _value(node.tag, node.text))

    def when(self, node: Node) -> Tree:
        child = node.child("startDate")
        return self.tree(child or node, _moment(child.text) if child else None)

    def tree(self, node: Node, value: Value) -> Tree:
        return Tree(value, self.file, node.line)


def short(node: Node) -> str:
    """The name of a Java class without its package."""
    return node.tag.rpartition(".")[2]


_TEXTS = frozenset({
    "name", "description", "units", "createdBy", "scenarioType", "stateType", "burnType", "body", "majorBody",
    "minorBody", "environment", "cargoEnvironment", "itemDiscretization",
})  # fmt: skip


def _value(tag: str, text: str) -> Value:
    """The value of a plain element: a class of supply without its letters, a number, true or false, or a text."""
    if tag in _TEXTS:
        return text
    if tag == "classOfSupply":
        text = text.upper().removeprefix("COS")
    if text in ("true", "false"):
        return text == "true"
    try:
        return float(text) if len(text) < 40 else text
    except ValueError:
        return text


def _moment(text: str) -> str:
    """A date and time of Java's in ISO 8601; the text itself where it is none."""
    found = _WHEN.fullmatch(text)
    if found is None:
        return text
    zone = _ZONES.get(found[3] or "UTC")
    if zone is None:
        return text
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(
            tzinfo=timezone(timedelta(hours=zone))
        )
        return local.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return text
