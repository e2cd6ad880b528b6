"""Earth-Moon transfers against GMAT's (cases T5, T6) and the ranges measured over a year and ten (T2)."""

import math
from datetime import date

import numpy as np
import pytest

from moonwright.orbit.bodies import EARTH, MOON, Orbit
from moonwright.orbit.clock import tdb_s_after
from moonwright.orbit.conics import BACK, OUT, scan
from moonwright.orbit.ephemeris import states
from moonwright.orbit.kernel import Floats
from moonwright.orbit.nbody import flown
from moonwright.orbit.transfer import Transfer, refined
from moonwright.orbit.windows import departures

PARKING = Orbit(EARTH, 185e3, math.radians(28.5))
POLAR = Orbit(MOON, 100e3, math.pi / 2)
FLIGHTS_S = np.array([3.5, 4.0, 4.5, 5.0]) * 86400.0

# Instant (ET), flight (d), impulses (m/s) and the state just after departure (km, km/s), by GMAT.
T5 = (
    978264000.0,
    4.5246,
    3142.52,
    804.70,
    (-1865.3006, -5819.2043, -2394.2165, 10.231399, -1.895717, -3.363551),
)
T6 = (
    1004184000.0,
    3.5204,
    3146.13,
    849.31,
    (-3522.2884, -5238.0254, -1797.5906, 7.615640, -6.587935, 4.274215),
)
Case = tuple[float, float, float, float, tuple[float, ...]]


def nearest_branch(case: Case) -> Transfer:
    """The refined transfer that leaves nearest to where GMAT's does: the one of its branch."""
    et_s, flight_d, _, _, state = case
    conics = scan(PARKING, POLAR, np.array([et_s]), np.array([flight_d * 86400.0]))
    found = [refined(PARKING, POLAR, conics, (0, 0, branch)) for branch in range(4)]
    return min(
        (transfer for transfer in found if transfer is not None),
        key=lambda transfer: math.dist(transfer.near_state[3:], [1e3 * speed for speed in state[3:]]),
    )


@pytest.mark.parametrize("case", [T5, T6], ids=["T5", "T6"])
def test_the_same_transfer_by_gmat_is_within_a_metre_a_second(case: Case) -> None:
    _, _, leaving_m_s, arriving_m_s, state = case
    transfer = nearest_branch(case)
    assert transfer.near_dv_m_s == pytest.approx(leaving_m_s, abs=1.0)
    assert transfer.far_dv_m_s == pytest.approx(arriving_m_s, abs=1.0)
    # The same branch: GMAT's flight time is told to 9 s and its goals are met loosely, so places differ by a degree.
    apart_rad = math.dist(transfer.near_state[3:], [1e3 * speed for speed in state[3:]]) / 10.9e3
    assert apart_rad < math.radians(1.0)


STATION = Orbit(EARTH, 415e3, math.radians(51.6))
ENTRY = Orbit(EARTH, 45e3, math.radians(40.0))
LEVEL = Orbit(MOON, 200e3, math.radians(20.0))


@pytest.mark.parametrize(
    ("near", "far", "sense", "et_s", "flight_d", "branch", "wanted_m_s"),
    [
        (PARKING, POLAR, OUT, 978264000.0, 4.5, 0, (3142.588, 805.023)),
        (PARKING, LEVEL, OUT, 1004184000.0, 3.75, 1, (3141.457, 819.325)),
        (STATION, POLAR, OUT, 1100000000.0, 4.0, 2, (3089.795, 848.950)),
        (ENTRY, POLAR, BACK, 1200000000.0, 4.25, 3, (3179.990, 846.619)),
    ],
    ids=["polar", "level", "station", "back"],
)
def test_another_integrator_ephemeris_and_corrector_find_the_same(
    near: Orbit,
    far: Orbit,
    sense: float,
    et_s: float,
    flight_d: float,
    branch: int,
    wanted_m_s: tuple[float, float],
) -> None:
    """SciPy's LSODA and MINPACK on CSPICE's ephemeris, shooting from the Moon alone: design/transfers/referee.py."""
    conics = scan(near, far, np.array([et_s]), np.array([flight_d * 86400.0]), sense=sense)
    transfer = refined(near, far, conics, (0, 0, branch))
    assert transfer is not None
    assert (transfer.near_dv_m_s, transfer.far_dv_m_s) == pytest.approx(wanted_m_s, abs=0.01)


