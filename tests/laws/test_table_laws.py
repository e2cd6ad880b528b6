"""A scenario that goes out as a workbook, or as CSV files, comes back the same, to the last digit and the last source."""

from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from books import EXAMPLES, loaded
from laws.anything import anything
from laws.campaigns import counted
from moonwright.interop import excel, table_csv
from moonwright.interop.excel_read import read
from moonwright.interop.excel_text import joined
from moonwright.interop.table_grid import Found
from moonwright.interop.table_read import scenario_of
from moonwright.plan import digest
from moonwright.scenario import load
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.scenario import Scenario


def through_excel(scenario: Scenario) -> Scenario:
    """Out as a workbook and in again."""
    (data,) = excel.send("x", scenario, {}).files.values()
    book = read("x.xlsx", data, excel.RESULTS)
    told = list(book.told)
    return scenario_of("x.xlsx", joined(book.grids, told), told, ground=lambda scenario: (scenario, ()))


def through_csv(scenario: Scenario) -> Scenario:
    """Out as CSV files and in again."""
    told: list[Found] = []
    files = table_csv.send("x", scenario, {}).files.items()
    grids = [table_csv.read(name.removesuffix(".csv"), data, told) for name, data in files]
    return scenario_of("x", grids, told, ground=lambda scenario: (scenario, ()))


both = pytest.mark.parametrize("through", [through_excel, through_csv])


@both
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_as_it_went(path: Path, through: Callable[[Scenario], Scenario]) -> None:
    scenario = loaded(path)
    again = through(scenario)
    assert again == scenario
    assert digest(again) == digest(scenario)
    assert write_scenario(again) == write_scenario(scenario)


@both
@counted(300)
@given(seed=st.integers(0, 2**32))
def test_so_does_anything_that_the_schema_allows(seed: int, through: Callable[[Scenario], Scenario]) -> None:
    try:
        scenario = Scenario.model_validate(anything(seed), by_alias=True, by_name=False)
    except ValidationError as error:
        pytest.fail(f"no scenario was drawn: {error}")
    with (
        mock.patch.object(load, "check", return_value=()),
        mock.patch.object(load, "borrow", lambda tree: (tree, ())),
    ):
        again = through(scenario)  # whether names exist is not at issue here
    assert write_scenario(again) == write_scenario(scenario)
    assert digest(again) == digest(scenario)
