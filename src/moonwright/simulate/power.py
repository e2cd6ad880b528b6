"""Power: in full light supply covers use, and on the mean of a month's light; stores cover the longest darkness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from moonwright.simulate.crew import Present, active
from moonwright.simulate.element import Elements
from moonwright.simulate.horizon import stretches
from moonwright.simulate.rule import Broken, rule
from moonwright.simulate.run import Days
from moonwright.simulate.setting import Setting
from moonwright.simulate.tolerance import ENERGY_KWH, POWER_KW, RELATIVE


@dataclass(frozen=True)
class Power:
    """A node's power on each day, kW, and what the longest darkness about then asks of the stores, kWh.

    `mean_supply_kw` and `mean_use_kw` are means over the light and the dark of the day's month, where light is computed.
    """

    supply_kw: Days
    use_kw: Days
    mean_supply_kw: Days
    mean_use_kw: Days
    night_need_kwh: Days
    night_store_kwh: Days


def powers(
    setting: Setting, present: Present, found: Elements, production_kw: Mapping[str, Days]
) -> dict[str, Power]:
    """Power by node. People and activities use as much by night as by day; plants stand still in the dark."""
    return {node: _power(setting, node, present, found, production_kw[node]) for node in setting.places}


def _power(setting: Setting, node: str, present: Present, found: Elements, production_kw: Days) -> Power:
    days = setting.calendar.closing_d
    living_kw, supply_kw, use_kw = np.zeros(days), np.zeros(days), np.zeros(days)
    night_supply_kw, night_use_kw, store_kwh = np.zeros(days), np.zeros(days), np.zeros(days)
    for (there, kind), count in present.items():
        if there == node:
            living_kw += setting.scenario.crew[kind].power * count
    for activity in setting.scenario.activities.values():
        if activity.node == node and activity.power:
            living_kw += activity.power * active(setting, activity.starts, activity.until)
    for element, serving in found.at(setting, node):
        gives, takes = element.provides, element.uses
        supply_kw += gives.power_day * serving
        night_supply_kw += gives.power_night * serving
        store_kwh += gives.energy_storage * serving
        use_kw += takes.power * serving
        night_use_kw += (takes.power if takes.power_night is None else takes.power_night) * serving
    darkness_d, sun = _light(setting, node)
    need_kwh = darkness_d * 24.0 * np.maximum(0.0, night_use_kw + living_kw - night_supply_kw)
    mean_supply_kw = night_supply_kw + sun * (supply_kw - night_supply_kw)
    mean_use_kw = night_use_kw + sun * (use_kw - night_use_kw) + living_kw + production_kw
    day_use_kw = use_kw + living_kw + production_kw
    return Power(supply_kw, day_use_kw, mean_supply_kw, mean_use_kw, need_kwh, store_kwh)


def _light(setting: Setting, node: str) -> tuple[Days, Days]:
    """Longest darkness and mean Sun on each day; after the horizon, as on its last day."""
    days, light = setting.calendar.closing_d, setting.world.lights.get(node)
    if light is None:
        return np.zeros(days), np.ones(days)
    after = (0, days - light.darkness_d.size)
    sun = np.ones_like(light.darkness_d) if light.sun is None else light.sun
    return np.pad(light.darkness_d, after, mode="edge"), np.pad(sun, after, mode="edge")


@rule
def power(setting: Setting, found: Mapping[str, Power]) -> Iterator[Broken]:
    """On every day the power that elements supply covers elements, people, activities and production."""
    for node, one in found.items():
        short = one.use_kw > one.supply_kw * (1 + RELATIVE) + POWER_KW
        for first, after in stretches(short[: setting.horizon_d]):
            lacking = float((one.use_kw - one.supply_kw)[first:after].max())
            yield Broken(
                first, f"nodes.{node}", f"{lacking:,.3f} kW are lacking, from day {first} to day {after}"
            )


@rule
def light(setting: Setting, found: Mapping[str, Power]) -> Iterator[Broken]:
    """Where light is computed, the power that elements supply on the mean of each month covers what is used on that mean."""
    for node, one in found.items():
        known = setting.world.lights.get(node)
        if known is None or known.sun is None:
            continue
        short = one.mean_use_kw > one.mean_supply_kw * (1 + RELATIVE) + POWER_KW
        for first, after in stretches(short[: setting.horizon_d]):
            lacking = float((one.mean_use_kw - one.mean_supply_kw)[first:after].max())
            told = f"{lacking:,.3f} kW are lacking on the mean of the light, from day {first} to day {after}"
            yield Broken(first, f"nodes.{node}", told)


@rule
def night(setting: Setting, found: Mapping[str, Power]) -> Iterator[Broken]:
    """On every day the stores hold what the longest darkness would ask of them."""
    for node, one in found.items():
        short = one.night_need_kwh > one.night_store_kwh * (1 + RELATIVE) + ENERGY_KWH
        for first, after in stretches(short[: setting.horizon_d]):
            lacking = float((one.night_need_kwh - one.night_store_kwh)[first:after].max())
            told = f"{lacking:,.1f} kWh are lacking for the longest darkness, from day {first} to day {after}"
            yield Broken(first, f"nodes.{node}", told)
