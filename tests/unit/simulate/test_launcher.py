"""What launchers may do. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any


def test_launcher_service(outpost: Any) -> None:
    heavy = outpost.scenario["launchers"]["heavy"]
    heavy.update(first_flight="2030-01-27", last_flight="2030-02-24")  # days 26 and 54
    assert outpost.broken() == set()
    heavy["first_flight"] = "2030-01-28"
    assert outpost.broken() == {"launcher_service"}
    heavy.update(first_flight="2030-01-27", last_flight="2030-02-22")
    assert outpost.broken() == {"launcher_service"}


def test_outage(outpost: Any) -> None:
    heavy = outpost.scenario["launchers"]["heavy"]
    heavy["outages"] = [{"from": "2030-01-28", "until": "2030-02-24"}]  # days 27 to 53
    assert outpost.broken() == set()
    heavy["outages"] = [{"from": "2030-01-28", "until": "2030-02-25"}]
    assert outpost.broken() == {"outage"}


def test_launch_mass(outpost: Any) -> None:
    heavy = outpost.scenario["launchers"]["heavy"]
    heavy["payload"]["base"] = "8422 kg"
    assert outpost.broken() == set()
    heavy["payload"]["base"] = "8421 kg"
    assert outpost.broken() == {"launch_mass"}


def test_launch_mass_from_another_site(outpost: Any) -> None:
    outpost.scenario["nodes"]["dock"] = outpost.scenario["nodes"]["cape"]
    outpost.scenario["launchers"]["heavy"]["site"] = "dock"
    assert outpost.broken() == {"launch_mass"}


def test_cadence(outpost: Any) -> None:
    outpost.scenario["launchers"]["heavy"]["cadence"] = "2 /yr"
    assert outpost.broken() == set()
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=85, arrival_d=90)
    assert outpost.broken() == {"cadence"}
    outpost.scenario["launchers"]["heavy"]["cadence"] = "2.9 /yr"
    assert outpost.broken() == {"cadence"}


def test_cadence_counts_calendar_years(outpost: Any) -> None:
    outpost.scenario["horizon"]["end"] = "2031-02-01"
    outpost.plan["horizon_d"] = 396
    outpost.scenario["launchers"]["heavy"]["cadence"] = "2 /yr"
    outpost.add_flight("haul-1", "haul-2", "hauler-2", departure_d=366, arrival_d=371)
    assert outpost.broken() == set()
    # Leaving at the very end of 31 December is leaving in 2030.
    outpost.flight("haul-2").update(departure_d=365, arrival_d=370)
    assert outpost.broken() == {"cadence"}


def test_cadence_below_one_a_year(outpost: Any) -> None:
    outpost.scenario["horizon"]["end"] = "2033-01-01"
    outpost.plan["horizon_d"] = 1096
    outpost.scenario["launchers"]["rare"] = {**outpost.scenario["launchers"]["heavy"], "cadence": "0.5 /yr"}
    outpost.scenario["missions"]["haul"]["legs"][0]["by"] = ["heavy", "rare"]
    outpost.add_flight("haul-1", "haul-2", "hauler-2", launcher="rare", departure_d=100, arrival_d=105)
    outpost.add_flight("haul-1", "haul-3", "hauler-3", launcher="rare", departure_d=831, arrival_d=836)
    assert outpost.broken() == set()
    outpost.flight("haul-3").update(departure_d=829, arrival_d=834)  # two years are 730.5 d
    assert outpost.broken() == {"cadence"}


def test_pad(outpost: Any) -> None:
    outpost.scenario["launchers"]["heavy"]["turnaround"] = "28 d"
    assert outpost.broken() == set()
    outpost.scenario["launchers"]["heavy"]["turnaround"] = "28.1 d"
    assert outpost.broken() == {"pad"}
