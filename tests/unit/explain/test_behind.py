"""Rows that stand for a number of the scenario lead to it; rows that keep books lead nowhere."""

from moonwright.explain.behind import links
from moonwright.explain.step import Book
from moonwright.network.expand import expand
from moonwright.optimise.model import FAMILIES
from moonwright.optimise.pose import pose
from moonwright.scenario.document import spelt
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe


def test_rows_lead_to_the_data_behind_them(camp: Scenario) -> None:
    book = Book(pose(expand(observe(camp))))
    found = {
        (family.__name__, spelt(link.step.path))
        for family in FAMILIES
        for row in family(book.problem)
        for link in links(book, family.__name__, row)
    }
    assert found >= {
        ("cadence", "launchers.rocket.cadence"),
        ("flight_limits", "vehicles.ship.seats"),
        ("flight_limits", "vehicles.ship.room.total"),
        ("longest_rotation", "crew.hand.rotation.longest"),
        ("berths", "elements.hut.provides.berths"),
        ("production", "elements.plant.provides.produces.air.rate"),
        ("stock_covers", "demands.breath.cover"),
        ("crew_demand", "demands.crew.count"),
        ("build_demand", "demands.the plant runs.by"),
        ("deliver_demand", "demands.early goods.amount"),
    }
    assert {family for family, _ in found}.isdisjoint({"stock_balance", "crew_balance", "vehicle_balance"})
