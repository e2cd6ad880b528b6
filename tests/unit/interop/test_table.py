"""Tables: what a sheet may leave out, how a person may fill it in, and what is said of what cannot be meant."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from books import EXAMPLES, book_of, loaded
from laws.anything import TEXTS
from laws.campaigns import PROOF
from moonwright.errors import ScenarioError
from moonwright.interop import excel, table_names
from moonwright.interop.excel_read import read
from moonwright.interop.table import LONGEST_NAME, Cell, in_a_row, quoted, row_of, sheets, unquoted
from moonwright.interop.table_grid import Grid, Place
from moonwright.interop.table_names import points_at
from moonwright.interop.table_read import scenario_of
from moonwright.interop.table_write import tables
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import NOUNS

Lines = list[list[Cell]]

TOY: Mapping[str, Lines] = {
    "scenario": [
        ["name", "currency_year", "horizon.start", "horizon.end"], [],
        ["Base", 2024.0, "2031-01-01", date(2032, 1, 1)],
    ],
    "partners": [["key", "name"], [], ["north", "North"]],
    "nodes": [
        ["key", "kind", "body", "latitude", "longitude"], [None, None, None, "deg", "deg"],
        ["cape", "launch site", "earth", 28.5, -80.6], ["base", "surface", "moon", -89.5, 0.0],
    ],
    "routes": [["key", "from", "to", "duration"], [None, None, None, "d"], ["way", "cape", "base", 5.0]],
    "vehicles": [
        ["key", "owner", "dry_mass", "dry_mass.low", "seats", "crewed", "room.total"],
        [None, None, "t", "kg", None, None, "kg"],
        ["van", "north", 1.1, 900.0, 2.0, "TRUE", "3 t"],
    ],
}  # fmt: skip


def grid(name: str, lines: Lines) -> Grid:
    """A sheet as it comes in."""
    cells = {
        Place(row, column): cell
        for row, line in enumerate(lines, start=1)
        for column, cell in enumerate(line, start=1)
        if cell is not None
    }
    return Grid(name, cells)


def made(**more: Lines) -> Scenario:
    """The scenario in the sheets above, some of them replaced or added (`missions__legs` is `missions.legs`)."""
    lines = {**TOY, **{name.replace("__", "."): rows for name, rows in more.items()}}
    return scenario_of("a.xlsx", [grid(name, rows) for name, rows in lines.items()])


def refused(**more: Lines) -> list[str]:
    """What is said of the sheets above with some replaced or added."""
    with pytest.raises(ScenarioError) as error:
        made(**more)
    return [str(fault) for fault in error.value.faults]


# ---- what a sheet says ----


def test_a_number_has_the_unit_of_its_column_unless_it_says_another() -> None:
    van = made().vehicles["van"]
    assert (van.dry_mass, van.dry_mass.low) == (1100.0, 900.0)
    assert van.room is not None
    assert (van.room.total, van.seats, van.crewed) == (3000.0, 2.0, True)


def test_rows_of_a_list_stand_in_the_order_of_their_numbers() -> None:
    periods: Lines = [["no", "length", "until"], [], [7.0, "2 months", None], [2.0, "1 month", "2031-03-01"]]
    assert [rule.length for rule in made(horizon__periods=periods).horizon.periods] == ["1 month", "2 months"]


def test_an_entry_may_come_from_the_library() -> None:
    launchers: Lines = [["key", "library", "owner", "site"], [], ["falcon-9", "falcon-9", "north", "cape"]]
    payload: Lines = [["launchers", "key", "value"], [None, None, "t"], ["falcon-9", "base", 1.0]]
    falcon = made(launchers=launchers, launchers__payload=payload).launchers["falcon-9"]
    assert falcon.name == "Falcon 9"
    assert dict(falcon.payload) == {"base": 1000.0}


def test_names_that_look_like_numbers_are_names() -> None:
    partners: Lines = [["key", "name"], [], ["north", "North"], [2031.0, 7.5]]
    assert made(partners=partners).partners["2031"].name == "7.5"


def test_a_list_of_names_is_parted_by_commas() -> None:
    partners: Lines = [
        ["key", "name", "may_not_carry"],
        [],
        ["north", "North", ' "a, b" ,c'],
        ["a, b", "x"],
        ["c", "x"],
    ]
    assert made(partners=partners).partners["north"].may_not_carry == ("a, b", "c")


def test_blank_rows_and_sheets_mean_nothing() -> None:
    partners: Lines = [["key", "name"], [], [], ["north", "North"], [], [None, None]]
    assert list(made(partners=partners, notes=[]).partners) == ["north"]


@given(st.sampled_from(TEXTS) | st.text())
def test_a_text_comes_back_out_of_its_quotes(text: str) -> None:
    assert quoted(text) not in ("", "(none)", "(null)")
    assert unquoted(quoted(text)) == text


@given(st.lists(st.sampled_from(TEXTS) | st.text(), min_size=1, max_size=4))
def test_a_row_of_texts_comes_back(texts: list[str]) -> None:
    assert row_of(in_a_row(texts)) == texts


# ---- what is said of what cannot be meant ----


def test_a_sheet_that_is_not_known_is_told() -> None:
    (told,) = refused(vehicels=[["key"], [], ["a"]])
    assert told.startswith(
        "a.xlsx: vehicels: vehicels: unknown sheet 'vehicels'; allowed: scenario, partners, "
    )
    assert told.endswith("did you mean 'vehicles'?")


def test_a_column_that_is_not_known_is_told_once_and_not_in_each_row() -> None:
    partners: Lines = [["key", "name", "shar"], [], ["north", "North", 0.5], ["south", "South", 0.5]]
    (told,) = refused(partners=partners)
    assert told.startswith("a.xlsx: partners!C1: partners: unknown column 'shar'; allowed: key, ")
    assert told.endswith("did you mean 'share'?")


def test_cells_without_a_header_are_told() -> None:
    (told,) = refused(partners=[["key", "name", None], [], ["north", "North", "more"]])
    assert told == "a.xlsx: partners!C3: partners: 'more'; allowed: cells below a header in row 1"


def test_a_column_without_a_unit_is_told_once() -> None:
    told = refused(
        routes=[
            ["key", "from", "to", "duration"],
            [],
            ["way", "cape", "base", 5.0],
            ["2", "cape", "base", 5.0],
        ]
    )
    units = "d, s, min, h, week, weeks, month, months, yr"
    assert told == [
        f"a.xlsx: routes!D2: routes: no unit; allowed: a unit of duration: {units}; write 'd' there"
    ]


def test_a_row_of_nobody_is_told_with_the_nearest_name() -> None:
    payload: Lines = [["missions", "no", "by", "route"], [], ["frieght", 1.0, "van", "way"]]
    missions: Lines = [["key"], [], ["freight"]]
    told = refused(missions=missions, missions__legs=payload)
    assert told[0] == (
        "a.xlsx: missions.legs!A3: missions.legs: no 'frieght' in the sheet 'missions'; allowed: freight; "
        "did you mean 'freight'?"
    )


def test_what_is_missing_is_to_be_filled_in() -> None:
    (told,) = refused(partners=[["key", "colour"], [], ["north", "#123456"]])
    assert told == "a.xlsx: partners!A3: partners.north.name: missing; allowed: a text; fill in 'name'"


def test_nothing_at_all_is_told_as_missing() -> None:
    with pytest.raises(ScenarioError) as error:
        scenario_of("a.xlsx", [])
    assert "a.xlsx: name: missing; allowed: a text; fill in 'name'" in str(error.value).splitlines()


def test_all_faults_come_at_once_in_the_order_of_the_sheets() -> None:
    vehicles: Lines = [["key", "owner", "dry_mass"], [None, None, "t"], ["van", "nroth", -1.0]]
    nodes: Lines = [["key", "kind"], [], ["cape", "pad"]]
    told = refused(vehicles=vehicles, nodes=nodes)
    assert [line.split(": ")[1] for line in told][:2] == ["nodes!B3", "vehicles!C3"]


def test_a_number_in_full_needs_its_value() -> None:
    (told,) = refused(vehicles=[["key", "owner", "dry_mass.low"], [None, None, "kg"], ["van", "north", 1.0]])
    assert told.startswith("a.xlsx: vehicles!C3: vehicles.van.dry_mass: a datum in full needs `value`")


# ---- which sheets there are ----


def test_every_noun_has_a_sheet_and_no_name_is_too_long_or_twice() -> None:
    names = list(sheets())
    assert {"scenario", *NOUNS} <= set(names)
    assert max(map(len, names)) <= LONGEST_NAME
    assert len({name.lower() for name in names}) == len(names)
    assert not [name for name in names if set(name) & set("[]:*?/\\'")]  # which Excel refuses


def test_no_column_bears_the_name_of_another() -> None:
    for sheet in sheets().values():
        assert not set(sheet.leading) & set(sheet.columns), sheet.name
        assert len(set(sheet.leading)) == len(sheet.leading)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_columns_that_name_entries_hold_their_names(path: Path) -> None:
    """The checks of files know by code of their own what points at what: an example that passes them is the referee."""
    scenario = loaded(path)
    for table in tables(scenario):
        for header in table.headers:
            noun = points_at(table.sheet, header)
            if noun in (*NOUNS, "sources"):
                named = {row[header] for row in table.rows if row.get(header) is not None}
                assert named <= {*getattr(scenario, noun), "shared"}, (table.sheet.name, header)


def test_a_text_longer_than_a_cell_is_cut_and_put_together(tmp_path: Path) -> None:
    """Excel holds 32,767 characters in a cell (Microsoft's specifications); a horizon may have 70,000."""
    text = "azimuth,elevation\n" + "".join(f"{n / 10},{n % 7}.25\n" for n in range(3600))
    scenario = loaded(EXAMPLES[0]).model_copy(update={"description": text})
    path = tmp_path / "long.xlsx"
    path.write_bytes(excel.send("x", scenario, {}).files["x.xlsx"])
    grids = {grid.name: grid for grid in read(str(path), path.read_bytes(), excel.RESULTS).grids}
    assert max(len(str(cell)) for one in grids.values() for cell in one.cells.values()) <= 32_767
    assert "(text 1)" in grids["scenario"].cells.values()
    assert yaml.safe_load(excel.bring(path).files["scenario.yaml"])["description"] == text


def test_columns_that_are_said_to_name_entries_exist() -> None:
    assert [
        at for at in table_names._BY_SHEET if at[0] not in sheets() or not points_at(sheets()[at[0]], at[1])
    ] == []


ODD: list[Cell] = [
    None, "", "(none)", "(null)", "(text 1)", "x", "a, b", '"', ",", -1.0, 0.0, 1e300, 2.5, True, date(2031, 1, 1), "1",
    "3 t", "hard", "key", "no", "value", "kg", "%", "north", "base", "\x07", "x" * 5000,
]  # fmt: skip


@settings(max_examples=2000 if PROOF else 100, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_cell_upsets_the_reader(dice: random.Random) -> None:
    """Cells of an example replaced at random, heads and names too: a scenario comes out, or faults at cells."""
    grids = []
    for one in book_of(EXAMPLES[-1]).grids:
        cells = dict(one.cells)
        for _ in range(dice.choice([0, 0, 0, 1, 2])):
            row, column = dice.randint(1, 5), dice.randint(1, 12)
            cells[Place(row, column)] = dice.choice(ODD)
        grids.append(Grid(one.name, {place: cell for place, cell in cells.items() if cell is not None}))
    told = ""
    try:
        scenario_of("a.xlsx", grids)
    except ScenarioError as error:
        told = str(error)
    assert all(line.startswith("a.xlsx: ") for line in told.splitlines())
    assert "Traceback" not in told
    assert max(map(len, told.splitlines()), default=0) < 2000, told
