"""Commands about a place on the ground: its horizon, made once from terrain and kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.orbit_given import ANGLE, LENGTH

if TYPE_CHECKING:
    from moonwright.site.horizon import Horizon


@click.group()
def site() -> None:
    """Look from a place on the ground."""


@site.command()
@click.argument("terrain", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--lat", callback=ANGLE, required=True, help='Latitude, such as "-89.45 deg".')
@click.option("--lon", callback=ANGLE, required=True, help='East longitude, such as "222.69 deg".')
@click.option(
    "--mast", callback=LENGTH, default="2 m", show_default=True, help="Height of the arrays above the ground."
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to keep the horizon in, CSV."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def horizon(
    terrain: tuple[Path, ...], lat: float, lon: float, mast: float, output: Path, as_json: bool
) -> None:
    """Find the horizon of a place in TERRAIN, and keep it in a file that a scenario can name.

    TERRAIN are PDS labels (.LBL with its .IMG beside) or GeoTIFFs, fine and near before coarse and far.
    """
    from moonwright.errors import ScenarioError, SiteError
    from moonwright.site.stored import write_horizon

    _check_place(lat, lon, mast)
    _check_output(output)
    try:
        seen = _seen(terrain, lat, lon, mast)
    except SiteError as error:
        raise ScenarioError(error.faults) from None
    try:
        write_horizon(seen, output)
    except OSError as error:
        raise click.UsageError(f"{output}: cannot be written: {error.strerror or error}") from None
    told = _told(seen)
    click.echo(json.dumps({"file": str(output), **told}) if as_json else _in_words(told, output))


def _check_place(lat: float, lon: float, mast: float) -> None:
    if not -90.0 <= lat <= 90.0:
        raise click.BadParameter(f"--lat {lat:g} deg lies beyond a pole; from -90 deg to 90 deg")
    if not -180.0 <= lon <= 360.0:
        raise click.BadParameter(f"--lon {lon:g} deg; from -180 deg to 360 deg")
    if mast < 0.0:
        raise click.BadParameter(f"--mast {mast:g} m lies under the ground; 0 m or more")


def _check_output(output: Path) -> None:
    """Refuse to lose a file that is no horizon."""
    from moonwright.errors import SiteError
    from moonwright.site.stored import read_horizon

    if output.exists():
        try:
            read_horizon(output)
        except (SiteError, OSError):
            raise click.UsageError(
                f"{output}: exists, and is no horizon; give the horizon another name"
            ) from None


def _seen(terrain: tuple[Path, ...], lat: float, lon: float, mast: float) -> Horizon:
    from math import radians

    from moonwright.site.horizon import nested_horizon
    from moonwright.site.terrain import Place
    from moonwright.site.terrain_file import read_terrain

    place = Place(radians(lat), radians(lon))
    return nested_horizon([read_terrain(file, place) for file in terrain], place, mast)


def _told(seen: Horizon) -> dict[str, float | str]:
    import numpy as np

    elevation_deg, highest = np.degrees(seen.elevation_rad), int(seen.elevation_rad.argmax())
    return {
        "directions": len(elevation_deg),
        "lowest_deg": round(float(elevation_deg.min()), 4),
        "highest_deg": round(float(elevation_deg.max()), 4),
        "highest_at_deg": round(float(np.degrees(seen.azimuth_rad[highest])), 4),
        "source": seen.source,
    }


def _in_words(told: dict[str, float | str], output: Path) -> str:
    return (
        f"{told['source']}\n"
        f"{told['directions']} directions from {told['lowest_deg']:.2f} to {told['highest_deg']:.2f} deg,"
        f" the highest at azimuth {told['highest_at_deg']:.2f} deg\n{output}"
    )
