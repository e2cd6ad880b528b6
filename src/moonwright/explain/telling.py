"""What binds, why a flight is there, why a vehicle is not used: in words."""

from __future__ import annotations

import math
from collections.abc import Iterator

from moonwright.explain.binding import Binding, Bindings
from moonwright.explain.purpose import Purpose
from moonwright.explain.unused import Unused
from moonwright.explain.whatif import NOTHING, Difference, Interval
from moonwright.explain.words import told
from moonwright.plan import Rank
from moonwright.scenario.document import spelt
from moonwright.scenario.scenario import Scenario

_PLACES = 3  # of a step, that are named
_LACKS = 5  # demands that are named


def binding_lines(scenario: Scenario, rank: Rank, found: Bindings) -> Iterator[str]:
    """What binds, that of greatest worth first. `rank`: the plan's last, whose gap blurs every answer."""
    if not found.asked:
        yield "Nothing that a step could change holds this plan back."
        return
    yield "What holds this plan back, and what one step more would be worth:"
    if (open_to := rank.value - rank.bound) > NOTHING * abs(rank.value):
        may = f"{_number(open_to)} {rank.unit}" if math.isfinite(open_to) else "nobody knows how far"
        yield f"(the plan itself may be {may} from the best one possible, and no answer can be sharper than that)"
    if found.again.found is not None and found.again.found < 0:
        better = f"{_number(-found.again.found)} {found.unit}"
        yield f"(planning again with nothing changed found a plan that saves {better}; what follows comes on top)"
    idle = [one for one in found.asked if one.gain and _nothing(one.gain)]
    for one in found.asked:
        if one not in idle and one.gain:
            yield f"- {one.step.words} ({_change(scenario, one)})"
            yield f"    {_gain(one.gain)}"
            if one.as_flown:
                yield f"    with the flights as planned it is worth up to {_number(one.as_flown)} {found.unit}"
            yield f"    tight: {_where(one)}"
    if idle:
        yield "Tight too, but one step more saves nothing, as is proven:"
        yield from (f"- {one.step.words} ({_change(scenario, one)})" for one in idle)
    if found.unasked:
        yield f"Tight too, but not asked about in the time given ({len(found.unasked)}):"
        yield "  " + "; ".join(one.step.words for one in found.unasked)


def purpose_lines(found: Purpose) -> Iterator[str]:
    """Why a flight is there."""
    mission = found.flight.mission
    yield (
        f"{found.flight.name}: one of {found.flown} flights of {mission}"
        if found.flown > 1
        else (f"{found.flight.name}: the only flight of {mission}")
    )
    yield "With one flight of that mission fewer, whenever it flies:"
    yield f"    {_loss(found.without)}"
    if found.lacks:
        lacking = "; ".join(f"{x.demand} by {_number(x.amount)} {x.unit}" for x in found.lacks[:_LACKS])
        yield f"    one plan that lacks little falls short of {lacking}"
    yield "With no such flight at that time, another time allowed:"
    yield f"    {_loss(found.not_then)}"
    yield "What it brings, and who can make use of it (a trace through the plan, not a proof):"
    for use in found.uses:
        behind = f" [{', '.join(use.demands)}]" if use.demands else ""
        onward = f": {_some(use.flights)}" if use.flights else ""
        yield f"- {use.what}: {use.why}{onward}{behind}"


def unused_lines(found: Unused) -> Iterator[str]:
    """Why a vehicle, launcher or mission is not used."""
    if found.flights:
        flights = "1 flight" if len(found.flights) == 1 else f"{len(found.flights)} flights"
        yield f"{found.name} is used, by {flights}: {_some(found.flights)}"
    elif found.reasons:
        yield f"{found.name} cannot fly in this campaign:"
        yield from (f"- {reason}" for reason in found.reasons)
    elif found.forced:
        yield f"{found.name} could fly, but nothing needs it. With one flight of it at least:"
        yield f"    {_loss(found.forced)}"


def _change(scenario: Scenario, one: Binding) -> str:
    before, after = (told(scenario, one.step.path, value) for value in (one.before, one.after))
    return f"{spelt(one.step.path)}: {before} -> {after}"


def _where(one: Binding) -> str:
    if not one.rows:
        return "a flight leaves as early as it can"
    if len(one.rows) == 1:
        return f"one row of the model, {one.rows[0]}"
    return f"{len(one.rows)} rows of the model, such as {one.rows[0]}"


def _nothing(gain: Difference) -> bool:
    return gain.by.exact and gain.by.most >= 0.0


def _gain(gain: Difference) -> str:
    """What a step would gain; the interval is turned round, since less is better."""
    unit, saves = gain.unit, Interval(-gain.by.most, -gain.by.least)
    if gain.found is None:
        return f"no plan was found in the time given; {_at_most(saves, unit)}"
    if saves.exact:
        return f"saves {_number(saves.most)} {unit}, exactly"
    what = (
        f"a plan was found that saves {_number(-gain.found)} {unit}"
        if gain.found < 0
        else "no saving was found"
    )
    return f"{what}{_rank(gain)}; what it is worth is {_between(saves, unit)}"


def _loss(loss: Difference) -> str:
    """What would be lost."""
    if loss.outcome == "impossible":
        return "there is no plan that meets every demand"
    if loss.found is None:
        return f"no plan was found in the time given; what would be lost is {_between(loss.by, loss.unit)}"
    if loss.rank.startswith("shortfall"):
        return f"{_lacking(loss)} ({loss.rank} rises by {_between(loss.by, loss.unit)})"
    if loss.by.exact:
        return f"{_number(loss.by.most)} {loss.unit} more, exactly" if loss.by.most > 0 else "nothing is lost"
    found = f"a plan was found that takes {_number(loss.found)} {loss.unit} more"
    if loss.found <= 0:
        found = (
            "a plan was found that is as good" if loss.found == 0 else "a better plan was found, by chance"
        )
    return f"{found}; what is lost is {_between(loss.by, loss.unit)}"


def _lacking(loss: Difference) -> str:
    """What falls short in the rank that becomes worse; nobody looked at later ones."""
    short: dict[tuple[str, str], float] = {}
    for one in loss.plan.shortfalls if loss.plan else ():
        if loss.rank == f"shortfall {one.rank}":
            short[one.demand, one.unit] = short.get((one.demand, one.unit), 0.0) + one.amount
    named = [f"{demand} falls short by {_number(x)} {unit}" for (demand, unit), x in short.items()]
    return "; ".join(named[:_LACKS]) or "demands fall short"


def _rank(difference: Difference) -> str:
    return f" of {difference.rank}" if difference.rank.startswith("shortfall") else ""


def _between(found: Interval, unit: str) -> str:
    if found.exact:
        return f"{_number(found.most)} {unit}"
    if not math.isfinite(found.most):
        return f"at least {_number(found.least)} {unit}" if found.least > 0 else "not known"
    return f"between {_number(max(0.0, found.least))} and {_number(found.most)} {unit}"


def _at_most(found: Interval, unit: str) -> str:
    return (
        f"it saves at most {_number(found.most)} {unit}" if math.isfinite(found.most) else "no bound is known"
    )


def _number(value: float) -> str:
    """Three digits, or all before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _PLACES} more" if len(names) > _PLACES else ""
    return ", ".join(names[:_PLACES]) + more
