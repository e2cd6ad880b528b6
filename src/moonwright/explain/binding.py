"""What binds a plan: the data that hold it back, and what one step on each of them would be worth.

Two prices and one answer for each step:
- `as_flown`: with all flights, items and people as planned, what the loads that come by the kg would gain (LP duals);
- `divisible`: the same if flights could be halved: only a guide to what is worth asking;
- `gain`: the question asked anew with the step one step further, as an interval.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from moonwright.explain.behind import links
from moonwright.explain.change import at, put
from moonwright.explain.step import Book, Step, dates, taken
from moonwright.explain.whatif import Difference, Known, against, holding, with_more
from moonwright.optimise.highs import row_prices
from moonwright.optimise.model import FAMILIES, dense
from moonwright.optimise.recall import with_decided_fixed
from moonwright.optimise.rolling import LARGE
from moonwright.optimise.row import label

_TIGHT = 1e-6  # relative: a row this close to its bound holds the plan back
_WORTH = 1e-6  # prices below this, relative to the whole, are not worth a line
_SMALL_S, _LARGE_S = 1.0, 20.0  # for one question, at least: less finds nothing on a campaign of years


@dataclass(frozen=True)
class Binding:
    """A step that holds the plan back. `rows`: where (none for a date before which a flight cannot leave).

    Prices and `gain` are for one step, in the last rank's unit; `gain` is None where the question was not asked.
    """

    step: Step
    before: object
    after: object
    rows: tuple[str, ...]
    as_flown: float
    divisible: float
    gain: Difference | None


@dataclass(frozen=True)
class Bindings:
    """What binds, that of greatest worth first; `unasked` binds too, but nobody asked what a step would be worth.

    `again` is what planning anew with nothing changed has found: gains count from there.
    """

    rank: str
    unit: str
    again: Difference
    asked: tuple[Binding, ...]
    unasked: tuple[Binding, ...]


def bindings(
    base: Known, *, time_s: float = 60.0, most: int = 12, tell: Callable[[str], None] | None = None
) -> Bindings:
    """What binds a plan. At most `most` steps are asked about, within `time_s` seconds for all of them.

    `tell` hears of each question before it is asked.
    """
    ends = time.perf_counter() + time_s
    found = _candidates(base)
    least_s = _LARGE_S if base.model.whole.sum() > LARGE else _SMALL_S
    number = min(most, len(found), max(1, int(time_s // least_s) - 1))
    again = with_more(base, base.scenario, max(1.0, (ends - time.perf_counter()) / (number + 1)))
    asked = []
    for n, one in enumerate(found[:number]):
        if tell:
            tell(f"{n + 1} of {number}: {one.step.words}")
        left_s = max(1.0, (ends - time.perf_counter()) / (number - n))
        changed = put(base.scenario, one.step.path, one.after)
        gain = against(with_more(base, changed, left_s), again)
        asked.append(Binding(one.step, one.before, one.after, one.rows, one.as_flown, one.divisible, gain))
    last = base.ranks[-1]
    return Bindings(last.name, last.unit, again, tuple(sorted(asked, key=_worth)), tuple(found[number:]))


def _worth(binding: Binding) -> tuple[int, float, float]:
    """Sort key: first what betters an earlier rank, then by what was found, then by what may be."""
    assert binding.gain is not None
    found = binding.gain.found if binding.gain.found is not None else 0.0
    return -int(binding.gain.rank.startswith("shortfall")), found, binding.gain.by.least


def _candidates(base: Known) -> list[Binding]:
    """Steps with a tight row: what is allowed and what is asked for by turns, that of greatest worth first.

    Of each, after those with a price come dates, which have none, and then what seems to be worth nothing.
    """
    book = Book(base.problem)
    rows = [(family.__name__, row) for family in FAMILIES for row in family(base.problem)]
    tight = _tight(base)
    held = holding(base.problem, base.model, base.ranks)
    costs = dense(base.problem, base.aims[-1].terms)
    as_flown = row_prices(with_decided_fixed(held, base.recalled), costs)
    divisible = row_prices(held, costs)
    tables: list[dict[Step, float]] = [defaultdict(float), defaultdict(float)]
    places: dict[Step, list[str]] = defaultdict(list)
    for n, (family, row) in enumerate(rows):
        if not tight[n]:
            continue
        for link in links(book, family, row):
            times = link.size * (float(base.values[link.on]) if link.on is not None else 1.0)
            if times <= 0.0:
                continue
            places[link.step].append(label(family, row.key))
            for table, prices in zip(tables, (as_flown, divisible), strict=True):
                table[link.step] += abs(float(prices[n])) * times if prices is not None else 0.0
    for step in dates(book, _items(base)):
        places.setdefault(step, [])
    return _ordered(base, places, tables)


def _ordered(
    base: Known, places: Mapping[Step, Sequence[str]], tables: Sequence[Mapping[Step, float]]
) -> list[Binding]:
    least = _WORTH * max(1.0, abs(base.ranks[-1].value))
    found = []
    for step, rows in places.items():
        after = taken(base.scenario, step)
        binding = Binding(
            step=step,
            before=at(base.scenario, step.path),
            after=after,
            rows=tuple(dict.fromkeys(rows)),
            as_flown=_clean(tables[0].get(step, 0.0), least),
            divisible=_clean(tables[1].get(step, 0.0), least),
            gain=None,
        )
        if binding.before != binding.after:
            found.append(binding)
    found.sort(key=lambda b: (b.divisible <= 0.0, not _is_date(b), -max(b.divisible, b.as_flown)))
    asked = [b for b in found if b.step.path[0] in ("demands", "initial")]
    allowed = [b for b in found if b not in asked]
    return [b for pair in zip_longest(allowed, asked) for b in pair if b is not None]


def _is_date(binding: Binding) -> bool:
    return binding.step.path[-1] in ("ready", "first_flight")


def _clean(price: float, least: float) -> float:
    return price if price > least else 0.0


def _tight(base: Known) -> NDArray[np.bool_]:
    """Rows that the plan's values bring to a bound; not those where nothing is, and nought is the bound."""
    model = base.model
    entries = np.append(model.values * base.values[model.indices], 0.0)  # one more: the last row may be empty
    sums = np.where(np.diff(model.starts) > 0, np.add.reduceat(entries, model.starts[:-1]), 0.0)
    moved = np.where(np.diff(model.starts) > 0, np.add.reduceat(np.abs(entries), model.starts[:-1]), 0.0)
    room = np.fmin(np.abs(sums - model.row_lower), np.abs(model.row_upper - sums))
    near = room <= _TIGHT * np.maximum(1.0, np.abs(sums))
    return np.asarray(near & (moved > 0.0), dtype=bool)


def _items(base: Known) -> dict[int, list[str]]:
    """Elements aboard the plan's flights, by the column of the flights."""
    found: dict[int, list[str]] = defaultdict(list)
    for flight in base.plan.flights:
        column = base.problem.flights[base.recalled.arcs[flight.name]]
        found[column] += [item.element for item in flight.items if item.board == 0]
    return found
