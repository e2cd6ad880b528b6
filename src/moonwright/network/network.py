"""The Network: the space of decisions, as frozen tables without a solver.

An itinerary is one way to fly a mission; an arc is an itinerary set in time. All that an itinerary asks and
gives is linear in the number of flights and in the loads aboard: the rocket equation is folded into the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from moonwright.world.world import World


@dataclass(frozen=True)
class Period:
    """Period `index`, from day `start_d` to before day `end_d`."""

    index: int
    start_d: int
    end_d: int
    label: str

    @property
    def length_d(self) -> int:
        """Days in the period."""
        return self.end_d - self.start_d


@dataclass(frozen=True)
class Part:
    """A unit of an itinerary: what it is, where it comes from, where it ends.

    `starts`, `ends`: stops of its first and after its last leg. A part that waited is taken from those that wait
    at its first stop; one that waits at the end is added to those at its last.
    """

    name: str
    vehicle: str
    starts: int
    ends: int
    launched: bool
    refuels: bool
    end: Literal["waits", "recovered", "expended"]


@dataclass(frozen=True)
class Ride:
    """Leg from stop i to stop i+1: flown by a part (None: the launcher), with `parts` aboard (the active one too).

    `dv_m_s`: all burns of its route. Of a computed route, that and the times hold on some days: those that the arc has.
    """

    route: str
    active: str | None
    parts: tuple[str, ...]
    starts_d: float
    ends_d: float
    dv_m_s: float = 0.0


@dataclass(frozen=True)
class Course:
    """One way to fly a mission: which launcher, which legs, when after departure.

    `sized`: what its computed routes take, in words; "" where it has none, or where it suffices on every day.
    """

    mission: str
    launcher: str | None
    stops: tuple[str, ...]
    rides: tuple[Ride, ...]
    parts: tuple[Part, ...]
    owners: tuple[str, ...]
    sized: str = ""

    @property
    def name(self) -> str:
        """The mission, the launcher where there is one, and what it is sized for."""
        name = f"{self.mission}/{self.launcher}" if self.launcher else self.mission
        return f"{name} ({self.sized})" if self.sized else name

    @property
    def duration_d(self) -> float:
        """Days from the first departure to the last arrival."""
        return self.rides[-1].ends_d

    def reached_d(self, stop: int) -> float:
        """Days after departure at which a stop is reached."""
        return self.rides[stop - 1].ends_d if stop else 0.0

    def left_d(self, stop: int) -> float:
        """Days after departure at which a stop is left."""
        return self.rides[stop].starts_d if stop < len(self.rides) else self.duration_d


@dataclass(frozen=True)
class Load:
    """Something that may ride from stop `board` to stop `alight`; one column an arc.

    `mass_kg` is what one unit of it (kg of a resource, a person, an element) weighs aboard, packing or provisions
    counted. `draws`: (resource, kg) taken from the stock where it boards, per unit, besides itself.
    `tank`: the part in whose tank it rides.
    """

    kind: Literal["resource", "element", "crew", "tank"]
    name: str
    board: int
    alight: int
    mass_kg: float
    room: Literal["pressurised", "unpressurised", "either", "none"]
    volume_m3: float = 0.0
    draws: tuple[tuple[str, float], ...] = ()
    tank: str | None = None

    @property
    def whole(self) -> bool:
        """True for what comes in whole numbers."""
        return self.kind in ("element", "crew")


@dataclass(frozen=True)
class Limit:
    """A bound of one flight: sum of weights * loads <= capacity (>= where `least`), times the flights of the arc."""

    name: str
    weights: tuple[float, ...]
    capacity: float
    least: bool = False


@dataclass(frozen=True)
class Refuel:
    """Propellant that a part takes from the stock at its first stop: `fixed_kg` a flight + weights * loads."""

    part: str
    resource: str
    stop: int
    fixed_kg: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Itinerary:
    """A course with what may ride on it and what it asks."""

    course: Course
    loads: tuple[Load, ...]
    limits: tuple[Limit, ...]
    refuels: tuple[Refuel, ...]
    tanked: tuple[Refuel, ...]
    launch_kg: float
    launch_weights: tuple[float, ...]
    anchor_d: float
    homeward: bool

    @property
    def way_home(self) -> bool:
        """True where vehicles that wait may take people home by it at once: then it must suffice on every day."""
        return self.course.launcher is None and not self.course.sized

    @property
    def name(self) -> str:
        """The course's name."""
        return self.course.name

    @cached_property
    def carries_crew(self) -> bool:
        """True where people may ride."""
        return any(load.kind == "crew" for load in self.loads)


@dataclass(frozen=True)
class Arc:
    """An itinerary that departs on `departure_d`, in period `depart`.

    `reached` and `left`: the period in which each stop is reached and left; what is reached in period k is there
    when k+1 opens. A period past the horizon is len(periods). `loads`: numbers of the loads that may ride then.
    `single` > 0: the arc stands for at most one flight, the single-th of its kind in the period.
    """

    itinerary: Itinerary
    departure_d: float
    depart: int
    reached: tuple[int, ...]
    left: tuple[int, ...]
    loads: tuple[int, ...]
    single: int = 0

    @property
    def arrival_d(self) -> float:
        """Day of the last arrival."""
        return self.departure_d + self.itinerary.course.duration_d


@dataclass(frozen=True)
class Network:
    """All that may be decided. `homes`: nodes where people may live.

    `worn`: vehicle types of which a plan would have flown worn-out ones, once for each such plan.
    """

    world: World
    periods: tuple[Period, ...]
    itineraries: tuple[Itinerary, ...]
    arcs: tuple[Arc, ...]
    homes: tuple[str, ...]
    worn: tuple[str, ...] = ()

    @cached_property
    def openings(self) -> tuple[Period, ...]:
        """The periods, and one more like the last after the end: the state that closes the horizon must open it."""
        last = self.periods[-1]
        after = Period(last.index + 1, last.end_d, last.end_d + last.length_d, "after the end")
        return (*self.periods, after)
