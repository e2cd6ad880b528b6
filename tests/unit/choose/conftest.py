"""Two results of the toy base: the scenario as it stands, and with a dearer small launcher."""

from pathlib import Path

import pytest

import moonwright
from moonwright.choose.result import Result, replayed
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

TOY = Path(__file__).parents[3] / "examples" / "toy.yaml"


def _planned(scenario: Scenario) -> Plan:
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    assert plan is not None
    return plan


@pytest.fixture(scope="session")
def toy() -> Result:
    """By hand, in the comments of toy.yaml: a freighter and a courier, 360 MUSD."""
    scenario = moonwright.load(TOY)
    return replayed("toy", scenario, _planned(scenario))


@pytest.fixture(scope="session")
def dear() -> Result:
    """The small launcher costs 200 MUSD: a second freighter (210) is cheaper than a courier (230); 460 MUSD."""
    text = TOY.read_text(encoding="utf-8").replace("price: 80 MUSD", "price: 200 MUSD")
    assert "price: 200 MUSD" in text
    from moonwright.scenario.load import load

    scenario = load(TOY, data=text.encode())
    return replayed("dear", scenario, _planned(scenario))
