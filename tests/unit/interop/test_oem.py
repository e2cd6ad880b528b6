"""Orbits and flights as CCSDS messages: what stands in them, how true they are, and what is said of broken ones."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from moonwright.errors import MoonwrightError, ScenarioError
from moonwright.interop import oem
from moonwright.interop.oem_read import Ephemeris, bring, read
from moonwright.interop.track import Circling, Ground, InHalo, flown_from, places, sampled
from moonwright.orbit import ephemeris
from moonwright.orbit.bodies import EARTH, MOON
from moonwright.orbit.clock import tdb_s, tdb_s_after
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario
from worlds import cape_and_base

NOW = datetime(2026, 1, 2, 3, 4, 5)


@pytest.fixture(scope="module")
def messages(voyage: Scenario, voyage_plan: Plan) -> dict[str, bytes]:
    return dict(oem.send("x", voyage, voyage_plan, now=NOW).files)


def test_each_object_has_a_message_of_its_own(messages: dict[str, bytes]) -> None:
    assert set(messages) == {"node-iss.oem", "node-llo.oem", "node-nrho.oem", "flight-loop-1.oem"}
    for data in messages.values():
        names = {one.meta["OBJECT_NAME"] for one in read("x", data)}
        assert len(names) == 1  # 502.0-B-3, 5.2.4: OBJECT_NAME is the same in all segments
        assert data.isascii()


def test_a_message_begins_as_the_standard_has_it(messages: dict[str, bytes]) -> None:
    """502.0-B-3, tables 5-2 and 5-3: these keys in this order."""
    lines = messages["node-iss.oem"].decode().splitlines()
    assert lines[:4] == [
        "CCSDS_OEM_VERS = 2.0",
        "COMMENT W?rzburg, by Moonwright",
        "CREATION_DATE = 2026-01-02T03:04:05",
        "ORIGINATOR = MOONWRIGHT",
    ]
    keys = [line.split(" = ")[0] for line in lines[lines.index("META_START") + 2 : lines.index("META_STOP")]]
    assert keys == [
        "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME", "STOP_TIME",
        "INTERPOLATION", "INTERPOLATION_DEGREE",
    ]  # fmt: skip
    first = lines[lines.index("META_STOP") + 2]
    assert re.fullmatch(r"2031-01-01T00:00:00\.000000( -?\d+\.\d{6}){3}( -?\d+\.\d{9}){3}", first)


def test_what_has_no_place_is_told(voyage: Scenario, voyage_plan: Plan) -> None:
    assert oem.send("x", voyage, voyage_plan).left_behind == (
        "nodes.far: of points of libration only orbits about L2 of Earth and Moon are known",
        "flights, cape to tli (1): their motion is not computed",
    )


def test_a_scenario_without_orbits_has_nothing_to_tell() -> None:
    ground = Scenario.model_validate(cape_and_base("ground", {"start": "2031-01-01", "end": "2032-01-01"}))
    with pytest.raises(MoonwrightError, match="x: no orbit and no flight whose motion is known"):
        oem.send("x", ground, None)


def test_a_flight_leaves_and_arrives_when_and_where_the_plan_says(messages: dict[str, bytes]) -> None:
    """From a parking orbit of 185 km as day 31 begins to 100 km above the Moon four days on, and home two days later."""
    there, back = read("x", messages["flight-loop-1.oem"])
    assert (there.times[0], there.times[-1]) == (datetime(2031, 2, 1), datetime(2031, 2, 5))
    assert (back.times[0], back.times[-1]) == (datetime(2031, 2, 7), datetime(2031, 2, 11, 12))
    assert np.linalg.norm(there.states[0, :3]) == pytest.approx(EARTH.radius_m + 185e3, abs=1.0)
    for one, row in ((there, -1), (back, 0)):
        moon = ephemeris.positions_m("moon", "earth", tdb_s(one.times[row]))[0]
        assert np.linalg.norm(one.states[row, :3] - moon) == pytest.approx(MOON.radius_m + 100e3, abs=1.0)


def interpolated(one: Ephemeris, at: float, near: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Lagrange's polynomial of the seventh degree through the eight states about a row, in the reader's way."""
    begin = one.times[0]
    rows = range(near - 4, near + 4)
    times = np.array([(one.times[row] - begin).total_seconds() for row in rows])
    weights = [np.prod((at - np.delete(times, k)) / (times[k] - np.delete(times, k))) for k in range(8)]
    return np.asarray(np.array(weights) @ one.states[rows, :3])


