"""Days on which routes may be entered."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from moonwright.scenario.route import Window
from moonwright.scenario.scenario import Scenario


def open_days(scenario: Scenario, horizon_d: int) -> Mapping[str, NDArray[np.bool_]]:
    """For each route with windows, the days on which it is open, shape (horizon_d,)."""
    opened: dict[str, NDArray[np.bool_]] = {}
    for name, route in scenario.routes.items():
        if route.windows:
            masks = [_window_days(scenario, window, horizon_d) for window in route.windows]
            opened[name] = np.logical_or.reduce(masks)
    return opened


def _window_days(scenario: Scenario, window: Window, horizon_d: int) -> NDArray[np.bool_]:
    since = np.arange(horizon_d) - (window.opens - scenario.horizon.start).days
    width = (window.closes - window.opens).days
    if window.every is None:
        return (since >= 0) & (since < width)
    return (since >= 0) & (since % float(window.every) < width)
