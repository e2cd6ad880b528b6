"""Commands about a station's orbit: how it decays, what holds it, how it comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from moonwright.cli.orbit_given import ISP, LENGTH, TIME, Given, given, station_options
from moonwright.cli.orbit_told import Answer, days, kilometres, quantiles, tell, year_ends

if TYPE_CHECKING:
    from moonwright.orbit.decay import Decay

_TELL = (0.05, 0.5, 0.95)


def _plain(command: Callable[..., None]) -> Callable[..., None]:
    """What an orbit cannot be is a fault of the command's use, told in one line."""

    @wraps(command)
    def wrapped(**options: Any) -> None:
        from moonwright.errors import OrbitError

        try:
            command(**options)
        except OrbitError as error:
            raise click.UsageError(f"{str(error)[0].upper()}{str(error)[1:]}.") from None

    return wrapped


@click.group()
def orbit() -> None:
    """Hold a station's orbit, or see what comes when nobody does."""


@orbit.command()
@station_options
@_plain
def decay(**options: Any) -> None:
    """Tell how a station sinks and when it falls if nobody reboosts; of FILE, the station that it keeps."""
    from moonwright.orbit.circular import EARTH_RADIUS_M
    from moonwright.orbit.decay import sink_m_d
    from moonwright.orbit.entry import casualty_area_m2, expected_casualties, latitude_band_deg, people_below
    from moonwright.orbit.weather import expected_weather

    asked = given(options)
    fall, expected = _falls(asked, options, ())
    now = expected_weather(asked.start, asked.start + timedelta(days=1))
    drag = asked.now.drag_m2_kg
    sink = sink_m_d(
        asked.altitude_m, drag, asked.inclination_deg, asked.start.month, now.flux_sfu[0, 0], now.ap[0, 0]
    )
    entry = fall.passed_d[:, 0]
    year = min(
        (asked.start + timedelta(days=float(quantiles(entry, (0.5,), asked.end, asked.start)[0]))).year, 2050
    )
    hurt = expected_casualties(casualty_area_m2(asked.mass_kg), asked.inclination_deg, year)
    south, north = latitude_band_deg(asked.inclination_deg)
    lines = [
        (
            f"{asked.altitude_m / 1e3:.1f} km above {EARTH_RADIUS_M / 1e3:.0f} km, {drag:.5f} m2/kg:"
            f" loses {sink:.0f} m a day in {asked.start:%B %Y}"
        ),
        f"Falls by itself {days(asked.start, entry, asked.end)}",
        (
            f"Anywhere between {abs(south):.1f} S and {north:.1f} N, where {people_below(asked.inclination_deg):.0%} of"
            f" all people live: {hurt:.3f} casualties expected (a controlled entry is asked for above 0.0001)"
        ),
    ]
    tell(
        Answer(
            title="Mean altitude if nobody reboosts",
            lines=lines,
            head=("day", "5 %", "median", "95 %", "expected Sun"),
            rows=_altitude_rows(asked, fall, expected),
            data={
                "sink_m_d": sink,
                "drag_m2_kg": drag,
                "entry": _told_dates(asked, entry),
                "not_fallen": float((entry == float("inf")).mean()),
                "latitudes_deg": [south, north],
                "expected_casualties": hurt,
            },
            tables={"altitude": _altitude_table(asked, fall, expected), "entry": _entry_table(asked, fall)},
            charts={"altitude": _chart(asked, fall, expected, ())},
        ),
        asked,
        options,
    )


@orbit.command()
@station_options
@click.option("--low", callback=LENGTH, help="Lower end of the band [5 km below the altitude].")
@click.option("--high", callback=LENGTH, help="Upper end of the band [5 km above the altitude].")
@click.option("--isp", callback=ISP, default="300 s", show_default=True, help="Of whatever burns.")
@click.option(
    "--visit",
    "visits",
    multiple=True,
    metavar="DAY,DAYS,BOOSTER",
    help='A booster at the station, such as "2027-01-01,180,progress"; repeatable.',
)
@_plain
def reboost(**options: Any) -> None:
    """Tell what holding an orbit takes, within a band of altitudes, and who can give it."""
    from moonwright.cli.orbit_reboost import reboost_answer

    asked = given(options)
    low = options["low"] if options["low"] is not None else asked.altitude_m - 5e3
    high = options["high"] if options["high"] is not None else asked.altitude_m + 5e3
    tell(reboost_answer(asked, options, low, high), asked, options)


@orbit.command()
@station_options
@click.option(
    "--crew-leaves", callback=LENGTH, default="330 km", show_default=True, help="Altitude of the last crew."
)
@click.option(
    "--control", callback=LENGTH, default="220 km", show_default=True, help="Where control is lost."
)
@click.option("--perigee", callback=LENGTH, default="50 km", show_default=True, help="Of the entry orbit.")
@click.option(
    "--campaign", callback=TIME, default="4 d", show_default=True, help="From the first of the last burns."
)
@click.option(
    "--with", "by", multiple=True, metavar="BOOSTER", help='Who burns, such as "progress*3"; repeatable.'
)
@_plain
def deorbit(**options: Any) -> None:
    """Tell what bringing a station down on purpose takes, who can, and by when it must begin."""
    from moonwright.cli.orbit_deorbit import deorbit_answer

    asked = given(options)
    marks = (120e3, options["control"], options["crew_leaves"])
    fall, expected = _falls(asked, options, marks[1:])
    chart = _chart(asked, fall, expected, ((marks[1], "control lost"), (marks[2], "crew leaves")))
    tables = {"altitude": _altitude_table(asked, fall, expected)}
    tell(deorbit_answer(asked, options, fall, chart, tables), asked, options)


def _falls(asked: Given, options: dict[str, Any], marks_m: tuple[float, ...]) -> tuple[Decay, Decay]:
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
    spread = np.quantile(fall.altitude_m, _TELL, axis=0)
    return [
        (
            str(asked.start + timedelta(days=float(fall.day_d[n]))),
            *(kilometres(spread[k, n]) for k in range(3)),
            kilometres(expected.altitude_m[0, n]),
        )
        for n in places
    ]


def _altitude_table(asked: Given, fall: Decay, expected: Decay) -> list[tuple[object, ...]]:
    import numpy as np

    spread = np.quantile(fall.altitude_m, _TELL, axis=0) / 1e3
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


def _told_dates(asked: Given, when_d: Any) -> dict[str, str | None]:
    from moonwright.cli.orbit_told import day_of

    return {
        f"p{round(q * 100):02d}": day_of(asked.start, value, asked.end)
        for q, value in zip(_TELL, quantiles(when_d, _TELL, None, asked.start), strict=True)
    }


def _chart(asked: Given, fall: Decay, expected: Decay, levels: tuple[tuple[float, str], ...]) -> str:
    import numpy as np

    from moonwright.report.fan import Fan, fan_svg

    low, middle, high = np.quantile(fall.altitude_m, _TELL, axis=0) / 1e3
    dates: list[date] = [asked.start + timedelta(days=float(day)) for day in fall.day_d]
    course = list(zip(dates, (expected.altitude_m[0] / 1e3).tolist(), strict=True))
    return fan_svg(
        Fan(
            "Mean altitude if nobody reboosts",
            "km",
            dates,
            low.tolist(),
            middle.tolist(),
            high.tolist(),
            course,
            "expected Sun",
            [(level / 1e3, name) for level, name in levels],
        )
    )
