"""A campaign as CZML: the packets that Cesium's guide asks for, and places that are where they should be."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from books import EXAMPLES, loaded
from moonwright.interop.czml import send
from moonwright.interop.track import InHalo, places
from moonwright.interop.track_flight import drawn
from moonwright.orbit import ephemeris
from moonwright.orbit.bodies import EARTH, MOON
from moonwright.orbit.clock import tdb_s
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

Packet = dict[str, Any]
INTERVAL = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")

# CZML guide, "Packet", "Position", "Path" and "Clock" (github.com/AnalyticalGraphicsInc/czml-writer/wiki).
PACKET = {"id", "name", "description", "availability", "position", "point", "label", "path"}
POSITION = {
    "interval", "epoch", "referenceFrame", "interpolationAlgorithm", "interpolationDegree", "cartesian",
    "cartographicDegrees",
}  # fmt: skip
PATH = {"material", "width", "leadTime", "trailTime", "resolution"}


@pytest.fixture(scope="module")
def packets(voyage: Scenario, voyage_plan: Plan) -> list[Packet]:
    (data,) = send("x", voyage, voyage_plan).files.values()
    made: list[Packet] = json.loads(data)
    return made


def by_id(packets: list[Packet], name: str) -> Packet:
    return next(packet for packet in packets if packet["id"] == name)


def interval(text: str) -> tuple[datetime, datetime]:
    found = INTERVAL.fullmatch(text)
    assert found is not None, text
    first, last = (datetime.fromisoformat(one) for one in found.groups())
    assert first <= last
    return first, last


def samples(position: Packet) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Seconds after the epoch, and places in m."""
    rows = np.array(position["cartesian"]).reshape(-1, 4)
    return rows[:, 0], rows[:, 1:]


def test_the_document_comes_first_and_names_its_version(packets: list[Packet]) -> None:
    document = packets[0]
    assert (document["id"], document["version"]) == ("document", "1.0")
    assert document["clock"]["interval"] == "2031-01-01T00:00:00.000Z/2032-01-01T00:00:00.000Z"
    assert document["clock"]["range"] in ("UNBOUNDED", "CLAMPED", "LOOP_STOP")
    assert document["clock"]["step"] in ("SYSTEM_CLOCK", "SYSTEM_CLOCK_MULTIPLIER", "TICK_DEPENDENT")


def test_packets_hold_what_the_guide_knows(packets: list[Packet]) -> None:
    assert len({packet["id"] for packet in packets}) == len(packets)
    for packet in packets[1:]:
        assert set(packet) <= PACKET
        assert set(packet.get("path", {})) <= PATH
        for colour in (packet["point"]["color"], packet["label"]["fillColor"]):
            assert len(colour["rgba"]) == 4
            assert all(isinstance(one, int) and 0 <= one <= 255 for one in colour["rgba"])


def test_samples_lie_within_their_intervals_and_these_within_availability(packets: list[Packet]) -> None:
    for packet in packets[1:]:
        if isinstance(packet["position"], dict):
            continue
        told = packet["availability"]
        spans = [interval(one) for one in ([told] if isinstance(told, str) else told)]
        for position in packet["position"]:
            assert set(position) <= POSITION
            assert position["referenceFrame"] == "INERTIAL"
            assert position["interpolationAlgorithm"] in ("LINEAR", "LAGRANGE")
            first, last = interval(position["interval"])
            assert any(begin <= first and last <= end for begin, end in spans)
            seconds, where = samples(position)
            assert datetime.fromisoformat(position["epoch"]) == first
            assert seconds[0] == 0.0
            assert (np.diff(seconds) > 0.0).all()
            assert abs((last - first).total_seconds() - seconds[-1]) < 0.01
            assert len(seconds) > position["interpolationDegree"]
            assert np.isfinite(where).all()


def test_a_launch_site_stands_on_the_globe(packets: list[Packet]) -> None:
    cape = by_id(packets, "node/cape")
    assert cape["position"] == {"cartographicDegrees": [-80.0, 28.0, 0.0]}
    assert "availability" not in cape


