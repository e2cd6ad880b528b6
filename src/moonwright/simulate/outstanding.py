"""Demands that are left on some day of a plan: what is met is dropped, what is met in part is reduced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from moonwright.scenario.datum import Datum
from moonwright.scenario.demand import BuildDemand, DeliverDemand, Demand, FlyDemand
from moonwright.simulate.demand import built, delivered, flown, inside
from moonwright.simulate.horizon import later
from moonwright.simulate.replay import Story
from moonwright.simulate.tolerance import MASS_KG, TIME_D


def outstanding(story: Story, day: int) -> dict[str, Demand]:
    """The demands of a story from a day on."""
    found: dict[str, Demand] = {}
    for name, demand in story.setting.scenario.demands.items():
        found.update(_left(story, day, name, demand))
    return found


def _left(story: Story, day: int, name: str, demand: Demand) -> Iterator[tuple[str, Demand]]:
    setting = story.setting
    match demand:
        case BuildDemand():
            if sum(built_d <= day + TIME_D for built_d in built(story.elements, demand)) < demand.count:
                yield name, demand
        case DeliverDemand() | FlyDemand():
            if demand.every is None:
                yield from _rest(story, day, name, demand)
            else:
                yield from _spans(story, day, name, demand, demand.every)
        case _:
            if demand.until is None or setting.calendar.day_of(demand.until) > day:
                yield name, demand


def _rest(
    story: Story, day: int, name: str, demand: DeliverDemand | FlyDemand
) -> Iterator[tuple[str, Demand]]:
    """A demand over one span of time, less what was done of it up to a day."""
    calendar = story.setting.calendar
    if demand.until is not None and calendar.day_of(demand.until) <= day:
        return
    first = -float("inf") if demand.starts is None else calendar.day_of(demand.starts)
    if isinstance(demand, DeliverDemand):
        arrivals = delivered(story.setting, story.voyages, demand)
        amount = demand.amount - sum(mass_kg for day_d, mass_kg in arrivals if inside(day_d, first, day))
        if amount > MASS_KG:
            yield name, demand.model_copy(update={"amount": Datum(amount)})
    else:
        moments = flown(story.voyages, demand)
        number = demand.count - sum(inside(moment, first, day) for moment in moments)
        if number > 0:
            yield name, demand.model_copy(update={"count": Datum(number)})


def _spans(
    story: Story, day: int, name: str, demand: DeliverDemand | FlyDemand, every: str
) -> Iterator[tuple[str, Demand]]:
    """A demand in every span: the one going on becomes a demand of its own, later ones stay as they were."""
    calendar = story.setting.calendar
    today = calendar.start + timedelta(days=day)
    origin = demand.starts or calendar.start
    starts = next(begins for n in count() if (begins := later(origin, every, n)) >= today)
    if starts > today and starts != origin:
        begun = next(later(origin, every, n) for n in count() if later(origin, every, n + 1) == starts)
        if _whole(demand.until, starts) and starts <= story.setting.scenario.horizon.end:
            span = demand.model_copy(update={"starts": begun, "until": starts, "every": None})
            yield from _rest(story, day, f"{name} until {starts}", span)
    following = later(starts, every, 1)
    if _whole(demand.until, following):
        yield name, demand.model_copy(update={"starts": starts})


def _whole(until: date | None, ends: date) -> bool:
    """True where a span that ends then lies in a demand's time."""
    return until is None or ends <= until
