"""Tables read back as a scenario: the way through which Excel and CSV come in.

A cell becomes what a scenario file would hold in its place, remembering where it stands; from there on all checks are
those of files, and a fault names a cell where that of a file names a line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.table import NONE, NULL, NUMBER, Column, Sheet, sheets
from moonwright.interop.table_cell import raw
from moonwright.interop.table_grid import Found, Grid
from moonwright.interop.table_head import Head, Row, heads
from moonwright.scenario.document import NODE_LIMIT, Step, Tree, brief, plain, printable
from moonwright.scenario.finding import FAULTS_SHOWN, did_you_mean
from moonwright.scenario.load import Ground, made, no_ground
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import Shape, listed

_LONGEST: Final = 500  # characters of what is found, or of what is allowed
_TEXT: Final = Shape(str)
_ADD: Final = re.compile(r"add `(.+): \.\.\.`")

Names = tuple[Step, ...]
_Lists = dict[Names, tuple[list[Tree], dict[int, Tree]]]  # by owner: a list, and what goes into it by number


def scenario_of(
    file: str, grids: Iterable[Grid], told: Iterable[Found] = (), ground: Ground = no_ground
) -> Scenario:
    """The scenario in some sheets; `told` is what reading them found wrong, `ground` as `load` takes it.

    Raises ScenarioError with every fault, each at its cell: its file reads `base.xlsx: vehicles!C5`. What only seems to
    be missing, since a cell cannot be read, is not told; nothing is but that where rows have no names.
    """
    findings = list(told)
    reading = _Reading(file, findings)
    for head in heads(grids, findings):
        if head.whole:
            reading.sheet(head)
    faults = tuple(found.fault(file) for found in findings)
    if reading.nameless or any(found.place is None for found in findings):
        raise ScenarioError(faults[:FAULTS_SHOWN])
    try:
        scenario = made(reading.top, ground=ground)
    except ScenarioError as error:
        places = {fault.file for fault in faults}
        located = [reading.at_its_cell(fault) for fault in error.faults]
        fresh = [f for f in located if f.file not in places and not (faults and f.found == "missing")]
        raise ScenarioError((*faults, *fresh)[:FAULTS_SHOWN]) from None
    if faults:
        raise ScenarioError(faults[:FAULTS_SHOWN])
    return scenario


@dataclass
class _Reading:
    """Builds the tree of a file. The line of a tree is the number, from 1, of its cell's address in `places`.

    `nameless` are the sheets with a row that does not say which it is.
    """

    file: str
    told: list[Found]
    nameless: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    entries: dict[Names, Tree] = field(default_factory=dict)  # by sheet and names, and () for the top
    beside: defaultdict[Names, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def top(self) -> Tree:
        """The whole file."""
        return self.entries.setdefault((), Tree({}, self.file, 0))

    def sheet(self, head: Head) -> None:
        """Reads one sheet whose owners are read."""
        lists: _Lists = {}
        for row in head.rows():
            if len(self.places) > NODE_LIMIT:
                self.told.append(row.found(row.first, "too many cells", f"at most {NODE_LIMIT}"))
            if len(self.told) > FAULTS_SHOWN or len(self.places) > NODE_LIMIT:
                break
            names = [self.name(row, header) for header in row.naming]
            if any(name is None for name in names):
                continue
            self.row(row, tuple(name for name in names if name is not None), lists)
        for held, numbered in lists.values():
            held.extend(tree for _, tree in sorted(numbered.items()))

    def row(self, row: Row, names: Names, lists: _Lists) -> None:
        """Reads one entry and puts it where it belongs."""
        sheet = row.sheet
        owner = self.owner(row, names[: len(sheet.owners)])
        if owner is None:
            return
        tree = self.entry(row)
        own = names[len(sheet.owners) :]
        if not own:
            self.into_top(row, tree)
        elif sheet.own == (NUMBER,):
            held = self.held(row, owner, []).value
            assert isinstance(held, list)
            assert isinstance(own[0], int)
            numbered = lists.setdefault(owner, (held, {}))[1]
            if own[0] in numbered:
                self.told.append(row.found(NUMBER, f"a second no {own[0]}", "each number once"))
            numbered[own[0]] = tree
        else:
            self.into_mapping(row, self.held(row, owner, {}), own, tree)
        if (sheet.name, *names) not in self.entries:
            self.entries[(sheet.name, *names)] = tree
            self.beside[(sheet.name, *names[:-1])].append(str(names[-1]) if names else "")

    # ---- whose a row is, and which ----

    def name(self, row: Row, header: str) -> Step | None:
        """The name or number in a leading column; None, and told, where there is none."""
        cell = row.cell(header)
        if cell is None and row.is_refused(header, self.told):
            self.nameless.add(row.sheet.name)
            return None
        if header != NUMBER and not (header in sheets() and sheets()[header].own == (NUMBER,)):
            if cell not in (None, "", NONE, NULL):
                return str(raw(cell, _TEXT, ""))
            allowed = "a name"
        else:
            number = raw(cell, Shape(int), "")
            if isinstance(number, int) and not isinstance(number, bool) and number > 0:
                return number
            allowed = "a whole number from 1"
        self.nameless.add(row.sheet.name)
        self.told.append(row.found(header, "missing" if cell is None else brief(cell), allowed))
        return None

    def owner(self, row: Row, names: Names) -> Names | None:
        """The key in `entries` of what the row belongs to; None, and told, where there is no such entry."""
        if not names:
            return ()
        header = row.sheet.owners[-1]
        key = (header, *names)
        if key in self.entries or header in self.nameless:
            return key if key in self.entries else None
        others = self.beside[key[:-1]]
        todo = did_you_mean(str(names[-1]), others) or f"add it to the sheet {header!r}"
        self.told.append(
            row.found(header, f"no {brief(names[-1])} in the sheet {header!r}", _begun(listed(others)), todo)
        )
        return None

    # ---- where it goes ----

    def into_top(self, row: Row, tree: Tree) -> None:
        top = self.top
        assert isinstance(top.value, dict)
        assert isinstance(tree.value, dict)
        if top.value:
            self.told.append(row.found(row.first, "a second row", "one row with entries", "remove it"))
        else:
            top.value.update(tree.value)

    def into_mapping(self, row: Row, held: Tree, own: Names, tree: Tree) -> None:
        """Puts an entry under its name, or under two where mappings hold mappings."""
        for name in own[:-1]:
            held = self.put(row, held, (str(name),), {}, row.first)
        last = str(own[-1])
        assert isinstance(held.value, dict)
        if last in held.value:
            first = self.places[held.value[last].line - 1]
            self.told.append(
                row.found(row.first, f"a second {brief(last)}", f"each once; the first is {first}")
            )
        else:
            held.value[last] = tree

    def held(self, row: Row, owner: Names, empty: dict[str, Tree] | list[Tree]) -> Tree:
        """The mapping or list of an entry that the rows of a sheet fill; an empty one when the first row comes."""
        above = sheets()[row.sheet.owners[-1]].path if row.sheet.owners else ()
        return self.put(
            row, self.entries.get(owner, self.top), row.sheet.path[len(above) :], empty, row.first
        )

    def put(
        self, row: Row, into: Tree, steps: tuple[str, ...], empty: dict[str, Tree] | list[Tree], name: str
    ) -> Tree:
        """What stands at `steps` of an entry: mappings, and `empty` at the end where there is nothing yet."""
        for number, step in enumerate(steps):
            value = empty if number == len(steps) - 1 else {}
            assert isinstance(into.value, dict)
            below = into.value.get(step)
            if below is None or not isinstance(below.value, type(value)):
                if below is not None:
                    first = f"{step!r} is {brief(plain(below))} in {self.places[below.line - 1]}"
                    self.told.append(row.found(name, first, "one of the two", "empty one of the cells"))
                below = into.value[step] = Tree(value, self.file, self.stands(row, name))
            into = below
        return into

    # ---- what it says ----

    def entry(self, row: Row) -> Tree:
        """What a row says, without its leading columns."""
        whole = Tree({}, self.file, self.stands(row, row.first))
        decides = row.sheet.entry.discriminator
        kind = {decides: row.cell(decides)} if decides else {}
        for name, column in row.sheet.columns.items():
            cell = row.cell(name)
            if cell is None:
                continue
            here = _TEXT if column.part not in ("", "low", "high") else _shape(row.sheet, column, kind)
            value = raw(cell, here, row.head.units.get(name, ""))
            if not column.steps:  # the row is a single value
                whole = self.laid(row, name, whole, column.part, value)
                continue
            holder = self.put(row, whole, column.steps[:-1], {}, name)
            assert isinstance(holder.value, dict)
            before = holder.value.get(column.steps[-1], Tree({}, self.file, 0))
            holder.value[column.steps[-1]] = self.laid(row, name, before, column.part, value)
        return whole

    def laid(self, row: Row, name: str, before: Tree, part: str, value: object) -> Tree:
        """A value laid over what is there: alone it stands bare, with provenance it stands in full."""
        told = _tree(value, self.file, self.stands(row, name))
        if not part and before.value == {}:
            return told
        full = before.value if isinstance(before.value, dict) else {"value": before}
        return Tree({**full, part or "value": told}, self.file, before.line or told.line)

    # ---- where it stands ----

    def stands(self, row: Row, name: str) -> int:
        """The line that stands for a cell."""
        self.places.append(row.stands(name))
        return len(self.places)

    def at_its_cell(self, fault: Fault) -> Fault:
        """A fault that the checks of files found, at its cell instead of a line, in the words of a spreadsheet."""
        at = f"{self.file}: {printable(self.places[fault.line - 1])}" if fault.line else self.file
        found, allowed = _begun(fault.found), _begun(fault.allowed)
        return replace(
            fault, file=at, line=0, found=found, allowed=allowed, todo=_begun(_in_a_spreadsheet(fault.todo))
        )


def _shape(sheet: Sheet, column: Column, kind: Mapping[str, object]) -> Shape:
    """What may stand in a column of a row, given the row's kind."""
    here: Shape | None = sheet.entry
    value: object = kind
    for step in column.steps:
        here, value = here.below(step, value) if here else None, None
    return here or column.here


def _tree(value: object, file: str, line: int) -> Tree:
    """A value, all of which stands in one cell."""
    if isinstance(value, dict):
        return Tree({key: _tree(child, file, line) for key, child in value.items()}, file, line)
    if isinstance(value, list):
        return Tree([_tree(child, file, line) for child in value], file, line)
    assert value is None or isinstance(value, bool | int | float | str)
    return Tree(value, file, line)


def _in_a_spreadsheet(todo: str) -> str:
    """What to do, without the brackets and quotes of YAML."""
    if added := _ADD.fullmatch(todo):
        return f"fill in {added[1]!r}"
    return "" if todo.startswith("write it in ") else todo


def _begun(words: str) -> str:
    """Words of a message, or how they begin: a cell may hold a text of a thousand lines."""
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."
