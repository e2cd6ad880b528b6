"""What the orbit commands are asked about: a station from options, or from a scenario file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from moonwright.cli.data import data_option, load

if TYPE_CHECKING:
    from moonwright.orbit.station import Station
    from moonwright.scenario.scenario import Scenario

Command = TypeVar("Command", bound=Callable[..., Any])

AREA_M2 = 1238.0
"""Assumed where no area is given: with the usual coefficient of 2.2 and 420 t it makes 0.0065 m2/kg, as in case R7."""


@dataclass(frozen=True)
class Given:
    """A station in its orbit, the time looked at, and what had to be assumed."""

    stations: tuple[Station, ...]
    altitude_m: float
    inclination_deg: float
    start: date
    end: date
    assumed: tuple[str, ...]
    scenario: Scenario | None
    node: str | None = None  # where the scenario keeps it

    @property
    def now(self) -> Station:
        """The station as it is on the first day."""
        return [s for s in self.stations if s.since <= self.start or s is self.stations[0]][-1]

    @property
    def mass_kg(self) -> float:
        """Its mass on the first day."""
        return self.now.mass_kg


def quantity(text: str, dimension: str) -> float:
    """A number with its unit, as scenario files write it, in the canonical unit of its dimension."""
    from moonwright import units
    from moonwright.errors import UnitError

    try:
        return units.parse(text, getattr(units, dimension))
    except UnitError as error:
        raise click.BadParameter(str(error)) from None


def _read(dimension: str) -> Callable[[click.Context, click.Parameter, str | None], float | None]:
    return lambda context, parameter, text: None if text is None else quantity(text, dimension)


MASS, LENGTH, TIME, ISP, ANGLE = (_read(name) for name in ("MASS", "LENGTH", "TIME", "ISP", "ANGLE"))
DAY = click.DateTime(["%Y-%m-%d"])

_OPTIONS = (
    click.argument("file", required=False, type=click.Path(path_type=Path)),
    data_option,
    click.option("--node", help="The station's node in FILE; needed where it keeps several stations."),
    click.option("--mass", callback=MASS, help='Of the station, such as "420 t".'),
    click.option(
        "--area", type=click.FloatRange(min=0), metavar="M2", help=f"Drag area [assumed: {AREA_M2:g}]."
    ),
    click.option(
        "--cd", type=click.FloatRange(min=0, min_open=True), help="Drag coefficient [assumed: 2.2]."
    ),
    click.option("--altitude", callback=LENGTH, help='Mean altitude, such as "415 km".'),
    click.option("--inclination", callback=ANGLE, help='Such as "51.6 deg" [assumed: that].'),
    click.option("--from", "start", type=DAY, help="First day; else that of FILE."),
    click.option("--until", "end", type=DAY, help="Last day; else that of FILE, or ten years on."),
    click.option(
        "--grow",
        multiple=True,
        metavar="DAY,MASS,M2",
        help='The station from a day on, such as "2027-01-01,430 t,1300"; repeatable.',
    ),
    click.option("--trials", default=1000, show_default=True, type=click.IntRange(1, 20_000)),
    click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0)),
    click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for tables and charts."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout."),
)


def station_options(command: Command) -> Command:
    """The options that all orbit commands share."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given(options: dict[str, Any]) -> Given:
    """What the shared options ask about; what is said on the command line wins over the file."""
    scenario, from_file = _from_file(options["file"], options["node"])
    said = {key: value for each in (from_file, options) for key, value in each.items() if value is not None}
    missing = [f"--{key}" for key in ("mass", "altitude") if key not in said]
    missing += ["--from"] if "start" not in said else []
    if missing:
        raise click.UsageError(f"Give a scenario FILE, or {', '.join(missing)}.")
    start = _day(said["start"])
    assumed = []
    if options["area"] is not None:
        said.pop("drag", None)
    if options["mass"] is not None:
        said.pop("growth", None)
    drag = said.get("drag", ())
    if "area" not in said and not drag:
        assumed.append(f"drag area {AREA_M2:g} m2")
    if "cd" not in said and not (drag and all(each.coefficient for each in drag)):
        assumed.append("drag coefficient 2.2")
    if "inclination" not in said:
        assumed.append("inclination 51.6 deg")
    return Given(
        _stations(said, start),
        said["altitude"],
        said.get("inclination", 51.6),
        start,
        _end(said.get("end"), start, assumed),
        tuple(assumed),
        scenario,
        said.get("station"),
    )


