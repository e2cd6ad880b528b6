"""Who may work with whom. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any


def test_participation(outpost: Any) -> None:
    """The first launch is on day 26, the last on day 54; the flight home, on day 181, needs no launcher."""
    outpost.scenario["partners"]["us"].update({"from": "2030-01-27", "until": "2030-02-24"})
    assert outpost.broken() == set()
    outpost.scenario["partners"]["us"]["until"] = "2030-02-23"
    assert outpost.broken() == {"participation"}
    outpost.scenario["partners"]["us"].update({"from": "2030-01-28", "until": "2030-07-01"})
    assert outpost.broken() == {"participation"}


def test_embargo(outpost: Any) -> None:
    """Pilots of theirs leave with our launcher on day 54 and come home on day 181."""
    outpost.scenario["crew"]["pilot"]["owner"] = "them"
    outpost.scenario["partners"]["us"]["embargoes"] = [{"against": "them", "from": "2030-02-25"}]
    assert outpost.broken() == set()
    outpost.scenario["partners"]["us"]["embargoes"] = [{"against": "them", "until": "2030-02-24"}]
    assert outpost.broken() == {"embargo"}
    outpost.scenario["partners"]["us"]["embargoes"] = []
    outpost.scenario["partners"]["them"]["embargoes"] = [{"against": "us", "from": "2030-02-23"}]
    assert outpost.broken() == {"embargo"}


def test_participation_of_those_aboard(outpost: Any) -> None:
    outpost.scenario["crew"]["pilot"]["owner"] = "them"
    outpost.scenario["partners"]["them"]["from"] = "2030-02-24"  # day 54
    assert outpost.broken() == set()
    outpost.scenario["partners"]["them"]["from"] = "2030-02-25"
    assert outpost.broken() == {"participation"}


def test_whoever_is_out_may_come_home(outpost: Any) -> None:
    """The pilots leave in February and come home in June; their partner may leave the campaign between."""
    outpost.scenario["crew"]["pilot"]["owner"] = "them"
    outpost.scenario["partners"]["them"]["until"] = "2030-04-01"
    assert outpost.broken() == set()


def test_carriage_of_elements(outpost: Any) -> None:
    outpost.scenario["partners"]["us"]["may_not_carry"] = ["them"]
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["owner"] = "them"
    assert outpost.broken() == {"carriage"}


def test_carriage_of_people(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["owner"] = "them"
    outpost.scenario["partners"]["them"]["may_not_carry"] = ["us"]
    # The ferry may take nobody of ours, up or home, so there is no ride home either.
    assert outpost.broken() == {"carriage", "ride_home"}


def test_company(outpost: Any) -> None:
    outpost.scenario["vehicles"]["ferry"]["owner"] = "them"
    outpost.scenario["partners"]["us"]["may_not_fly_with"] = []
    assert outpost.broken() == set()
    outpost.scenario["partners"]["us"]["may_not_fly_with"] = ["them"]
    assert outpost.broken() == {"company"}
