"""What pushes a station: the ships and engines whose figures are known, and who of them meets which need.

data/boosters.csv holds the figures; each has a source or says `assumed` and why.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from moonwright.errors import OrbitError
from moonwright.orbit.circular import Floats
from moonwright.orbit.rocket import G0_M_S2

DATA: Final = Path(__file__).with_name("data") / "boosters.csv"


class Booster(NamedTuple):
    """A ship or an engine: the propellant it can spend on a station, how well it burns, how hard it pushes."""

    name: str
    partner: str
    propellant_kg: float
    isp_s: float
    thrust_n: float
    note: str = ""

    @property
    def impulse_n_s(self) -> float:
        """All it can give: propellant times exhaust speed."""
        return self.propellant_kg * self.isp_s * G0_M_S2


class Visit(NamedTuple):
    """A booster at the station between two days since the start."""

    booster: Booster
    from_d: float
    until_d: float


class Shares(NamedTuple):
    """Who pushes when: impulse and propellant (visits, periods), and what nobody gives (periods,)."""

    impulse_n_s: Floats
    propellant_kg: Floats
    missing_n_s: Floats


@cache
def known() -> dict[str, Booster]:
    """The boosters of the file by name."""
    with DATA.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {
        row["name"]: Booster(
            row["name"],
            row["partner"],
            float(row["propellant_kg"]),
            float(row["isp_s"]),
            float(row["thrust_n"]),
            row["source"],
        )
        for row in rows
    }


def booster(name: str) -> Booster:
    """The booster of a name."""
    if name not in known():
        near = difflib.get_close_matches(name, list(known()), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise OrbitError(f"no booster is called {name!r}{hint} (known: {', '.join(known())})")
    return known()[name]


def share(need_n_s: Floats, edges_d: Floats, visits: Sequence[Visit]) -> Shares:
    """Let the boosters that are there meet the impulse that each period needs.

    Period k reaches from `edges_d[k]` to `edges_d[k + 1]`; a visit serves the periods it overlaps. Of those present, the
    one that leaves first burns first: so nothing is missing that another order could have given.
    """
    given = np.zeros((len(visits), len(need_n_s)))
    left = [visit.booster.impulse_n_s for visit in visits]
    order = sorted(range(len(visits)), key=lambda n: visits[n].until_d)
    missing = np.array(need_n_s, dtype=np.float64)
    for period in range(len(missing)):
        for n in order:
            if visits[n].from_d < edges_d[period + 1] and visits[n].until_d > edges_d[period]:
                given[n, period] = min(left[n], missing[period])
                left[n] -= given[n, period]
                missing[period] -= given[n, period]
    exhaust_m_s = np.array([visit.booster.isp_s * G0_M_S2 for visit in visits]).reshape(-1, 1)
    return Shares(given, given / exhaust_m_s, missing)