def _stations(said: dict[str, Any], start: date) -> tuple[Station, ...]:
    from moonwright.orbit.station import DRAG_COEFFICIENT, Station, checked

    cd = said.get("cd", DRAG_COEFFICIENT)
    stages = [Station(day, _mass_kg(said, day), *_air(said, cd, day)) for day in _turns(said, start)]
    for text in said["grow"]:
        parts = [part.strip() for part in text.split(",")]
        try:
            day, heavy, area = parts
            stages.append(Station(date.fromisoformat(day), quantity(heavy, "MASS"), float(area), cd))
        except ValueError:
            raise click.UsageError(
                f'--grow {text!r}: write DAY,MASS,M2, such as "2027-01-01,430 t,1300".'
            ) from None
    return checked(stages)


def _turns(said: dict[str, Any], start: date) -> list[date]:
    """The first day, and those on which the file has another mass or drag begin."""
    grown = [day for each in said.get("growth", ()) for day in (each.starts, each.until)]
    days = [start, *(each.starts for each in said.get("drag", ())), *grown]
    return sorted({day for day in days if day is not None})


def _mass_kg(said: dict[str, Any], day: date) -> float:
    return float(next((each.mass for each in said.get("growth", ()) if each.holds(day)), said["mass"]))


def _air(said: dict[str, Any], cd: float, day: date) -> tuple[float, float]:
    """Drag area (m2) and coefficient: of the drag that began last; before all of them, of the first."""
    begun = sorted(said.get("drag", ()), key=lambda each: each.starts or date.min)
    if not begun:
        return said.get("area", AREA_M2), cd
    last = next((each for each in reversed(begun) if (each.starts or date.min) <= day), begun[0])
    return float(last.area), said.get("cd") or float(last.coefficient or cd)


def _end(end: object, start: date, assumed: list[str]) -> date:
    from moonwright.orbit.weather import known_until

    if end is not None:
        return _day(end)
    last = min(date(start.year + 10, start.month, min(start.day, 28)), known_until())
    assumed.append(f"until {last}")
    return last


def _day(value: Any) -> date:
    """A date, of what click or a scenario calls one."""
    return date(value.year, value.month, value.day)


def _from_file(file: Path | None, node: str | None) -> tuple[Scenario | None, dict[str, Any]]:
    """The scenario, and what it says of the station that it keeps."""
    if file is None:
        return None, {}
    scenario = load(file)
    kept = {keeping.node: keeping for keeping in scenario.station_keeping}
    if not kept:
        raise click.UsageError(f"{file}: keeps no station in orbit; it needs station_keeping.")
    if node is None and len(kept) != 1:
        raise click.UsageError(f"{file}: keeps {', '.join(kept)}; say which with --node.")
    name = node if node is not None else next(iter(kept))
    if name not in kept:
        raise click.UsageError(f"{file}: keeps no station at {name!r} but {', '.join(kept)}.")
    place = scenario.nodes[name]
    if place.kind != "orbit" or place.body != "earth":
        raise click.UsageError(
            f"{file}: {name} is no orbit of the Earth; there is air to sink in nowhere else."
        )
    return scenario, {
        "station": name,
        "mass": float(kept[name].mass),
        "growth": kept[name].growth,
        "drag": kept[name].drag,
        "altitude": place.mean_altitude,
        "inclination": place.inclination,
        "start": scenario.horizon.start,
        "end": scenario.horizon.end,
    }
