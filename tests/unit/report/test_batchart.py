"""The bat chart's lines, from the missions' own durations."""

from typing import Any

from moonwright.report.batchart import bat_chart, waits
from moonwright.report.flight import flight_rows


def drawn(campaign: Any) -> Any:
    return bat_chart(campaign.subject, flight_rows(campaign.subject))


def test_rows_go_from_home_to_the_farthest_place(campaign: Any) -> None:
    assert drawn(campaign)["rows"] == [
        "Earth, landing",
        "Wenchang",
        "Vostochny",
        "Low lunar orbit",
        "Connecting Ridge",
    ]


def test_a_line_passes_its_stops_on_their_days(campaign: Any) -> None:
    (line,) = (line for line in drawn(campaign)["flights"] if line["name"] == "crew-up-1")
    (flight,) = (flight for flight in campaign.plan.flights if flight.name == "crew-up-1")
    day = flight.departure_d
    # Wenchang, one day and five to lunar orbit, one day there, one down to the ridge.
    assert line["path"] == [(day, 1), (day + 6, 3), (day + 7, 3), (day + 8, 4)]
    assert line["crewed"]
    assert flight.arrival_d == day + 8


def test_a_lander_waits_in_orbit_for_its_crew(campaign: Any) -> None:
    first, second = [wait for wait in waits(campaign.subject) if wait.serial == "lanyue-1"]
    up, down = (
        next(flight for flight in campaign.plan.flights if flight.name == name)
        for name in ("crew-up-1", "crew-down-1")
    )
    # It reaches orbit 30 days before the landing, goes down a day before it, and lifts off with the crew.
    assert (first.node, first.from_d, first.until_d) == ("llo", up.arrival_d - 30, up.arrival_d - 1)
    assert (second.node, second.from_d, second.until_d) == ("ridge", up.arrival_d, down.departure_d)
