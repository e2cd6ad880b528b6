"""What `moonwright orbit reboost` answers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from moonwright.cli.orbit_given import Given
from moonwright.cli.orbit_told import SHARES, Answer, year_ends

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from moonwright.orbit.boosters import Booster, Visit
    from moonwright.orbit.reboost import Band

    Floats = NDArray[np.float64]


def reboost_answer(asked: Given, options: dict[str, Any], low_m: float, high_m: float) -> Answer:
    """Need by year with its spread, what each visitor gives, and who meets what."""
    import numpy as np

    from moonwright.orbit.reboost import holding_dv_m_s, keep_band
    from moonwright.orbit.rocket import G0_M_S2
    from moonwright.orbit.station import density_factors, drag_by_month, mass_by_month, streams
    from moonwright.orbit.weather import drawn_weather, expected_weather

    trials = streams(options["seed"], options["trials"])
    span = (asked.start, asked.end)
    drag, mass = drag_by_month(asked.stations, *span), mass_by_month(asked.stations, *span)
    weather = drawn_weather(*span, trials)
    drawn = drag * density_factors(trials)[:, None]
    band = keep_band(asked.altitude_m, low_m, high_m, drawn, asked.inclination_deg, *span, weather)
    one = keep_band(
        asked.altitude_m, low_m, high_m, drag, asked.inclination_deg, *span, expected_weather(*span)
    )
    middle = (low_m + high_m) / 2
    held = holding_dv_m_s(middle, drawn, asked.inclination_deg, *span, weather)
    burnt = mass * -np.expm1(-held / (options["isp"] * G0_M_S2))
    shared = _shares(asked, options, np.quantile(held, 0.5, axis=0) * mass, band.day_d)
    years = (asked.end - asked.start).days / 365.25
    per_year = float(np.median(held.sum(axis=1))) / years
    return Answer(
        title="What holding it takes",
        lines=[
            (
                f"Between {low_m / 1e3:g} and {high_m / 1e3:g} km: {per_year:.1f} m/s a year in the median,"
                f" {np.median(burnt.sum(axis=1)) / years / 1e3:.1f} t of propellant at {options['isp']:g} s"
            ),
            f"With the expected Sun the burns are on {_burn_days(asked, one)}",
        ],
        head=("until", "m/s: 5 %", "median", "95 %", "burns", "propellant t: 5 %", "median", "95 %"),
        rows=_rows(asked, band, held, burnt),
        data={"dv_m_s_yr": per_year, "burn_days": _burn_list(asked, one), **shared[0]},
        tables={"need": _need_table(asked, band, held, burnt), **shared[1]},
        charts={"altitude": _chart(asked, band, one, low_m, high_m), "need": _need_chart(asked, band, held)},
        after=[*_visitors(asked, per_year), *shared[2]],
    )


def _rows(asked: Given, band: Band, held: Floats, burnt: Floats) -> list[list[str]]:
    """A row a calendar year: the need at the middle of the band, and the burns within it."""
    import numpy as np

    places = year_ends(asked.start, band.day_d)
    rows = []
    for first, last in pairwise(places):
        dv = np.quantile(held[:, first:last].sum(axis=1), SHARES)
        mass = np.quantile(burnt[:, first:last].sum(axis=1), SHARES) / 1e3
        burns = float(np.median(band.burns[:, first:last].sum(axis=1)))
        until = asked.start + timedelta(days=float(band.day_d[last]))
        rows.append([str(until), *(f"{x:.1f}" for x in dv), f"{burns:.0f}", *(f"{x:.1f}" for x in mass)])
    return rows


def _need_table(asked: Given, band: Band, held: Floats, burnt: Floats) -> list[tuple[object, ...]]:
    import numpy as np

    dv, mass = np.quantile(held, SHARES, axis=0), np.quantile(burnt, SHARES, axis=0)
    means = (held.mean(axis=0), burnt.mean(axis=0))
    head = [f"{what}_{q}" for what in ("dv_m_s", "propellant_kg") for q in ("p05", "p50", "p95", "mean")]
    rows: list[tuple[object, ...]] = [("month_from", *head)]
    for n, day in enumerate(band.day_d[:-1]):
        values = (*dv[:, n], means[0][n], *mass[:, n], means[1][n])
        rows.append((asked.start + timedelta(days=float(day)), *(f"{value:.4g}" for value in values)))
    return rows


def _visitors(asked: Given, dv_m_s_yr: float) -> list[str]:
    """What each booster gives this station at this altitude."""
    from moonwright.orbit.reboost import burn_gain

    lines = ["", "What each can give"]
    for one in _boosters(asked):
        gain = burn_gain(one.impulse_n_s, one.isp_s, asked.mass_kg, asked.altitude_m)
        many = dv_m_s_yr / gain.dv_m_s
        lines.append(
            f"  {one.name} ({one.partner}): {gain.dv_m_s:.2f} m/s, {gain.raised_m / 1e3:.1f} km,"
            f" {gain.propellant_kg:.0f} kg; {many:.1f} a year would hold it alone"
        )
    return lines


def _boosters(asked: Given) -> list[Booster]:
    """The known ones, and the vehicles of a scenario that reboost."""
    from moonwright.orbit.boosters import Booster, known
    from moonwright.orbit.rocket import reboost_propellant_kg

    found = dict(known())
    if asked.scenario is not None:
        for name, vehicle in asked.scenario.vehicles.items():
            if vehicle.reboost is not None:
                burnt = reboost_propellant_kg(float(vehicle.reboost), 300.0)
                found[name] = Booster(
                    name, vehicle.owner, burnt, 300.0, 0.0, "of the scenario; Isp 300 s assumed"
                )
    return list(found.values())


def _shares(
    asked: Given, options: dict[str, Any], need_n_s: Floats, edges_d: Floats
) -> tuple[dict[str, Any], dict[str, list[tuple[object, ...]]], list[str]]:
    """Data, tables and lines on who meets the median need."""
    from moonwright.cli.orbit_plan import planned_visits
    from moonwright.orbit.boosters import share

    visits = [_visit(asked, text) for text in options["visits"]]
    if options["results"] is not None:
        visits += planned_visits(asked, options["results"], {one.name: one for one in _boosters(asked)})
    if not visits:
        return {}, {}, []
    told = share(need_n_s, edges_d, visits)
    by_partner: dict[str, float] = {}
    for visit, burnt in zip(visits, told.propellant_kg, strict=True):
        by_partner[visit.booster.partner] = by_partner.get(visit.booster.partner, 0.0) + float(burnt.sum())
    missing = float(told.missing_n_s.sum() / max(need_n_s.sum(), 1.0))
    lines = ["", "Who burns what of the median need"]
    lines += [f"  {partner}: {burnt / 1e3:.2f} t" for partner, burnt in by_partner.items()]
    lines.append(f"  nobody: {missing:.0%} of the impulse")
    head = ("month_from", *(f"{v.booster.partner}:{v.booster.name}_kg" for v in visits), "missing_n_s")
    rows: list[tuple[object, ...]] = [head]
    for n, day in enumerate(edges_d[:-1]):
        cells = (*(f"{x:.1f}" for x in told.propellant_kg[:, n]), f"{told.missing_n_s[n]:.0f}")
        rows.append((asked.start + timedelta(days=float(day)), *cells))
    return {"propellant_kg": by_partner, "missing_share": missing}, {"shares": rows}, lines


def _visit(asked: Given, text: str) -> Visit:
    from moonwright.errors import OrbitError
    from moonwright.orbit.boosters import Visit, booster

    try:
        day, stay, name = (part.strip() for part in text.split(","))
        opens, stay_d = float((date.fromisoformat(day) - asked.start).days), float(stay)
    except ValueError:
        raise click.UsageError(
            f'--visit {text!r}: write DAY,DAYS,BOOSTER, such as "2027-01-01,180,progress".'
        ) from None
    own = {one.name: one for one in _boosters(asked)}
    if stay_d <= 0:
        raise OrbitError(f"a visit lasts some days, not {stay_d:g}")
    return Visit(own[name] if name in own else booster(name), opens, opens + stay_d)


def _burn_list(asked: Given, one: Band) -> list[str]:
    return [str(asked.start + timedelta(days=float(day))) for day in one.burn_d]


def _burn_days(asked: Given, one: Band, most: int = 6) -> str:
    told = _burn_list(asked, one)
    if not told:
        return "no day"
    return ", ".join(told[:most]) + (f" and {len(told) - most} more" if len(told) > most else "")


def _chart(asked: Given, band: Band, one: Band, low_m: float, high_m: float) -> str:
    import numpy as np

    from moonwright.report.fan import Fan, fan_svg

    low, middle, high = np.quantile(band.altitude_m, SHARES, axis=0) / 1e3
    days = [asked.start + timedelta(days=float(day)) for day in band.day_d]
    return fan_svg(
        Fan(
            "Mean altitude held within its band",
            "km",
            days,
            low.tolist(),
            middle.tolist(),
            high.tolist(),
            _saw(asked, one, low_m, high_m),
            "expected Sun",
            [(low_m / 1e3, "low"), (high_m / 1e3, "high")],
        )
    )


def _need_chart(asked: Given, band: Band, held: Floats) -> str:
    """What holding the middle of the band takes, at the rate of a year."""
    import numpy as np

    from moonwright.report.fan import Fan, fan_svg

    yearly = held / np.diff(band.day_d) * 365.25
    low, middle, high = np.quantile(yearly, SHARES, axis=0)
    days = [asked.start + timedelta(days=float(day)) for day in band.day_d[:-1]]
    return fan_svg(
        Fan("Impulse that holds the orbit", "m/s a year", days, low.tolist(), middle.tolist(), high.tolist())
    )


def _saw(asked: Given, one: Band, low_m: float, high_m: float) -> list[tuple[date, float]]:
    """The course of one trial: the ends of months, and both ends of each burn."""
    points = [(float(day), 1.0, height) for day, height in zip(one.day_d, one.altitude_m[0], strict=True)]
    points += [(float(day), 0.0, low_m) for day in one.burn_d] + [
        (float(day), 0.5, high_m) for day in one.burn_d
    ]
    return [(asked.start + timedelta(days=day), height / 1e3) for day, _, height in sorted(points)]
