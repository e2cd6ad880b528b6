"""How long an element serves once it is at work."""

from __future__ import annotations

import math

from moonwright.scenario.element import Element
from moonwright.world.world import World


def ends_d(world: World, element: Element, commissioned_d: float) -> float:
    """The day on which a copy's service ends: that of its life, or when all are lost; infinite where neither is said."""
    worn_d = math.inf if element.life is None else commissioned_d + float(element.life)
    lost_d = math.inf if element.lost is None else float(world.day_of(element.lost))
    return max(commissioned_d, min(worn_d, lost_d))


def lasts(element: Element) -> bool:
    """True where a copy at work serves for ever."""
    return element.life is None and element.lost is None


def standing(world: World, element: Element, day_d: float) -> bool:
    """True where copies put to work on a day are not lost at once."""
    return element.lost is None or day_d < world.day_of(element.lost)
