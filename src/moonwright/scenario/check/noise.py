"""Noise and reactions: entries for things that the scenario does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from moonwright.scenario.chance import lands, library_noise
from moonwright.scenario.document import Path, brief
from moonwright.scenario.finding import Finding, did_you_mean
from moonwright.scenario.noise import ALL
from moonwright.scenario.reaction import LateFlight, LostFlight, Reaction, ShortStock, TouchedReserve
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shape import listed

_NAMES_SHOWN = 12


def subjects(scenario: Scenario) -> Iterator[Finding]:
    """Entries of `noise` for launchers, vehicles, elements and resources that do not occur, or that `all` could mean."""
    noise = scenario.noise
    things: dict[str, tuple[str, Mapping[str, object]]] = {
        "launch": ("launcher", scenario.launchers),
        "grounding": ("family of launchers", _families(scenario)),
        "weather": ("launcher", scenario.launchers),
        "readiness": ("launcher or vehicle", {**scenario.launchers, **scenario.vehicles}),
        "landing": ("vehicle", scenario.vehicles),
        "docking": ("vehicle", scenario.vehicles),
        "equipment": ("element", scenario.elements),
        "consumption": ("resource", scenario.resources),
        "element_ready": ("element", scenario.elements),
    }
    for key, (what, known) in things.items():
        for name in getattr(noise, key):
            if name == ALL and ALL in known:
                found = f"`{ALL}` names a {what} and everything that is not named"
                yield Finding(("noise", key, name), found, "one meaning", f"give the {what} another name")
            elif name != ALL and name not in known:
                yield _unknown(("noise", key, name), what, name, (*known, ALL))
    for name in noise.landing:
        if name in scenario.vehicles and not lands(scenario, name):
            found = f"{name!r} never lands: no mission has it fly to a surface"
            yield Finding(
                ("noise", "landing", name), found, "a vehicle that lands", "write it under `docking`"
            )
    for name, entry in noise.equipment.items():
        if entry.resource is not None and entry.resource not in scenario.resources:
            at = ("noise", "equipment", name, "resource")
            yield _unknown(at, "resource", entry.resource, tuple(scenario.resources))


def rules(scenario: Scenario) -> Iterator[Finding]:
    """Rules that speak of places, missions and resources that do not occur."""
    for name, rule in scenario.reactions.items():
        for path, pointed, what, known in _pointers(scenario, rule):
            if pointed not in known:
                yield _unknown(("reactions", name, *path), what, pointed, tuple(known))


def _pointers(scenario: Scenario, rule: Reaction) -> Iterator[tuple[Path, str, str, Mapping[str, object]]]:
    """Each name that a rule speaks of: where it stands, what it should be, and what there is of that."""
    if isinstance(rule, TouchedReserve | ShortStock) and rule.node is not None:
        yield ("node",), rule.node, "node", scenario.nodes
    if isinstance(rule, LateFlight | LostFlight) and rule.mission is not None:
        yield ("mission",), rule.mission, "mission", scenario.missions
    if isinstance(rule, ShortStock):
        for number, resource in enumerate(rule.resources):
            yield ("resources", number), resource, "resource", scenario.resources


def _families(scenario: Scenario) -> Mapping[str, object]:
    """Families that the scenario or the library names, and launchers, which are one each where neither does."""
    entries = [*scenario.noise.launch.values()]
    if scenario.noise.grounding:  # the library is only read where it is needed
        entries += library_noise().launch.values()
    return {**{entry.family: entry for entry in entries if entry.family}, **scenario.launchers}


def _unknown(path: Path, what: str, name: str, names: tuple[str, ...]) -> Finding:
    shown = listed(names[:_NAMES_SHOWN]) + (", ..." if len(names) > _NAMES_SHOWN else "")
    return Finding(path, f"no {what} {brief(name)}", shown or "none is given", did_you_mean(name, names))
