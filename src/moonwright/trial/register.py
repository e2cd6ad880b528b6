"""Who has which row: the names of a plan's things in the order in which the tables list them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from moonwright.scenario.chance import Chances
from moonwright.simulate.replay import Story
from moonwright.simulate.stock import Stock
from moonwright.simulate.vehicle import Craft
from moonwright.trial.tables import NONE


@dataclass(frozen=True)
class Register:
    """Row numbers by name. `crafts_there` are those that no flight launches; their rows come first."""

    story: Story
    chances: Chances
    flights: Mapping[str, int]
    nodes: Mapping[str, int]
    stocks: Mapping[tuple[str, str], int]
    kinds: Mapping[str, int]
    vehicles: Mapping[str, int]
    elements: Mapping[str, int]
    copies: Mapping[tuple[str, int], int]
    launchers: Mapping[str, int]
    families: Mapping[str, int]
    crafts: Mapping[str, int]
    crafts_there: tuple[Craft, ...]

    def node(self, name: str) -> int:
        """The row of a place; NONE for launch sites, points that are passed and wherever things come home."""
        return self.nodes.get(name, NONE)

    def stock(self, node: str, resource: str) -> int:
        """The row of a stock; NONE where the plan never has any of it."""
        return self.stocks.get((node, resource), NONE)


def register(story: Story, chances: Chances) -> Register:
    """Give every thing of a story its row."""
    scenario = story.setting.scenario
    there = tuple(craft for craft in story.flown.crafts if craft.at_start)
    lifted = [craft.serial for craft in story.flown.crafts if not craft.at_start]
    crafts = {craft.serial: row for row, craft in enumerate(there)}
    crafts |= {serial: len(there) + row for row, serial in enumerate(dict.fromkeys(lifted))}
    return Register(
        story=story,
        chances=chances,
        flights=_rows(voyage.flight.name for voyage in story.voyages),
        nodes=_rows(story.setting.places),
        stocks={(one.node, one.resource): row for row, one in enumerate(_by_place(story))},
        kinds=_rows(scenario.crew),
        vehicles=_rows(scenario.vehicles),
        elements=_rows(scenario.elements),
        copies={key: row for row, key in enumerate(_copies(story))},
        launchers=_rows(scenario.launchers),
        families=_rows(dict.fromkeys(chances.families.values())),
        crafts=crafts,
        crafts_there=there,
    )


def key(*names: object) -> int:
    """Whose stream of random numbers: 64 bits that depend on the names alone, so that scenarios share their draws."""
    told = "\0".join(str(name) for name in names)
    return int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "little")


def _by_place(story: Story) -> list[Stock]:
    """Stocks with those of one place together."""
    order = {node: row for row, node in enumerate(story.setting.places)}
    return sorted(story.stocks, key=lambda one: (order[one.node], one.resource))


def _copies(story: Story) -> list[tuple[str, int]]:
    """Copies with those of one element together, in the order of their numbers."""
    order = {name: row for row, name in enumerate(story.setting.scenario.elements)}
    found = {(copy.element, copy.copy_no) for copy in story.elements.copies}
    return sorted(found, key=lambda one: (order[one[0]], one[1]))


def _rows(names: Iterable[str]) -> dict[str, int]:
    return {name: row for row, name in enumerate(names)}
