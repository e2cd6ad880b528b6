"""Who flies what, counted."""

from moonwright.choose.result import Result
from moonwright.choose.roles import Role, difference, distance, flown, partners

FREIGHT, COURIER = Role("freight", "big"), Role("courier", "small")


def test_flights_are_counted_by_mission_and_launcher(toy: Result) -> None:
    assert flown(toy.plan) == {FREIGHT: 1, COURIER: 1}


def test_a_flight_taken_over_counts_two(toy: Result, dear: Result) -> None:
    assert distance(flown(toy.plan), flown(dear.plan)) == 2
    assert distance(flown(dear.plan), flown(toy.plan)) == 2
    assert difference(flown(toy.plan), flown(dear.plan)) == {FREIGHT: 1, COURIER: -1}


def test_roles_say_whose_flights_they_are(toy: Result) -> None:
    assert partners(toy.scenario, COURIER) == ("south",)
    assert Role("descent", None).told == "descent"
    assert COURIER.told == "courier on small"
