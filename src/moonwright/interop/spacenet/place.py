"""Nodes and edges of a SpaceNet network."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.interop.spacenet.value import (
    Amount,
    Count,
    Duration,
    Id,
    Inclination,
    Latitude,
    Longitude,
    Number,
    Point,
    Text,
    Told,
)


class _Place(Told):
    id: Id
    name: Text
    description: Text = ""


class SurfaceNode(_Place):
    """A site on a body's surface; degrees."""

    type: Literal["Surface Node"] = "Surface Node"
    body: Text = Field(alias="body1")
    latitude_deg: Latitude = Field(0.0, alias="latitude")
    longitude_deg: Longitude = Field(0.0, alias="longitude")


class OrbitalNode(_Place):
    """An orbit. Apsides are altitudes in km in SpaceNet's own files, whatever its manuals say; no rule uses them."""

    type: Literal["Orbital Node"] = "Orbital Node"
    body: Text = Field(alias="body1")
    apoapsis_km: Number = Field(0.0, alias="apoapsis")
    periapsis_km: Number = Field(0.0, alias="periapsis")
    inclination_deg: Inclination = Field(0.0, alias="inclination")


class LagrangeNode(_Place):
    """A libration point of two bodies, or an orbit about it."""

    type: Literal["Lagrange Node"] = "Lagrange Node"
    body: Text = Field(alias="body1")
    minor_body: Text = Field(alias="body2")
    point: Point = Field(alias="lpNumber")


Node = Annotated[SurfaceNode | OrbitalNode | LagrangeNode, Field(discriminator="type")]


class Burn(Told):
    """A burn `time_d` after an edge is entered. `engine`: "main", or "attitude" where a file tells them apart (XML)."""

    id: Id
    time_d: Duration = Field(0.0, alias="time")
    dv_m_s: Amount = Field(alias="deltaV")
    engine: Literal["main", "attitude"] = "main"


class _Edge(_Place):
    origin: Id
    destination: Id


class SpaceEdge(_Edge):
    """A way through space, with its burns in order."""

    type: Literal["Space Edge"] = "Space Edge"
    duration_d: Duration = Field(alias="duration")
    burns: tuple[Burn, ...] = ()


class FlightEdge(_Edge):
    """A way that is known to be flown: most crew, and most mass of all that flies, vehicles included."""

    type: Literal["Flight Edge"] = "Flight Edge"
    duration_d: Duration = Field(alias="duration")
    max_crew: Count = Field(0, alias="maxCrew")
    max_cargo_kg: Amount = Field(0.0, alias="maxCargo")


class SurfaceEdge(_Edge):
    """A way over ground, passable both ways. The simulator reads its length in km."""

    type: Literal["Surface Edge"] = "Surface Edge"
    distance_km: Amount = Field(alias="distance")


Edge = Annotated[SpaceEdge | FlightEdge | SurfaceEdge, Field(discriminator="type")]


class Network(Told):
    """All places, and the ways between them."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
