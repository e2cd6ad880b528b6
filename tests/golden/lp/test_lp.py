"""The rows of every constraint family, as an LP file that people can read, kept here and compared.

A golden file is no proof by itself: it is right because somebody read it. When one changes, or a family is new:

1. `python tests/golden/lp/test_lp.py` writes the files anew; `git diff tests/golden/lp` shows what changed.
2. Take the family's heading in docs/model/constraints.md. For one row of each kind in the file, find every symbol of the
   equation: which terms, which sign, which comparison.
3. Recompute each number of that row by hand from moonbase.yaml or station.yaml (they are small for that purpose), with the
   meaning that docs/decisions/0002-time-flights-and-tanks.md gives it: openings, days in a period, who counts when.
4. Look for rows that should be there and are not: first and last period, what is there or under way at the start.
5. Commit scenario, equation and golden file together, and say in the message what was checked.
"""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import moonwright
from moonwright.network.expand import expand
from moonwright.optimise.lp import lp_text
from moonwright.optimise.model import FAMILIES, Family, Floats, assemble
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.sheet import sheet
from moonwright.world.observe import observe

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "model" / "constraints.md"
# The first in which a family has rows is its own. Ships that a plan wore out are known only to the next try.
CASES = (("moonbase", ()), ("station", ()), ("moonbase", ("ship",)))


@cache
def problem(scenario: str, worn: tuple[str, ...]) -> Problem:
    network = expand(observe(moonwright.load(HERE / f"{scenario}.yaml")))
    return pose(replace(network, worn=worn))


def rounded(values: Floats) -> Floats:
    """To twelve digits: the last ones of a power are not the same on every machine."""
    return np.array([float(f"{value:.12g}") for value in values])


def written(family: Family) -> str:
    """The LP of the rows of one family alone, with no objective."""
    for scenario, worn in CASES:
        model = assemble(problem(scenario, worn), (family,))
        if model.row_labels:
            model = replace(
                model,
                values=rounded(model.values),
                row_lower=rounded(model.row_lower),
                row_upper=rounded(model.row_upper),
            )
            costs = np.zeros(len(model.column_labels))
            where = f"{scenario}.yaml" + "".join(f", after a plan wore out a {vehicle}" for vehicle in worn)
            return lp_text(sheet(model, costs, [f"{family.__name__}, in {where}"]))
    raise AssertionError(f"{family.__name__} has rows in no case here: let a scenario need it")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_the_rows_of_a_family_are_those_that_were_read(family: Family) -> None:
    assert written(family) == (HERE / f"{family.__name__}.lp").read_text(encoding="utf-8")


def test_function_heading_and_golden_file_exist_for_each_family_and_for_nothing_else() -> None:
    functions = {family.__name__ for family in FAMILIES}
    headings = re.findall(r"^### (\w+)$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    files = {file.stem for file in HERE.glob("*.lp")}
    assert len(headings) == len(set(headings))
    assert set(headings) == functions == files


if __name__ == "__main__":
    texts = {HERE / f"{each.__name__}.lp": written(each) for each in FAMILIES}
    for stale in set(HERE.glob("*.lp")) - set(texts):
        stale.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(texts)} files; now read them, as the head of {Path(__file__).name} says\n")
