"""What `moonwright orbit decay` answers, and the course of a station that `deorbit` begins with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from moonwright.cli.orbit_given import Given
from moonwright.cli.orbit_told import SHARES, Answer, dates, days, kilometres, quantiles, year_ends

if TYPE_CHECKING:
    from moonwright.orbit.decay import Decay


def decay_answer(asked: Given, options: dict[str, Any]) -> Answer:
    """How it sinks now, when it falls, and whom that endangers."""
    from moonwright.orbit.entry import latitude_band_deg

    fall, expected = falls(asked, options, ())
    entry = fall.passed_d[:, 0]
    sink, hurt = _sink_m_d(asked), casualties(asked, quantiles(entry, (0.5,), asked.end, asked.start)[0])
    return Answer(
        title="Mean altitude if nobody reboosts",
        lines=_lines(asked, fall, sink, hurt),
        head=("day", "5 %", "median", "95 %", "expected Sun"),
        rows=_altitude_rows(asked, fall, expected),
        data={
            "sink_m_d": sink,
            "drag_m2_kg": asked.now.drag_m2_kg,
            "entry": dates(asked, entry),
            "not_fallen": float((entry == float("inf")).mean()),
            "latitudes_deg": list(latitude_band_deg(asked.inclination_deg)),
            "expected_casualties": hurt,
        },
        tables={"altitude": altitude_table(asked, fall, expected), "entry": _entry_table(asked, fall)},
        charts={"altitude": chart(asked, fall, expected, ())},
    )


def casualties(asked: Given, day_d: float) -> float:
    """People hurt on average by an entry on a day; the world is counted until 2050."""
    from moonwright.orbit.entry import casualty_area_m2, expected_casualties

    year = min((asked.start + timedelta(days=day_d)).year, 2050)
    return expected_casualties(casualty_area_m2(asked.mass_kg), asked.inclination_deg, year)


def _sink_m_d(asked: Given) -> float:
    """The loss of altitude in the first month."""
    from moonwright.orbit.decay import sink_m_d
    from moonwright.orbit.weather import expected_weather

    sun = expected_weather(asked.start, asked.start + timedelta(days=1))
    flux, ap = float(sun.flux_sfu[0, 0]), float(sun.ap[0, 0])
    return sink_m_d(
        asked.altitude_m, asked.now.drag_m2_kg, asked.inclination_deg, asked.start.month, flux, ap
    )


def _lines(asked: Given, fall: Decay, sink: float, hurt: float) -> list[str]:
    from moonwright.orbit.circular import EARTH_RADIUS_M
    from moonwright.orbit.entry import CASUALTY_AREA_M2_T, latitude_band_deg, people_below

    south, north = latitude_band_deg(asked.inclination_deg)
    where = f"{asked.altitude_m / 1e3:.1f} km above {EARTH_RADIUS_M / 1e3:.0f} km, {asked.now.drag_m2_kg:.5f} m2/kg"
    people = (
        f"where {people_below(asked.inclination_deg):.0%} of all people live: {hurt:.3f} casualties expected"
        f" on {CASUALTY_AREA_M2_T:g} m2 of ground a tonne, assumed as of UARS"
    )
    return [
        f"{where}: loses {sink:.0f} m a day in {asked.start:%B %Y}",
        f"Falls by itself {days(asked.start, fall.passed_d[:, 0], asked.end)}",
        f"Anywhere between {-south:.1f} S and {north:.1f} N, {people} (a controlled entry is asked for above 0.0001)",
    ]


def falls(asked: Given, options: dict[str, Any], marks_m: tuple[float, ...]) -> tuple[Decay, Decay]:
    """The trials, and the one course of the expected Sun; the floor is the first mark."""
    from moonwright.orbit.atmosphere import FLOOR_M
    from moonwright.orbit.decay import decay as sinking
    from moonwright.orbit.station import decay_trials, drag_by_month, streams
    from moonwright.orbit.weather import expected_weather

    marks = (FLOOR_M, *marks_m)
    drag = drag_by_month(asked.stations, asked.start, asked.end)
    orbit_of = (asked.altitude_m, drag, asked.inclination_deg, asked.start, asked.end)
    trials = decay_trials(*orbit_of, streams(options["seed"], options["trials"]), marks)
    return trials, sinking(*orbit_of, expected_weather(asked.start, asked.end), marks)


def _altitude_rows(asked: Given, fall: Decay, expected: Decay) -> list[tuple[str, ...]]:
    """A row for each turn of the year."""
    import numpy as np

    places = year_ends(asked.start, fall.day_d)
    spread = np.quantile(fall.altitude_m, SHARES, axis=0)
    return [
        (
            str(asked.start + timedelta(days=float(fall.day_d[n]))),
            *(kilometres(spread[k, n]) for k in range(3)),
            kilometres(expected.altitude_m[0, n]),
        )
        for n in places
    ]


def altitude_table(asked: Given, fall: Decay, expected: Decay) -> list[tuple[object, ...]]:
    import numpy as np

    spread = np.quantile(fall.altitude_m, SHARES, axis=0) / 1e3
    rows: list[tuple[object, ...]] = [("day", "p05_km", "p50_km", "p95_km", "expected_sun_km")]
    for n, day in enumerate(fall.day_d):
        values = (*spread[:, n], expected.altitude_m[0, n] / 1e3)
        rows.append((asked.start + timedelta(days=float(day)), *(f"{value:.3f}" for value in values)))
    return rows


def _entry_table(asked: Given, fall: Decay) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [("trial", "day")]
    for n, day in enumerate(fall.passed_d[:, 0]):
        fallen = day < float("inf")
        rows.append((n, asked.start + timedelta(days=float(day)) if fallen else f"after {asked.end}"))
    return rows


def chart(asked: Given, fall: Decay, expected: Decay, levels: tuple[tuple[float, str], ...]) -> str:
    import numpy as np

    from moonwright.report.fan import Fan, fan_svg

    low, middle, high = np.quantile(fall.altitude_m, SHARES, axis=0) / 1e3
    at = [asked.start + timedelta(days=float(day)) for day in fall.day_d]
    course = list(zip(at, (expected.altitude_m[0] / 1e3).tolist(), strict=True))
    return fan_svg(
        Fan(
            "Mean altitude if nobody reboosts",
            "km",
            at,
            low.tolist(),
            middle.tolist(),
            high.tolist(),
            course,
            "expected Sun",
            [(level / 1e3, name) for level, name in levels],
        )
    )
