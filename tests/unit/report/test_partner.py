"""Who provides what, counted by hand."""

from typing import Any

import pytest

from moonwright.report.money import cost_by_year, years_of
from moonwright.report.partner import PALETTE, capabilities, colours, mass_by_year, with_shared


def test_each_capability_counts_for_its_owner(campaign: Any) -> None:
    told = {capability.name: capability.by_partner for capability in capabilities(campaign.subject)}
    # 9 heavy launches, and 2 a rotation for 9 rotations; 8 light launches.
    assert told["Launches"] == {"cnsa": 27, "roscosmos": 8, "uaesa": 0}
    assert told["Seats up"] == {"cnsa": 36, "roscosmos": 0, "uaesa": 0}
    # Nine rotations of 180 days, three of one partner and one of the other.
    assert told["Crew sent"] == {"cnsa": 4860, "roscosmos": 1620, "uaesa": 0}
    # The habitat's 14 t are shared 50:30:20; the rest is each partner's own.
    assert told["Mass of elements built"]["uaesa"] == pytest.approx(5 + 5 + 4.5 + 0.2 * 14)
    assert told["Power built, by night"] == {"cnsa": 0, "roscosmos": 40, "uaesa": 0}
    assert told["Reboost impulse"] == {"cnsa": 2.0, "roscosmos": 0, "uaesa": 0}
    assert sum(told["Cost borne"].values()) == pytest.approx(campaign.run.cost_musd)


def test_colours_are_the_scenario_s_own_or_told_apart(campaign: Any) -> None:
    told = colours(campaign.subject)
    assert told == {"cnsa": PALETTE[0], "roscosmos": PALETTE[1], "uaesa": "#009E73"}
    assert list(with_shared(campaign.subject)) == ["cnsa", "roscosmos", "uaesa", "shared"]


def test_years_add_up(campaign: Any) -> None:
    assert years_of(campaign.subject) == range(2026, 2041)
    cost, mass = cost_by_year(campaign.subject), mass_by_year(campaign.subject)
    assert sum(map(sum, cost.values())) == pytest.approx(campaign.run.cost_musd)
    assert sum(map(sum, mass.values())) == pytest.approx(campaign.run.ledger.launched_kg / 1e3)
    assert mass["cnsa"][2030 - 2026] == pytest.approx(
        36.8
    )  # 8 t lander, 24 t propellant, 1.8 + 2 x 1.5 t aboard
