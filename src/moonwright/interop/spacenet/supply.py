"""What SpaceNet's elements carry and ask for: resources, amounts of them, and models of demand."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from moonwright.interop.spacenet.value import (
    Amount,
    Environment,
    Flag,
    Id,
    Number,
    Share,
    Supply,
    Text,
    Told,
    refused,
)


class Resource(Told):
    """Something that is used up; one unit of it weighs `unit_mass_kg`."""

    id: Id
    type: Literal["Continuous", "Discrete"] = "Continuous"
    name: Text
    description: Text = ""
    class_of_supply: Supply = Field(alias="classOfSupply")
    environment: Environment = "Unpressurized"
    packing_factor: Amount = Field(0.0, alias="packingFactor")
    units: Text = "kg"
    unit_mass_kg: Amount = Field(1.0, alias="unitMass")
    unit_volume_m3: Amount = Field(0.0, alias="unitVolume")


class Kind(Told):
    """A resource by its id, or whatever is of a class of supply."""

    resource: Id | None = None
    class_of_supply: Supply | None = Field(None, alias="classOfSupply")
    environment: Environment | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.resource is None) == (self.class_of_supply is None):
            raise refused("either `resource` or `classOfSupply`")
        return self


class Measured(Kind):
    """So many units of a resource (kg of a class)."""

    amount: Number


class Rated(Kind):
    """So many units a day."""

    rate: Number


class _Model(Told):
    id: Id | None = None
    template_id: Id | None = Field(None, alias="templateId")
    name: Text = ""
    description: Text = ""


class ImpulseModel(_Model):
    """A demand that comes once."""

    type: Literal["Timed Impulse"] = "Timed Impulse"
    demands: tuple[Measured, ...] = ()


class RatedModel(_Model):
    """A demand at an even rate."""

    type: Literal["Rated"] = "Rated"
    demands: tuple[Rated, ...] = ()


class SparingModel(_Model):
    """Spares, as a fraction of an element's own mass a year."""

    type: Literal["Sparing By Mass"] = "Sparing By Mass"
    unpressurized_per_yr: Share = Field(0.0, alias="unpressurizedSparesRate")
    pressurized_per_yr: Share = Field(0.0, alias="pressurizedSparesRate")
    by_parts: Flag = Field(False, alias="partsListEnabled")


class CrewModel(_Model):
    """What a mission's crew needs. Rates are kg a person and day (`_h`: a crew-hour outside), kits kg a person.

    The figures for what a file leaves out are those of SpaceNet's schema (demand model "Crew Consumables").
    """

    type: Literal["Crew Consumables"] = "Crew Consumables"
    reserves_d: Amount = Field(0.0, alias="reservesDuration")
    water_recovery: Share = Field(0.42, alias="waterRecoveryRate")
    clothing_life_d: Amount = Field(4.0, alias="clothingLifetime")
    no_transit: Flag = Field(False, alias="transitDemandsOmitted")
    water: Amount = Field(3.6, alias="waterRate")
    water_outside_h: Amount = Field(0.6875, alias="evaWaterRate")
    food_support: Amount = Field(0.05556, alias="foodSupportRate")
    ambient_food: Amount = Field(0.76389, alias="ambientFoodRate")
    chilled_food: Amount = Field(1.61667, alias="rfFoodRate")
    oxygen: Amount = Field(3.85714, alias="oxygenRate")
    oxygen_outside_h: Amount = Field(0.07875, alias="evaOxygenRate")
    nitrogen: Amount = Field(2.21429, alias="nitrogenRate")
    hygiene: Amount = Field(0.27778, alias="hygieneRate")
    hygiene_kit: Amount = Field(1.8, alias="hygieneKit")
    clothing: Amount = Field(2.3, alias="clothingRate")
    personal_kit: Amount = Field(10.0, alias="personalItems")
    office_kit: Amount = Field(5.0, alias="officeEquipment")
    suit: Amount = Field(107.0, alias="evaSuit")
    scrubber_outside_h: Amount = Field(0.3625, alias="evaLithiumHydroxide")
    health_equipment: Amount = Field(20.0, alias="healthEquipment")
    health_kit: Amount = Field(0.1, alias="healthConsumables")
    safety_equipment: Amount = Field(25.0, alias="safetyEquipment")
    radio_equipment: Amount = Field(20.0, alias="commEquipment")
    computer_kit: Amount = Field(5.0, alias="computerEquipment")
    trash_bags: Amount = Field(0.05, alias="trashBagRate")
    waste_containment: Amount = Field(0.05, alias="wasteContainmentRate")


DemandModel = Annotated[ImpulseModel | RatedModel | SparingModel | CrewModel, Field(discriminator="type")]
ElementModel = Annotated[ImpulseModel | RatedModel | SparingModel, Field(discriminator="type")]
MissionModel = Annotated[ImpulseModel | RatedModel | CrewModel, Field(discriminator="type")]
