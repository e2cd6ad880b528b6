"""Trials: a plan carried out again and again, each time with other luck; one row of numbers a trial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from moonwright.compiled import compiled
from moonwright.errors import InternalError
from moonwright.trial.judge import Rows, blank_rows, judge
from moonwright.trial.programme import Programme
from moonwright.trial.state import State, blank, packed_state, packed_tables
from moonwright.trial.tables import Tables
from moonwright.trial.walk import walk

# What the same seed means: changed whenever it gives other trials.
ENGINE: Final = "1"

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Summaries:
    """One row a trial, from number `first` on; columns are the programme's milestones, nodes, stocks or causes.

    `milestone_d`: when each was met (inf: never). `margin_d`: days before it was due, the least over all spans of one that
    comes again and again; negative if late, -inf if never. `crew_present_d`: person-days at each node.
    `lost_presence_d`: the first day on which nobody is where people should be (inf: none). `least_cover_d`: the fewest
    days that a stock covers at the gross use of those present (inf: nobody uses it). `up_kg`, `down_kg`: goods brought up
    and home, elements included. `crew_surface_d`: person-days on surfaces. `damage_d`: days of delay of milestones beyond
    the plan's and days of people missing (as shares of those asked for), by the cause at their root.
    """

    first: int
    milestone_d: Floats
    margin_d: Floats
    crew_present_d: Floats
    lost_presence_d: Floats
    least_cover_d: Floats
    cost_musd: Floats
    imleo_kg: Floats
    up_kg: Floats
    down_kg: Floats
    crew_surface_d: Floats
    exploration_kg: Floats
    launches: Integers
    failures: Integers
    damage_d: Floats


def trials(
    programme: Programme,
    seed: int,
    first: int,
    count: int,
    *,
    on: tuple[bool, ...] | None = None,
    seeds: tuple[int, ...] | None = None,
) -> Summaries:
    """Trials number `first` to `first + count - 1` of a seed. `on` says which causes act (left out: the programme's).
    `seeds` has one a cause, for whoever draws the luck of one anew and keeps that of all others; left out: `seed`.

    A trial depends on the seeds, its number, the levels and `on` alone: not on the chunk it is in, nor on the process.
    """
    acting = programme.on if on is None else on
    state, found = blank(programme.tables, programme.levels, acting), blank_rows(count, programme.tables)
    state.turns[:] = 0 if seeds is None else [seed ^ own for own in seeds]
    _run(packed_tables(programme.tables), packed_state(state), found, seed, first, programme.paid_musd)
    if state.size[2]:
        raise InternalError(f"the agenda of a trial ran over by {state.size[2]} entries")
    return Summaries(first, **found._asdict())


@compiled
def _run(t: Tables, s: State, out: Rows, seed: int, first: int, paid_musd: float) -> None:
    for row in range(len(out.cost_musd)):
        walk(t, s, seed, first + row)
        judge(t, s, out, row, paid_musd)
        if s.size[2] > 0:
            return
