"""A campaign run event by event, by SpaceNet's rules or exact ones.

Events wait in a queue by time, then priority (1 first), then name, as in SpaceNet. Before each, everything that
exists asks for what it needs for the time that has passed. What cannot be done is told, and the run goes on.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from moonwright.interop.spacenet import demand
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.element import HumanAgent, PropulsiveVehicle
from moonwright.interop.spacenet.event import (
    AddResources,
    ConsumeResources,
    CreateElements,
    Event,
    Exploration,
    FlightTransport,
    MoveElements,
    PropulsiveBurn,
    ReconfigureElement,
    ReconfigureElements,
    RemoveElements,
    SpaceTransport,
    Spacewalk,
    SurfaceTransport,
    TransferResources,
)
from moonwright.interop.spacenet.flight import Flight, burn
from moonwright.interop.spacenet.history import Asked, BurnRecord, Departure, History, Trouble
from moonwright.interop.spacenet.place import Edge, FlightEdge, SpaceEdge, SurfaceEdge, SurfaceNode
from moonwright.interop.spacenet.rules import Rules
from moonwright.interop.spacenet.yard import RefusedError, Yard

_LAST = 2**31 - 1  # the priority of a mission's own demands
EVENTS_LIMIT = 1_000_000  # executed; far beyond any campaign, and a minute or two


@dataclass
class _Books:
    """What is written down during a run."""

    burns: list[BurnRecord] = field(default_factory=list)
    departures: list[Departure] = field(default_factory=list)
    demands: list[Asked] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    crew_surface_d: float = 0.0
    exploration_kg: float = 0.0
    exploration: float = 0.0


def run(campaign: Campaign, rules: Rules) -> History:
    """What happens in a campaign. Demands are counted and not taken from what is aboard, as SpaceNet's batch runs do."""
    return _Run(campaign, rules).history()


