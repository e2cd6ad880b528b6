"""Life support that is asked for, but of which too little is said to compute it."""

from __future__ import annotations

from collections.abc import Iterator

from moonwright.scenario.document import Path
from moonwright.scenario.finding import Finding
from moonwright.scenario.habitat import LEAST_MOLTEN_KG, Part
from moonwright.scenario.scenario import Scenario

_FAILURES = 10_000.0  # in one stretch: beyond that a share of the mass a year says the same


def days(scenario: Scenario) -> Iterator[Finding]:
    """Kinds of crew of whose day nothing is said."""
    for name, kind in scenario.crew.items():
        if kind.metabolism is None and "uses" not in kind.model_fields_set:
            yield Finding(("crew", name), "neither `uses` nor `metabolism` is given", "at least one of them")


def substances(scenario: Scenario) -> Iterator[Finding]:
    """Substances that are asked for and that no resource is, or several are."""
    known: dict[str, str] = {}
    for name, resource in scenario.resources.items():
        if resource.substance is None:
            continue
        if (first := known.setdefault(resource.substance, name)) != name:
            found = f"{resource.substance!r}, which {first!r} is too"
            yield Finding(("resources", name, "substance"), found, "of each substance one resource")
    for path, wanted in _asked(scenario):
        if lacking := [one for one in wanted if one not in known]:
            found = f"no resource is {' or '.join(lacking)}"
            allowed = " and ".join(f"one with `substance: {one}`" for one in lacking)
            yield Finding(path, found, allowed)


def _asked(scenario: Scenario) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Where something is to be computed, and the substances that it speaks of."""
    for name, kind in scenario.crew.items():
        if kind.metabolism is not None:
            yield ("crew", name, "metabolism"), ("oxygen", "water", "food")
        if kind.spacewalk.walk is not None:
            yield ("crew", name, "spacewalk", "walk"), ("oxygen", "water", "nitrogen")
    for name, element in scenario.elements.items():
        asked = element.provides.life_support
        if asked is not None:
            path: Path = ("elements", name, "provides", "life_support")
            yield path, ("oxygen", "water", *(["lithium hydroxide"] if asked.system == "bare-bones" else []))
            if asked.leak > 0.0:
                yield (*path, "leak"), ("nitrogen",)


def walks(scenario: Scenario) -> Iterator[Finding]:
    """Spacewalks of nobody, or of no time."""
    for name, kind in scenario.crew.items():
        walk, path = kind.spacewalk.walk, ("crew", name, "spacewalk", "walk")
        if walk is not None and walk.people < 1:
            yield Finding((*path, "people"), "nobody", "at least 1")
        if walk is not None and walk.lasts == 0.0:
            yield Finding((*path, "lasts"), "0 h", "more than 0 h")


def parts(scenario: Scenario) -> Iterator[Finding]:
    """Parts whose spares cannot be counted."""
    for name, element in scenario.elements.items():
        for which, part in element.uses.parts.items():
            yield from _part(part, ("elements", name, "uses", "parts", which))


def _part(part: Part, path: Path) -> Iterator[Finding]:
    for key in ("mean_life", "lasts"):
        if getattr(part, key) == 0.0:
            yield Finding((*path, key), "0 d", "more than 0 d")
    if not 0.0 < part.confidence < 1.0:
        yield Finding((*path, "confidence"), f"{part.confidence:g}", "above 0 and below 1, such as 95 %")
    if part.mean_life > 0.0 and part.count * part.lasts / part.mean_life > _FAILURES:
        found = f"{part.count * part.lasts / part.mean_life:g} failures in one stretch"
        yield Finding((*path, "lasts"), found, f"at most {_FAILURES:g}; or `spares` as a share of the mass")


def plants(scenario: Scenario) -> Iterator[Finding]:
    """Plants so small that nothing is known of them."""
    for name, element in scenario.elements.items():
        for resource, kind in element.provides.plants.items():
            if kind == "molten regolith" and element.mass < LEAST_MOLTEN_KG:
                path = ("elements", name, "provides", "plants", resource)
                found = f"a plant of {element.mass:g} kg; none below {LEAST_MOLTEN_KG:g} kg is known to work"
                yield Finding(path, found, f"at least {LEAST_MOLTEN_KG:g} kg, or `produces` stated by hand")
