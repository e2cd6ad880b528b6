"""The command that says why there is no plan, or why a demand stays short."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.data import data_option, load
from moonwright.cli.exit import INFEASIBLE, NO_PLAN

_SHOWN = 25  # causes; a smallest conflict rarely has more than ten

if TYPE_CHECKING:
    from moonwright.explain.conflict import Conflict, Repair, WhyNot


@click.command("why-not")
@click.argument("file", type=click.Path(path_type=Path))
@data_option
@click.option("--demand", help="A ranked demand that stays short: what conflicts if it must be met?")
@click.option(
    "--time-limit", default=30.0, show_default=True, type=click.FloatRange(min=1), help="Seconds in all."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def why_not(file: Path, demand: str | None, time_limit: float, as_json: bool) -> None:
    """Say which demands, dates, capacities and budgets conflict, and what would mend it."""
    from moonwright.explain.ladder import why_not as asked

    scenario = load(file)
    if demand is not None and demand not in scenario.demands:
        raise click.UsageError(
            f"--demand {demand!r}: no such demand; there are {', '.join(scenario.demands)}"
        )
    answer = asked(scenario, demand=demand, time_limit_s=time_limit)
    click.echo(json.dumps(as_data(answer)) if as_json else in_words(answer))
    if answer.possible is not True:
        raise click.exceptions.Exit(NO_PLAN if answer.possible is None else INFEASIBLE)


def as_data(answer: WhyNot) -> dict[str, object]:
    """The answer as plain data, for other programs: "possible", "conflict", "repairs"."""
    return {
        "possible": answer.possible,
        "conflict": None if answer.conflict is None else _conflict_data(answer.conflict),
        "repairs": [_repair_data(repair) for repair in answer.repairs],
    }


def _conflict_data(conflict: Conflict) -> dict[str, object]:
    causes = [{"kind": c.kind, "paths": list(c.paths), "words": c.words} for c in conflict.causes]
    return {
        "causes": causes,
        "smallest": conflict.smallest,
        "found": conflict.found,
        "by": None if conflict.by is None else conflict.by.isoformat(),
    }


def _repair_data(repair: Repair) -> dict[str, object]:
    from moonwright.scenario.document import spelt

    changes = [{"path": spelt(c.path), "from": _plain(c.old), "to": _plain(c.new)} for c in repair.changes]
    return {"words": repair.words, "changes": changes, "planned": repair.planned}


def _plain(value: object) -> object:
    return float(value) if isinstance(value, float) else None if value is None else str(value)


def in_words(answer: WhyNot) -> str:
    """The answer as a few lines of text."""
    if answer.possible:
        return "there is a plan: nothing conflicts"
    if answer.conflict is None:
        return f"no conflict found in {answer.took_s:.0f} s, and no plan either; allow more time"
    return "\n".join([*_conflict_lines(answer.conflict), *_repair_lines(answer)])


def _conflict_lines(conflict: Conflict) -> list[str]:
    head = "These cannot all hold"
    if conflict.by is not None:
        head += f", as shows by {conflict.by}"
    if not conflict.smallest:
        head += f" (the smallest set found in {conflict.within_s:.0f} s; some may not matter)"
    lines = [f"{head}:"]
    lines += [f"  - {cause.words}   [{cause.paths[0]}]" for cause in conflict.causes[:_SHOWN]]
    more = len(conflict.causes) - _SHOWN
    return [*lines, f"  and {more} more, which --json lists"] if more > 0 else lines


def _repair_lines(answer: WhyNot) -> list[str]:
    if not answer.repairs:
        return [f"No change that mends it was found in {answer.took_s:.0f} s; allow more time."]
    lines = ["Any of these would mend it, cheapest first:"]
    for repair in answer.repairs:
        sure = "" if repair.planned else "   (not planned yet: it may take more)"
        lines.append(f"  - {repair.words}{sure}")
    return lines
