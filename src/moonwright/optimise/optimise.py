"""Network -> Plan."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from moonwright.network.network import Network
from moonwright.optimise.extract import extract
from moonwright.optimise.highs import FEASIBILITY, INTEGRALITY, SOLVER, Limits, Progress, Status
from moonwright.optimise.kept import settled
from moonwright.optimise.model import FAMILIES, Model, assemble
from moonwright.optimise.near import Near, near
from moonwright.optimise.pack import Refusal, UnpackableError
from moonwright.optimise.packing_cut import Cut, carried_together
from moonwright.optimise.pose import pose
from moonwright.optimise.problem import Problem
from moonwright.optimise.proven import proven
from moonwright.optimise.ranks import HELD, Found
from moonwright.optimise.ranks import search as plain
from moonwright.optimise.serials import WornOutError
from moonwright.plan import Outcome, Plan, Rank, Stopped, Tolerances

Search = Callable[[Problem, Model, Limits, Progress | None], Found]
Earlier = tuple[
    Problem, Found, tuple[int, ...]
]  # a try, and the periods of the flights that could not be packed

_MOST_TRIES = 25  # plans that could not be packed or manned before giving up; seen so far: at most a few
_PATIENCE = 10  # of them, after which arcs are taken apart even where an inequality tells what is wrong
_AGAIN = 0.25  # of the time limit: what another try gets, for a late plan is better than none
_LATEST = 2.0  # time limits, after which it gets a second


@dataclass(frozen=True)
class Result:
    """`plan` is None where `status` is infeasible or no_plan; `bound` is then the best proven one."""

    status: Status
    plan: Plan | None
    wall_s: float


def optimise(
    network: Network, limits: Limits, progress: Progress | None = None, search: Search | None = None
) -> Result:
    """The best plan found within limits. Never raises for an infeasible scenario: that is an answer.

    `search` finds the values where it is not the plain one: it may look for another plan than the best.
    Where one plan after the other cannot be packed or manned, the last is returned as it is: the replay tells what is wrong.
    """
    began = time.perf_counter()
    cuts: tuple[Cut, ...] = ()
    earlier: Earlier | None = None
    freer: tuple[Rank, ...] = ()
    tried = 0
    while True:
        tried += 1
        gone_s = time.perf_counter() - began
        late_s = min(_AGAIN * limits.time_s, _LATEST * limits.time_s - gone_s)
        left_s = max(limits.time_s - gone_s, late_s, 1.0)
        problem = pose(network)
        model = assemble(problem, (*FAMILIES, carried_together(cuts)))
        posed_s = time.perf_counter() - began
        look = search or partial(plain, known=_known(problem, earlier))
        found = look(problem, model, replace(limits, time_s=left_s), progress)
        found = settled(problem, model, found, limits)
        if network.worn and found.ranks:
            found = proven(found, freer, limits.gap)
        status, values = found.answer.status, found.answer.values
        wall_s = time.perf_counter() - began
        if not values.size:  # with fewer choices, to find no plan is no proof that there is none
            return Result("no_plan" if network.worn else status, None, wall_s)
        outcome = _outcome(found, limits, posed_s, wall_s)
        try:
            return Result(status, extract(problem, values, outcome), wall_s)
        except UnpackableError as error:
            cuts += tuple(refusal.cut for refusal in error.refusals if refusal.cut)
            earlier = problem, found, tuple(network.arcs[r.arc].depart for r in error.refusals)
            network = _taken_apart(network, error.refusals, every=tried > _PATIENCE)
        except WornOutError as error:
            freer = freer if network.worn else found.ranks
            network, earlier = replace(network, worn=(*network.worn, error.vehicle)), None
        if tried == _MOST_TRIES:
            return Result("feasible", extract(problem, values, _given_up(outcome), anyhow=True), wall_s)


def _given_up(outcome: Outcome) -> Outcome:
    told = (
        f"{outcome.strategy}; given up: none of {_MOST_TRIES} plans can be packed and manned flight by flight"
    )
    return outcome.model_copy(update={"status": "feasible", "strategy": told})


def _known(problem: Problem, earlier: Earlier | None) -> Near | None:
    if earlier is None or earlier[1].opened is None:
        return None
    before, found, refused = earlier
    assert found.opened is not None
    return near(before, found.answer.values, problem, refused, found.opened)


def _taken_apart(network: Network, refusals: tuple[Refusal, ...], *, every: bool) -> Network:
    """The network with the refused arcs split for which there is no cut, or with all of them."""
    last_first = sorted(refusals, key=lambda refusal: -refusal.arc)  # numbers before an arc stay as they are
    for refusal in last_first:
        if not network.arcs[refusal.arc].single and (every or refusal.cut is None):
            network = split(network, refusal.arc, refusal.enough)
    return network


def split(network: Network, number: int, flights: int) -> Network:
    """The network with an arc taken apart into so many single flights."""
    arc = network.arcs[number]
    singles = tuple(replace(arc, single=n) for n in range(1, flights + 1))
    return replace(network, arcs=(*network.arcs[:number], *singles, *network.arcs[number + 1 :]))


def _outcome(found: Found, limits: Limits, posed_s: float, wall_s: float) -> Outcome:
    done = all(rank.stopped == "gap" for rank in found.ranks)
    return Outcome(
        status="optimal" if done else "feasible",
        ranks=found.ranks,
        solver=SOLVER,
        asked_gap=limits.gap,
        wall_s=wall_s,
        first_plan_s=None if found.first_s is None else posed_s + found.first_s,
        strategy=found.strategy,
        stopped=_stopped(found, limits, wall_s),
        time_limit_s=limits.time_s,
        nodes=limits.nodes,
        tolerances=Tolerances(feasibility=FEASIBILITY, integrality=INTEGRALITY, held=HELD),
    )


def _stopped(found: Found, limits: Limits, wall_s: float) -> Stopped:
    """What ended the last search. The net under searches limited by nodes hangs at the end of the time, for every part:
    whoever was done before it was cut nowhere.
    """
    if limits.nodes is not None and wall_s >= limits.time_s:
        return "time"
    return found.answer.stopped
