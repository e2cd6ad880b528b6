"""Cases: which contingencies are looked at, one by one or one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise, permutations

from moonwright.errors import StressError
from moonwright.scenario.contingency import Contingency, Hardware, Mode, Withdrawal
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario
from moonwright.units import DAYS_PER_YEAR

# Assumed where nobody says: how long a ship takes to build, and how often what nobody looks after fails for good.
BUILT_IN_D = 2.0 * DAYS_PER_YEAR
FAILS_A_YEAR = 0.5


@dataclass(frozen=True)
class Case:
    """Contingencies that come one after the other, each met by the best plan that its time allows. `partners` leave."""

    name: str
    steps: tuple[Contingency, ...]
    partners: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """When the first comes."""
        return self.steps[0].on


def listed(scenario: Scenario) -> tuple[Case, ...]:
    """The contingencies that the scenario lists."""
    return tuple(
        Case(name, (one,), tuple(s.partner for s in one.shocks if isinstance(s, Withdrawal)))
        for name, one in scenario.contingencies.items()
    )


def departure(partner: str, on: date, mode: Mode = "hard stop", hardware: Hardware = "stays") -> Case:
    """One partner leaves."""
    return Case(
        _told((partner,), on, mode, hardware), (_leaving((partner,), on, mode, hardware),), (partner,)
    )


def without_one(
    partners: Iterable[str], dates: Sequence[date], modes: Sequence[Mode], hardware: Hardware = "stays"
) -> Iterator[Case]:
    """N-1: every partner, on every date, in every mode."""
    for partner in partners:
        for on in dates:
            for mode in modes:
                yield departure(partner, on, mode, hardware)


def without_two(
    partners: Iterable[str], dates: Sequence[date], mode: Mode = "hard stop", hardware: Hardware = "stays"
) -> Iterator[Case]:
    """N-2: every pair of partners, on the same date."""
    for pair in combinations(partners, 2):
        for on in dates:
            yield Case(_told(pair, on, mode, hardware), (_leaving(pair, on, mode, hardware),), pair)


def one_after_another(
    partners: Iterable[str], dates: Sequence[date], mode: Mode = "hard stop", hardware: Hardware = "stays"
) -> Iterator[Case]:
    """N-1-1: one partner on a date, and another on the next, when one has adapted to the first."""
    for pair in permutations(partners, 2):
        for first, second in pairwise(dates):
            steps = (_leaving(pair[:1], first, mode, hardware), _leaving(pair[1:], second, mode, hardware))
            told = ", then ".join(
                _told((p,), on, mode, hardware) for p, on in zip(pair, (first, second), strict=True)
            )
            yield Case(told, steps, pair)


def spread(scenario: Scenario, count: int) -> tuple[date, ...]:
    """Dates that part the horizon into equal stretches, each the first of a year where that is possible."""
    start, end = scenario.horizon.start, scenario.horizon.end
    dates = []
    for part in range(1, count + 1):
        on = start + timedelta(days=round((end - start).days * part / (count + 1)))
        year = date(on.year, 1, 1)
        dates.append(year if start < year and year not in dates else on)
    return tuple(dates)


def _leaving(partners: Sequence[str], on: date, mode: Mode, hardware: Hardware) -> Contingency:
    over = 0.0 if mode == "hard stop" else BUILT_IN_D
    return Contingency(
        on=on,
        shocks=tuple(
            Withdrawal(
                kind="withdrawal",
                partner=partner,
                mode=mode,
                over=Datum(over),
                hardware=hardware,
                failures=Datum(FAILS_A_YEAR) if hardware == "unsupported" else None,
            )
            for partner in partners
        ),
    )


def _told(partners: Sequence[str], on: date, mode: Mode, hardware: Hardware) -> str:
    verb = "leaves" if len(partners) == 1 else "leave"
    how = "" if mode == "hard stop" else f", {mode}"
    what = {"stays": "", "unsupported": ", hardware unsupported", "leaves": ", with its hardware"}[hardware]
    return f"{' and '.join(partners)} {verb} on {on}{how}{what}"


def check_dates(scenario: Scenario, dates: Iterable[date]) -> None:
    """Raise StressError for a date that does not lie within the horizon."""
    start, end = scenario.horizon.start, scenario.horizon.end
    for on in dates:
        if not start < on < end:
            raise StressError(f"{on} does not lie within the horizon, from {start} to {end}")
