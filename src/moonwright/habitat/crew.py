"""What a person takes in and gives off in a day, and what a spacewalk costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from moonwright.errors import InternalError

# Spacewalks from the ISS up to Expedition 51 (May 2017): 191 in 1,243 h, by NASA's count.
MEAN_WALK_H: Final = 1243.0 / 191.0


@dataclass(frozen=True)
class Metabolism:
    """One person's day, kg. What goes in comes out: food and oxygen become carbon dioxide, water and solids."""

    oxygen_kg: float
    food_dry_kg: float  # without its packaging
    food_water_kg: float
    drink_kg: float
    co2_kg: float
    urine_water_kg: float
    vapour_kg: float  # breath and sweat
    faeces_water_kg: float
    solids_kg: float  # in urine, faeces and sweat

    def __post_init__(self) -> None:
        if abs(self.taken_in_kg - self.given_off_kg) > 1e-9:
            raise InternalError(
                f"a person takes in {self.taken_in_kg} kg and gives off {self.given_off_kg} kg"
            )

    @property
    def taken_in_kg(self) -> float:
        """All that a person takes in."""
        return self.oxygen_kg + self.food_dry_kg + self.food_water_kg + self.drink_kg

    @property
    def given_off_kg(self) -> float:
        """All that a person gives off."""
        return self.co2_kg + self.urine_water_kg + self.vapour_kg + self.faeces_water_kg + self.solids_kg

    @property
    def metabolic_water_kg(self) -> float:
        """Water that food becomes in the body: what is given off beyond what was drunk and eaten."""
        given_off = self.urine_water_kg + self.vapour_kg + self.faeces_water_kg
        return given_off - self.food_water_kg - self.drink_kg


# Baseline Values and Assumptions Document, NASA/TP-2015-218570 Rev 2 (2022), table 3-31: intravehicular, 82 kg.
NOMINAL: Final = Metabolism(
    oxygen_kg=0.895,
    food_dry_kg=0.800,
    food_water_kg=0.760,
    drink_kg=3.217,
    co2_kg=1.085,
    urine_water_kg=1.420,
    vapour_kg=2.946,
    faeces_water_kg=0.101,
    solids_kg=0.120,
)


@dataclass(frozen=True)
class Suit:
    """What a suit loses for good in an hour outside, kg: water that cools it, oxygen that is breathed and leaks."""

    water_kg_h: float
    oxygen_kg_h: float


# SpaceNet's crew model: 5.5 kg of water and 0.63 kg of oxygen in 8 h.
SUIT: Final = Suit(water_kg_h=5.5 / 8.0, oxygen_kg_h=0.63 / 8.0)


@dataclass(frozen=True)
class Airlock:
    """Air lost at each exit: what the pump leaves in the free volume."""

    volume_m3: float
    left_kpa: float


# Assumed: room for two suits, and a pump that stops at 2 psi.
AIRLOCK: Final = Airlock(volume_m3=5.0, left_kpa=13.8)
AIR_KG_M3: Final = 1.196  # at 101.3 kPa, 22 degrees C and dry: p M / (R T), M = 28.96 g/mol
AIR_KPA: Final = 101.325
OXYGEN_IN_AIR: Final = 0.2314  # by mass: 20.95 % of the volume times 32.00 / 28.96


@dataclass(frozen=True)
class Walk:
    """What a spacewalk loses, kg: all of it must be brought again."""

    water_kg: float
    oxygen_kg: float
    nitrogen_kg: float


def walk(people: int, hours: float, suit: Suit = SUIT, airlock: Airlock = AIRLOCK) -> Walk:
    """What one spacewalk of `people` for `hours` loses.

    What they breathe outside is not taken off the day inside, which errs by 0.04 kg of oxygen an hour to the safe side.
    """
    if people < 1 or hours < 0.0:
        raise InternalError(f"no spacewalk: {people} people for {hours} h")
    air_kg = airlock.volume_m3 * AIR_KG_M3 * airlock.left_kpa / AIR_KPA
    return Walk(
        people * hours * suit.water_kg_h,
        people * hours * suit.oxygen_kg_h + air_kg * OXYGEN_IN_AIR,
        air_kg * (1.0 - OXYGEN_IN_AIR),
    )
