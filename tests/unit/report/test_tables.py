"""The tables: what they hold adds up to what the plan and its run hold, and every number says its unit."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from moonwright.report.flight import flight_rows
from moonwright.report.subject import Subject
from moonwright.report.tables import tables

UNITS = ("_kg", "_d", "_kw", "_kwh", "_musd")
COUNTS = {"count", "amount", "value", "low", "high"}  # their unit stands in the column beside them


@pytest.fixture(scope="module")
def told(campaign: Any) -> dict[str, pa.Table]:
    return tables(campaign.scenario, campaign.plan, campaign.run)


def test_every_measure_says_its_unit(told: dict[str, pa.Table]) -> None:
    silent = [
        f"{name}.{field.name}"
        for name, table in told.items()
        for field in table.schema
        if pa.types.is_floating(field.type) and not field.name.endswith(UNITS) and field.name not in COUNTS
    ]
    assert silent == []


def test_costs_add_up_to_the_plan_s_cost(campaign: Any, told: dict[str, pa.Table]) -> None:
    assert pc.sum(told["costs"]["amount_musd"]).as_py() == pytest.approx(campaign.run.cost_musd)


def test_every_flight_and_all_that_is_aboard_is_listed(campaign: Any, told: dict[str, pa.Table]) -> None:
    assert told["flights"]["flight"].to_pylist() == [flight.name for flight in campaign.plan.flights]
    aboard = told["manifests"].filter(pc.equal(told["manifests"]["kind"], "resource"))
    shipped_kg = sum(cargo.mass_kg for flight in campaign.plan.flights for cargo in flight.cargo)
    assert pc.sum(aboard["mass_kg"]).as_py() == pytest.approx(shipped_kg)


def test_a_manifest_tells_what_is_life_critical_how_it_is_packed_and_where_it_rides(
    told: dict[str, pa.Table],
) -> None:
    # campaign.yaml: oxygen is packed in 40 % of its mass; people cannot live without it.
    oxygen = [row for row in told["manifests"].to_pylist() if row["what"] == "oxygen"]
    assert oxygen
    for row in oxygen:
        assert (row["room"], row["life_critical"]) == ("pressurised", True)
        assert row["packed_kg"] == pytest.approx(1.4 * row["mass_kg"])


def test_what_is_life_critical_stands_before_other_goods(campaign: Any) -> None:
    flights = {flight.name: flight for flight in campaign.plan.flights}
    seen = 0
    for row in flight_rows(Subject(campaign.scenario, campaign.plan, campaign.run)):
        vital = [n for n, line in enumerate(row.manifest) if line.note.startswith("life-critical")]
        first = len(flights[row.name].units) + len(flights[row.name].crew)
        assert vital == list(range(first, first + len(vital)))
        seen += len(vital)
    assert seen


def test_a_flight_s_row_tells_when_and_where(told: dict[str, pa.Table]) -> None:
    first = told["flights"].to_pylist()[0]
    # 1 June 2030 is day 1612 from 1 January 2026: four years, one of them leap, and 151 days.
    # The flight takes seven.
    assert (first["flight"], first["partner"], first["from_node"], first["to_node"]) == (
        "heavy-cargo-1", "cnsa", "wenchang", "ridge",
    )  # fmt: skip
    assert (first["departure_d"], str(first["departure"])) == (1605.0, "2030-05-25")
    assert (first["arrival_d"], str(first["arrival"])) == (1612.0, "2030-06-01")


def test_stocks_are_daily_and_dated(campaign: Any, told: dict[str, pa.Table]) -> None:
    assert told["stocks"].num_rows == len(campaign.run.stocks) * campaign.run.horizon_d
    last = told["stocks"].to_pylist()[campaign.run.horizon_d - 1]
    assert (last["day"], str(last["date"])) == (5478, "2040-12-31")


def test_a_rover_s_life_ends_six_years_after_it_is_at_work(told: dict[str, pa.Table]) -> None:
    (rover,) = (row for row in told["builds"].to_pylist() if row["element"] == "rover")
    assert str(rover["commissioned"]) == "2035-10-01"
    assert rover["life_ends_d"] - rover["commissioned_d"] == 6 * 365.25
    assert rover["flight"] == "heavy-cargo-4"


def test_a_crew_that_stays_on_has_no_end(campaign: Any, told: dict[str, pa.Table]) -> None:
    assert told["crew"].num_rows == 18
    assert {row["stay_d"] for row in told["crew"].to_pylist()} == {180.0}


def test_data_name_their_source_in_full(told: dict[str, pa.Table]) -> None:
    rows = {row["path"]: row for row in told["data"].to_pylist()}
    launch_mass = rows["launchers.long-march-10.payload.tli"]
    assert (launch_mass["value"], launch_mass["unit"], launch_mass["source"]) == (27000.0, "kg", "S14")
    assert launch_mass["source_title"] == "SCMP: Long March 10 test"
    price = rows["launchers.long-march-10.price"]
    assert (price["source"], price["low"], price["high"]) == (None, 180.0, 450.0)
    assert price["assumed"].startswith("no figure published")
