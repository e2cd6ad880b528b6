"""A plan made ready for trials: everything that can befall it and what is then done, in flat tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from moonwright.plan import Plan
from moonwright.scenario.chance import Level, chances
from moonwright.scenario.noise import CAUSES, Noise
from moonwright.scenario.reaction import Reaction
from moonwright.simulate.replay import tell
from moonwright.trial.asked import asked, lifting
from moonwright.trial.judge import late_beyond_plan_d
from moonwright.trial.manifests import manifests, paid
from moonwright.trial.places import places
from moonwright.trial.register import Register, register
from moonwright.trial.state import blank, packed_state, packed_tables
from moonwright.trial.sun import futures
from moonwright.trial.tables import Floats, Tables
from moonwright.trial.walk import walk
from moonwright.world.world import World


@dataclass(frozen=True)
class Programme:
    """What trials are made of. Rows of the tables are named here, in order.

    `levels` are the numbers that noise rests on, `parameters` says what each is, its range and its source. `on` says which
    causes act. `paid_musd` is spent whatever happens: vehicles bought for the fleet.
    """

    tables: Tables
    levels: Floats
    parameters: tuple[Level, ...]
    causes: tuple[str, ...]
    on: tuple[bool, ...]
    milestones: tuple[str, ...]
    due_d: Floats
    nodes: tuple[str, ...]
    stocks: tuple[tuple[str, str], ...]
    flights: tuple[str, ...]
    elements: tuple[str, ...]
    copies: tuple[tuple[str, int], ...]
    kinds: tuple[str, ...]
    launchers: tuple[str, ...]
    crafts: tuple[str, ...]
    horizon_d: int
    paid_musd: float


def programme(
    plan: Plan, world: World, noise: Noise | None = None, reactions: Mapping[str, Reaction] | None = None
) -> Programme:
    """Make a plan ready for trials. Noise and reactions are those of the scenario where none are given."""
    scenario = world.scenario
    update: dict[str, Any] = {} if noise is None else {"noise": noise}
    update |= {} if reactions is None else {"reactions": dict(reactions)}
    chance = chances(scenario.model_copy(update=update))
    story = tell(plan, world)
    who = register(story, chance)
    levels = np.array([level.value for level in chance.levels])
    crafts = [craft.serial for craft in who.crafts_there]
    crafts += [serial for serial in who.crafts if serial not in crafts]
    tables = _with_its_own_lateness(_tables(who, world), levels)
    return Programme(
        tables=tables,
        levels=levels,
        parameters=chance.levels,
        causes=CAUSES,
        on=tuple(cause not in chance.off for cause in CAUSES),
        milestones=tuple(scenario.demands),
        due_d=tables.milestones["due_d"].copy(),
        nodes=tuple(who.nodes),
        stocks=tuple(sorted(who.stocks, key=lambda stock: who.stocks[stock])),
        flights=tuple(who.flights),
        elements=tuple(who.elements),
        copies=tuple(who.copies),
        kinds=tuple(who.kinds),
        launchers=tuple(who.launchers),
        crafts=tuple(crafts),
        horizon_d=world.horizon_d,
        paid_musd=_purchases_musd(who),
    )


def with_levels(programme: Programme, levels: Floats) -> Programme:
    """The same programme on other numbers, one for each of its parameters."""
    if levels.shape != programme.levels.shape:
        raise ValueError(f"{programme.levels.shape[0]} levels are needed, not {levels.shape}")
    return replace(programme, levels=np.ascontiguousarray(levels, dtype=float))


def _tables(who: Register, world: World) -> Tables:
    sun, month_of_day = futures(world)
    calendar = who.story.setting.calendar
    years = [calendar.day_of(calendar.start.replace(year=y, month=1, day=1)) for y in _years(who)]
    found = manifests(who) | places(who) | asked(who) | lifting(who)
    return Tables(
        **found,
        year_edges_d=np.array(years, dtype=float),
        planned_short_d=np.zeros(len(who.nodes)),
        borders_d=np.array([*calendar.borders, calendar.closing_d], dtype=float),
        sun=np.ascontiguousarray(sun),
        month_of_day=month_of_day.astype(np.int64),
        sun_level=who.chances.at("sun", "", "spread"),
        horizon_d=world.horizon_d,
    )


def _with_its_own_lateness(tables: Tables, levels: Floats) -> Tables:
    """The tables with how late the plan has its milestones anyway: what a trial in which nothing goes wrong finds."""
    state = blank(tables, levels, (False,) * len(CAUSES))
    packed, quiet = packed_tables(tables), packed_state(state)
    walk(packed, quiet, 0, 0)
    for row, milestone in enumerate(tables.milestones):
        milestone["planned_late_d"] = late_beyond_plan_d(packed, quiet, row)
    return tables._replace(planned_short_d=state.short_d.copy())


def _years(who: Register) -> range:
    calendar = who.story.setting.calendar
    return range(calendar.start.year, calendar.year_of(calendar.horizon_d) + 2)


def _purchases_musd(who: Register) -> float:
    given = who.story.setting
    vehicles = given.scenario.vehicles
    bought = ((vehicles[one.vehicle], one.count) for one in given.plan.purchases)
    return float(sum(paid(given, vehicle.owner) * vehicle.price * count for vehicle, count in bought))
