"""The tables of the toy's hand-made optimum, as a reader opens them; worked out in examples/toy.yaml.

The freighter brings the habitat (2.5 t) and 0.5 t of water, the courier 1.2 t of water: 360 MUSD. Propellant:
(1.1 t + 3 t) x 1.38633 and (0.7 t + 1.2 t) x 1.38633, by exp(2900 / (340 x 9.80665)) = 2.38633.
"""

import csv
import math
from pathlib import Path

import pytest

import moonwright
from moonwright.plan import Build, Cargo, Flight, Item, Outcome, Plan, Rank, Unit, digest
from moonwright.report.sheet import write_sheets
from moonwright.report.tables import tables
from moonwright.scenario.load import load

HERE = Path(__file__).parent
TOY = HERE.parents[2] / "examples" / "toy.yaml"
BURNED = math.expm1(2900 / (340 * 9.80665))  # of the mass that lands


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = load(TOY)
    freight = Flight(
        name="freight-1", mission="freight", launcher="big", departure_d=175, arrival_d=181,
        units=(Unit(part="freighter", vehicle="freighter", serial="freighter-1", tanked_kg=4100 * BURNED),),
        cargo=(Cargo(resource="water", mass_kg=500, board=0, alight=2),),
        items=(Item(element="habitat", copy_no=1, board=0, alight=2),),
    )  # fmt: skip
    courier = Flight(
        name="courier-1", mission="courier", launcher="small", departure_d=206, arrival_d=212,
        units=(Unit(part="courier", vehicle="courier", serial="courier-1", tanked_kg=1900 * BURNED),),
        cargo=(Cargo(resource="water", mass_kg=1200, board=0, alight=2),),
    )  # fmt: skip
    plan = Plan(
        scenario=scenario.name,
        scenario_digest=digest(scenario),
        horizon_d=365,
        flights=(freight, courier),
        builds=(Build(element="habitat", copy_no=1, begun_d=181, day_d=181),),
        outcome=Outcome(
            status="optimal",
            ranks=(Rank(name="cost", value=360, bound=360, gap=0, unit="MUSD"),),
            solver="by hand",
            asked_gap=0,
            wall_s=0,
        ),
    )
    made = tmp_path_factory.mktemp("tables")
    write_sheets(tables(scenario, plan, moonwright.simulate(scenario, plan)), made)
    return made


def rows(file: Path) -> list[list[object]]:
    """A table with its numbers as numbers, so that the last digit of a float does not matter."""

    def read(cell: str) -> object:
        try:
            return pytest.approx(float(cell), rel=1e-9)
        except ValueError:
            return cell

    with file.open(newline="", encoding="utf-8") as lines:
        return [[read(cell) for cell in row] for row in csv.reader(lines)]


@pytest.mark.parametrize(
    "name", ["flights", "manifests", "builds", "costs", "crew", "shortfalls", "violations"]
)
def test_a_table_is_as_worked_out_by_hand(folder: Path, name: str) -> None:
    assert rows(folder / f"{name}.csv") == rows(HERE / f"{name}.csv")
