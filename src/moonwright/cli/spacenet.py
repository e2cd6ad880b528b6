"""What a SpaceNet campaign does, by its rules or exact ones, on a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.table import clipped, table

if TYPE_CHECKING:
    from moonwright.interop.spacenet.campaign import Campaign
    from moonwright.interop.spacenet.history import History
    from moonwright.interop.spacenet.rules import Rules

_WIDEST = 34  # of a name in a table


def tell(folder: Path, rules_name: str, *, as_json: bool) -> None:
    """Run the campaign in a folder and print what it shows."""
    from moonwright.interop.spacenet.figures import figures, rules_named
    from moonwright.interop.spacenet.run import run

    campaign, left = _campaign_in(folder)
    if as_json:
        told = {**figures(campaign, rules_name), "not_carried_over": left}
        click.echo(json.dumps(told, indent=1, ensure_ascii=False))
        return
    rules = rules_named(campaign, rules_name)
    history = run(campaign, rules)
    for part in (
        _head(campaign, rules, history),
        _burns(history),
        _tanks(history),
        _demands(history),
        _troubles(history),
    ):
        if part:
            click.echo(f"{part}\n")
    for sentence in left:
        click.echo(f"not carried over: {sentence}")


def _campaign_in(folder: Path) -> tuple[Campaign, tuple[str, ...]]:
    """The campaign in a folder; only that of a plan needs the planner's half of the house, which takes a second."""
    from moonwright.interop.spacenet.own_file import CAMPAIGN_FILE, read_campaign

    if (folder / CAMPAIGN_FILE).is_file():
        return read_campaign(folder / CAMPAIGN_FILE), ()
    from moonwright.interop.spacenet.door import campaign_in

    return campaign_in(folder)


def _head(campaign: Campaign, rules: Rules, history: History) -> str:
    how = "nothing rounded; a shortfall of delta-v stops a flight"
    if not rules.shortfall_stops:
        how = f"times to {rules.time_step_d:g} d, masses to {rules.mass_step_kg:g} kg; a shortfall only warns"
    relative = history.relative_exploration
    lines = [
        f"{campaign.name}, by {rules.name} rules (g0 {rules.g0_m_s2:g} m/s2; {how})",
        f"launch mass         {history.launch_mass_kg:,.1f} kg",
        f"crew surface days   {history.crew_surface_d:,.2f}",
        f"exploration mass    {history.exploration_kg:,.1f} kg delivered",
    ]
    if relative:
        lines.append(f"exploration         {relative:.3g} of Apollo 17's, for the mass launched")
    return "\n".join(lines)


def _burns(history: History) -> str:
    """A row for each vehicle that gives to a burn; a burn to which nobody gives has one, too."""
    rows: list[list[str]] = []
    for burn in history.burns:
        who = [
            (one.vehicle, f"{one.gained_m_s:,.2f}", f"{one.used_kg:,.1f}", f"{one.left_kg:,.1f}")
            for one in burn.given
        ]
        for place, given in enumerate(who or [("nobody", "", "", "")]):
            first = place == 0
            head = [
                f"{burn.day_d:.2f}" if first else "",
                clipped(burn.flight, _WIDEST) if first else "",
                str(burn.number) if first else "",
                f"{burn.asked_m_s:,.2f}" if first else "",
                f"{burn.achieved_m_s:,.2f}" if first else "",
            ]
            rows.append([*head[1:2], head[0], *head[2:], clipped(given[0], _WIDEST), *given[1:]])
    if not rows:
        return ""
    head = ["flight", "day", "burn", "asked m/s", "achieved", "vehicle", "gave m/s", "used kg", "left kg"]
    return table(head, rows)


def _tanks(history: History) -> str:
    rows = [[clipped(name, _WIDEST), f"{left_kg:,.1f}"] for name, left_kg in history.left_kg]
    return table(["propellant left", "kg"], rows) if rows else ""


def _demands(history: History) -> str:
    from moonwright.interop.spacenet.figures import CLASSES, demands_kg

    rows = [
        [clipped(place, _WIDEST), f"{supply} {CLASSES[supply]}", f"{mass_kg:,.2f}"]
        for place, supply, mass_kg in demands_kg(history)
    ]
    if not rows:
        return "no demands"
    return table(["demand at", "class of supply", "kg"], rows, left=2)


def _troubles(history: History) -> str:
    if not history.troubles:
        return "everything could be done as the campaign says"
    lines = [f"day {one.day_d:.2f}, {one.event}: {one.text}" for one in history.troubles]
    return "\n".join([f"not done as the campaign says ({len(lines)}):", *(f"  {line}" for line in lines)])
