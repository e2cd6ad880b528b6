"""Every step stands for a number that the scenario has, and makes it allow more."""

from __future__ import annotations

from datetime import date

import pytest

from moonwright.explain.change import at
from moonwright.explain.step import Book, Step, dates, taken
from moonwright.network.expand import expand
from moonwright.optimise.pose import pose
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe


@pytest.mark.parametrize(
    ("step", "after"),
    [
        (Step(("launchers", "rocket", "cadence"), 1.0, ""), 13.0),
        (Step(("demands", "crew", "count"), -1.0, ""), 1.0),
        (Step(("demands", "early goods", "amount"), -2000.0, ""), 0.0),  # no less than nothing
        (Step(("demands", "the plant runs", "by"), 30.0, ""), date(2030, 7, 1)),
        (Step(("demands", "crew", "until"), -30.0, ""), date(2030, 8, 1)),
    ],
)
def test_a_step_is_one_unit_or_one_month(camp: Scenario, step: Step, after: object) -> None:
    assert taken(camp, step) == after


def test_a_ready_date_holds_back_whoever_leaves_in_its_month(camp: Scenario) -> None:
    data = camp.model_dump(by_alias=True)
    data["elements"]["hut"]["ready"] = "2030-03-10"
    ready = Scenario.model_validate(data)
    book = Book(pose(expand(observe(ready))))
    leaving = {
        arc.departure_d: column for column, arc in book.arcs.items() if arc.itinerary.name.startswith("come")
    }
    early, late = sorted(leaving)[2], sorted(leaving)[4]  # for the ends of March and May
    (step,) = dates(book, {leaving[early]: ["hut"]})
    assert at(ready, step.path) == date(2030, 3, 10)
    assert list(dates(book, {leaving[late]: ["hut"]})) == []
