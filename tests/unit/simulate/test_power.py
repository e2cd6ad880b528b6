"""Power. Each test keeps a rule by a little, then breaks it by a little."""

from typing import Any

import numpy as np
import pytest

from moonwright.world.light import Light


def test_power(outpost: Any) -> None:
    outpost.scenario["elements"]["hab"]["provides"]["power_day"] = "7 kW"  # 5 for itself, 1 for each pilot
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["provides"]["power_day"] = "6.99 kW"
    found = outpost.run().violations
    assert [(v.rule, v.day_d) for v in found] == [("power", 59)]
    assert "0.010 kW" in found[0].text


def test_activities_need_power(outpost: Any) -> None:
    activity = {"node": "base", "from": "2030-03-01", "until": "2030-07-01", "power": "3 kW"}
    outpost.scenario["activities"] = {"smelting": activity}
    assert outpost.broken() == set()
    activity["power"] = "3.01 kW"
    assert outpost.broken() == {"power"}
    activity.update({"power": "3.01 kW", "from": "2030-07-01", "until": "2030-08-01"})
    assert outpost.broken() == set()


def test_night(outpost: Any) -> None:
    """Ten dark days at 5 + 2 kW of use and 4 kW of supply ask for 720 kWh of store."""
    outpost.scenario["nodes"]["base"]["darkness"] = "10 d"
    outpost.scenario["elements"]["hab"]["provides"].update(power_night="4 kW", energy_storage="720 kWh")
    run = outpost.run()
    assert run.certified
    assert run.nodes[0].night_need_kwh[[31, 59]] == pytest.approx([240, 720])
    outpost.scenario["elements"]["hab"]["provides"]["energy_storage"] = "719 kWh"
    assert outpost.broken() == {"night"}


def test_light(outpost: Any) -> None:
    """A quarter of the Sun: 16 kW in light and 4 kW in the dark are 7 kW on the mean, which two pilots and the hab use."""
    provides = outpost.scenario["elements"]["hab"]["provides"]
    provides.update(power_day="16 kW", power_night="4 kW")
    outpost.light = Light(np.zeros(1), np.full(1, 0.25), 0.25, "drawn")
    run = outpost.run()
    assert run.certified
    assert (run.nodes[0].mean_supply_kw[59], run.nodes[0].mean_use_kw[59]) == pytest.approx((7.0, 7.0))
    outpost.light = Light(np.zeros(1), np.full(1, 0.249), 0.249, "drawn")
    found = outpost.run().violations
    assert [(v.rule, v.day_d) for v in found] == [("light", 59)]
    assert "0.012 kW" in found[0].text
    outpost.light = Light(np.zeros(1), None, 0.249, "stated")
    assert outpost.run().certified


def test_darkness_is_that_of_the_days_month(outpost: Any) -> None:
    """5 kW of use with nothing in the dark are 120 kWh a day of it, and 168 with two pilots, who come on day 59."""
    dark_d = np.where(np.arange(41) < 40, 1.0, 3.0)
    outpost.scenario["elements"]["hab"]["provides"].update(power_night="0 kW", energy_storage="504 kWh")
    outpost.light = Light(dark_d, None, 0.5, "drawn")
    run = outpost.run()
    assert run.certified
    assert run.nodes[0].night_need_kwh[[39, 40, 59]] == pytest.approx([120.0, 360.0, 504.0])


def test_an_element_may_use_less_by_night(outpost: Any) -> None:
    outpost.scenario["nodes"]["base"]["darkness"] = "10 d"
    outpost.scenario["elements"]["hab"]["uses"]["power_night"] = "2 kW"
    outpost.scenario["elements"]["hab"]["provides"]["power_night"] = "4 kW"
    assert outpost.broken() == set()
    outpost.scenario["elements"]["hab"]["uses"]["power_night"] = "2.1 kW"
    assert outpost.broken() == {"night"}
