"""What a replay is given: scenario, plan, world, and the calendar cut from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from moonwright.plan import Plan
from moonwright.scenario.node import Habitable, LaunchSite, Recovery
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.horizon import Calendar, calendar
from moonwright.world.world import World


@dataclass(frozen=True)
class Setting:
    """The three things that a rule may ask: what was asked, what was decided, what is true anyway."""

    scenario: Scenario
    plan: Plan
    world: World
    calendar: Calendar

    @property
    def horizon_d(self) -> int:
        """Days in the horizon."""
        return self.calendar.horizon_d

    @property
    def places(self) -> tuple[str, ...]:
        """Nodes where things can wait and people can live, in the scenario's order."""
        return tuple(name for name, node in self.scenario.nodes.items() if isinstance(node, Habitable))

    def launch_site(self, node: str) -> bool:
        """True where supplies are unlimited."""
        return isinstance(self.scenario.nodes[node], LaunchSite)

    def recovery(self, node: str) -> bool:
        """True where what arrives has left the campaign."""
        return isinstance(self.scenario.nodes[node], Recovery)

    def place(self, node: str) -> bool:
        """True where things can wait."""
        return isinstance(self.scenario.nodes[node], Habitable)

    def owners(self, names: Iterable[str]) -> tuple[str, ...]:
        """The partners among some owners; what is `shared` belongs to nobody alone."""
        return tuple(dict.fromkeys(name for name in names if name in self.scenario.partners))


def setting(plan: Plan, world: World) -> Setting:
    """The setting of a replay."""
    return Setting(world.scenario, plan, world, calendar(world.scenario.horizon))
