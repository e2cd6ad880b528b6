"""What happened in a run of a SpaceNet campaign: flat records, in order of time."""

from __future__ import annotations

from dataclasses import dataclass

# Crew-days and kilograms of Apollo 17, against which SpaceNet measures: exploration capability, launch mass (kg).
_APOLLO_17 = 2594.0, 2_930_000.0


@dataclass(frozen=True)
class Given:
    """What one vehicle gave to a burn, and what its tank held afterwards."""

    vehicle: str
    gained_m_s: float
    used_kg: float
    left_kg: float


@dataclass(frozen=True)
class BurnRecord:
    """Burn `number` of a flight: the delta-v asked for and achieved, and who gave it."""

    day_d: float
    flight: str
    edge: str
    number: int
    asked_m_s: float
    achieved_m_s: float
    given: tuple[Given, ...]


@dataclass(frozen=True)
class Departure:
    """Elements leave along an edge: their mass with all they hold, the people among them."""

    day_d: float
    flight: str
    edge: str
    mass_kg: float
    crew: int
    launched: bool


@dataclass(frozen=True)
class Asked:
    """A demand at a place; `resource` is empty where any of a class of supply will do."""

    day_d: float
    place: str
    class_of_supply: int
    resource: str
    mass_kg: float


@dataclass(frozen=True)
class Trouble:
    """Something that could not be done as the campaign says."""

    day_d: float
    event: str
    text: str


@dataclass(frozen=True)
class History:
    """Everything that follows from a campaign by some rules.

    `crew_surface_d`: people times days on other bodies. `exploration_kg`: mass of exploration (class 6) and
    infrastructure (class 8) delivered there; `exploration`: person-days there, times such mass in place (kg d).
    """

    rules: str
    burns: tuple[BurnRecord, ...]
    departures: tuple[Departure, ...]
    demands: tuple[Asked, ...]
    troubles: tuple[Trouble, ...]
    left_kg: tuple[tuple[str, float], ...]
    ends_d: float
    crew_surface_d: float
    exploration_kg: float
    exploration: float

    @property
    def launch_mass_kg(self) -> float:
        """Mass of all that leaves a surface of the Earth."""
        return sum(departure.mass_kg for departure in self.departures if departure.launched)

    @property
    def relative_exploration(self) -> float | None:
        """Exploration capability for the mass launched, against that of Apollo 17; None where nothing is launched."""
        if not self.launch_mass_kg:
            return None
        return (self.exploration / _APOLLO_17[0]) / (self.launch_mass_kg / _APOLLO_17[1])
