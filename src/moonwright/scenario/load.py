"""A scenario file, read and checked: the only way from a file to a Scenario."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.check import check
from moonwright.scenario.document import Tree, plain, spelt
from moonwright.scenario.extends import assemble
from moonwright.scenario.faults import findings_of
from moonwright.scenario.finding import FAULTS_SHOWN, Finding, located
from moonwright.scenario.node import Surface
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import borrow

Ground = Callable[[Scenario], tuple[Scenario, tuple[Finding, ...]]]


def no_ground(scenario: Scenario) -> tuple[Scenario, tuple[Finding, ...]]:
    """The scenario as it is, if its skylines name no files."""
    named = [
        Finding(("nodes", name, "skyline"), "names a file, and none are read here", "directions in its stead")
        for name, node in scenario.nodes.items()
        if isinstance(node, Surface) and node.skyline is not None and node.skyline.files
    ]
    return scenario, tuple(named)


def load(path: Path, *, data: bytes | None = None, ground: Ground = no_ground) -> Scenario:
    """The scenario that a file asks for.

    `data` is the content of the file where it does not stand on the disk; `path` then only names it. `ground` reads what
    skylines name and puts it in their stead. Raises ScenarioError with every fault found, in the order of the file;
    where there are hundreds, with the first.
    """
    return made(*assemble(path, data), ground)


def made(tree: Tree, faults: tuple[Fault, ...] = (), ground: Ground = no_ground) -> Scenario:
    """The scenario that a tree holds, wherever it was read; `faults` are those found on the way.

    Raises ScenarioError as `load` does.
    """
    tree, borrowing = borrow(tree)
    scenario, findings = _made(tree)
    if scenario is not None:
        scenario, unread = ground(scenario)
        findings += unread
    refused = {fault.path for fault in faults}
    unfilled = {finding.path[:2] for finding in borrowing}
    fresh = [f for f in findings if spelt(f.path) not in refused and f.path[:2] not in unfilled]
    faults += tuple(located(finding, tree) for finding in (*borrowing, *fresh))
    if scenario is None or faults:
        raise ScenarioError(_shown(faults, tree.file))
    return scenario


def _made(tree: Tree) -> tuple[Scenario | None, tuple[Finding, ...]]:
    data = plain(tree)
    try:
        scenario = Scenario.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        return None, findings_of(error, data)
    return scenario, check(scenario)


def _shown(faults: tuple[Fault, ...], first: str) -> tuple[Fault, ...]:
    """The faults in the order of the files, the author's own file first."""
    row = sorted(dict.fromkeys(faults), key=lambda fault: (fault.file != first, fault.file, fault.line))
    if len(row) <= FAULTS_SHOWN:
        return tuple(row)
    last = row[FAULTS_SHOWN - 1]
    rest = Fault(last.file, last.line, "", "more faults, which are not shown", "", "repair these first")
    return (*row[:FAULTS_SHOWN], rest)
