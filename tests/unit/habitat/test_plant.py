"""Power of a plant, and soil without ice."""

import pytest

from moonwright.errors import InternalError
from moonwright.habitat.plant import Plant, ice_kwh_kg


def test_a_plants_power_is_its_output_times_its_energy() -> None:
    # 1,000 kg make 8,766 kg a year, 1 kg an hour, at 12 kWh each: 12 kW.
    assert Plant(yield_kg_kg_yr=8.766, energy_kwh_kg=12.0).power_kw(1000.0) == pytest.approx(12.0)


def test_what_is_no_icy_soil() -> None:
    with pytest.raises(InternalError):
        ice_kwh_kg(0.0, 100.0)
    with pytest.raises(InternalError):
        ice_kwh_kg(0.5, 300.0)