@pytest.mark.parametrize("name", ["node-iss.oem", "node-llo.oem", "node-nrho.oem", "flight-loop-1.oem"])
def test_states_stand_close_enough_to_interpolate(messages: dict[str, bytes], name: str) -> None:
    """Every other state left out, the others give it back: so those in between are truer by far."""
    one = read("x", messages[name])[0]
    thin = Ephemeris(one.meta, one.times[::2], one.states[::2], one.line)
    for row in range(9, len(one.times) - 9, 2):
        seconds = (one.times[row] - one.times[0]).total_seconds()
        apart_m = np.linalg.norm(interpolated(thin, seconds, (row + 1) // 2) - one.states[row, :3])
        assert apart_m < 60.0, (name, row)


def test_a_station_keeps_its_height_and_its_plane_turns(voyage: Scenario) -> None:
    """The node of the ISS's orbit goes back by 5 degrees a day (Kozai 1959; 4.96 by the published elements of its orbit)."""
    iss = places(voyage)[0]["iss"]
    assert isinstance(iss, Circling)
    assert iss.node_rate_rad_s * 86400.0 == pytest.approx(np.radians(-4.98), rel=0.01)
    start = tdb_s(voyage.horizon.start)
    track = flown_from(iss, start, 86400.0)
    normals = np.cross(track.states[:, :3], track.states[:, 3:])
    nodes = np.unwrap(np.arctan2(normals[:, 0], -normals[:, 1]))
    per_day = (nodes[-1] - nodes[0]) / (track.et_s[-1] - track.et_s[0]) * 86400.0
    assert per_day == pytest.approx(iss.node_rate_rad_s * 86400.0, rel=0.03)  # flown under all pulls
    drawn = iss.states(track.et_s)
    assert (
        np.abs(np.linalg.norm(drawn[:, :3], axis=1) - np.linalg.norm(track.states[:, :3], axis=1)).max()
        < 15e3
    )


def test_a_site_turns_with_its_body(voyage: Scenario) -> None:
    cape = places(voyage)[0]["cape"]
    assert isinstance(cape, Ground)
    et_s = tdb_s_after(voyage.horizon.start, np.array([0.0, 0.99726957]))  # a sidereal day later (IERS)
    first, later = cape.states(et_s)
    assert np.linalg.norm(first[:3] - later[:3]) < 2e3
    assert np.linalg.norm(first[3:]) == pytest.approx(
        465.1 * np.cos(np.radians(28.0)), rel=1e-3
    )  # m/s at the equator


def test_a_halo_orbit_passes_perilune_on_the_first_day(voyage: Scenario) -> None:
    nrho = places(voyage)[0]["nrho"]
    assert isinstance(nrho, InHalo)
    start = tdb_s(voyage.horizon.start)
    distances = np.linalg.norm(sampled(nrho, start, start + nrho.turn_s).states[:, :3], axis=1)
    assert np.argmin(distances) in (0, len(distances) - 1)


# ---- read back ----

WRITTEN = """\
CCSDS_OEM_VERS = 2.0
CREATION_DATE = 2031-001T00:00:00
ORIGINATOR = SOMEBODY
META_START
OBJECT_NAME = SATELLITE
OBJECT_ID = 2031-001A
CENTER_NAME = EARTH
REF_FRAME = EME2000
TIME_SYSTEM = UTC
START_TIME = 2031-001T00:00:00
STOP_TIME = 2031-01-01T00:02:00.5
META_STOP
COMMENT a comment among states
2031-001T00:00:00 7000 0 0 0 0 7.546053290
2031-01-01T00:01:00 6985 0 452 -0.48 0 7.53 0 0 0
2031-01-01T00:02:00.5Z 6941 0 903 -0.97 0 7.48
COVARIANCE_START
EPOCH = 2031-01-01T00:00:00
1.0
COVARIANCE_STOP
"""


def told(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        read("a.oem", text.encode())
    return [str(fault) for fault in error.value.faults]


def test_what_others_write_is_read() -> None:
    (one,) = read("a.oem", WRITTEN.encode())
    assert one.times == (
        datetime(2031, 1, 1),
        datetime(2031, 1, 1, 0, 1),
        datetime(2031, 1, 1, 0, 2, 0, 500_000),
    )
    assert one.states[0].tolist() == pytest.approx([7e6, 0, 0, 0, 0, 7546.05329])
    assert one.meta["OBJECT_ID"] == "2031-001A"


def test_an_orbit_becomes_a_node(tmp_path: Path, messages: dict[str, bytes]) -> None:
    path = tmp_path / "iss.oem"
    path.write_bytes(messages["node-iss.oem"])
    text = bring(path).files["nodes.yaml"].decode()
    found = re.search(r"altitude: ([\d.]+) km\n    inclination: ([\d.]+) deg", text)
    assert found is not None
    assert float(found[1]) == pytest.approx(
        415.0, abs=0.2
    )  # the mean over the orbit, which the scenario gives
    assert float(found[2]) == pytest.approx(51.64, abs=0.05)
    assert "title: Orbit Ephemeris Message iss.oem" in text


def test_what_flies_by_becomes_none(tmp_path: Path, messages: dict[str, bytes]) -> None:
    path = tmp_path / "loop.oem"
    path.write_bytes(messages["flight-loop-1.oem"])
    carried = bring(path)
    assert carried.files["nodes.yaml"] == b"nodes: {}\n"
    assert any("loop 1: not in orbit: it flies by" in one for one in carried.left_behind)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("CCSDS_OEM_VERS = 2.0", "CCSDS_OPM_VERS = 2.0", "a.oem:1: CCSDS_OEM_VERS: 'CCSDS_OPM_VERS = 2.0'; allowed: "),
        ("CCSDS_OEM_VERS = 2.0", "<oem/>", "a.oem:1: CCSDS_OEM_VERS: '<oem/>'; allowed: "),
        ("CENTER_NAME", "CENTRE_NAME", "a.oem:4: CENTER_NAME: missing; allowed: CENTER_NAME = ... "),
        ("6985 0 452", "6985 452", "a.oem:15: (whole file): 8 numbers after the time; allowed: six"),
        ("6985", "far", "a.oem:15: (whole file): '2031-01-01T00:01:00 far"),
        ("6985", "nan", "a.oem:15: (whole file): "),
        ("2031-01-01T00:01:00", "2030-01-01T00:01:00", "a.oem:15: (whole file): '2030-01-01T00:01:00'; "),
        ("2031-01-01T00:01:00", "2031-13-01T00:01:00", "a.oem:15: (whole file): "),
        ("META_START", "META_STRAT", "a.oem:4: (whole file): 'META_STRAT'; allowed: KEY = value"),
    ],
)  # fmt: skip
def test_a_broken_message_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    lines = told(WRITTEN.replace(old, new, 1))
    assert any(line.startswith(said) for line in lines), lines


def test_an_empty_message_is_refused() -> None:
    assert told("") == ["a.oem: (whole file): no META_START; allowed: a message with at least one object"]
