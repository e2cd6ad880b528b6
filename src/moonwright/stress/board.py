"""The board: many cases, each replanned step by step and judged against the base plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path

from moonwright.choose.result import Result
from moonwright.optimise.highs import SOLVER, Limits
from moonwright.plan import digest, write_plan
from moonwright.stress.answers import Told, answered
from moonwright.stress.case import Case
from moonwright.stress.replan import Replan, replan
from moonwright.stress.verdict import Verdict, judged


@dataclass(frozen=True)
class Asked:
    """One case, with all that its verdict depends on."""

    base: Result
    case: Case
    limits: Limits

    @property
    def key(self) -> str:
        """What names its verdict on disk: not the name of the case, which is only told."""
        steps = [step.model_dump(mode="json", by_alias=True) for step in self.case.steps]
        return key_of(self.base, self.limits, "case", steps)

    def answer(self) -> Verdict:
        """The steps one after the other, each met by the best plan; judged against the base."""
        return judged(self.case.name, self.case.partners, self.base, met(self.base, self.case, self.limits))


def board(
    base: Result,
    cases: Sequence[Case],
    limits: Limits,
    *,
    workers: int = 1,
    kept: Path | None = None,
    told: Told[Verdict] | None = None,
) -> tuple[Verdict, ...]:
    """The verdict on each case, in the cases' order; see `answered` for what is kept.

    Verdicts do not depend on the number of workers, unless the clock cut one short; it then says so.
    """
    asked = [Asked(base, case, limits) for case in cases]
    found = answered(asked, Verdict, workers=workers, kept=kept, told=told)
    return tuple(
        one.model_copy(update={"case": case.name, "partners": case.partners})
        for one, case in zip(found, cases, strict=True)
    )


def met(base: Result, case: Case, limits: Limits) -> Replan:
    """What best can be done as the steps of a case come; a step after which nothing can be done ends it."""
    first, *others = case.steps
    found = replan(base, first, limits)
    for step in others:
        if found.result is None:
            break
        before = found
        found = replan(found.result, step, limits)
        found = replace(found, wall_s=before.wall_s + found.wall_s)
    return found


def key_of(base: Result, limits: Limits, *more: object) -> str:
    """A name for what depends on a base plan, limits, this program and something more: equal for equal questions."""
    told = [
        write_plan(base.plan),
        digest(base.scenario),
        asdict(limits),
        SOLVER,
        version("moonwright"),
        *more,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:24]
