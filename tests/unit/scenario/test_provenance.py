"""Where numbers come from: by their own word, by their entry's, or by nobody's."""

from typing import Any

from moonwright.scenario.provenance import DatumRecord, data_of
from moonwright.scenario.scenario import Scenario


def records(campaign: dict[str, Any]) -> dict[str, DatumRecord]:
    return {record.path: record for record in data_of(Scenario.model_validate(campaign))}


def test_a_number_takes_the_word_of_the_nearest_entry_that_gives_one(campaign: dict[str, Any]) -> None:
    campaign["sources"] = {"S": {"title": "S"}, "T": {"title": "T"}}
    campaign["vehicles"]["ship"] |= {
        "source": "S",
        "price": {"value": "9 MUSD", "assumed": "scaled", "low": "5 MUSD"},
    }
    campaign["vehicles"]["ship"]["tank"] |= {"assumed": "as its sister's"}
    campaign["vehicles"]["ship"]["room"]["total"] = {"value": "0.5 t", "source": "T", "note": "page 3"}
    found = records(campaign)
    said = {path: (r.source, r.assumed) for path, r in found.items() if path.startswith("vehicles.ship.")}
    assert said == {
        "vehicles.ship.dry_mass": ("S", None),
        "vehicles.ship.seats": ("S", None),
        "vehicles.ship.price": (None, "scaled"),
        "vehicles.ship.tank.capacity": (None, "as its sister's"),
        "vehicles.ship.tank.isp": (None, "as its sister's"),
        "vehicles.ship.room.total": ("T", None),
    }
    assert found["vehicles.ship.room.total"].note == "page 3"
    assert (found["vehicles.ship.price"].low, found["vehicles.ship.price"].high) == (5.0, None)


def test_numbers_are_in_canonical_units(campaign: dict[str, Any]) -> None:
    found = records(campaign)
    told = {path: (found[path].value, found[path].unit, found[path].text) for path in (
        "vehicles.ship.dry_mass", "routes.capture.burns[0]", "crew.pilot.uses.water", "partners.north.share",
        "station_keeping[0].needs[0].need", "launchers.big.payload.tli",
    )}  # fmt: skip
    assert told == {
        "vehicles.ship.dry_mass": (9000.0, "kg", "9000 kg"),
        "routes.capture.burns[0]": (900.0, "m/s", "900 m/s"),
        "crew.pilot.uses.water": (3.0, "kg/d", "3 kg/d"),
        "partners.north.share": (0.6, "", "0.6"),
        "station_keeping[0].needs[0].need": (5.0, "m/s/yr", "5 m/s/yr"),
        "launchers.big.payload.tli": (27000.0, "kg", "27000 kg"),
    }


def test_every_number_that_is_written_is_listed_and_no_default(campaign: dict[str, Any]) -> None:
    def leaves(value: object) -> int:
        """Texts of the file that are a number with a unit, and numbers that need none."""
        if isinstance(value, dict):
            return sum(leaves(child) for key, child in value.items() if key not in NO_DATA)
        if isinstance(value, list):
            return sum(map(leaves, value))
        if isinstance(value, str):
            return value.replace("-", "").split(" ")[0].replace(".", "").isdecimal() and " " in value
        return isinstance(value, int | float) and not isinstance(value, bool)

    assert len(records(campaign)) == leaves(campaign)


NO_DATA = {"currency_year", "supply_class", "every", "length"}  # whole numbers and spans that are no Datum


def test_an_entry_can_be_listed_where_it_stands(campaign: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(campaign)
    listed = data_of(scenario.launchers["big"], ("launchers", "big"))
    assert [record.path for record in listed] == ["launchers.big.payload.tli", "launchers.big.cadence"]
