"""Scenario -> World."""

from __future__ import annotations

from moonwright.scenario.scenario import Scenario
from moonwright.world.habitat import lived_in
from moonwright.world.keeping import keeping_dv_m_s
from moonwright.world.light import lights
from moonwright.world.passage import passages
from moonwright.world.windows import open_days
from moonwright.world.world import World


def observe(scenario: Scenario) -> World:
    """What is true over the scenario's horizon whatever is decided."""
    scenario = lived_in(scenario)
    horizon_d = (scenario.horizon.end - scenario.horizon.start).days
    return World(
        scenario=scenario,
        horizon_d=horizon_d,
        keeping_dv_m_s=keeping_dv_m_s(scenario, horizon_d),
        open_days=open_days(scenario, horizon_d),
        lights=lights(scenario, horizon_d),
        passages=passages(scenario),
    )
