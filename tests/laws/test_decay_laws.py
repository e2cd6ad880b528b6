"""Laws of a station's orbit, whatever the numbers."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laws.campaigns import counted
from moonwright.orbit.atmosphere import FLOOR_M
from moonwright.orbit.boosters import Booster, Visit, share
from moonwright.orbit.circular import loss_dv_m_s, mean_altitude_m, raise_m, transfer_dv_m_s
from moonwright.orbit.decay import Decay, decay
from moonwright.orbit.deorbit import budget
from moonwright.orbit.entry import expected_casualties, people_per_km2, time_under
from moonwright.orbit.reboost import holding_dv_m_s, keep_band
from moonwright.orbit.station import decay_trials, streams
from moonwright.orbit.weather import drawn_weather, expected_weather

FEW = counted(200)

heights_m = st.floats(150e3, 600e3)
drags_m2_kg = st.floats(1e-4, 0.05)
tilts_deg = st.floats(0, 180)
starts = st.dates(date(1960, 1, 1), date(2035, 1, 1))


def sunk(height_m: float, drag: float, tilt_deg: float, start: date, days: int = 1500) -> Decay:
    end = start + timedelta(days=days)
    return decay(height_m, drag, tilt_deg, start, end, expected_weather(start, end))


@FEW
@given(heights_m, drags_m2_kg, tilts_deg, starts)
def test_an_orbit_never_rises_by_itself_and_ends_at_the_floor(
    height_m: float, drag: float, tilt_deg: float, start: date
) -> None:
    told = sunk(height_m, drag, tilt_deg, start)
    assert (np.diff(told.altitude_m) <= 1e-6).all()
    assert told.altitude_m.min() >= FLOOR_M
    fallen = told.passed_d[0, 0]
    assert (told.altitude_m[0, told.day_d >= fallen] <= FLOOR_M + 1e-3).all()
    assert (told.altitude_m[0, told.day_d < fallen] > FLOOR_M).all()


@FEW
@given(heights_m, drags_m2_kg, tilts_deg, starts, st.floats(1.0, 3.0))
def test_more_drag_never_lasts_longer(
    height_m: float, drag: float, tilt_deg: float, start: date, more: float
) -> None:
    light, heavy = (sunk(height_m, each, tilt_deg, start) for each in (drag, drag * more))
    assert (heavy.altitude_m <= light.altitude_m + 1e-6).all()
    assert heavy.passed_d[0, 0] <= light.passed_d[0, 0]


@FEW
@given(heights_m, drags_m2_kg, tilts_deg, starts, st.floats(0, 100e3))
def test_a_higher_start_never_falls_sooner(
    height_m: float, drag: float, tilt_deg: float, start: date, higher_m: float
) -> None:
    low, high = (sunk(each, drag, tilt_deg, start) for each in (height_m, height_m + higher_m))
    assert (high.altitude_m >= low.altitude_m - 1e-6).all()
    assert high.passed_d[0, 0] >= low.passed_d[0, 0]


@FEW
@given(heights_m, tilts_deg, starts)
def test_without_drag_nothing_sinks(height_m: float, tilt_deg: float, start: date) -> None:
    told = sunk(height_m, 0.0, tilt_deg, start)
    assert (told.altitude_m == height_m).all()
    assert np.isinf(told.passed_d).all()


@FEW
@given(heights_m, drags_m2_kg, tilts_deg, starts, st.integers(1, 1499))
def test_a_decay_in_two_parts_is_one_decay(
    height_m: float, drag: float, tilt_deg: float, start: date, cut: int
) -> None:
    whole = sunk(height_m, drag, tilt_deg, start).altitude_m[0, -1]
    half = sunk(height_m, drag, tilt_deg, start, cut).altitude_m[0, -1]
    rest = sunk(half, drag, tilt_deg, start + timedelta(days=cut), 1500 - cut).altitude_m[0, -1]
    assert rest == pytest.approx(whole, abs=0.5)


@FEW
@given(st.floats(250e3, 600e3), drags_m2_kg, tilts_deg, starts)
def test_a_brighter_sun_brings_it_down_sooner(
    height_m: float, drag: float, tilt_deg: float, start: date
) -> None:
    end = start + timedelta(days=1500)
    dim, bright = (
        decay(height_m, drag, tilt_deg, start, end, expected_weather(start, end, share)).altitude_m
        for share in (0.1, 0.9)
    )
    assert (bright <= dim + 1e-6).all()


@FEW
@given(st.integers(0, 2**32 - 1), st.integers(2, 12), st.data())
def test_a_trial_is_the_same_whoever_else_is_run(seed: int, trials: int, data: st.DataObject) -> None:
    # However many workers share the trials, and however they cut them.
    cut = data.draw(st.integers(1, trials - 1))
    span = (date(2027, 3, 5), date(2033, 3, 5))
    together = decay_trials(415e3, 0.006, 51.6, *span, streams(seed, trials))
    parts = [
        decay_trials(415e3, 0.006, 51.6, *span, part)
        for part in (streams(seed, trials)[:cut], streams(seed, trials)[cut:])
    ]
    assert np.array_equal(together.altitude_m, np.concatenate([part.altitude_m for part in parts]))
    assert np.array_equal(together.passed_d, np.concatenate([part.passed_d for part in parts]))
    again = decay_trials(415e3, 0.006, 51.6, *span, streams(seed, trials))
    assert np.array_equal(together.altitude_m, again.altitude_m)


@FEW
@given(st.floats(0, 900e3), st.floats(0, 900e3))
def test_going_up_costs_what_coming_down_costs(one_m: float, other_m: float) -> None:
    assert sum(transfer_dv_m_s(one_m, other_m)) == pytest.approx(
        sum(transfer_dv_m_s(other_m, one_m)), abs=1e-9
    )


@FEW
@given(st.floats(150e3, 900e3), st.floats(0.001, 5.0))
def test_a_small_raise_makes_good_the_loss_it_was_for(height_m: float, dv_m_s: float) -> None:
    assert loss_dv_m_s(height_m, raise_m(height_m, dv_m_s)) == pytest.approx(dv_m_s, rel=1e-12)
    assert raise_m(height_m, dv_m_s) == -raise_m(height_m, -dv_m_s)


@FEW
@given(heights_m, tilts_deg)
def test_the_mean_over_a_turn_of_mean_altitudes_is_the_altitude(height_m: float, tilt_deg: float) -> None:
    turn = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    means = [mean_altitude_m(height_m, float(u), float(np.radians(tilt_deg))) for u in turn]
    assert np.mean(means) == pytest.approx(height_m, abs=1e-3)


@FEW
@given(st.floats(350e3, 500e3), st.floats(2e3, 20e3), st.floats(0.002, 0.02), tilts_deg, starts)
def test_a_kept_band_is_kept_and_pays_for_the_drag(
    low_m: float, width_m: float, drag: float, tilt_deg: float, start: date
) -> None:
    end = start + timedelta(days=900)
    weather, high_m = expected_weather(start, end), low_m + width_m
    band = keep_band(high_m, low_m, high_m, drag, tilt_deg, start, end, weather)
    assert (band.altitude_m >= low_m - 1e-3).all()
    assert (band.altitude_m <= high_m + 1e-3).all()
    assert band.burns.sum() == band.burn_d.size
    assert (np.diff(band.burn_d) > 0).all()
    each = sum(transfer_dv_m_s(low_m, high_m))
    assert band.dv_m_s.sum() == pytest.approx(band.burns.sum() * each)
    # To within one burn, it costs between holding the top and holding the bottom.
    cheap, dear = (holding_dv_m_s(h, drag, tilt_deg, start, end, weather).sum() for h in (high_m, low_m))
    assert cheap * 0.99 - each <= band.dv_m_s.sum() <= dear * 1.01 + each


@FEW
@given(
    st.lists(st.floats(0, 5e6), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(1, 8), st.floats(10, 2000)), max_size=6),
)
def test_shares_meet_the_need_and_nobody_gives_more_than_he_has(
    need: list[float], given_: list[tuple[int, int, float]]
) -> None:
    visits = [Visit(Booster("x", "y", kg, 300, 1), 30.0 * at, 30.0 * (at + stay)) for at, stay, kg in given_]
    told = share(np.array(need), 30.0 * np.arange(len(need) + 1), visits)
    assert told.impulse_n_s.sum(axis=0) + told.missing_n_s == pytest.approx(np.array(need), abs=1e-3)
    assert (told.missing_n_s >= -1e-6).all()
    for visit, row in zip(visits, told.impulse_n_s, strict=True):
        assert row.sum() <= visit.booster.impulse_n_s * (1 + 1e-12)
        away = [k for k in range(len(need)) if not visit.from_d < 30.0 * (k + 1) <= visit.until_d]
        assert row[away].sum() == 0


@FEW
@given(st.floats(230e3, 600e3), st.floats(0, 100e3))
def test_a_deorbit_from_lower_never_costs_more(from_m: float, lower_m: float) -> None:
    near = max(from_m - lower_m, 220e3)
    assert budget(near).dv_m_s <= budget(from_m).dv_m_s + 1e-9


@FEW
@given(st.floats(1, 179))
def test_an_orbit_is_somewhere_all_the_time_and_north_as_long_as_south(tilt_deg: float) -> None:
    under = time_under(tilt_deg)
    assert under.sum() == pytest.approx(1.0)
    assert under == pytest.approx(under[::-1], abs=1e-7)
    assert under == pytest.approx(time_under(180 - tilt_deg), abs=1e-7)


@FEW
@given(st.floats(0, 1e4), st.floats(5, 175), st.floats(1970, 2049), st.floats(0, 1))
def test_more_people_and_more_pieces_are_more_risk(
    area_m2: float, tilt_deg: float, year: float, later: float
) -> None:
    assert people_per_km2(tilt_deg, year + later) >= people_per_km2(tilt_deg, year)
    assert expected_casualties(2 * area_m2, tilt_deg, year) == pytest.approx(
        2 * expected_casualties(area_m2, tilt_deg, year)
    )


@FEW
@given(st.integers(0, 1000), starts, st.integers(10, 2000))
def test_what_was_observed_is_never_drawn(seed: int, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    drawn, expected = drawn_weather(start, end, streams(seed, 3)), expected_weather(start, end)
    past = max(
        0, min(2026 * 12 + 2 - drawn.first, expected.flux_sfu.shape[1])
    )  # observed up to February 2026
    assert drawn.flux_sfu.shape == (3, expected.flux_sfu.shape[1])
    assert (drawn.flux_sfu[:, :past] == expected.flux_sfu[:, :past]).all()
    assert (drawn.flux_sfu >= 60).all()
    assert (drawn.ap >= 0).all()
