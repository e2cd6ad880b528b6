"""Which day a pin names for a flight: one of the period that the flight leaves in, read off a calendar."""

from datetime import date

import pytest

from moonwright.choose.pins import pins_of
from moonwright.choose.result import Result


@pytest.mark.parametrize(
    ("departure_d", "leaves"),
    [
        (0.0, date(2031, 1, 1)),  # the horizon opens: there is no day before
        (0.25, date(2031, 1, 1)),
        (1.0, date(2031, 1, 1)),
        (30.5, date(2031, 1, 31)),
        (31.0, date(2031, 1, 31)),  # January ends: a moment on a border belongs to what it ends
        (31.0 + 1e-10, date(2031, 1, 31)),  # a hundredth of a millisecond is rounding
        (31.0 + 1e-7, date(2031, 2, 1)),  # ten milliseconds are not
        (59.0, date(2031, 2, 28)),
    ],
)
def test_a_pin_names_a_day_of_the_period_that_its_flight_leaves_in(
    toy: Result, departure_d: float, leaves: date
) -> None:
    flight = toy.plan.flights[0].model_copy(update={"departure_d": departure_d})
    plan = toy.plan.model_copy(update={"flights": (flight,)})
    (pin,) = pins_of(toy.scenario, plan, [flight.name], [])
    assert (pin.leaves, pin.least, pin.most) == (leaves, 1, None)
