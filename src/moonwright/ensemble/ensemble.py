"""An ensemble: trials of a plan as it stands, and beside them those that tell which cause and which number matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from moonwright.ensemble.carry import Carry
from moonwright.ensemble.estimate import Mean
from moonwright.ensemble.figure import FIGURES, Figure, change
from moonwright.ensemble.gather import Keep, Spread, Told, gather
from moonwright.ensemble.job import AS_STATED, Job, Rows, Variant
from moonwright.ensemble.prepare import Prepared
from moonwright.ensemble.sample import Names, Sample
from moonwright.ensemble.sobol import Indices, indices
from moonwright.errors import EnsembleError
from moonwright.trial.trials import Summaries

_FRESH = "drawn anew"


@dataclass(frozen=True)
class Asked:
    """How many trials: of the plan as it stands, with each cause left out, at each end of each number, and of each
    sample that Sobol indices need. The same `seed` gives the same trials.
    """

    trials: int
    seed: int = 1
    without: int = 0
    tornado: int = 0
    sobol: int = 0

    def __post_init__(self) -> None:
        if self.trials < 1 or not 0 <= self.seed < 2**63 or min(self.without, self.tornado, self.sobol) < 0:
            raise EnsembleError(
                f"{self}: at least one trial is needed, a seed from 0 to 2^63 - 1, and no number below 0"
            )


class Swing(NamedTuple):
    """How a figure's mean changes when a number of the noise goes to an end of its range."""

    parameter: str
    low: float
    value: float
    high: float
    figure: Figure
    at_low: Mean
    at_high: Mean


class Part(NamedTuple):
    """What share of a figure's spread a cause makes."""

    cause: str
    figure: Figure
    indices: Indices


@dataclass(frozen=True)
class Ensemble:
    """What trials of a plan gave. `without`: by the cause left out; `swings`, `parts`: empty where not asked."""

    asked: Asked
    sample: Sample
    without: Mapping[str, Sample]
    swings: tuple[Swing, ...]
    parts: tuple[Part, ...]


def ensemble(prepared: Prepared, asked: Asked, keep: Keep, spread: Spread, told: Told) -> Ensemble:
    """Gather all trials that are asked for, and what they say. The same whoever carries them out."""
    work, names = prepared.work, prepared.names
    work(Job(AS_STATED, 0, 1))  # compiled before anybody forks
    found = gather(work, dict(_wanted(work, asked)), keep, spread, told)
    samples = {variant: _sample(names, rows) for variant, rows in found.items()}
    stated = samples[AS_STATED]
    return Ensemble(
        asked,
        _first(stated, asked.trials),
        {cause: samples[v] for cause, v in _without(work)} if asked.without else {},
        tuple(_swings(work, samples, _first(stated, asked.tornado))) if asked.tornado else (),
        tuple(_parts(work, samples, _first(stated, asked.sobol))) if asked.sobol else (),
    )


def _wanted(work: Carry, asked: Asked) -> Iterator[tuple[Variant, int]]:
    yield AS_STATED, max(asked.trials, asked.without, asked.tornado, asked.sobol)
    if asked.without:
        yield from ((variant, asked.without) for _, variant in _without(work))
    if asked.tornado:
        for at in _swinging(work):
            yield from ((variant, asked.tornado) for variant in _ends(work, at))
    if asked.sobol:
        causes = _acting(work)
        for fresh in (causes, *((cause,) for cause in causes)):
            yield _anew(fresh), asked.sobol


def _acting(work: Carry) -> tuple[int, ...]:
    """The causes that act at all; to redraw or to leave out another would change nothing."""
    return tuple(cause for cause, on in enumerate(work.programme.on) if on)


def _without(work: Carry) -> Iterator[tuple[str, Variant]]:
    for cause in _acting(work):
        name = work.programme.causes[cause]
        yield name, Variant(f"without {name}", off=(cause,))


def _anew(fresh: tuple[int, ...]) -> Variant:
    return Variant(f"{_FRESH} {'-'.join(map(str, fresh))}", fresh=fresh)


def _swinging(work: Carry) -> Iterator[int]:
    """The numbers of the noise that have a range."""
    for at, parameter in enumerate(work.programme.parameters):
        if parameter.low < parameter.high:
            yield at


def _ends(work: Carry, at: int) -> tuple[Variant, Variant]:
    parameter = work.programme.parameters[at]
    return (
        Variant(f"low {parameter.name}", levels=((at, float(parameter.low)),)),
        Variant(f"high {parameter.name}", levels=((at, float(parameter.high)),)),
    )


def _swings(work: Carry, samples: Mapping[Variant, Sample], stated: Sample) -> Iterator[Swing]:
    for at in _swinging(work):
        low, high = (samples[variant] for variant in _ends(work, at))
        parameter = work.programme.parameters[at]
        for figure in FIGURES:
            yield Swing(
                parameter.name, float(parameter.low), float(work.programme.levels[at]), float(parameter.high),
                figure, change(figure, low, stated), change(figure, high, stated),
            )  # fmt: skip


def _parts(work: Carry, samples: Mapping[Variant, Sample], stated: Sample) -> Iterator[Part]:
    causes = _acting(work)
    others, mixed = samples[_anew(causes)], [samples[_anew((cause,))] for cause in causes]
    for figure in FIGURES:
        of = figure.of
        found = indices(of(stated), of(others), [of(sample) for sample in mixed])
        for cause, one in zip(causes, found, strict=True):
            yield Part(work.programme.causes[cause], figure, one)


def _sample(names: Names, rows: Rows) -> Sample:
    return Sample(names, Summaries(0, **rows))


def _first(sample: Sample, count: int) -> Sample:
    """The first trials of a sample."""
    if count == sample.count:
        return sample
    return _sample(sample.names, {name: column[:count] for name, column in sample.columns.items()})
