"""The command that says why a plan is as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.given import finite
from moonwright.errors import PlanError

if TYPE_CHECKING:
    from moonwright.explain.binding import Binding, Bindings
    from moonwright.explain.purpose import Purpose
    from moonwright.explain.unused import Unused
    from moonwright.explain.whatif import Difference, Known


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--flight", help="Why is this flight there, and what would be lost without it?")
@click.option("--unused", help="Why is this vehicle, launcher or mission not used?")
@click.option(
    "--time-limit", default=180.0, show_default=True, type=click.FloatRange(min=1), help="Seconds in all."
)
@click.option(
    "--most", default=12, show_default=True, type=click.IntRange(min=1), help="Steps to ask about, at most."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def why(  # one argument an option
    directory: Path, flight: str | None, unused: str | None, time_limit: float, most: int, as_json: bool
) -> None:
    """Say why the plan in a results DIRECTORY is as it is: what binds, what a flight is for, why something is not used."""
    from moonwright.choose.result import read_result
    from moonwright.explain import telling
    from moonwright.explain.binding import bindings
    from moonwright.explain.purpose import purpose
    from moonwright.explain.unused import unused as not_used
    from moonwright.explain.whatif import known

    if flight is not None and unused is not None:
        raise click.UsageError("--flight and --unused ask different things; ask one at a time")
    try:
        result = read_result(directory)
        base = known(result.scenario, result.plan)
        if flight is not None:
            told = purpose(base, flight, time_s=time_limit)
            data, lines = _purpose_data(told), telling.purpose_lines(told)
        elif unused is not None:
            idle = not_used(base, unused, time_s=time_limit)
            data, lines = _unused_data(idle), telling.unused_lines(idle)
        else:
            tight = bindings(base, time_s=time_limit, most=most, tell=_tell)
            data, lines = (
                _bindings_data(base, tight),
                telling.binding_lines(base.scenario, base.ranks[-1], tight),
            )
    except PlanError as error:
        raise click.UsageError(str(error)) from None
    click.echo(json.dumps(data) if as_json else "\n".join(lines))


def _tell(question: str) -> None:
    click.echo(question, err=True)


def _bindings_data(base: Known, found: Bindings) -> dict[str, object]:
    return {
        "rank": found.rank,
        "unit": found.unit,
        "bound": finite(base.ranks[-1].bound),
        "again": _difference_data(found.again),
        "binding": [_binding_data(base, one) for one in (*found.asked, *found.unasked)],
    }


def _binding_data(base: Known, one: Binding) -> dict[str, object]:
    from moonwright.explain.words import told
    from moonwright.scenario.document import spelt

    return {
        "path": spelt(one.step.path),
        "from": told(base.scenario, one.step.path, one.before),
        "to": told(base.scenario, one.step.path, one.after),
        "words": one.step.words,
        "rows": list(one.rows),
        "as_flown": one.as_flown,
        "divisible": one.divisible,
        "change": _difference_data(one.gain),
    }


def _purpose_data(found: Purpose) -> dict[str, object]:
    return {
        "flight": found.flight.name,
        "mission": found.flight.mission,
        "flown": found.flown,
        "uses": [
            {"what": x.what, "why": x.why, "demands": list(x.demands), "flights": list(x.flights)}
            for x in found.uses
        ],
        "without": _difference_data(found.without),
        "lacks": [{"demand": x.demand, "amount": x.amount, "unit": x.unit} for x in found.lacks],
        "not_then": _difference_data(found.not_then),
    }


def _unused_data(found: Unused) -> dict[str, object]:
    return {
        "name": found.name,
        "sort": found.sort,
        "flights": list(found.flights),
        "reasons": list(found.reasons),
        "forced": _difference_data(found.forced),
    }


def _difference_data(found: Difference | None) -> dict[str, object] | None:
    """A change of a rank: intervals as [least, most], null where an end is not known."""
    if found is None:
        return None
    ends = {"now": found.now, "then": found.then, "by": found.by}
    return {
        "outcome": found.outcome,
        "rank": found.rank,
        "unit": found.unit,
        **{key: [finite(x.least), finite(x.most)] for key, x in ends.items()},
        "found": found.found,
        "shortfalls": [x.model_dump() for x in found.plan.shortfalls] if found.plan else [],
    }
