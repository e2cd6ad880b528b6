"""Measures as the field uses them: what a campaign achieves, and what it takes, with their spread over trials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from moonwright.ensemble.estimate import Mean, mean
from moonwright.ensemble.milestone import Spread, spread
from moonwright.ensemble.sample import Sample

Floats = NDArray[np.float64]

# What relative exploration capability is relative to: Apollo 17.
# Two people on the Moon for 74 h 59 min 40 s: NASA SP-4029, Apollo by the Numbers (2000), Apollo 17.
APOLLO_17_CREW_D: Final = 2 * (74 + 59 / 60 + 40 / 3600) / 24
# Assumed: the rover (210 kg, NASA TM X-66816) and the experiments' package (some 163 kg) stand for all of
# its exploration mass, since lists of the rest differ by what they count.
APOLLO_17_EXPLORATION_KG: Final = 373.0
# Assumed: in orbit of the Earth before it left for the Moon, 130 to 140 t by D. Baker, The History of Manned Space
# Flight (1981); those of the last flights, with a rover aboard, were heaviest.
APOLLO_17_IMLEO_KG: Final = 140_000.0


class Measure(NamedTuple):
    """A measure over all trials."""

    key: str
    name: str
    unit: str
    mean: Mean
    spread: Spread


def capability(crew_surface_d: Floats, exploration_kg: Floats, imleo_kg: Floats) -> Floats:
    """Relative exploration capability: crew surface days x exploration mass / launched mass; Apollo 17 has 1.

    After SpaceNet's measures of effectiveness (SpaceNet 1.3 user's guide, appendix D), which multiply at each node and
    sum over them: with one base it is the same. Mass is counted in low orbit on both sides, not at lift-off.
    """
    apollo = APOLLO_17_CREW_D * APOLLO_17_EXPLORATION_KG / APOLLO_17_IMLEO_KG
    launched_kg = np.where(imleo_kg > 0, imleo_kg, np.inf)
    return np.asarray(crew_surface_d * exploration_kg / launched_kg / apollo, dtype=np.float64)


_MEASURES: Final[tuple[tuple[str, str, str, Callable[[Sample], Floats]], ...]] = (
    ("crew_surface_d", "crew surface days", "crew-days", lambda s: s.trials.crew_surface_d),
    ("exploration_kg", "exploration mass delivered", "kg", lambda s: s.trials.exploration_kg),
    (
        "relative_capability",
        "relative exploration capability",
        "Apollo 17",
        lambda s: capability(s.trials.crew_surface_d, s.trials.exploration_kg, s.trials.imleo_kg),
    ),
    ("imleo_kg", "mass in low orbit (IMLEO)", "kg", lambda s: s.trials.imleo_kg),
    ("up_kg", "up-mass", "kg", lambda s: s.trials.up_kg),
    ("down_kg", "down-mass", "kg", lambda s: s.trials.down_kg),
    ("cost_musd", "cost", "MUSD", lambda s: s.trials.cost_musd),
    ("launches", "launches", "", lambda s: s.trials.launches.astype(np.float64)),
    ("failures", "failures", "", lambda s: s.trials.failures.astype(np.float64)),
    ("late_d", "days late, all milestones together", "d", lambda s: np.asarray(s.late_d.sum(axis=1))),
)


def measures(sample: Sample) -> tuple[Measure, ...]:
    """Every measure, in a fixed order."""
    made = []
    for key, name, unit, of in _MEASURES:
        values = of(sample)
        made.append(Measure(key, name, unit, mean(values), spread(values)))
    return tuple(made)


class Cover(NamedTuple):
    """A stock over all trials: the least days of cover that it came to, and whether it ran out."""

    node: str
    resource: str
    least_d: Spread
    empty: Mean


def covers(sample: Sample) -> tuple[Cover, ...]:
    """Each stock that is used in some trial; one that nobody uses covers for ever."""
    least_d = sample.trials.least_cover_d
    used = np.asarray(np.isfinite(least_d).any(axis=0))
    return tuple(
        Cover(node, resource, spread(least_d[:, at]), mean((least_d[:, at] <= 0.0).astype(np.float64)))
        for at, (node, resource) in enumerate(sample.names.stocks)
        if used[at]
    )
