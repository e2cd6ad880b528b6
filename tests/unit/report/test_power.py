"""What the report says of light and power."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from moonwright.report.page import report_html
from moonwright.report.power import grounds, power_chart, power_table


def with_ridge(make: Callable[[dict[str, Any]], Any], **changed: Any) -> Any:
    """The campaign with other light at Connecting Ridge than the one it states."""
    told = yaml.safe_load((Path(__file__).parent / "campaign.yaml").read_text(encoding="utf-8"))
    ridge = told["nodes"]["ridge"]
    kept = {key: value for key, value in ridge.items() if key not in ("darkness", "light")}
    told["nodes"]["ridge"] = {**kept, **changed}
    return make(told)


def test_flat_ground_is_said_to_be_assumed(make: Any) -> None:
    campaign = with_ridge(make, skyline={"mast": "10 m"})
    (told,) = grounds(campaign.subject)
    assert told.startswith("Light at Connecting Ridge is computed for flat ground, which is assumed")
    page = report_html(campaign.scenario, campaign.plan, campaign.run, campaign.record)
    assert told in page


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        ({"profile": ["1 deg"]}, "Light at Connecting Ridge is computed above the skyline of the scenario."),
        (
            {"directions": "# ridge.csv; <b>LOLA</b>\nazimuth_deg,elevation_deg\n0,1\n"},
            "Light at Connecting Ridge is computed above ridge.csv; <b>LOLA</b>.",
        ),
    ],
)
def test_ground_that_is_given_is_named(make: Any, ground: dict[str, Any], told: str) -> None:
    campaign = with_ridge(make, skyline={"mast": "10 m", **ground})
    assert grounds(campaign.subject) == (told,)
    page = report_html(campaign.scenario, campaign.plan, campaign.run, campaign.record)
    assert "<b>LOLA</b>" not in page


def test_of_stated_light_nothing_is_said(campaign: Any, make: Any) -> None:
    assert grounds(campaign.subject) == ()
    both = with_ridge(make, darkness="5 d", light="80 %", skyline={"mast": "2 m"})
    assert grounds(both.subject) == ()


def test_the_mean_of_the_light_is_drawn_and_tabled_where_it_is_not_the_whole(campaign: Any) -> None:
    assert [node["mean"] for node in power_chart(campaign.subject)] == [[]]
    node = campaign.run.nodes[0]
    dim = replace(node, mean_supply_kw=0.25 * node.power_supply_kw)
    subject = replace(campaign.subject, run=replace(campaign.run, nodes=(dim,)))
    (drawn,) = power_chart(subject)
    days, kw = np.array(drawn["mean"]).T
    assert kw == pytest.approx(dim.mean_supply_kw[days.astype(int)])
    assert power_table(subject).column("mean_supply_kw").to_pylist() == dim.mean_supply_kw.tolist()
