"""Results side by side: what was asked differently, and what came out differently."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from moonwright.choose.inputs import Input, inputs_that_differ
from moonwright.choose.result import Result
from moonwright.choose.roles import flown
from moonwright.plan import Flight

Value = float | str | bool | None

SAME = 1e-6  # relative: what replay and solver may be off by


@dataclass(frozen=True)
class Finding:
    """One thing that came out, in each result. `group` is what it is about; None: it does not exist there."""

    group: str
    name: str
    unit: str
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """True where not all results agree."""
        return any(not _same(self.values[0], value) for value in self.values)

    @property
    def change(self) -> float | None:
        """The last value less the first, where both are numbers."""
        first, last = self.values[0], self.values[-1]
        if isinstance(first, bool) or isinstance(last, bool):
            return None
        return last - first if isinstance(first, float) and isinstance(last, float) else None


@dataclass(frozen=True)
class Comparison:
    """Results compared: inputs that differ, and everything that came out, differing or not."""

    names: tuple[str, ...]
    inputs: tuple[Input, ...]
    findings: tuple[Finding, ...]


def compare(results: Sequence[Result]) -> Comparison:
    """What differs between results: in what was asked, and in what came out."""
    return Comparison(
        names=tuple(result.name for result in results),
        inputs=inputs_that_differ([result.scenario for result in results]),
        findings=tuple(finding for group in GROUPS for finding in _findings(group, results)),
    )


Line = tuple[str, str, Value]  # name, unit, value


def _findings(group: str, results: Sequence[Result]) -> Iterator[Finding]:
    told = [{(name, unit): value for name, unit, value in GROUPS[group](result)} for result in results]
    for name, unit in dict.fromkeys(key for one in told for key in one):
        absent = None if unit in ("", "date") else 0.0
        yield Finding(group, name, unit, tuple(one.get((name, unit), absent) for one in told))


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= SAME * max(1.0, abs(one), abs(other))
    return one == other


def _headline(result: Result) -> Iterator[Line]:
    run, last = result.run, result.plan.outcome.last
    yield "certified", "", run.certified
    yield "cost", "MUSD", run.cost_musd
    yield f"least {last.name} proven", last.unit, last.bound if math.isfinite(last.bound) else None
    yield "IMLEO", "t", run.imleo_kg / 1000.0
    yield "finish", "date", None if run.finish_d is None else _date(result, run.finish_d)
    yield "flights", "flights", float(len(result.plan.flights))
    yield "crew days", "person-days", crew_days(result)


def crew_days(result: Result) -> float:
    """Person-days of all people at all nodes within the horizon."""
    return float(sum(history.present.sum() for history in result.run.crew))


def _shortfalls(result: Result) -> Iterator[Line]:
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for short in result.plan.shortfalls:
        totals[short.demand, short.unit] += short.amount
    for (demand, unit), amount in totals.items():
        yield demand, unit, amount


def cost_by_partner(result: Result) -> dict[str, float]:
    """MUSD that each partner pays, undiscounted."""
    totals = dict.fromkeys(result.scenario.partners, 0.0)
    for charge in result.run.charges:
        totals[charge.partner] += charge.amount_musd
    return totals


def _by_partner(result: Result) -> Iterator[Line]:
    for name, amount in cost_by_partner(result).items():
        yield name, "MUSD", amount


def _by_kind(result: Result) -> Iterator[Line]:
    totals: dict[str, float] = defaultdict(float)
    for charge in result.run.charges:
        totals[charge.category] += charge.amount_musd
    for kind, amount in sorted(totals.items()):
        yield kind, "MUSD", amount


def _by_role(result: Result) -> Iterator[Line]:
    for role, number in sorted(flown(result.plan).items(), key=lambda entry: entry[0].told):
        yield role.told, "flights", float(number)


def _flights_by_partner(result: Result) -> Iterator[Line]:
    for name, number in sorted(Counter(_flies(result, flight) for flight in result.plan.flights).items()):
        yield name, "flights", float(number)


def _flies(result: Result, flight: Flight) -> str:
    """The owner of the launcher, or of the first vehicle where none launches."""
    scenario = result.scenario
    if flight.launcher:
        return scenario.launchers[flight.launcher].owner
    return scenario.vehicles[flight.units[0].vehicle].owner


def _builds(result: Result) -> Iterator[Line]:
    for build in sorted(result.plan.builds, key=lambda build: (build.day_d, build.element)):
        yield f"{build.element} {build.copy_no}", "date", _date(result, build.day_d)


def _crew(result: Result) -> Iterator[Line]:
    for history in result.run.crew:
        yield f"{history.kind} at {history.node}", "person-days", float(history.present.sum())


def _date(result: Result, day_d: float) -> str:
    return (result.scenario.horizon.start + timedelta(days=int(day_d // 1))).isoformat()


GROUPS: Mapping[str, Callable[[Result], Iterator[Line]]] = {
    "headline": _headline,
    "shortfalls": _shortfalls,
    "cost by partner": _by_partner,
    "cost by kind": _by_kind,
    "flights by mission": _by_role,
    "flights by partner": _flights_by_partner,
    "builds": _builds,
    "crew": _crew,
}
