"""The queue of events of a run, the time that passes between them, and what is written down."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from moonwright.interop.spacenet import demand
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import HumanAgent
from moonwright.interop.spacenet.history import Asked, BurnRecord, Departure, Trouble
from moonwright.interop.spacenet.place import SurfaceEdge, SurfaceNode
from moonwright.interop.spacenet.rules import Rules
from moonwright.interop.spacenet.yard import RefusedError, Yard

EVENTS_LIMIT = 1_000_000  # executed; far beyond any campaign, and a minute or two


@dataclass
class Books:
    """What is written down during a run."""

    burns: list[BurnRecord] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    demands: list[Asked] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    crew_surface_d: float = 0.0
    exploration_kg: float = 0.0
    exploration: float = 0.0


class Agenda:
    """Acts wait by time, then priority (1 first), then the name of their event, then the order in which they came."""

    def __init__(self, campaign: Campaign, rules: Rules) -> None:
        self.campaign, self.rules = campaign, rules
        self.yard, self.books = Yard(campaign, rules), Books()
        self.now_d = 0.0
        self._order = count()
        self._queue: list[tuple[float, int, str, int, Callable[[], None]]] = []
        self._once: set[tuple[str, int, int]] = set()
        self._ground = [place for place in (*campaign.node, *campaign.edge) if self.elsewhere(place)]

    def at(self, day_d: float, priority: int, name: str, act: Callable[[], None]) -> None:
        """Have something happen on a day, as the rules see days."""
        heapq.heappush(self._queue, (self.rules.time_d(day_d), priority, name, next(self._order), act))

    def trouble(self, event: str, text: str) -> None:
        """Write down what could not be done."""
        self.books.troubles.append(Trouble(self.now_d, event, text))

    def work_off(self) -> None:
        """Let everything happen. What is refused ends its event, and the run goes on."""
        for done in count(1):
            if not self._queue:
                return
            day_d, _, name, _, act = heapq.heappop(self._queue)
            self._pass(day_d)
            try:
                act()
            except RefusedError as refusal:
                self.trouble(name, str(refusal))
            if done >= EVENTS_LIMIT:
                self.trouble(name, f"the run ends here: {EVENTS_LIMIT:,} events")
                return

    def _pass(self, day_d: float) -> None:
        """Let time pass until a day: who is where, and what is asked for meanwhile."""
        dt_d, yard = day_d - self.now_d, self.yard
        if dt_d <= 0:
            return
        self.books.demands += demand.as_time_passes(yard, day_d, dt_d, self._once)
        for place in self._ground:
            there = [key for top in yard.holds.get(place, ()) for key in yard.inside(top)]
            if crew := sum(isinstance(yard.element(key), HumanAgent) for key in there):
                self.books.crew_surface_d += dt_d * crew
                self.books.exploration += dt_d * crew * sum(useful_kg(yard, key) for key in there)
        self.now_d = day_d

    def elsewhere(self, place: str) -> bool:
        """Whether a place is on the ground of another body than the Earth, or a way over it."""
        if (edge := self.campaign.edge.get(place)) is not None:
            return isinstance(edge, SurfaceEdge) and self.elsewhere(edge.origin)
        node = self.campaign.node[place]
        return isinstance(node, SurfaceNode) and node.body != "Earth"


def useful_kg(yard: Yard, key: str) -> float:
    """Mass for exploration (class 6) and infrastructure (class 8): an element's own, and resources in it."""
    element = yard.element(key)
    own_kg = element.mass_kg if family(element.class_of_supply) in (6, 8) else 0.0
    for kind, amount in yard.stock.get(key, {}).items():
        supply = yard.campaign.resource[kind].class_of_supply if isinstance(kind, str) else kind
        own_kg += amount * yard.unit_kg(kind) if family(supply) in (6, 8) else 0.0
    return own_kg


def family(supply: int) -> int:
    """The class of supply of which another is a part: 203 is of class 2."""
    return 10 if supply == 10 else int(str(supply)[0])
