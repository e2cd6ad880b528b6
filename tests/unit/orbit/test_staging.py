"""Stacks of stages: expected values by the rocket equation, worked by hand."""

import math

import pytest

from moonwright.orbit.rocket import G0_M_S2
from moonwright.orbit.staging import Action, Arithmetic, Part, stack_mass_kg, work

ISP_S = 300.0
EXHAUST_M_S = ISP_S * G0_M_S2
STACK = {"first": Part(100.0, 900.0, ISP_S), "second": Part(50.0, 450.0, ISP_S), "load": Part(500.0)}
BURN_FIRST, DROP_FIRST = Action("burn", "first"), Action("drop", "first")
BURN_SECOND = Action("burn", "second")


def test_one_burn_follows_the_rocket_equation() -> None:
    worked = work(1000.0, [BURN_FIRST], STACK)
    assert worked.spent[0].used_kg == pytest.approx(2000.0 * (1 - math.exp(-1000.0 / EXHAUST_M_S)))
    assert worked.short_m_s == 0.0
    assert worked.spent[0].left_kg + worked.spent[0].used_kg == pytest.approx(900.0)


def test_a_dry_tank_hands_over_to_the_next() -> None:
    """2000 kg to 1100 kg, 100 kg dropped, then 1000 kg on: the rest of 2500 m/s is the second's."""
    first_m_s = EXHAUST_M_S * math.log(2000.0 / 1100.0)
    worked = work(2500.0, [BURN_FIRST, DROP_FIRST, BURN_SECOND], STACK)
    assert worked.spent[0].gained_m_s == pytest.approx(first_m_s)
    assert worked.spent[1].used_kg == pytest.approx(
        1000.0 * (1 - math.exp(-(2500.0 - first_m_s) / EXHAUST_M_S))
    )
    assert set(worked.stack) == {"second", "load"}
    assert worked.short_m_s == 0.0


def test_what_no_tank_gives_is_told() -> None:
    most_m_s = EXHAUST_M_S * (math.log(2000.0 / 1100.0) + math.log(1000.0 / 550.0))
    worked = work(5000.0, [BURN_FIRST, DROP_FIRST, BURN_SECOND], STACK)
    assert worked.short_m_s == pytest.approx(5000.0 - most_m_s)
    assert [one.left_kg for one in worked.spent] == [0.0, 0.0]


def test_what_is_dropped_cannot_burn_again() -> None:
    worked = work(2500.0, [BURN_FIRST, DROP_FIRST, BURN_FIRST, BURN_SECOND], STACK)
    assert worked.broken == "first is not in the stack"
    assert [one.part for one in worked.spent] == ["first"]
    assert worked.short_m_s > 0


def test_what_has_no_engine_does_not_burn() -> None:
    assert work(10.0, [Action("burn", "load")], STACK).broken == "load has no engine for this burn"


def test_masses_are_rounded_as_asked() -> None:
    whole = Arithmetic(9.81, round)
    assert stack_mass_kg({"a": Part(1.4, 0.3), "b": Part(2.6)}, whole) == 1 + 3


def test_a_tank_rounded_up_gives_its_delta_v_for_nothing() -> None:
    """SpaceNet: the need is below the rounded content but above the real one, so nothing is taken."""
    whole = Arithmetic(9.81, lambda mass_kg: math.floor(mass_kg + 0.5))
    dv_m_s = -ISP_S * 9.81 * math.log(1 - 10.8 / 111.0)
    worked = work(dv_m_s, [BURN_FIRST], {"first": Part(100.0, 10.6, ISP_S)}, whole)
    assert worked.spent[0].used_kg == 0.0
    assert worked.short_m_s == 0.0
