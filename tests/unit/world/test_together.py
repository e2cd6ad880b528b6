"""Places that feed one another, against what must be so: opposite ones are never dark together, and one twice is one."""

from __future__ import annotations

from datetime import date

import pytest

from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe
from moonwright.world.together import TURN_D, Together, together

DISC = 2 * 0.2666 / 360  # share of a lunar day that the Sun's disc takes to rise


def unions(
    *places: tuple[float, float], body: str = "moon", year: int = 2030
) -> dict[tuple[str, ...], Together]:
    """By names: a, b and so on, at (latitude, longitude) in degrees, on flat ground."""
    nodes = {
        name: {"kind": "surface", "body": body, "latitude": f"{north} deg", "longitude": f"{east} deg"}
        for name, (north, east) in zip("abc", places, strict=False)
    }
    data = {
        "name": "together",
        "currency_year": 2024,
        "horizon": {"start": f"{year}-01-01", "end": f"{year}-02-01"},
        "partners": {"a": {"name": "A"}},
        "nodes": nodes,
        "demands": {},
    }
    return {one.nodes: one for one in together(observe(Scenario.model_validate(data)))}


def test_opposite_places_are_never_dark_together() -> None:
    """Each is lit half the time, and twice a lunar day both see a part of the disc, at best half of it when it is level."""
    found = unions((0.0, 0.0), (0.0, 180.0))
    assert [one.sun for name, one in found.items() if len(name) == 1] == pytest.approx([0.5, 0.5], abs=2e-3)
    both = found["a", "b"]
    assert (both.lit, both.darkness_d) == (1.0, 0.0)
    # While the disc passes the horizon the better share falls from 1 to 1/2 and rises again: a quarter is lost, on the mean.
    assert 1.0 - 2 * DISC < both.sun < 1.0
    assert found["a",].darkness_d == pytest.approx(29.53 / 2, abs=0.4)


def test_the_poles_together_are_never_dark() -> None:
    found = unions((90.0, 0.0), (-90.0, 0.0))
    assert found["a",].darkness_d > 120.0
    assert (found["a", "b"].lit, found["a", "b"].darkness_d) == (1.0, 0.0)


def test_a_place_together_with_itself_is_itself_and_three_make_three_pairs() -> None:
    found = unions((-89.0, 10.0), (-89.0, 10.0), (-88.0, 200.0))
    assert list(found) == [("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c")]
    alone, twice = found["a",], found["a", "b"]
    assert (twice.sun, twice.lit, twice.darkness_d) == (alone.sun, alone.lit, alone.darkness_d)
    assert found["a", "c"].sun >= max(alone.sun, found["c",].sun)
    assert found["a", "c"].darkness_d <= min(alone.darkness_d, found["c",].darkness_d)


def test_the_last_turn_is_taken_where_the_ephemeris_ends_before() -> None:
    one = unions((0.0, 0.0), (0.0, 90.0), year=2060)["a",]
    assert (one.end - one.start).days == TURN_D
    assert one.end == date(2070, 12, 31)
    assert one.sun == pytest.approx(0.5, abs=2e-3)


def test_nothing_is_said_of_one_place_or_where_no_sky_is_known() -> None:
    assert unions((0.0, 0.0)) == {}
    assert unions((0.0, 0.0), (0.0, 90.0), body="mars") == {}
