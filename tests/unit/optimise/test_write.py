"""Model files say what the model says: HiGHS and SCIP read them back as they were meant."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import pyscipopt
import pytest
from hypothesis import given
from hypothesis import strategies as st

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.lp import lp_text
from moonwright.optimise.model import Floats, Model, assemble
from moonwright.optimise.mps import mps_text
from moonwright.optimise.naming import label_of, names
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.sheet import Sheet, sheet
from moonwright.optimise.write import ModelFileError, planner_sheet, write_model
from moonwright.world.observe import observe

ROOT = Path(__file__).parents[3]
FORMATS: dict[str, Callable[[Sheet], str]] = {"lp": lp_text, "mps": mps_text}
SCENARIOS = [ROOT / "examples" / "toy.yaml", *sorted((ROOT / "tests" / "golden" / "lp").glob("*.yaml"))]


def odd() -> tuple[Model, Floats]:
    """Everything that a file can get wrong: a range, free, negative, fixed and unbounded columns, empty rows, like names."""
    labels = ("range[a b]", "held", "none", "never[-]", "same[x]", "same[x]")
    model = Model(
        column_lower=np.array([0.0, -np.inf, -5.0, 2.5, 1.0, -np.inf, 0.0]),
        column_upper=np.array([np.inf, np.inf, -1.0, 2.5, np.inf, 7.0, 3.0]),
        whole=np.array([True, False, True, False, True, False, False]),
        column_labels=("count[é, 50 %]", "free[>]", "low[-1]", "fixed[2.5]", "end[]", "e[+]", "unused[]"),
        row_lower=np.array([-3.0, 1e-7, -1.0, -np.inf, -1e6, -np.inf]),
        row_upper=np.array([12.0, 1e-7, 0.0, 4.0, np.inf, 1e9]),
        row_labels=labels,
        starts=np.array([0, 3, 5, 5, 7, 9, 12], dtype=np.int32),
        indices=np.array([0, 2, 5, 1, 3, 0, 4, 1, 4, 2, 3, 5], dtype=np.int32),
        values=np.array([1.0, -1.0, 0.1, 1.0, -1e-7, 1.0, 1 / 3, 1.0, -1.0, 2.0, 1e7, -1.0]),
    )
    return model, np.array([1.0, 1e-3, -2.0, 0.0, 0.5, -1.0, 0.0])


def odd_sheet() -> Sheet:
    return sheet(*odd(), ["odd"])


def problem(file: Path) -> Problem:
    return pose(expand(observe(moonwright.load(file))))


def read_by_highs(told: Sheet, ending: str, folder: Path) -> Any:
    """HiGHS, having read the file."""
    file = folder / f"model.{ending}"
    file.write_text(FORMATS[ending](told), encoding="utf-8")
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    assert solver.readModel(str(file)) == highspy.HighsStatus.kOk
    return solver


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("case", ["odd", *(file.stem for file in SCENARIOS)])
def test_what_highs_reads_is_what_was_written(case: str, ending: str, tmp_path: Path) -> None:
    """Names, bounds, kinds, sides and every coefficient, to the last bit."""
    files = {file.stem: file for file in SCENARIOS}
    told = odd_sheet() if case == "odd" else planner_sheet(problem(files[case]))
    lp = read_by_highs(told, ending, tmp_path).getLp()
    columns, rows = list(lp.col_names_), list(lp.row_names_)
    assert sorted(columns) == sorted(column.name for column in told.columns)
    assert rows == [entry.name for entry in told.entries]
    lower, upper, kinds = list(lp.col_lower_), list(lp.col_upper_), list(lp.integrality_)
    for column in told.columns:
        n = columns.index(column.name)
        assert (lower[n], upper[n]) == (column.lower, column.upper), column.name
        assert (kinds[n] == highspy.HighsVarType.kInteger) == column.whole, column.name
    sides = list(zip(lp.row_lower_, lp.row_upper_, strict=True))
    assert sides == [
        (-np.inf if e.sense == "<=" else e.right, np.inf if e.sense == ">=" else e.right)
        for e in told.entries
    ]
    assert coefficients(lp) == {
        (entry.name, told.columns[c].name): weight for entry in told.entries for c, weight in entry.terms
    }
    costs = dict(zip(columns, lp.col_cost_, strict=True))
    assert {name: cost for name, cost in costs.items() if cost} == {
        told.columns[c].name: cost for c, cost in told.objective
    }


def coefficients(lp: Any) -> dict[tuple[str, str], float]:
    """{(row, column): coefficient} of what HiGHS read, whichever way it stores it."""
    matrix, columns, rows = lp.a_matrix_, list(lp.col_names_), list(lp.row_names_)
    starts, indices, values = list(matrix.start_), list(matrix.index_), list(matrix.value_)
    by_column = matrix.format_ == highspy.MatrixFormat.kColwise
    found: dict[tuple[str, str], float] = {}
    for major, (start, end) in enumerate(pairwise(starts)):
        for minor, value in zip(indices[start:end], values[start:end], strict=True):
            row, column = (minor, major) if by_column else (major, minor)
            found[rows[row], columns[column]] = value
    return found


@pytest.mark.parametrize("ending", FORMATS)
def test_highs_and_scip_find_the_planner_s_optimum_in_the_file(ending: str, tmp_path: Path) -> None:
    file = ROOT / "examples" / "toy.yaml"
    plan = moonwright.plan(moonwright.load(file), gap=0.0)
    assert plan is not None
    told = planner_sheet(problem(file))
    solver = read_by_highs(told, ending, tmp_path)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.run()
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem(str(tmp_path / f"model.{ending}"))
    scip.optimize()
    assert solver.getInfo().objective_function_value == pytest.approx(plan.outcome.last.value)
    assert scip.getObjVal() == pytest.approx(plan.outcome.last.value)
    assert plan.outcome.last.value == pytest.approx(360.0)  # by hand, in the comments of toy.yaml


@pytest.mark.parametrize("ending", FORMATS)
def test_ranks_can_be_held_by_whoever_has_only_the_file(ending: str, tmp_path: Path) -> None:
    """Shortfalls freed, each aim made least in the order that the title names, and its column bounded: the same ranks."""
    file = ROOT / "tests" / "golden" / "lp" / "moonbase.yaml"
    plan = moonwright.plan(moonwright.load(file), gap=0.0)
    assert plan is not None
    text = FORMATS[ending](planner_sheet(problem(file)))
    order = re.findall(r"aim\(\w+\)", text[: text.index("This file")])
    solver = read_by_highs(planner_sheet(problem(file)), ending, tmp_path)
    solver.setOptionValue("mip_rel_gap", 0.0)
    columns = list(solver.getLp().col_names_)
    for name in order:
        solver.changeColBounds(columns.index(name), -np.inf, np.inf)
    found = []
    for name in order:
        for n in range(len(columns)):
            solver.changeColCost(n, 1.0 if columns[n] == name else 0.0)
        solver.run()
        found.append(solver.getInfo().objective_function_value)
        solver.changeColBounds(columns.index(name), -np.inf, found[-1] + 1e-6)
    assert found == pytest.approx([rank.value for rank in plan.outcome.ranks], abs=1e-4)


@pytest.mark.parametrize("ending", FORMATS)
def test_scip_agrees_about_the_odd_model(ending: str, tmp_path: Path) -> None:
    """By hand: count 0, end 1, fixed 2.5, low -1 (costs 2), e 7 (earns 7), free about 0; no row is in the way."""
    model, costs = odd()
    file = tmp_path / f"odd.{ending}"
    file.write_text(FORMATS[ending](sheet(model, costs)), encoding="utf-8")
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem(str(file))
    assert {variable.name for variable in scip.getVars()} == {column.name for column in odd_sheet().columns}
    scip.optimize()
    assert scip.getObjVal() == pytest.approx(0.5 + 2.0 - 7.0, abs=1e-6)


def test_what_says_nothing_is_left_out_and_what_cannot_hold_is_not() -> None:
    model, costs = odd()
    told = sheet(model, costs)
    assert [entry.name for entry in told.entries] == [
        "range(a%20b)!low",
        "range(a%20b)!high",
        "held",
        "never(~)",
        "same(x)",
        "same(x)!2",
    ]
    assert "unused()" not in {column.name for column in told.columns}
    never = replace(model, row_lower=np.array([-3.0, 1e-7, 1.0, -np.inf, -1e6, -np.inf]))
    never = replace(never, row_upper=np.where(never.row_lower == 1.0, 2.0, never.row_upper))
    assert {"none!low", "none!high"} <= {entry.name for entry in sheet(never, costs).entries}


@given(st.lists(st.text(max_size=300), max_size=20))
def test_no_two_names_are_alike_and_each_leads_back_to_its_label(labels: list[str]) -> None:
    told = names(labels)
    assert len(set(told)) == len(labels)
    for label, name in zip(labels, told, strict=True):
        assert re.fullmatch(r"[A-Za-z0-9_,#'@?()~.;}&%!]*", name)
        assert len(name) <= 255
        if "!cut" in name:
            assert label.startswith(label_of(name))
        else:
            assert label_of(name) == label


@pytest.mark.parametrize("name", ["toy", "ilrs", "iss", "artemis"])
def test_no_two_rows_or_columns_of_an_example_have_one_label(name: str) -> None:
    model = assemble(problem(ROOT / "examples" / f"{name}.yaml"))
    for labels in (model.column_labels, model.row_labels):
        assert [label for label, count in Counter(labels).items() if count > 1] == []


def test_labels_stay_readable() -> None:
    label = "load[small_cargo/long-march-5,24.5d,water:wenchang>ridge]"
    assert names([label]) == ["load(small_cargo.long~march~5,24%2e5d,water;wenchang}ridge)"]


def test_what_a_scenario_is_called_cannot_end_a_comment() -> None:
    toy = moonwright.load(ROOT / "examples" / "toy.yaml")
    scenario = toy.model_copy(update={"name": "toy\n\rEnd\n x: y >= 1"})
    text = lp_text(planner_sheet(pose(expand(observe(scenario)))))
    assert text.splitlines()[0].startswith("\\ toy End x: y >= 1,")


def test_each_family_stands_below_its_equation() -> None:
    text = lp_text(planner_sheet(problem(ROOT / "examples" / "toy.yaml")))
    page = (ROOT / "docs" / "model" / "constraints.md").read_text(encoding="utf-8")
    headings = dict(re.findall(r"^\\ (\w+): (.+)$", text, flags=re.MULTILINE))
    assert {"flight_limits", "stock_balance", "aim_is"} <= set(headings)
    for family, equation in headings.items():
        if family != "aim_is":
            assert f"### {family}\n\n    {equation}\n" in page


def test_other_endings_and_places_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    toy = problem(ROOT / "examples" / "toy.yaml")
    with pytest.raises(ModelFileError, match=r"\.lp or \.mps"):
        write_model(tmp_path / "model.txt", toy)
    with pytest.raises(ModelFileError, match="cannot be written"):
        write_model(tmp_path / "nowhere" / "model.lp", toy)


def moonwright_plan(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "moonwright", "plan", str(ROOT / "examples" / "toy.yaml"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_plan_writes_only_the_model_where_no_folder_is_named(tmp_path: Path) -> None:
    done = moonwright_plan("--write-model", str(tmp_path / "m.lp"))
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "m.lp"))
    assert [file.name for file in tmp_path.iterdir()] == ["m.lp"]


def test_plan_writes_the_model_and_plans_where_one_is(tmp_path: Path) -> None:
    done = moonwright_plan("--write-model", str(tmp_path / "m.mps"), "-o", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert {file.name for file in tmp_path.iterdir()} == {"m.mps", "out"}


def test_plan_refuses_another_ending_before_it_plans(tmp_path: Path) -> None:
    done = moonwright_plan("--write-model", str(tmp_path / "m.txt"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert ".lp or .mps" in done.stderr
    assert list(tmp_path.iterdir()) == []
