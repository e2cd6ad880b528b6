"""On which days a course flies whose routes depend on the day, and what it is sized for: told by hand from short tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from laws.skies import STATED, expedition, steady, under
from moonwright.network.arc import may_leave
from moonwright.network.course import burned_before_carried, courses, covers, retimed
from moonwright.network.expand import expand
from moonwright.network.network import Arc, Course, Itinerary, Network, Part, Ride
from moonwright.world.passage import Table
from moonwright.world.world import World

FREIGHT = {"kind": "deliver", "node": "base", "resource": "food", "amount": "1 t"}


def world(tables: Mapping[str, Table], **asked: Any) -> World:
    return under(expedition(computed=dict.fromkeys(tables, asked), freight=FREIGHT), tables)


def out(**days: float) -> Table:
    """A way to the Moon at 1000 m/s, but for burns on some days after the start (`d12=900`), nan where nothing flies."""
    table = steady(expedition(freight=FREIGHT), "out", 100.0)
    for day, burn_m_s in days.items():
        table.burns_m_s[int(day[1:])] = burn_m_s
        if np.isnan(burn_m_s):
            table.duration_d[int(day[1:])] = np.nan
    return table


def freight(network: Network, period: int) -> Arc:
    (found,) = (
        arc for arc in network.arcs if arc.itinerary.course.mission == "freight" and arc.reached[-1] == period
    )
    return found


def test_where_every_day_is_alike_a_flight_arrives_as_its_period_ends() -> None:
    """January has 31 days, of which ascent, flight and landing take seven."""
    assert freight(expand(world({"out": out()})), 0).departure_d == 31 - 7


def test_a_flight_leaves_on_the_latest_day_that_costs_little_more_than_the_best() -> None:
    """The way out is entered a day after the launch: on days 10, 12 and 15, of which the last costs 30 m/s more."""
    table = out(d10=900.0, d12=910.0, d15=930.0)
    arc = freight(expand(world({"out": table}, within="20 m/s")), 0)
    assert arc.departure_d == 11.0
    assert arc.itinerary.course.rides[1].dv_m_s == 910.0
    wider = freight(expand(world({"out": table}, within="30 m/s")), 0)
    assert wider.departure_d == 14.0
    assert wider.itinerary.course.rides[1].dv_m_s == 930.0


def test_a_flight_may_move_to_days_that_cost_no_more_than_it_is_sized_for() -> None:
    sky = world({"out": out(d10=900.0, d12=910.0, d14=905.0, d15=930.0)}, within="10 m/s")
    arc = freight(expand(sky), 0)
    assert arc.departure_d == 13.0
    assert [day for day in range(24) if may_leave(sky, arc, float(day))] == [9, 11, 13]


def test_flights_that_take_longer_are_another_size() -> None:
    """Two days of four and one of five days, all as cheap: the two make the size, though the one is later."""
    table = out(d10=900.0, d12=900.0, d15=900.0)
    table.duration_d[[10, 12]] = 4.0
    sky = world({"out": table})
    arc = freight(expand(sky), 0)
    assert arc.departure_d == 11.0
    assert arc.itinerary.course.duration_d == 1 + 4 + 1
    assert not covers(sky, arc.itinerary.course, 14.0)


def test_a_month_without_a_flight_has_none() -> None:
    table = out(**{f"d{day}": np.nan for day in range(31)})
    arcs = [arc for arc in expand(world({"out": table})).arcs if arc.itinerary.course.mission == "freight"]
    assert [arc.reached[-1] for arc in arcs] == [1, 2, 3]


def test_months_of_one_size_share_an_itinerary() -> None:
    network = expand(world({"out": out(d10=900.0)}))
    names = [i.name for i in network.itineraries if i.course.mission == "freight"]
    assert names == ["freight/big (900 m/s in 5 d)", "freight/big (1000 m/s in 5 d)"]
    assert len({id(freight(network, period).itinerary) for period in (1, 2, 3)}) == 1


def test_who_takes_people_home_at_once_counts_with_the_dearest_day() -> None:
    """Standing fills and seats home rest on it, so a lander at the base holds what the worst day asks."""
    table = steady(expedition(freight=FREIGHT), "up")
    table.burns_m_s[40] = 2500.0
    crew = {"kind": "crew", "node": "base", "count": 1, "from": "2031-04-01"}
    sky = under(expedition(computed={"up": {}}, crew=crew), {"up": table})
    network = expand(sky)
    ways: list[Itinerary] = [i for i in network.itineraries if i.way_home]
    assert [(way.name, way.course.rides[0].dv_m_s) for way in ways] == [("crew down", 2500.0)]
    assert not any(arc.itinerary is ways[0] for arc in network.arcs)


def test_what_is_burned_before_others_carry_must_be_burned_exactly() -> None:
    rides = (
        Ride("out", "tug", ("tug", "ship"), 0.0, 5.0, 900.0),
        Ride("down", "ship", ("ship", "tug"), 5.0, 6.0, 2000.0),
    )
    parts = (Part("tug", "tug", 0, 2, True, False, "waits"), Part("ship", "ship", 0, 2, True, False, "waits"))
    assert burned_before_carried(Course("m", None, ("a", "b", "c"), rides, parts, ())) == (0,)
    alone = (rides[0], Ride("down", "tug", ("tug",), 5.0, 6.0, 2000.0))
    assert burned_before_carried(Course("m", None, ("a", "b", "c"), alone, parts, ())) == ()


def test_a_course_follows_its_routes_day_by_day() -> None:
    """Five days out from day 10, then a landing on the day on which the flight comes."""
    down = steady(expedition(freight=FREIGHT), "down")
    down.burns_m_s[15] = 2222.0
    sky = world({"out": out(), "down": down})
    (course,) = (one for one in courses(sky) if one.mission == "freight")
    found = retimed(sky, course, 9.0)
    assert found is not None
    assert [ride.dv_m_s for ride in found.rides] == [0.0, 1000.0, 2222.0]
    assert course.rides[2].dv_m_s == 2222.0
    assert found.duration_d == pytest.approx(1 + STATED["out"][1] + STATED["down"][1])
