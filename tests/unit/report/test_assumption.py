"""Repricing, against sums done by hand."""

from dataclasses import replace
from typing import Any

import pytest

from moonwright.report.assumption import Assumptions, reprice
from moonwright.report.money import price_path
from moonwright.simulate.run import Charge


@pytest.fixture(scope="module")
def told(campaign: Any) -> Assumptions:
    return reprice(campaign.scenario, campaign.plan, campaign.run)


def test_a_launcher_s_range_times_its_launches(campaign: Any, told: Assumptions) -> None:
    # Nine heavy launches at 600 MUSD, of which the low is 350 and the high 1100.
    (heavy,) = (price for price in told.prices if price.path == "launchers.long-march-9.price")
    assert heavy.charged_musd == pytest.approx(9 * 600)
    assert heavy.cost_low_musd == pytest.approx(campaign.run.cost_musd - 9 * 250)
    assert heavy.cost_high_musd == pytest.approx(campaign.run.cost_musd + 9 * 500)


def test_what_is_shared_is_repriced_once(campaign: Any, told: Assumptions) -> None:
    # The habitat costs 2400 MUSD, split among three: 1500 to 4200.
    (habitat,) = (price for price in told.prices if price.path == "elements.habitat.price")
    assert habitat.cost_low_musd == pytest.approx(campaign.run.cost_musd - 900)
    assert habitat.cost_high_musd == pytest.approx(campaign.run.cost_musd + 1800)


def test_ten_are_told_the_widest_first(told: Assumptions) -> None:
    swings = [price.swing_musd for price in told.prices]
    assert len(swings) == 10
    assert swings == sorted(swings, reverse=True)


def test_shares_of_cost(campaign: Any, told: Assumptions) -> None:
    assert told.cost_share == pytest.approx(1.0)  # every price of this scenario is assumed
    nothing = reprice(campaign.scenario, campaign.plan, replace(campaign.run, charges=(), cost_musd=0.0))
    assert (nothing.cost_share, nothing.prices) == (0.0, ())


def test_shares_of_mass(campaign: Any) -> None:
    # One heavy flight: lander 8 t (assumed), propellant 24 t (Isp from a source), reactor 6 t (sourced),
    # telescope 2 t (assumed).
    (flight,) = (f for f in campaign.plan.flights if f.name == "heavy-cargo-2")
    plan = campaign.plan.model_copy(update={"flights": (flight,)})
    told = reprice(campaign.scenario, plan, campaign.run)
    assert told.mass_kg == pytest.approx(40000)
    assert told.mass_share == pytest.approx(10 / 40)
    assert [(w.path, w.mass_kg, w.low_kg, w.high_kg) for w in told.weights] == [
        ("vehicles.heavy-lander.dry_mass", 8000, 7000, 9500),
        ("elements.telescope.mass", 2000, 1500, 3000),
    ]


@pytest.mark.parametrize(
    ("category", "item", "path"),
    [
        ("launch", "launchers.angara-a5v", "launchers.angara-a5v.price"),
        ("operations", "elements.reactor", "elements.reactor.operations"),
        ("refurbishment", "vehicles.lanyue", "vehicles.lanyue.reuse.refurbishment"),
        ("vehicle", "vehicles.lanyue.reuse.refurbishment", "vehicles.lanyue.reuse.refurbishment"),
        ("launch", "launchers.unheard-of", None),
        ("gift", "nothing.known", None),
    ],
)
def test_each_charge_has_its_price(campaign: Any, category: str, item: str, path: str | None) -> None:
    assert price_path(campaign.scenario, Charge("cnsa", 2030, category, item, 1, 1.0)) == path
