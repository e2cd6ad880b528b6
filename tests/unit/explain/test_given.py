"""Every row of the model stands for something given, or keeps the books; and lifting it changes what is possible."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import moonwright
from moonwright.explain.given import OWNERS, Given
from moonwright.explain.laying import COVERS, FLIGHTS
from moonwright.explain.liftable import Liftable, liftable
from moonwright.optimise.highs import Limits, solve
from moonwright.optimise.model import FAMILIES

EXAMPLES = Path(__file__).parents[3] / "examples"
# Laid by `laying` in its own way; and what belongs to the aims, or follows from other rows.
LAID_APART = {FLIGHTS, COVERS, "item_needs_flight"}
LEFT_OUT = {"finish_day", "big_items"}


@pytest.fixture(scope="module")
def toy() -> Liftable:
    return liftable(moonwright.load(EXAMPLES / "toy.yaml"))


def least_flights(model: Liftable, lifted: set[Given]) -> float:
    """The least number of flights, in whole numbers, with some givens lifted."""
    rows = model.standing([given for given in model.givens if given not in lifted])
    costs = np.zeros(len(rows.column_lower))
    costs[list(model.problem.flights.values())] = 1.0
    return solve(rows, costs, Limits(0.0, 60.0)).objective


def test_every_family_says_what_its_rows_stand_for() -> None:
    """Whoever adds a family names its givens in explain/given.py, or says here that it only strengthens others."""
    known = OWNERS.keys() | LAID_APART | LEFT_OUT
    assert {family.__name__ for family in FAMILIES} <= known


def test_with_everything_given_the_toy_takes_its_two_flights(toy: Liftable) -> None:
    """By hand, in the comments of toy.yaml: a freighter and a courier."""
    assert least_flights(toy, set()) == pytest.approx(2.0)


def test_with_its_demands_lifted_nothing_flies(toy: Liftable) -> None:
    assert least_flights(toy, {given for given in toy.givens if given.kind == "demand"}) == pytest.approx(0.0)


def test_with_the_freighters_room_lifted_one_flight_does(toy: Liftable) -> None:
    """The launcher lifts (1.1 t + 2.5 t + 0.58 t) x 2.3865 = 10 t, so 0.59 t ride along: not the 1.7 t. With its tank
    and payload lifted too, the freighter alone brings everything."""
    room = Given("capacity", ("vehicles", "freighter", "room", "total"))
    payload = Given("capacity", ("launchers", "big", "payload", "tli"))
    tank = Given("capacity", ("vehicles", "freighter", "tank", "capacity"))
    assert {room, payload, tank} <= set(toy.givens)
    assert least_flights(toy, {room}) == pytest.approx(2.0)
    assert least_flights(toy, {room, payload, tank}) == pytest.approx(1.0)
