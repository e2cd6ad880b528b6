"""The doors as commands: what is written where, what is told, and how a command leaves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import moonwright
from moonwright import cli
from moonwright.scenario.dump import write_scenario

EXAMPLES = Path(__file__).parents[3] / "examples"
TOY = EXAMPLES / "toy.yaml"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs a command: how it leaves, what it prints, what it complains of."""

    def command(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["moonwright", *map(str, words)])
        with pytest.raises(SystemExit) as leaving:
            cli.main()
        return (leaving.value.code or 0, *capsys.readouterr())

    return command


def test_a_scenario_goes_out_as_a_workbook_and_comes_back(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    book, again = tmp_path / "toy.xlsx", tmp_path / "again.yaml"
    assert run("export", "excel", TOY, "-o", book) == (0, f"{book}\n", "")
    assert run("import", "excel", book, "-o", again) == (0, f"{again}\n", "")
    assert write_scenario(moonwright.load(again)) == write_scenario(moonwright.load(TOY))


def test_so_it_does_as_csv_files(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, again = tmp_path / "sheets", tmp_path / "again"
    assert run("export", "csv", TOY, "-o", folder)[0] == 0
    assert (folder / "vehicles.csv").read_text().startswith("key,name,owner,")
    assert run("import", "csv", folder, "-o", again) == (0, f"{again / 'scenario.yaml'}\n", "")
    assert write_scenario(moonwright.load(again / "scenario.yaml")) == write_scenario(moonwright.load(TOY))


def test_a_fault_names_its_cell_and_the_command_leaves_with_three(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "sheets"
    run("export", "csv", TOY, "-o", folder)
    missions = folder / "missions.legs.csv"
    missions.write_text(missions.read_text().replace("landing", "landnig", 1))
    code, out, err = run("import", "csv", folder, "-o", tmp_path / "again.yaml")
    assert (code, out) == (3, "")
    legs = [line for line in err.splitlines() if f"{folder}: missions.legs!" in line]
    assert len(legs) == 1
    assert legs[0].endswith("no route 'landnig'; allowed: ascent, landing; did you mean 'landing'?")


def test_what_a_spreadsheet_would_run_is_held_back_in_csv(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """An apostrophe before it, which the way back takes off again."""
    wicked = tmp_path / "wicked.yaml"
    wicked.write_text(TOY.read_text().replace("name: North", 'name: "=HYPERLINK(1)"'))
    run("export", "csv", wicked, "-o", tmp_path / "sheets")
    assert "'=HYPERLINK(1)" in (tmp_path / "sheets" / "partners.csv").read_text()
    run("import", "csv", tmp_path / "sheets", "-o", tmp_path / "again.yaml")
    assert moonwright.load(tmp_path / "again.yaml").partners["north"].name == "=HYPERLINK(1)"


def test_nothing_is_written_over(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    book = tmp_path / "toy.xlsx"
    book.write_text("mine")
    code, _, err = run("export", "excel", TOY, "-o", book)
    assert code == 2
    assert "is there already" in err
    assert book.read_text() == "mine"


def test_a_plan_goes_out_by_every_door(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Results are told as left behind when a workbook is read again; the same bytes come out of the same results."""
    results = tmp_path / "toy"
    assert run("plan", TOY, "-o", results)[0] == 0
    for door, name in (("excel", "a.xlsx"), ("mspdi", "a.xml"), ("czml", "a.czml")):
        once, again = tmp_path / name, tmp_path / f"again-{name}"
        assert run("export", door, results, "-o", once)[0] == 0
        assert run("export", door, results, "-o", again)[0] == 0
        assert once.read_bytes() == again.read_bytes()
    code, out, _ = run("import", "excel", tmp_path / "a.xlsx", "-o", tmp_path / "again.yaml")
    assert code == 0
    assert "plan.flights: sheets of results are for reading" in out
    assert run("export", "parquet", results, "-o", tmp_path / "tables")[0] == 0
    assert {"vehicles.parquet", "plan.flights.parquet"} <= {
        file.name for file in (tmp_path / "tables").iterdir()
    }
    code, out, _ = run("export", "oem", results, "-o", tmp_path / "orbits")
    assert code == 0
    assert {file.name for file in (tmp_path / "orbits").iterdir()} == {
        "flight-courier-1.oem",
        "flight-freight-1.oem",
    }
    assert "flights, cape to tli (2): their motion is not computed" in out


def test_numbers_of_parquet_have_types_and_units(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    import pyarrow.parquet as pq

    run("export", "parquet", TOY, "-o", tmp_path / "tables")
    vehicles = pq.read_table(tmp_path / "tables" / "vehicles.parquet")
    assert vehicles.column("dry_mass").to_pylist() == [1100.0, 700.0]
    assert vehicles.schema.field("dry_mass").metadata == {b"unit": b"kg"}
    assert vehicles.schema.field("crewed").type == "bool"
    demands = pq.read_table(tmp_path / "tables" / "demands.parquet")
    assert str(demands.column("by").to_pylist()[0]) == "2031-10-01"


def test_a_folder_without_sheets_is_told(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _, err = run("import", "csv", tmp_path, "-o", tmp_path / "a.yaml")
    assert (code, "no files of a scenario in it" in err) == (3, True)
