"""Station keeping month by month, and how it spreads over draws of the Sun where an orbit meets air."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moonwright.errors import OrbitError
from moonwright.orbit.decay import months_between
from moonwright.orbit.reboost import holding_dv_m_s
from moonwright.orbit.station import DRAG_COEFFICIENT, density_factors, streams
from moonwright.orbit.weather import drawn_weather
from moonwright.scenario.keeping import StationKeeping
from moonwright.scenario.node import Orbit
from moonwright.units import DAYS_PER_YEAR
from moonwright.world.world import World

Floats = NDArray[np.float64]

STATED = -1  # in place of the number of a stage: what is needed that day is stated by hand


@dataclass(frozen=True)
class Draws:
    """How many futures of the Sun are drawn, from which seed, and the drag area (m2) of a station that states none."""

    trials: int
    seed: int
    area_m2: float


@dataclass(frozen=True)
class Forecast:
    """What holding a station takes, m/s by month of the horizon.

    `used_m_s` is what a plan counts with, `drawn_m_s` (trials, months) what the draws ask for: None where `told`,
    which is a sentence, says why.
    """

    node: str
    used_m_s: Floats
    drawn_m_s: Floats | None
    told: str


def month_edges_d(world: World) -> list[float]:
    """The days on which the months of the horizon begin, and its end; the first and the last may be cut short."""
    start, end = world.scenario.horizon.start, world.scenario.horizon.end
    return [*(month.start_d for month in months_between(start, end)), float(world.horizon_d)]


def forecasts(world: World, draws: Draws) -> tuple[Forecast, ...]:
    """Every station's need by month, as planned and as drawn."""
    edges = month_edges_d(world)
    return tuple(_forecast(world, keeping, edges, draws) for keeping in world.scenario.station_keeping)


def by_span(daily: Floats, edges_d: Sequence[float]) -> Floats:
    """Sums of a daily value from one edge to the next."""
    return np.array([daily[int(first) : int(last)].sum() for first, last in pairwise(edges_d)])


def _forecast(world: World, keeping: StationKeeping, edges_d: list[float], draws: Draws) -> Forecast:
    used = by_span(world.keeping_dv_m_s[keeping.node], edges_d)
    node = world.scenario.nodes[keeping.node]
    if not isinstance(node, Orbit) or node.body != "earth":
        return Forecast(keeping.node, used, None, "As stated; no air is met there.")
    if node.mean_altitude is None or node.inclination is None:
        return Forecast(
            keeping.node, used, None, "As stated; without an altitude and an inclination no air is computed."
        )
    counts, stages = _counting(world, keeping, DRAG_COEFFICIENT * draws.area_m2)
    if keeping.drag:
        told = _told(world, keeping)
    else:
        told = (
            f"A plan counts with what is stated. The draws are for comparison, and their drag area of "
            f"{draws.area_m2:g} m2 is assumed: the scenario states none."
        )
    try:
        drawn = _drawn(world, node, stages, draws)
    except OrbitError as error:
        return Forecast(keeping.node, used, None, f"No draws: {error}.")
    lengths = np.diff(edges_d)
    stated = by_span(_stated(world, keeping) * (counts == STATED), edges_d)
    total = sum(
        held * by_span((counts == n).astype(np.float64), edges_d) / lengths for n, held in enumerate(drawn)
    )
    return Forecast(keeping.node, used, np.asarray(total + stated), told)


def _dates(world: World) -> list[date]:
    return [world.scenario.horizon.start + timedelta(days=day) for day in range(world.horizon_d)]


def _counting(
    world: World, keeping: StationKeeping, assumed_m2: float
) -> tuple[NDArray[np.int64], list[float]]:
    """By day, the number of the stage that counts, or STATED; and Cd A / m of each stage, m2/kg.

    Stated needs come first, then the first drag that holds, on the mass of that day. Where no drag is given at all,
    every day is drawn with `assumed_m2` of Cd A.
    """
    counts = np.full(world.horizon_d, STATED, dtype=np.int64)
    stages: dict[float, int] = {}
    for day, when in enumerate(_dates(world)):
        if keeping.drag and any(need.holds(when) for need in keeping.needs):
            continue
        drag_m2 = _drag_m2(keeping, when) if keeping.drag else assumed_m2
        if drag_m2 == 0.0:
            continue
        counts[day] = stages.setdefault(drag_m2 / keeping.mass_on(when), len(stages))
    return counts, list(stages)


def _drag_m2(keeping: StationKeeping, when: date) -> float:
    """Cd A of the first drag that holds on a day, m2; none where nothing holds."""
    for drag in keeping.drag:
        if drag.holds(when):
            return float(drag.coefficient or DRAG_COEFFICIENT) * drag.area
    return 0.0


def _stated(world: World, keeping: StationKeeping) -> Floats:
    """By day, what is stated by hand, m/s."""
    first = (
        next((need.need for need in keeping.needs if need.holds(when)), 0.0) / DAYS_PER_YEAR
        for when in _dates(world)
    )
    return np.fromiter(first, dtype=np.float64, count=world.horizon_d)


def _told(world: World, keeping: StationKeeping) -> str:
    sun = " and ".join(dict.fromkeys(f"{100 * float(drag.sun):g} %" for drag in keeping.drag))
    computed = f"A plan counts with the air under the Sun as observed, then as forecast at its {sun} quantile"
    return f"{computed}, and with what is stated where that holds." if keeping.needs else f"{computed}."


def _drawn(world: World, node: Orbit, drag_m2_kg: list[float], draws: Draws) -> list[Floats]:
    """For each stage, (trials, months): the same futures for all of them."""
    assert node.mean_altitude is not None
    assert node.inclination is not None
    start, end = world.scenario.horizon.start, world.scenario.horizon.end
    trials = streams(draws.seed, draws.trials)
    weather = drawn_weather(start, end, trials)
    off = density_factors(trials)[:, None]
    return [
        holding_dv_m_s(node.mean_altitude, one * off, float(node.inclination), start, end, weather)
        for one in drag_m2_kg
    ]
