"""A trial in which nothing goes wrong, laid beside the replay: two books that must say the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from moonwright.plan import Plan
from moonwright.simulate.replay import replay
from moonwright.simulate.run import Run
from moonwright.trial.history import as_days, history
from moonwright.trial.programme import Programme, programme
from moonwright.trial.trials import Summaries, trials
from moonwright.world.world import World

NOTHING = (False,) * 10  # none of the ten causes acts
CLOSE = 1e-9  # of the larger of two numbers


def differences(plan: Plan, world: World) -> list[str]:
    """Every way in which a quiet trial is not what the replay says."""
    ready, run = programme(plan, world), replay(plan, world)
    found = trials(ready, 1, 0, 1, on=NOTHING)
    return [*_sums(found, run), *_stocks(ready, run), *_moments(ready, plan)]


def apart(one: float, other: float, least: float = 1.0) -> bool:
    """True where two numbers differ by more than a billionth of the larger, or of `least`."""
    return abs(one - other) > CLOSE * max(abs(one), abs(other), least)


def _sums(found: Summaries, run: Run) -> Iterator[str]:
    lived = float(sum(history.present.sum() for history in run.crew))
    for name, one, other in (
        ("cost", found.cost_musd[0], run.cost_musd),
        ("imleo", found.imleo_kg[0], run.imleo_kg),
        ("person-days", found.crew_present_d[0].sum(), lived),
        ("launches", found.launches[0], sum(record.launched_kg > 0 for record in run.flights)),
        ("failures", found.failures[0], 0),
        ("damage", found.damage_d[0].sum(), 0.0),
    ):
        if apart(float(one), float(other)):
            yield f"{name}: {one} in the trial, {other} in the replay"


def _stocks(ready: Programme, run: Run) -> Iterator[str]:
    days = as_days(ready, 1, 0, on=NOTHING)
    for told in run.stocks:
        daily = days[told.node, told.resource]
        scale = max(1.0, float(np.abs(told.stock_kg).max()))
        wrong = np.flatnonzero(np.abs(daily - told.stock_kg) > CLOSE * scale)
        if len(wrong):
            day = int(wrong[0])
            yield f"{told.resource} at {told.node}, day {day}: {daily[day]} kg, {told.stock_kg[day]} in the replay"


def _moments(ready: Programme, plan: Plan) -> Iterator[str]:
    happened = history(ready, 1, 0, on=NOTHING)
    leaves = {one.subject: one.day_d for one in happened if one.kind == "leaves"}
    works = {one.subject: one.day_d for one in happened if one.kind == "goes to work"}
    planned = {flight.name: flight.departure_d for flight in plan.flights}
    built = {f"{build.element} {build.copy_no}": build.day_d for build in plan.builds}
    for what, one, other in (("flight", leaves, planned), ("build", works, built)):
        for name in sorted(one.keys() | other.keys()):
            if name not in one or name not in other or apart(one[name], other[name]):
                yield f"{what} {name}: day {one.get(name)} in the trial, {other.get(name)} in the plan"
