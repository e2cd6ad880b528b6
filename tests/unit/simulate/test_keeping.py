"""Station keeping. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import pytest

# A station of 100 t that needs 3.6525 m/s a year needs 0.01 m/s a day: 1,000 N s a day, 365,000 in the year.


@pytest.fixture
def station(outpost: Any) -> Any:
    """The habitat is there from the start, with fuel. 1 kg of it gives its thruster 1,000 N s."""
    isp_s = 1000 / 9.80665
    hab = outpost.scenario["elements"]["hab"]
    hab["provides"]["thruster"] = {"resource": "fuel", "isp": f"{isp_s!r} s"}
    hab["quantity"] = 2
    outpost.flight("haul-1")["items"][0]["copy_no"] = 2
    outpost.plan["builds"][0]["copy_no"] = 2
    outpost.scenario["initial"] = {"elements": [{"element": "hab"}], "stocks": {"base": {"fuel": "365 kg"}}}
    need = {"node": "base", "mass": "100 t", "needs": [{"need": "3.6525 m/s/yr"}]}
    outpost.scenario["station_keeping"] = [need]
    push = {"provider": "hab", "node": "base", "from_d": 0, "until_d": 365, "impulse_n_s": 365_000}
    outpost.plan["reboosts"] = [push]
    return outpost


def test_keeping(station: Any) -> None:
    run = station.run()
    assert run.certified
    fuel = next(s for s in run.stocks if s.resource == "fuel").stock_kg
    assert fuel[[0, 99, 364]] == pytest.approx([364, 265, 0], abs=1e-6)
    assert run.ledger.burned_kg == pytest.approx(4211 + 365)
    station.plan["reboosts"][0]["impulse_n_s"] = 364_990
    assert station.broken() == {"keeping"}


def test_keeping_follows_the_mass(station: Any) -> None:
    """1,000 N s on each of a hundred days, half of that on the other 265."""
    kept = station.scenario["station_keeping"][0]
    kept |= {"mass": "50 t", "growth": [{"until": "2030-04-11", "mass": "100 t"}]}
    station.plan["reboosts"][0]["impulse_n_s"] = 232_500
    assert station.broken() == set()
    station.plan["reboosts"][0]["impulse_n_s"] = 232_490
    assert station.broken() == {"keeping"}


def test_keeping_burns_the_stock(station: Any) -> None:
    station.scenario["initial"]["stocks"]["base"]["fuel"] = "364.9 kg"
    assert station.broken() == {"stock"}


def test_keeping_in_time(station: Any) -> None:
    first, second = dict(station.plan["reboosts"][0]), dict(station.plan["reboosts"][0])
    first.update(from_d=0, until_d=31, impulse_n_s=31_000)
    second.update(from_d=31, until_d=365, impulse_n_s=334_000)
    station.plan["reboosts"] = [first, second]
    assert station.broken() == set()
    first["impulse_n_s"], second["impulse_n_s"] = 30_900, 334_100  # enough in all, but late
    assert station.broken() == {"keeping"}


def test_thrusters_serve(station: Any) -> None:
    station.scenario["initial"]["elements"] = []
    assert {"thrusters"} <= station.broken()


def test_thrusters_are_there(station: Any) -> None:
    del station.scenario["elements"]["hab"]["provides"]["thruster"]
    assert "thrusters" in station.broken()


@pytest.fixture
def visited(station: Any) -> Any:
    """The waiting ferry gives 100 N s of it, on one day."""
    station.plan["reboosts"][0]["impulse_n_s"] = 364_900
    push = {"provider": "ferry-1", "node": "base", "from_d": 59, "until_d": 60, "impulse_n_s": 100}
    station.plan["reboosts"].append(push)
    station.scenario["vehicles"]["ferry"]["reboost"] = "100 N s"
    return station


def test_visiting_reboost(visited: Any) -> None:
    assert visited.broken() == set()
    visited.scenario["vehicles"]["ferry"]["reboost"] = "90 N s"
    assert visited.broken() == {"visiting_reboost"}


def test_visiting_reboost_only_while_there(visited: Any) -> None:
    visited.plan["reboosts"][1].update(from_d=58)
    assert visited.broken() == {"visiting_reboost"}


def test_one_that_never_flies_reboosts_too(station: Any) -> None:
    station.scenario["vehicles"]["ferry"]["reboost"] = "100 N s"
    station.scenario["initial"]["vehicles"] = [{"vehicle": "ferry", "node": "base", "arrived": "2029-12-01"}]
    station.plan["reboosts"][0]["impulse_n_s"] = 364_900
    push = {"provider": "ferry-7", "node": "base", "from_d": 0, "until_d": 31, "impulse_n_s": 100}
    station.plan["reboosts"].append(push)
    assert station.broken() == set()
    push["provider"] = "hauler-7"
    assert station.broken() == {"visiting_reboost"}
