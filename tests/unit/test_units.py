"""Units: conversions by their definitions, round trips, and messages that teach."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moonwright import units
from moonwright.errors import UnitError

DIMENSIONS = [value for value in vars(units).values() if isinstance(value, units.Dimension)]


@pytest.mark.parametrize(
    ("text", "dimension", "canonical"),
    [
        ("3.1 t", units.MASS, 3100.0),
        ("250 g", units.MASS, 0.25),
        ("14 d", units.TIME, 14.0),
        ("36 h", units.TIME, 1.5),
        ("2 weeks", units.TIME, 14.0),
        ("1 yr", units.TIME, 365.25),  # Julian year
        ("12 months", units.TIME, 365.25),
        ("9.2 km/s", units.SPEED, 9200.0),
        ("500 W", units.POWER, 0.5),
        ("3.6 MJ", units.ENERGY, 1.0),  # 1 kWh = 3.6 MJ
        ("1.5 BUSD", units.MONEY, 1500.0),
        ("415 km", units.LENGTH, 415_000.0),
        ("2.5 MN s", units.IMPULSE, 2.5e6),
        ("5 %", units.SHARE, 0.05),
        ("0.05", units.SHARE, 0.05),
        ("4", units.COUNT, 4.0),
        ("2 /yr", units.PER_YEAR, 2.0),
        ("1 /month", units.PER_YEAR, 12.0),
        ("0.1 %/d", units.SHARE_PER_DAY, 0.001),
        ("5 %/yr", units.SHARE_PER_YEAR, 0.05),
        ("35 h/week", units.HOURS_PER_DAY, 5.0),
        ("1 kg/h", units.MASS_PER_DAY, 24.0),
        ("7.3 t/yr", units.MASS_PER_DAY, 7300 / 365.25),
        ("24 kg/d", units.MASS_PER_HOUR, 1.0),
        ("3.6 MJ/kg", units.ENERGY_PER_MASS, 1.0),
        ("1.125 kg/kg", units.MASS_PER_MASS, 1.125),
        ("20 m/s/yr", units.SPEED_PER_YEAR, 20.0),
        ("90 MUSD/yr", units.MONEY_PER_YEAR, 90.0),
        (" 1e3 kg ", units.MASS, 1000.0),
        ("-5 deg", units.ANGLE, -5.0),
        (".5 t", units.MASS, 500.0),
        ("3t", units.MASS, 3000.0),
    ],
)
def test_a_text_means_its_canonical_number(text: str, dimension: units.Dimension, canonical: float) -> None:
    assert units.parse(text, dimension) == pytest.approx(canonical, rel=1e-14)


@pytest.mark.parametrize("dimension", DIMENSIONS, ids=lambda dimension: dimension.name)
def test_the_canonical_unit_has_factor_one_and_the_example_is_right(dimension: units.Dimension) -> None:
    assert dimension.factors[dimension.unit] == 1.0
    assert math.isfinite(units.parse(dimension.example, dimension))


@given(st.sampled_from(DIMENSIONS), st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_shown_reads_back_exactly(dimension: units.Dimension, number: float) -> None:
    assert units.parse(units.show(number, dimension), dimension) == number


@pytest.mark.parametrize(
    ("text", "dimension", "told"),
    [
        ("3100", units.MASS, "has no unit"),
        ("3.1 tons", units.MASS, "'tons' in '3.1 tons' is not a unit of mass"),
        ("3.1 KG", units.MASS, "write it like '3.1 t'"),
        ("3 kms", units.LENGTH, "did you mean 'km'?"),
        ("heavy", units.MASS, "'heavy' is not a mass"),
        ("", units.MASS, "is not a mass"),
        ("NaN kg", units.MASS, "is not a mass"),
        ("inf kg", units.MASS, "is not a mass"),
        ("1e400 kg", units.MASS, "too large"),
        ("1,5 t", units.MASS, "is not a unit of mass"),
        ("1_000 kg", units.MASS, "is not a unit of mass"),
        ("5 kg", units.TIME, "not a unit of duration"),
        ("5 %", units.COUNT, "not a unit of number"),
    ],
)
def test_a_refusal_says_what_is_wrong(text: str, dimension: units.Dimension, told: str) -> None:
    with pytest.raises(UnitError, match=re.escape(told)):
        units.parse(text, dimension)