class _Run:
    def __init__(self, campaign: Campaign, rules: Rules) -> None:
        self.campaign, self.rules = campaign, rules
        self.yard, self.books = Yard(campaign, rules), _Books()
        self.now_d = 0.0
        self.order = count()
        self.queue: list[tuple[float, int, str, int, Callable[[], None]]] = []
        self.once: set[tuple[str, int, int]] = set()

    def history(self) -> History:
        for mission in self.campaign.missions:
            starts_d = demand.start_d(self.campaign, mission)
            for event in mission.events:
                self._at(starts_d + event.at_d, event.priority, event.name, self._doing(event))
            day_d, wanted = demand.of_mission(self.campaign, mission, self.rules)
            self._at(day_d, _LAST, mission.name, lambda wanted=wanted: self.books.demands.extend(wanted))  # type: ignore[misc]
        self._loop()
        books = self.books
        left = [(self.yard.name(key), kg) for key, kg in self._tanks()]
        return History(
            self.rules.name, tuple(books.burns), tuple(books.departures), tuple(books.demands),
            tuple(books.troubles), tuple(left), self.now_d, books.crew_surface_d, books.exploration_kg,
            books.exploration,
        )  # fmt: skip

    def _loop(self) -> None:
        done = 0
        while self.queue:
            day_d, _, name, _, act = heapq.heappop(self.queue)
            self._pass(day_d)
            try:
                act()
            except RefusedError as refusal:
                self.trouble(name, str(refusal))
            done += 1
            if done >= EVENTS_LIMIT:
                self.trouble(name, f"the run ends here: {EVENTS_LIMIT:,} events")
                return

    def _pass(self, day_d: float) -> None:
        """Let time pass until a day: who is where, and what is asked for meanwhile."""
        dt_d, yard = day_d - self.now_d, self.yard
        if dt_d <= 0:
            return
        self.books.demands += demand.as_time_passes(yard, day_d, dt_d, self.once)
        crew: dict[str, int] = {}
        mass_kg: dict[str, float] = {}
        for key in yard.where:
            place = yard.place(key)
            if place is not None and self._elsewhere(place):
                crew[place] = crew.get(place, 0) + isinstance(yard.element(key), HumanAgent)
                mass_kg[place] = mass_kg.get(place, 0.0) + _useful_kg(yard, key)
        self.books.crew_surface_d += dt_d * sum(crew.values())
        self.books.exploration += sum(dt_d * people * mass_kg[place] for place, people in crew.items())
        self.now_d = day_d

    def _at(self, day_d: float, priority: int, name: str, act: Callable[[], None]) -> None:
        heapq.heappush(self.queue, (self.rules.time_d(day_d), priority, name, next(self.order), act))

    def trouble(self, event: str, text: str) -> None:
        """Write down what could not be done."""
        self.books.troubles.append(Trouble(self.now_d, event, text))

    def _doing(self, event: Event) -> Callable[[], None]:  # noqa: PLR0911, PLR0912  # one line a kind of event
        match event:
            case CreateElements():
                return lambda: self._create(event)
            case MoveElements():
                return lambda: self._move(event)
            case RemoveElements():
                return lambda: self._remove(event)
            case ReconfigureElement():
                return lambda: self._take_up(event.element, event.state, event.location)
            case ReconfigureElements():
                return lambda: self._take_up_type(event)
            case AddResources():
                return lambda: self._add(event)
            case ConsumeResources():
                return lambda: self._consume(event)
            case TransferResources():
                return lambda: self._transfer(event)
            case PropulsiveBurn():
                return lambda: self._propulsive(event)
            case SpaceTransport():
                return lambda: self._space(event)
            case FlightTransport():
                return lambda: self._flight(event)
            case SurfaceTransport():
                return lambda: self._drive(event)
            case Exploration():
                return lambda: self._explore(event)
            case Spacewalk():
                return lambda: self._outside(event)

    def _create(self, event: CreateElements) -> None:
        self._store(event.location, event.container)
        for key in event.elements:
            self.yard.create(key, event.container)

    def _move(self, event: MoveElements) -> None:
        self._store(event.location, event.container)
        self.yard.require(event.elements, event.location)
        for key in event.elements:
            self.yard.put(key, event.container)

    def _remove(self, event: RemoveElements) -> None:
        self.yard.require(event.elements, event.location)
        for key in event.elements:
            self.yard.remove(key)

    def _store(self, location: str, container: str) -> None:
        """A container must be where its event is; a node is where it is."""
        if container in self.campaign.element:
            self.yard.require((container,), location)
        elif container != location:
            raise RefusedError(f"{self.yard.name(container)} is not {self.yard.name(location)}")

    def _take_up(self, key: str, state: int, location: str) -> None:
        self.yard.require((key,), location)
        self.yard.state[key] = state

    def _take_up_type(self, event: ReconfigureElements) -> None:
        self.yard.require(event.elements, event.location)
        for key in event.elements:
            states = self.yard.element(key).states
            rows = [row for row, state in enumerate(states) if state.type == event.state_type]
            if not rows:
                raise RefusedError(f"{self.yard.name(key)} has no state of type {event.state_type}")
            self.yard.state[key] = rows[0]

    def _add(self, event: AddResources) -> None:
        self._store(event.location, event.container)
        self.yard.add(event.resources, event.container)

    def _consume(self, event: ConsumeResources) -> None:
        self._store(event.location, event.source)
        self.yard.take(event.resources, event.source)

    def _transfer(self, event: TransferResources) -> None:
        self.yard.require((event.origin, event.destination), event.location)
        self.yard.take(event.resources, event.origin)
        try:
            self.yard.add(event.resources, event.destination)
        except RefusedError:
            self.yard.add(event.resources, event.origin)
            raise

    def _propulsive(self, event: PropulsiveBurn) -> None:
        self.yard.require(event.elements, event.location)
        flight = Flight(event.name, self.yard.name(event.location), list(event.elements))
        self._burn(flight, 1, event.burn.dv_m_s, event.burn.engine, event.actions)

    def _space(self, event: SpaceTransport) -> None:
        edge = self.campaign.edge[event.edge]
        assert isinstance(edge, SpaceEdge)  # checked when it was read
        flight = self._leave(event.name, event.elements, event.location, edge.origin, edge)
        actions = {one.burn: one.actions for one in event.sequence}
        for number, one in enumerate(edge.burns, start=1):
            act = self._burning(flight, number, one.dv_m_s, one.engine, actions.get(one.id, ()))
            self._at(self.now_d + one.time_d, number - 1 - len(edge.burns), event.name, act)
        self._arrive(flight, edge.destination, edge.duration_d)

    def _burning(self, *burning: object) -> Callable[[], None]:
        return lambda: self._burn(*burning)  # type: ignore[arg-type]

    def _burn(
        self, flight: Flight, number: int, dv_m_s: float, engine: str, actions: tuple[object, ...]
    ) -> None:
        if flight.stopped:
            return
        record, trouble = burn(self.yard, flight, self.now_d, number, dv_m_s, engine, actions)  # type: ignore[arg-type]
        self.books.burns.append(record)
        if not trouble:
            return
        if self.rules.shortfall_stops:
            flight.stopped = True
            trouble += "; the flight stops here (by SpaceNet's rules it would go on)"
        else:
            trouble += "; SpaceNet lets the flight go on (by exact rules it would stop)"
        self.trouble(flight.name, trouble)

    def _flight(self, event: FlightTransport) -> None:
        edge, yard = self.campaign.edge[event.edge], self.yard
        assert isinstance(edge, FlightEdge)
        yard.require(event.elements, event.location)
        mass_kg = sum(yard.mass_kg(key) for key in event.elements)
        direct = [inner for key in event.elements for inner in yard.holds.get(key, ())]
        crew = sum(isinstance(yard.element(key), HumanAgent) for key in direct)
        if mass_kg > edge.max_cargo_kg:
            raise RefusedError(f"{mass_kg:,.1f} kg; {edge.name} takes {edge.max_cargo_kg:,.1f} kg")
        if crew > edge.max_crew:
            raise RefusedError(f"a crew of {crew}; {edge.name} takes {edge.max_crew}")
        flight = self._leave(event.name, event.elements, event.location, edge.origin, edge)
        self._arrive(flight, edge.destination, edge.duration_d)

    def _drive(self, event: SurfaceTransport) -> None:
        edge = self.campaign.edge[event.edge]
        assert isinstance(edge, SurfaceEdge)
        lasts_d = demand.lasts_d(self.campaign, event)
        if lasts_d == float("inf"):
            raise RefusedError("it does not move: its speed or duty cycle is 0")
        back = event.location == edge.destination  # a way over ground is passable both ways
        origin, to = (edge.destination, edge.origin) if back else (edge.origin, edge.destination)
        flight = self._leave(event.name, (event.vehicle,), event.location, origin, edge)
        before = self.yard.state.get(event.vehicle)
        if isinstance(event.state, int):
            self.yard.state[event.vehicle] = event.state
        self._arrive(flight, to, lasts_d, lambda: self.yard.state.update({event.vehicle: before}))

    def _leave(self, name: str, keys: tuple[str, ...], location: str, origin: str, edge: Edge) -> Flight:
        """Put elements onto an edge."""
        yard = self.yard
        yard.require(keys, location)
        if location != origin:
            raise RefusedError(f"{edge.name} starts at {yard.name(origin)}, not at {yard.name(location)}")
        node = self.campaign.node[origin]
        launched = isinstance(node, SurfaceNode) and node.body == "Earth"
        mass_kg = sum(yard.mass_kg(key) for key in keys)
        crew = yard.crew_in(keys)
        self.books.departures.append(Departure(self.now_d, name, edge.name, mass_kg, crew, launched))
        for key in keys:
            yard.put(key, edge.id)
        return Flight(name, edge.name, list(keys))

    def _arrive(
        self, flight: Flight, to: str, lasts_d: float, then: Callable[[], None] = lambda: None
    ) -> None:
        def arrive() -> None:
            if flight.stopped:
                return
            for key in flight.stack:
                self.yard.put(key, to)
            if self._elsewhere(to):
                inside = (one for key in flight.stack for one in self.yard.inside(key))
                self.books.exploration_kg += sum(_useful_kg(self.yard, one) for one in inside)
            then()

        self._at(self.now_d + lasts_d, 0, flight.name, arrive)

    def _explore(self, event: Exploration) -> None:
        self.yard.require((event.vehicle, *(one.element for one in event.crew)), event.location)
        if not self.campaign.configuration.detailed_exploration:
            return
        begins_d = self.now_d
        for number in range(demand.walks(event)):
            day_d = begins_d + (number + 1) * demand.between_walks_d(event)
            self._at(day_d, event.priority, event.name, lambda: self._outside(event))

    def _outside(self, event: Spacewalk | Exploration) -> None:
        """The crew takes up its states outside, and later goes back to what it was and where."""
        if not self.campaign.configuration.detailed_eva:
            return
        yard, keys = self.yard, [one.element for one in event.crew]
        yard.require((event.vehicle, *keys), event.location)
        wanted = ((one, one.amount) for one in event.demands)
        self.books.demands += demand.asked(self.campaign, self.rules, self.now_d, event.location, wanted)
        before = {key: yard.state.get(key) for key in keys}
        for one in event.crew:
            if one.state is not None and one.state >= 0:
                yard.state[one.element] = one.state
            yard.put(one.element, event.location)

        def back() -> None:
            yard.require((event.vehicle, *keys), event.location)
            yard.state.update(before)
            for key in keys:
                yard.put(key, event.vehicle)

        self._at(self.now_d + event.outside_d, event.priority, event.name, back)

    def _elsewhere(self, place: str) -> bool:
        """Whether a place is on the ground of another body than the Earth, or a way over it."""
        if (edge := self.campaign.edge.get(place)) is not None:
            return isinstance(edge, SurfaceEdge) and self._elsewhere(edge.origin)
        node = self.campaign.node[place]
        return isinstance(node, SurfaceNode) and node.body != "Earth"

    def _tanks(self) -> list[tuple[str, float]]:
        """What every propulsive vehicle held when last seen."""
        keys = (one.id for one in self.campaign.elements if isinstance(one, PropulsiveVehicle))
        return [(key, self.yard.stock_kg(key)) for key in keys if key in self.yard.stock]


def _useful_kg(yard: Yard, key: str) -> float:
    """Mass for exploration (class 6) and infrastructure (class 8): an element's own, and what it holds."""
    element = yard.element(key)
    own_kg = element.mass_kg if family(element.class_of_supply) in (6, 8) else 0.0
    for kind, amount in yard.stock.get(key, {}).items():
        supply = yard.campaign.resource[kind].class_of_supply if isinstance(kind, str) else kind
        own_kg += amount * yard.unit_kg(kind) if family(supply) in (6, 8) else 0.0
    return own_kg


def family(supply: int) -> int:
    """The class of supply of which another is a part: 203 is of class 2."""
    return 10 if supply == 10 else int(str(supply)[0])
