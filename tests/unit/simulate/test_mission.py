"""When flights may fly. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any


def test_timing(outpost: Any) -> None:
    outpost.flight("haul-1")["arrival_d"] = 31 + 5e-7
    assert outpost.broken() == set()
    outpost.flight("haul-1")["arrival_d"] = 31.01
    assert outpost.broken() == {"timing"}


def test_timing_before_the_horizon(outpost: Any) -> None:
    outpost.add_flight("haul-1", "haul-0", "hauler-0", departure_d=0, arrival_d=5)
    assert outpost.broken() == set()
    outpost.flight("haul-0").update(departure_d=-0.1, arrival_d=4.9)
    assert outpost.broken() == {"timing"}


def test_timing_after_the_horizon(outpost: Any) -> None:
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=360, arrival_d=365)
    assert outpost.broken() == set()
    outpost.flight("haul-2").update(departure_d=360.5, arrival_d=365.5)
    assert outpost.broken() == {"timing"}


def test_a_flight_home_may_be_under_way_at_the_end(outpost: Any) -> None:
    outpost.scenario["crew"]["pilot"]["rotation"]["longest"] = "306 d"
    outpost.flight("down-1").update(departure_d=365, arrival_d=370)
    outpost.plan["stays"][0]["leaves_d"] = 365
    assert outpost.broken() == set()


def test_season(outpost: Any) -> None:
    outpost.scenario["missions"]["haul"]["from"] = "2030-01-27"  # day 26
    assert outpost.broken() == set()
    outpost.scenario["missions"]["haul"]["from"] = "2030-01-28"
    assert outpost.broken() == {"season"}


def test_season_until(outpost: Any) -> None:
    outpost.scenario["missions"]["down"]["until"] = (
        "2030-07-01"  # the moment that day 180 ends and 181 begins
    )
    assert outpost.broken() == set()
    outpost.scenario["missions"]["down"]["until"] = "2030-06-30"
    assert outpost.broken() == {"season"}


def test_window(outpost: Any) -> None:
    outpost.scenario["routes"]["home"]["windows"] = [{"opens": "2030-07-01", "closes": "2030-07-02"}]
    assert outpost.broken() == set()
    outpost.scenario["routes"]["home"]["windows"] = [{"opens": "2030-07-02", "closes": "2030-07-03"}]
    assert outpost.broken() == {"window"}


def test_least_crew(outpost: Any) -> None:
    outpost.scenario["missions"]["down"]["least_crew"] = 2
    assert outpost.broken() == set()
    outpost.scenario["missions"]["down"]["least_crew"] = 3
    assert outpost.broken() == {"least_crew", "ride_home"}
