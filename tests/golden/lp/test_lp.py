"""The rows of every constraint family, as an LP file that people can read, kept here and compared.

A golden file is no proof by itself: it is right because somebody read it. When one changes, or a family is new:

1. `python tests/golden/lp/test_lp.py` writes the files anew; `git diff tests/golden/lp` shows what changed.
2. Take the family's heading in docs/model/constraints.md or strength.md. For one row of each kind in the file, find
   every symbol of the equation: which terms, which sign, which comparison.
3. Recompute each number of it by hand from moonbase.yaml, station.yaml, crates.yaml or polar.yaml (they are small), with the
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
from moonwright.optimise import model, strength
from moonwright.optimise.lp import lp_text
from moonwright.optimise.model import Floats, Model, assemble
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import without_shortfall
from moonwright.optimise.sheet import sheet
from moonwright.world.observe import observe

HERE = Path(__file__).parent
DOCS = HERE.parents[2] / "docs" / "model"
CONSTRAINTS = tuple(family.__name__ for family in model.FAMILIES)
STRENGTH = tuple(family.__name__ for family in strength.FAMILIES)
# The first in which a family has rows is its own. Ships that a plan wore out are known only to the next try.
CASES = (("moonbase", ()), ("station", ()), ("moonbase", ("ship",)), ("crates", ()), ("polar", ()))


@cache
def problem(scenario: str, worn: tuple[str, ...]) -> Problem:
    network = expand(observe(moonwright.load(HERE / f"{scenario}.yaml")))
    return pose(replace(network, worn=worn))


@cache
def rows(scenario: str, worn: tuple[str, ...]) -> Model:
    """Every row of the model, and of what strengthens it where nothing may be short."""
    posed = problem(scenario, worn)
    plain = assemble(posed)
    strong = strength.strengthened(posed, without_shortfall(posed, plain))
    return replace(strong, column_upper=plain.column_upper)


def of_family(found: Model, family: str) -> Model:
    """The rows of one family alone; the model has no others, and numbers with nine digits.

    The last digits of a power, or of what a solver finds, are not the same on every machine.
    """
    chosen = [n for n, label in enumerate(found.row_labels) if label.partition("[")[0] == family]
    spans = [slice(found.starts[n], found.starts[n + 1]) for n in chosen]
    return replace(
        found,
        row_lower=rounded(found.row_lower[chosen]),
        row_upper=rounded(found.row_upper[chosen]),
        row_labels=tuple(found.row_labels[n] for n in chosen),
        starts=np.cumsum([0, *(span.stop - span.start for span in spans)], dtype=np.int32),
        indices=np.array([c for span in spans for c in found.indices[span]], dtype=np.int32),
        values=rounded(np.array([value for span in spans for value in found.values[span]])),
    )


def rounded(values: Floats) -> Floats:
    return np.array([float(f"{value:.9g}") for value in values])


def written(family: str) -> str:
    """The LP of the rows of one family alone, with no objective."""
    for scenario, worn in CASES:
        alone = of_family(rows(scenario, worn), family)
        if alone.row_labels:
            where = f"{scenario}.yaml" + "".join(f", after a plan wore out a {vehicle}" for vehicle in worn)
            where += ", with nothing short" if family in STRENGTH else ""
            return lp_text(sheet(alone, np.zeros(len(alone.column_labels)), [f"{family}, in {where}"]))
    raise AssertionError(f"{family} has rows in no case here: let a scenario need it")


@pytest.mark.parametrize("family", [*CONSTRAINTS, *STRENGTH])
def test_the_rows_of_a_family_are_those_that_were_read(family: str) -> None:
    assert written(family) == (HERE / f"{family}.lp").read_text(encoding="utf-8")


def test_function_heading_and_golden_file_exist_for_each_family_and_for_nothing_else() -> None:
    assert headings("constraints") == sorted(CONSTRAINTS)
    assert headings("strength") == sorted(STRENGTH)
    assert sorted(file.stem for file in HERE.glob("*.lp")) == sorted([*CONSTRAINTS, *STRENGTH])


def headings(page: str) -> list[str]:
    """What stands below `###` on a page of docs/model, in order of the alphabet."""
    return sorted(
        re.findall(r"^### (\w+)$", (DOCS / f"{page}.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )


if __name__ == "__main__":
    texts = {HERE / f"{family}.lp": written(family) for family in [*CONSTRAINTS, *STRENGTH]}
    for stale in set(HERE.glob("*.lp")) - set(texts):
        stale.unlink()
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(texts)} files; now read them, as the head of {Path(__file__).name} says\n")
