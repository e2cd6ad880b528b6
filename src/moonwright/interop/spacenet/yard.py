"""Where everything is while a campaign runs: who holds what, how full tanks are, in which state things are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.check import DEEPEST
from moonwright.interop.spacenet.element import (
    AnyElement,
    Carrier,
    HumanAgent,
    PropulsiveVehicle,
    ResourceContainer,
    ResourceTank,
    SurfaceVehicle,
)
from moonwright.interop.spacenet.rules import Rules
from moonwright.interop.spacenet.supply import Kind, Measured

Stuff = str | int  # a resource's id, or a class of supply


def stuff(kind: Kind) -> Stuff:
    """What a kind of resource is kept under."""
    return kind.resource if kind.resource is not None else int(kind.class_of_supply or 0)


class RefusedError(Exception):
    """Something cannot be done; the message says what. It ends its event, not the run."""


class Yard:
    """The only thing in a run that changes. Amounts are in units of their resource, masses in kg."""

    def __init__(self, campaign: Campaign, rules: Rules) -> None:
        self.campaign, self.rules = campaign, rules
        self.where: dict[str, str] = {}  # of what exists, by id
        self.holds: defaultdict[str, dict[str, None]] = defaultdict(dict)  # in the order in which it came
        self.askers = tuple(
            one.id for one in campaign.elements if any(state.demand_models for state in one.states)
        )
        self.stock: dict[str, dict[Stuff, float]] = {}
        self.attitude: dict[str, float] = {}  # tanks of their own for attitude control
        self.state: dict[str, int | None] = {}

    def element(self, key: str) -> AnyElement:
        """The element of an id."""
        return self.campaign.element[key]

    def name(self, key: str) -> str:
        """What a thing or place is called."""
        return self.campaign.title(key)

    def place(self, key: str) -> str | None:
        """The node or edge where an element is; None where it does not exist."""
        here = self.where.get(key)
        while here is not None and here in self.campaign.element:
            here = self.where.get(here)
        return here

    def inside(self, key: str) -> Iterator[str]:
        """An element and all in it."""
        yield key
        for inner in self.holds.get(key, ()):
            yield from self.inside(inner)

    def crew_in(self, keys: Iterable[str]) -> int:
        """People among elements and in them."""
        return sum(isinstance(self.element(one), HumanAgent) for key in keys for one in self.inside(key))

    def mass_kg(self, key: str) -> float:
        """Mass of an element with all it holds, each part rounded as the rules ask."""
        rounded = self.rules.mass_kg
        own = rounded(self.element(key).mass_kg) + rounded(self.stock_kg(key))
        return rounded(own + sum(self.mass_kg(inner) for inner in self.holds.get(key, ())))

    def stock_kg(self, key: str) -> float:
        """Mass of the resources in an element itself, all tanks included."""
        held = sum(amount * self.unit_kg(kind) for kind, amount in self.stock.get(key, {}).items())
        element = self.element(key)
        if isinstance(element, PropulsiveVehicle) and element.attitude and element.attitude.fuel:
            held += self.attitude.get(key, 0.0) * self.unit_kg(stuff(element.attitude.fuel))
        return held

    def unit_kg(self, kind: Stuff) -> float:
        """Mass of one unit; of a class of supply, a kilogram is the unit."""
        return self.campaign.resource[kind].unit_mass_kg if isinstance(kind, str) else 1.0

    def create(self, key: str, container: str) -> None:
        """Have an element come into being, with what it holds from the start."""
        if key in self.where:
            raise RefusedError(f"{self.name(key)} exists already")
        self._begin(key)
        try:
            self.put(key, container)
        except RefusedError:
            self.remove(key)
            raise

    def _begin(self, key: str) -> None:
        element = self.element(key)
        self.state[key] = element.state
        if isinstance(element, PropulsiveVehicle | SurfaceVehicle) and element.fuel is not None:
            self.stock[key] = {stuff(element.fuel): element.fuel.amount}
        elif isinstance(element, ResourceTank):
            self.stock[key] = {element.resource: element.amount}
        elif isinstance(element, ResourceContainer):
            self.stock[key] = {stuff(one): one.amount for one in element.contents}
        if isinstance(element, PropulsiveVehicle) and element.attitude and element.attitude.fuel:
            self.attitude[key] = element.attitude.fuel.amount
        for inner in element.contents if isinstance(element, Carrier) else ():
            if inner not in self.where:
                self._begin(inner)
                self._lay(inner, key)

    def put(self, key: str, container: str) -> None:
        """Move an element into a container, or to a node or edge."""
        outer = self.campaign.element.get(container)
        if outer is not None:
            if not isinstance(outer, Carrier):
                raise RefusedError(f"{outer.name} cannot hold elements")
            if container in self.inside(key) or self._depth(container) + self._height(key) > DEEPEST:
                raise RefusedError(f"{self.name(key)} cannot go into itself, or lies too deep")
            self._fits(key, outer)
            around = self.campaign.element.get(self.where.get(container, ""))
            if isinstance(around, Carrier) and around.id != self.where.get(key):
                self._fits(key, around)
        self._lay(key, container)

    def _lay(self, key: str, container: str) -> None:
        if (before := self.where.get(key)) is not None:
            del self.holds[before][key]
        self.where[key] = container
        self.holds[container][key] = None

    def _depth(self, key: str) -> int:
        depth, here = 0, self.where.get(key)
        while here is not None and here in self.campaign.element:
            depth, here = depth + 1, self.where.get(here)
        return depth

    def _height(self, key: str) -> int:
        """How deep things lie in an element; 1 where nothing does."""
        return 1 + max((self._height(inner) for inner in self.holds.get(key, ())), default=0)

    def _fits(self, key: str, outer: Carrier) -> None:
        """Crew by number, everything else by mass; environment and volume where the campaign looks at them."""
        asked, inner = self.campaign.configuration, self.element(key)
        rest = [one for one in self.holds.get(outer.id, ()) if one != key]
        people = [one for one in (*rest, key) if isinstance(self.element(one), HumanAgent)]
        if isinstance(inner, HumanAgent):
            if len(people) > outer.max_crew:
                raise RefusedError(f"{outer.name} has room for a crew of {outer.max_crew}, not {len(people)}")
            return
        cargo_kg = sum(self.mass_kg(one) for one in (*rest, key) if one not in people)
        if cargo_kg > outer.max_cargo_kg:
            raise RefusedError(f"{outer.name} holds {outer.max_cargo_kg:,.1f} kg, not {cargo_kg:,.1f} kg")
        volume_m3 = sum(self.element(one).volume_m3 for one in (*rest, key) if one not in people)
        if asked.volume_constrained and volume_m3 > outer.max_cargo_m3:
            raise RefusedError(f"{outer.name} holds {outer.max_cargo_m3:,.2f} m3, not {volume_m3:,.2f} m3")
        if asked.environment_constrained and (inner.environment, outer.cargo_environment) == (
            "Pressurized",
            "Unpressurized",
        ):
            raise RefusedError(f"{inner.name} needs pressure, which {outer.name} does not have")

    def remove(self, key: str) -> None:
        """Have an element leave the campaign with all it holds. What its tanks held is remembered."""
        for inner in list(self.holds.get(key, ())):
            self.remove(inner)
        self.holds.pop(key, None)
        if (before := self.where.pop(key, None)) is not None:
            del self.holds[before][key]

    def require(self, keys: Iterable[str], place: str) -> None:
        """Raise RefusedError unless all exist at a place."""
        for key in keys:
            found = self.place(key)
            if found is None:
                raise RefusedError(f"{self.name(key)} was not found: it does not exist, or no more")
            if found != place:
                raise RefusedError(f"{self.name(key)} is at {self.name(found)}, not at {self.name(place)}")

    def add(self, amounts: Iterable[Measured], store: str) -> None:
        """Put resources into a container or tank, as far as it holds them."""
        for one in amounts:
            held, kind = self.stock.setdefault(store, {}), stuff(one)
            self._tanked(store, kind)
            most = self._most(store)
            load = sum(amount * self.unit_kg(name) for name, amount in held.items())
            if load + one.amount * self.unit_kg(kind) > most + 1e-9:
                raise RefusedError(f"{self.name(store)} holds at most {most:,.1f} kg")
            held[kind] = held.get(kind, 0.0) + one.amount

    def take(self, amounts: Iterable[Measured], store: str) -> None:
        """Take resources out of a container or tank."""
        for one in amounts:
            held, kind = self.stock.setdefault(store, {}), stuff(one)
            there = held.get(kind, 0.0)
            if one.amount > there + 1e-9:
                what = self.name(kind) if isinstance(kind, str) else f"class {kind}"
                raise RefusedError(f"{self.name(store)} has {there:,.2f} of {what}, not {one.amount:,.2f}")
            held[kind] = max(0.0, there - one.amount)

    def _tanked(self, store: str, kind: Stuff) -> None:
        element = self.element(store)
        if not isinstance(element, ResourceContainer) and kind not in self.stock[store]:
            raise RefusedError(f"the tank of {element.name} is for another resource")

    def _most(self, store: str) -> float:
        element = self.element(store)
        if isinstance(element, ResourceContainer):
            return element.max_cargo_kg
        units = element.max_amount if isinstance(element, ResourceTank) else getattr(element, "max_fuel", 0.0)
        return float(units) * max((self.unit_kg(kind) for kind in self.stock[store]), default=1.0)
