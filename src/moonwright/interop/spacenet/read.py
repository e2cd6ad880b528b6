"""A SpaceNet file, read and checked: the only way from a file to a Campaign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.check import check
from moonwright.interop.spacenet.findings import at, findings_of
from moonwright.interop.spacenet.json_text import SIZE_LIMIT, read_json
from moonwright.interop.spacenet.shelved import shelved
from moonwright.interop.spacenet.template import WRITTEN_OUT_LIMIT, TooMuchInheritedError, inherit, spelt_out
from moonwright.interop.spacenet.value import SPACENET
from moonwright.interop.spacenet.xstream import read_xml
from moonwright.scenario.document import Step, Tree, plain
from moonwright.scenario.finding import FAULTS_SHOWN, Finding, located

_TOO_MUCH = Finding(
    ("elementTemplates",), "instances inherit too much", f"at most {WRITTEN_OUT_LIMIT} values in all"
)


@dataclass(frozen=True)
class Read:
    """A campaign, and in a sentence each what its file says that a campaign does not hold."""

    campaign: Campaign
    left_behind: tuple[str, ...]


def read(path: Path) -> Read:
    """The campaign in a SpaceNet file, JSON or XML. Raises ScenarioError with every fault found."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise ScenarioError((Fault(str(path), 0, "", f"cannot be read: {error.strerror}", "", ""),)) from None
    return read_bytes(str(path), data)


def read_bytes(file: str, data: bytes) -> Read:
    """The same from the bytes of a file."""
    is_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    tree, faults = read_xml(file, data) if is_xml else read_json(file, data)
    if older := _older(tree):
        raise ScenarioError((*faults, located(older, tree)))
    told = spelt_out(plain(tree))
    left = _idle(told)
    try:
        campaign, wrong, unknown = _validated(told)
    except TooMuchInheritedError:
        raise ScenarioError((*faults, located(_TOO_MUCH, tree))) from None
    if campaign is not None:
        wrong = list(check(campaign))
    faults += tuple(located(finding, tree) for finding in wrong[:FAULTS_SHOWN])
    if campaign is None or faults:
        raise ScenarioError(tuple(dict.fromkeys(faults)))
    return Read(shelved(campaign), tuple(str(located(finding, tree)) for finding in (*left, *unknown)))


def _validated(told: dict[str, Any]) -> tuple[Campaign | None, list[Finding], list[Finding]]:
    """The campaign, or what is wrong; and the keys that nobody knows, which keep nobody from reading the rest."""
    own = [set(entry) if isinstance(entry, dict) else set() for entry in _list(told, "instantiatedElements")]
    full, unknown = inherit(told), list[Finding]()
    for _ in range(2):
        try:
            made = Campaign.model_validate(full, by_alias=True, by_name=False, context=SPACENET)
            return made, [], _of_author(unknown, own)
        except ValidationError as error:
            wrong, keys = findings_of(error, full)
        unknown += keys
        if wrong:
            break
        for finding in keys:
            _remove(full, finding.path)
    lost = list(_lost(full))
    orphans = {finding.path[:2] for finding in lost}
    wrong = [
        one for one in _of_author(wrong, own) if not (one.found == "missing" and one.path[:2] in orphans)
    ]
    return None, [*lost, *wrong], unknown


def _lost(told: dict[str, Any]) -> Iterator[Finding]:
    """Instances whose template is not there: what they lack would be in it."""
    there = {
        str(entry.get("id")).lower() for entry in _list(told, "elementTemplates") if isinstance(entry, dict)
    }
    for number, entry in enumerate(_list(told, "instantiatedElements")):
        key = entry.get("templateId") if isinstance(entry, dict) else None
        if isinstance(key, str) and key.lower() not in there:
            path = ("instantiatedElements", number, "templateId")
            yield Finding(
                path, f"no template has the id {key[:60]}", "the id of an entry of elementTemplates"
            )


def _of_author(findings: list[Finding], own: list[set[str]]) -> list[Finding]:
    """Without those of inherited values: what is wrong there is told where it is written, in the template."""
    written = {finding.path[2:] for finding in findings if finding.path[:1] == ("elementTemplates",)}
    return [finding for finding in findings if not _inherited(finding, own, written)]


def _inherited(finding: Finding, own: list[set[str]], written: set[tuple[Step, ...]]) -> bool:
    match finding.path:
        case ("instantiatedElements", int() as number, str() as key, *_):
            return key not in own[number] and (finding.found != "missing" or finding.path[2:] in written)
    return False


def _remove(data: dict[str, Any], path: tuple[Step, ...]) -> None:
    holder = at(path[:-1], data)
    if isinstance(holder, dict):
        holder.pop(path[-1], None)


def _older(tree: Tree) -> Finding | None:
    """Files of before November 2022 name places by keys, and things by `element_id`."""
    told = tree.value if isinstance(tree.value, dict) else {}
    network = told["network"].value if "network" in told else None
    nodes = network["nodes"].value if isinstance(network, dict) and "nodes" in network else None
    if not isinstance(nodes, dict) and "elementList" not in told:
        return None
    path: tuple[Step, ...] = ("elementList",) if "elementList" in told else ("network", "nodes")
    found = "a file of SpaceNet's older format (before November 2022)"
    return Finding(
        path,
        found,
        "the format of SpaceNet 2.5",
        "write nodes and edges as lists, and each burn with its time",
    )


def _idle(told: dict[str, Any]) -> list[Finding]:
    """What SpaceNet writes but never reads, taken out of `told`; a finding where it says something."""
    found: list[Finding] = []
    if told.pop("manifest", None):
        found.append(Finding(("manifest",), "a manifest, which the simulator does not read either"))
    network = told.get("network")
    for shelf in ("nodes", "edges"):
        for number, entry in enumerate(_list(network, shelf)):
            if isinstance(entry, dict) and entry.pop("contents", None):
                path = ("network", shelf, number, "contents")
                found.append(Finding(path, "contents, which the simulator does not read either"))
    return found


def _list(told: Any, key: str) -> list[Any]:
    entries = told.get(key) if isinstance(told, dict) else None
    return entries if isinstance(entries, list) else []
