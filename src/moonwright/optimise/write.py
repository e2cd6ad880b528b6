"""Problem -> a model file, for people to read and for other solvers to check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from moonwright.errors import MoonwrightError
from moonwright.optimise.lp import lp_text
from moonwright.optimise.model import Model, assemble, with_columns, with_rows
from moonwright.optimise.mps import mps_text
from moonwright.optimise.naming import STAND_INS, names
from moonwright.optimise.problem import Problem
from moonwright.optimise.ranks import Aim, aims
from moonwright.optimise.row import equal, label
from moonwright.optimise.sheet import Sheet, sheet
from moonwright.plan import digest

FORMATS = {".lp": lp_text, ".mps": mps_text}


class ModelFileError(MoonwrightError):
    """A model cannot be written there."""


def check_model_path(path: Path) -> None:
    """Raise ModelFileError unless the ending of a path names a format."""
    if path.suffix.lower() not in FORMATS:
        raise ModelFileError(f"{path}: no model format ends so; name a file that ends in .lp or .mps")


def write_model(path: Path, problem: Problem) -> None:
    """Write what the planner solves first. Raises ModelFileError where that cannot be done."""
    check_model_path(path)
    text = FORMATS[path.suffix.lower()](planner_sheet(problem))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ModelFileError(f"{path}: cannot be written: {error.strerror or error}") from error


def planner_sheet(problem: Problem) -> Sheet:
    """Every constraint, a column for every aim, nothing short, and the first aim of the objective made least."""
    shortfalls, goals = aims(problem)
    model = _with_aims(assemble(problem), shortfalls, goals)
    costs = np.zeros(len(model.column_labels))
    costs[model.column_labels.index(_label(goals[0]))] = 1.0
    return sheet(model, costs, _title(problem, shortfalls, goals))


def _label(aim: Aim) -> str:
    return label("aim", (aim.name,))


def _with_aims(model: Model, shortfalls: Sequence[Aim], goals: Sequence[Aim]) -> Model:
    """The model with a column for each aim and a row that makes it what the aim adds up to; shortfalls are kept at 0."""
    told, count = [*shortfalls, *goals], len(model.column_labels)
    free = np.array([*(0.0 for _ in shortfalls), *(np.inf for _ in goals)])
    wider = with_columns(model, -free, free, labels=[_label(aim) for aim in told])
    sums = [
        ("aim_is", equal((aim.name,), [*aim.terms, (count + n, -1.0)], -aim.constant))
        for n, aim in enumerate(told)
    ]
    return with_rows(wider, sums)


def _title(problem: Problem, shortfalls: Sequence[Aim], goals: Sequence[Aim]) -> tuple[str, ...]:
    scenario = problem.scenario
    ranks = names(_label(aim) for aim in [*shortfalls, *goals])
    said = [
        f"{' '.join(scenario.name.split())}, {scenario.horizon.start} to {scenario.horizon.end}, as Moonwright plans it.",
        f"Scenario digest {digest(scenario)}",
        "",
        f"Aims in order of rank: {', '.join(ranks)}. This file makes {ranks[len(shortfalls)]} least.",
    ]
    if shortfalls:
        said += [  # the planner's own order, with nothing but bounds to change
            "Nothing may be short: the shortfalls are kept at 0, as the planner tries first. Where that is infeasible,",
            "free them, and make one after the other least.",
        ]
    if len(ranks) > 1:
        said += ["A rank is held for later ones by bounding its column by what was reached, plus its slack."]
    stood = ", ".join(f"{stand_in} for {meant}" for meant, stand_in in STAND_INS.items())
    return (
        *said,
        "",
        f"In names: {stood}; %XX for another character; !2 behind the second of one name,",
        "!low and !high behind the sides of a row that has two.",
    )
