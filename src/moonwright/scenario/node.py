"""Places: where flights start and end, and where things can wait."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.scenario.datum import Altitude, Angle, Duration, Fraction, Latitude, Length, Longitude
from moonwright.scenario.noun import Noun


class _Place(Noun):
    name: str | None = Field(None, description="name for the report")


class LaunchSite(_Place):
    """A place on a planet from which launchers start; supplies are unlimited there."""

    kind: Literal["launch site"]
    body: str
    latitude: Latitude
    longitude: Longitude


class Recovery(_Place):
    """Where crews and samples come home, or spent vehicles end: what arrives has left the campaign."""

    kind: Literal["recovery"]
    body: str


class Skyline(Noun):
    """What hides the Sun from arrays on a mast: the ground that one of `profile`, `horizon` and `terrain` gives, or flat.

    Files lie in the scenario's folder or below, or below a folder given with `--data`. They are read once, as the scenario
    is loaded, which then holds what they say as `directions`.
    """

    mast: Length = Field(description="height of the arrays above the ground")
    profile: tuple[Latitude, ...] = Field(
        (), description="elevation of the horizon in equal steps of azimuth, from north over east; none: flat"
    )
    horizon: str | None = Field(None, description="file of directions as seen from the mast, CSV")
    terrain: tuple[str, ...] = Field(
        (), description="files of terrain, PDS label or GeoTIFF, fine and near before coarse and far"
    )
    directions: str | None = Field(
        None, description="text of a file of directions: what Moonwright writes in place of files"
    )

    @property
    def given(self) -> tuple[str, ...]:
        """The keys that say what the ground is like; none: flat."""
        told = {key: getattr(self, key) for key in ("profile", "horizon", "terrain", "directions")}
        return tuple(key for key, value in told.items() if value not in (None, ()))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are named, which are yet to be read."""
        return self.terrain if self.horizon is None else (self.horizon, *self.terrain)


class Surface(_Place):
    """A site on a surface. `darkness` is the longest time without sunlight that it must live through."""

    kind: Literal["surface"]
    body: str
    latitude: Latitude
    longitude: Longitude
    darkness: Duration | None = Field(None, description="longest darkness; left out: no night")
    light: Fraction | None = Field(None, description="share of the time in sunlight; left out: always")
    skyline: Skyline | None = Field(
        None, description="from which darkness and light are computed if not stated"
    )


class Orbit(_Place):
    """An orbit, by the altitudes of its lowest and highest point.

    They count from the Earth's equatorial radius, 6,378.137 km, or from the Moon's mean radius, 1,737.4 km.
    """

    kind: Literal["orbit"]
    body: str
    altitude: Altitude | None = Field(None, description="of a circular orbit")
    periapsis: Altitude | None = None
    apoapsis: Altitude | None = None
    inclination: Angle | None = None
    darkness: Duration | None = None
    light: Fraction | None = None

    @property
    def mean_altitude(self) -> float | None:
        """Half the sum of the lowest and the highest, m; None where nothing is said of them."""
        if self.altitude is not None:
            return float(self.altitude)
        if self.periapsis is None or self.apoapsis is None:
            return None
        return (self.periapsis + self.apoapsis) / 2


class Libration(_Place):
    """A libration point, or an orbit about one."""

    kind: Literal["libration"]
    bodies: tuple[str, str]
    point: Literal["L1", "L2", "L3", "L4", "L5"]
    darkness: Duration | None = None
    light: Fraction | None = None


class Transfer(_Place):
    """A point that is passed through, such as just after translunar injection: nothing waits there."""

    kind: Literal["transfer"]


Node = Annotated[LaunchSite | Recovery | Surface | Orbit | Libration | Transfer, Field(discriminator="kind")]
Habitable = (Surface, Orbit, Libration)  # the kinds of place where things can wait