def test_a_base_on_the_moon_goes_with_it_all_the_time(packets: list[Packet], voyage: Scenario) -> None:
    base = by_id(packets, "node/base")
    assert base["availability"] == "2031-01-01T00:00:00.000Z/2032-01-01T00:00:00.000Z"
    seconds, where = samples(base["position"][0])
    moon = ephemeris.positions_m("moon", "earth", tdb_s(voyage.horizon.start) + seconds)
    assert np.linalg.norm(where - moon, axis=1) == pytest.approx(
        np.full(len(where), MOON.radius_m), abs=200.0
    )


def test_a_flight_goes_from_the_cape_to_the_moon_and_comes_home(
    packets: list[Packet], voyage: Scenario
) -> None:
    """A line up to the parking orbit, a computed way over, two days about the Moon, a computed way back to the air."""
    flight = by_id(packets, "flight/loop 1")
    up, over, wait, back = flight["position"]
    assert [p["interpolationAlgorithm"] for p in (up, over, wait, back)] == ["LINEAR", *["LAGRANGE"] * 3]
    assert flight["availability"] == "2031-01-31T00:00:00.000Z/2031-02-11T12:00:00.000Z"
    assert "2 of 4 parts of its way are computed" in flight["description"]
    for one, after in ((up, over), (over, wait), (wait, back)):
        assert interval(one["interval"])[1] == interval(after["interval"])[0]
    heights = [np.linalg.norm(samples(one)[1], axis=1) - EARTH.radius_m for one in (up, over, back)]
    assert heights[0][0] == pytest.approx(0.0, abs=1.0)
    assert heights[0][-1] == heights[1][0] == pytest.approx(185e3, abs=2.0)
    assert heights[2][-1] == pytest.approx(60e3, abs=2.0)
    arrival = samples(over)[1][-1]
    moment = interval(over["interval"])[1]
    moon = ephemeris.positions_m("moon", "earth", tdb_s(moment))[0]
    assert np.linalg.norm(arrival - moon) == pytest.approx(MOON.radius_m + 100e3, abs=3.0)


def test_a_station_is_drawn_around_its_visits(packets: list[Packet]) -> None:
    """The low lunar orbit is reached on the 5th and left on the 7th of February; the ISS is never visited."""
    first, last = interval(by_id(packets, "node/llo")["availability"])
    assert first < datetime(2031, 2, 5, tzinfo=UTC) < datetime(2031, 2, 7, tzinfo=UTC) < last
    assert last - first < timedelta(days=3)
    assert interval(by_id(packets, "node/iss")["availability"])[0] == datetime(2031, 1, 1, tzinfo=UTC)


def test_what_has_no_place_is_told(voyage: Scenario, voyage_plan: Plan) -> None:
    left = send("x", voyage, voyage_plan).left_behind
    assert left == ("nodes.far: of points of libration only orbits about L2 of Earth and Moon are known",)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_drawn(path: Path) -> None:
    scenario = loaded(path)
    (data,) = send(path.stem, scenario, None).files.values()
    drawn_nodes = {packet["id"].removeprefix("node/") for packet in json.loads(data)[1:]}
    assert drawn_nodes == {
        name for name, node in scenario.nodes.items() if node.kind not in ("transfer", "recovery")
    }


def test_a_line_keeps_out_of_the_earth() -> None:
    """From one side of the globe to the other, and to the very opposite: never lower than both ends."""
    for last in ([0.0, 7e6, 0.0], [-7e6, 0.0, 0.0], [7e6, 0.0, 0.0]):
        _, where = drawn(np.array([6.6e6, 0.0, 0.0]), np.array(last), 0.0, 100.0)
        heights = np.linalg.norm(where, axis=1)
        assert heights.min() >= 6.6e6 - 1.0
        assert heights[[0, -1]].tolist() == pytest.approx([6.6e6, 7e6])


def test_a_halo_orbit_followed_around_is_where_it_is_found_one_by_one(voyage: Scenario) -> None:
    nrho = places(voyage)[0]["nrho"]
    assert isinstance(nrho, InHalo)
    et_s = tdb_s(voyage.horizon.start) + np.array([0.0, 2e5, 1e7, 1e6, 5.5e5])
    one_by_one = np.array([np.hstack(nrho.halo.state_about_moon(float(one))) for one in et_s])
    assert np.abs(nrho.states(et_s) - one_by_one).max() < 0.1
