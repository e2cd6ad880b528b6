"""The ships that a plan brings to a station, for `moonwright orbit reboost --plan`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from moonwright.cli.orbit_given import Given
    from moonwright.orbit.boosters import Booster, Visit
    from moonwright.scenario.scenario import Scenario
    from moonwright.simulate.replay import Story


def scenario_of(results: Path) -> Path:
    """The scenario that stands in a results folder."""
    from moonwright.choose.result import SCENARIO

    if not (results / SCENARIO).is_file():
        raise click.UsageError(
            f"{results}: no results; name a folder that `moonwright plan FILE -o FOLDER` wrote."
        )
    return results / SCENARIO


def planned_visits(asked: Given, results: Path, boosters: Mapping[str, Booster]) -> list[Visit]:
    """Every visit of a ship that can push, and every stretch that a thruster of the station pushes by plan.

    A ship counts with all that it can give; a thruster with the impulse of the plan, since its propellant is the station's.
    """
    from moonwright.choose.result import PLAN
    from moonwright.plan import read_plan
    from moonwright.simulate.replay import tell
    from moonwright.world.observe import observe

    assert asked.scenario is not None
    scenario = asked.scenario
    story = tell(read_plan(results / PLAN), observe(scenario))
    late_d = float((asked.start - scenario.horizon.start).days)
    found = [*_ships(asked, story, boosters), *_thrusters(asked, scenario, story)]
    end_d = float((asked.end - asked.start).days)
    moved = [visit._replace(from_d=visit.from_d - late_d, until_d=visit.until_d - late_d) for visit in found]
    return [visit for visit in moved if visit.until_d > 0.0 and visit.from_d < end_d]


def _ships(asked: Given, story: Story, boosters: Mapping[str, Booster]) -> Iterator[Visit]:
    from moonwright.orbit.boosters import Visit

    for wait in story.flown.waits:
        if wait.node == asked.node and wait.vehicle in boosters:
            yield Visit(boosters[wait.vehicle]._replace(name=wait.serial), wait.from_d, wait.until_d)


def _thrusters(asked: Given, scenario: Scenario, story: Story) -> Iterator[Visit]:
    from moonwright.orbit.boosters import Booster, Visit
    from moonwright.orbit.rocket import reboost_propellant_kg

    for push in story.setting.plan.reboosts:
        element = scenario.elements.get(push.provider)
        if push.node == asked.node and element is not None and element.provides.thruster is not None:
            isp_s = float(element.provides.thruster.isp)
            burnt_kg = reboost_propellant_kg(push.impulse_n_s, isp_s)
            yield Visit(
                Booster(push.provider, element.owner, burnt_kg, isp_s, 0.0), push.from_d, push.until_d
            )
