"""What holds for every horizon, terrain and Sun."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from moonwright.site import light
from moonwright.site.horizon import Horizon, terrain_horizon
from moonwright.site.power import Array, array_kw, storage_needed
from moonwright.site.stereographic import PolarMap
from moonwright.site.terrain import Place, Terrain

R_M = 1_737_400.0
SIZE, PIXEL_M = 61, 100.0
MIDDLE = (SIZE - 1) / 2
GRID = PolarMap(R_M, True, PIXEL_M, MIDDLE, MIDDLE)
POLE = Place(math.radians(-90), 0.0)

seeds = st.integers(0, 2**32 - 1)
degrees = st.floats(-20.0, 20.0)
horizons = st.lists(degrees, min_size=1, max_size=40).map(
    lambda elevation_deg: Horizon(
        np.linspace(0.0, 2 * math.pi, len(elevation_deg), endpoint=False),
        np.radians(np.array(elevation_deg)),
        "drawn",
    )
)


def suns(seed: int) -> light.Disc:
    rng = np.random.default_rng(seed)
    azimuth, elevation = rng.uniform(0.0, 2 * math.pi, 200), np.radians(rng.uniform(-25.0, 25.0, 200))
    return light.Disc(azimuth, elevation, np.radians(rng.uniform(0.1, 1.0, 200)))


def rough(seed: int) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    return np.asarray(np.cumsum(rng.normal(0.0, 20.0, (SIZE, SIZE)), axis=0), dtype=np.float32)


@given(horizons, seeds, st.floats(0.0, 10.0))
def test_a_higher_horizon_never_gives_more_light(horizon: Horizon, seed: int, higher_deg: float) -> None:
    higher = Horizon(horizon.azimuth_rad, horizon.elevation_rad + math.radians(higher_deg), "higher")
    assert (light.share_seen(higher, suns(seed)) <= light.share_seen(horizon, suns(seed)) + 1e-12).all()


@given(horizons, horizons, seeds)
def test_two_horizons_over_one_another_leave_less_than_either(a: Horizon, b: Horizon, seed: int) -> None:
    both = light.share_seen(a.over(b), suns(seed))
    # Where they cross between two directions, the line between the higher ends lies above both.
    assert (both <= light.share_seen(a, suns(seed)) + 1e-9).all()
    assert (both <= light.share_seen(b, suns(seed)) + 1e-9).all()


@given(horizons, seeds)
def test_a_share_is_from_nothing_to_all(horizon: Horizon, seed: int) -> None:
    share = light.share_seen(horizon, suns(seed))
    assert ((share >= 0.0) & (share <= 1.0)).all()


@given(horizons, seeds, st.floats(0.0, 6.28))
def test_turning_sky_and_horizon_together_changes_nothing(horizon: Horizon, seed: int, angle: float) -> None:
    turned_azimuth = (horizon.azimuth_rad + angle) % (2 * math.pi)
    order = np.argsort(turned_azimuth)
    turned = Horizon(turned_azimuth[order], horizon.elevation_rad[order], "turned")
    sun = suns(seed)
    around = light.Disc((sun.azimuth_rad + angle) % (2 * math.pi), sun.elevation_rad, sun.radius_rad)
    assert np.allclose(light.share_seen(turned, around), light.share_seen(horizon, sun), atol=1e-9)


@given(horizons, horizons, seeds)
def test_two_sites_together_are_no_worse_than_the_better(a: Horizon, b: Horizon, seed: int) -> None:
    time_d = np.arange(200.0)
    one, other = light.share_seen(a, suns(seed)), light.share_seen(b, suns(seed))
    both = light.together(one, other)
    assert (
        light.mean_share(time_d, both) >= max(light.mean_share(time_d, part) for part in (one, other)) - 1e-12
    )
    longest = [light.longest_darkness(time_d, share).duration_d for share in (both, one, other)]
    assert longest[0] <= min(longest[1:])


@given(seeds, st.integers(1, 3))
def test_turning_the_ground_turns_the_horizon(seed: int, quarters: int) -> None:
    """About the pole, by whole quarters, which move pixels onto pixels: from up to left is towards smaller azimuths."""
    heights = rough(seed)
    before = terrain_horizon(Terrain(heights, GRID, "a"), POLE, 2.0, azimuths=360)
    after = terrain_horizon(Terrain(np.rot90(heights, quarters).copy(), GRID, "b"), POLE, 2.0, azimuths=360)
    turned = np.roll(before.elevation_rad, -90 * quarters)
    assert np.allclose(after.elevation_rad, turned, atol=1e-9)


@given(seeds, st.floats(0.0, 500.0))
def test_raising_ground_away_from_the_site_never_lowers_the_horizon(seed: int, more_m: float) -> None:
    heights = rough(seed)
    raised = heights.copy()
    away = np.hypot(*(np.indices((SIZE, SIZE)) - MIDDLE)) > 3
    raised[away & (np.random.default_rng(seed).random((SIZE, SIZE)) < 0.1)] += np.float32(more_m)
    before, after = (terrain_horizon(Terrain(h, GRID, ""), POLE, 2.0, azimuths=90) for h in (heights, raised))
    assert (after.elevation_rad >= before.elevation_rad - 1e-9).all()


@given(st.floats(0.0, 0.3), st.floats(0.0, 50.0), st.floats(0.0, 50.0))
def test_on_convex_ground_a_higher_mast_sees_more_sky(steep: float, mast_m: float, more_m: float) -> None:
    """On a dome, whose height falls faster and faster: nothing on it can come into the way from higher up."""
    away_m = np.hypot(*(np.indices((SIZE, SIZE)) - MIDDLE)) * PIXEL_M
    dome = Terrain((-steep * away_m**2 / 6000.0).astype(np.float32), GRID, "dome")
    low, high = (terrain_horizon(dome, POLE, m, azimuths=90).elevation_rad for m in (mast_m, mast_m + more_m))
    assert (high <= low + 1e-9).all()


@given(seeds, st.floats(0.0, 5.0), st.floats(0.0, 5.0))
def test_a_larger_load_never_needs_a_smaller_store(seed: int, load_kw: float, more_kw: float) -> None:
    supply_kw = np.random.default_rng(seed).uniform(0.0, 10.0, 300)
    small, large = (storage_needed(np.arange(300.0), supply_kw, kw) for kw in (load_kw, load_kw + more_kw))
    assert large.needed_kwh >= small.needed_kwh - 1e-6


@given(seeds)
def test_no_array_gives_more_than_one_that_follows_the_sun(seed: int) -> None:
    sun, share = suns(seed), np.random.default_rng(seed).random(200)
    best = array_kw(Array(5.0, "tracking"), sun, share)
    turning, fixed = Array(5.0, "turning"), Array(5.0, "fixed", 1.0, 0.5)
    assert (array_kw(turning, sun, share) <= best + 1e-12).all()
    assert (array_kw(fixed, sun, share) <= best + 1e-12).all()
