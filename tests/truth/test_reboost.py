"""Cases R1-R3, R5, R6, R8 and P7: published reboosts of the station, and arithmetic on published figures."""

from datetime import date

import pytest

from moonwright.orbit.boosters import known
from moonwright.orbit.circular import loss_dv_m_s, perigee_dv_m_s, transfer_dv_m_s
from moonwright.orbit.deorbit import budget
from moonwright.orbit.reboost import burn_gain, holding_dv_m_s, raise_propellant_kg
from moonwright.orbit.weather import expected_weather


@pytest.mark.parametrize("mass_kg", [420e3, 435e3, 450e3])
def test_r1_the_first_burn_of_a_cygnus(mass_kg: float) -> None:
    # OA-9E, July 2018: 445 N for 50 s. Published: mean altitude +90 m.
    gain = burn_gain(445 * 50, 300, mass_kg, 405e3)
    assert gain.raised_m == pytest.approx(90, abs=10)


@pytest.mark.parametrize("mass_kg", [420e3, 450e3])
def test_r2_the_reboost_of_june_2022(mass_kg: float) -> None:
    # NG-17: 301 s at 445 N (assumed). Published: perigee +0.8 km, apogee +0.2 km, so +0.5 km in the mean.
    gain = burn_gain(445 * 301, 300, mass_kg, 415e3)
    assert gain.raised_m == pytest.approx(500, abs=100)


def test_r3_the_climb_of_2011() -> None:
    # ATV-2: 345 km to 380 km at 417 t: about 20.0 m/s, 2.7 to 3.1 t at Isp 310 down to 270 s.
    assert sum(transfer_dv_m_s(345e3, 380e3)) == pytest.approx(20.0, abs=0.1)
    assert raise_propellant_kg(417e3, 345e3, 380e3, 310) == pytest.approx(2.7e3, abs=50)
    assert raise_propellant_kg(417e3, 345e3, 380e3, 270) == pytest.approx(3.1e3, abs=50)
    assert raise_propellant_kg(417e3, 345e3, 380e3, 270) < known()["atv"].propellant_kg  # it carried enough


def test_r5_fifty_kilometres_more_than_halve_the_propellant() -> None:
    # NASA, 2011, of the yearly need at 350 km and 400 km; here over the solar cycle of 1996-2008.
    cycle = (date(1996, 6, 1), date(2008, 12, 1))
    low, high = (
        holding_dv_m_s(height, 0.0064825, 51.64, *cycle, expected_weather(*cycle)).sum()
        for height in (350e3, 400e3)
    )
    assert high < low / 2


def test_r6_what_a_hundred_metres_a_day_cost() -> None:
    dv_m_s = loss_dv_m_s(415e3, 100 * 365.25)
    assert dv_m_s == pytest.approx(20.6, abs=0.05)
    assert burn_gain(dv_m_s * 420e3, 300, 420e3, 415e3).propellant_kg == pytest.approx(2.9e3, abs=50)


def test_p7_a_boost_kit_is_one_and_a_half_progress() -> None:
    # Dragon's kit: 8.9 m/s in all; one Progress 5.9 m/s; 20.6 m/s a year take 3.5 Progress or 2.3 kits.
    kit, progress = (
        burn_gain(known()[name].impulse_n_s, 300, 420e3, 415e3).dv_m_s
        for name in ("dragon-boost-kit", "progress")
    )
    assert kit == pytest.approx(8.9, abs=0.05)
    assert progress == pytest.approx(5.9, abs=0.1)
    assert 20.6 / progress == pytest.approx(3.5, abs=0.1)
    assert 20.6 / kit == pytest.approx(2.3, abs=0.05)


def test_r8_down_to_an_entry_orbit() -> None:
    # 420 t from 410 km to 280 km circular, then 280 x 50 km: about 74 m/s + 68 m/s.
    told = budget(410e3, 280e3, 50e3)
    assert told.lower_dv_m_s == pytest.approx(74, abs=0.6)
    assert told.entry_dv_m_s == pytest.approx(68, abs=0.6)
    assert told.last_dv_m_s < told.entry_dv_m_s == perigee_dv_m_s(280e3, 50e3)