@pytest.mark.parametrize("case", [T5, T6], ids=["T5", "T6"])
def test_gmats_departure_flown_here_arrives_as_it_says(case: Case) -> None:
    """The integrator alone, nothing solved for; the state is told to 0.1 m and 1 mm/s, which moves the end by kilometres."""
    et_s, flight_d, _, arriving_m_s, state = case
    arrival_et_s = et_s + flight_d * 86400.0
    end = flown(1e3 * np.array(state), et_s, flight_d * 86400.0)
    moon, drift = states("moon", "earth", arrival_et_s)
    radius_m = float(np.linalg.norm(end[:3] - moon[0]))
    speed_m_s = float(np.linalg.norm(end[3:] - drift[0]))
    assert radius_m == pytest.approx(1837.4e3, abs=5e3)
    assert speed_m_s - math.sqrt(MOON.mu_m3_s2 / radius_m) == pytest.approx(arriving_m_s, abs=1.0)


def by_flight(days: Floats) -> tuple[Floats, Floats]:
    """Impulses of the cheapest branch for each day and flight time, (days, flights), under all pulls."""
    tables = [departures(PARKING, POLAR, days, FLIGHTS_S[j : j + 1]) for j in range(len(FLIGHTS_S))]
    return (
        np.column_stack([table.near_dv_m_s for table in tables]),
        np.column_stack([table.far_dv_m_s for table in tables]),
    )


def test_t2_a_year_under_all_pulls(proof: bool) -> None:
    """Case T2: 3.13 to 3.147 km/s and 0.80 to 0.865 km/s, over flight times of 3.5 to 5 d.

    The best flight of each day lies within both ranges with room to spare. Each flight time by itself, which the case does
    not say it means, is within them from 4 d on; at exactly 3.5 d injections reach 3,153 m/s (3.75 d: 3,149), while what is
    spent at the Moon stays below 860. That is no matter of the branch: the one of the least sum is also that of the
    least burn at the Moon, and others cost up to 885 m/s there (all flown, every second day of 2030, 2031 and 2033).
    """
    days = tdb_s_after(date(2031, 1, 1), np.arange(0.0, 365.0, 1.0 if proof else 12.0))
    best = departures(PARKING, POLAR, days, FLIGHTS_S)
    assert 3129.5 <= np.nanmin(best.near_dv_m_s) <= np.nanmax(best.near_dv_m_s) <= 3147.0
    assert 798.0 <= np.nanmin(best.far_dv_m_s) <= np.nanmax(best.far_dv_m_s) <= 865.0
    leaving, arriving = by_flight(days)
    assert np.isfinite(leaving).mean() >= 0.98
    assert np.nanmin(leaving) == pytest.approx(3130.0, abs=5.0)
    assert np.nanmax(leaving[:, 1:]) <= 3147.0
    assert np.nanmax(leaving) < 3147.0 + 10.0
    assert np.nanmin(arriving) == pytest.approx(800.0, abs=5.0)
    assert np.nanmax(arriving) <= 865.0


def test_t2_ten_years_as_conics() -> None:
    """The conics' mean error at departure is the case's -2 m/s; daily over ten years they stay in its ranges, less that
    and less what they lack at the Moon (25 m/s, docs/model/transfers.md)."""
    days = tdb_s_after(date(2030, 1, 1), np.arange(0.0, 3652.0, 3.0))
    conics = scan(PARKING, POLAR, days, FLIGHTS_S)
    assert np.isfinite(conics.total_m_s).all()
    best = np.nanmin(conics.near_dv_m_s, axis=2)
    assert best.min() == pytest.approx(3130.0 - 2.0, abs=3.0)
    assert best.max() < 3147.0 + 10.0
    assert conics.far_dv_m_s.min() > 800.0 - 35.0
    assert np.nanmin(conics.far_dv_m_s, axis=2).max() < 865.0


def test_conics_are_2_m_s_short_at_departure() -> None:
    """Case T2's mean difference at the Earth; at the Moon its patching differs from ours, and so does its error."""
    days = tdb_s_after(date(2031, 1, 1), np.arange(0.0, 365.0, 30.0))
    conics = scan(PARKING, POLAR, days, FLIGHTS_S)
    off = []
    for at in np.ndindex(*conics.near_dv_m_s.shape):
        transfer = refined(PARKING, POLAR, conics, at)
        assert transfer is not None
        off.append(conics.near_dv_m_s[at] - transfer.near_dv_m_s)
    assert np.mean(off) == pytest.approx(-2.0, abs=0.5)
