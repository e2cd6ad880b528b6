"""What `moonwright simulate` does with a plan: trials are gathered, kept, told and drawn."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.exit import INTERRUPTED
from moonwright.cli.table import table
from moonwright.errors import PlanError

if TYPE_CHECKING:
    from moonwright.choose.result import Result
    from moonwright.ensemble.ensemble import Asked, Ensemble
    from moonwright.ensemble.gather import Spread, Told

_LEFT_OUT = ("stocks", "tornado", "sobol")  # long tables: on the page


@dataclass(frozen=True)
class Place:
    """Where a plan is and where its trials go; whether others' trials there are dropped, and a red plan is taken."""

    source: Path
    output: Path
    anew: bool = False
    uncertified: bool = False


def carry_out(
    place: Place, asked: Asked, spread: Spread, recorded: tuple[int, ...], *, as_json: bool
) -> None:
    """Gather the trials, write what they say, and tell it. Raises PlanError or EnsembleError."""
    from moonwright.ensemble.course import courses
    from moonwright.ensemble.ensemble import ensemble
    from moonwright.ensemble.prepare import prepare
    from moonwright.ensemble.store import Store
    from moonwright.report.ensemble_folder import FOLDER, PAGE, write_ensemble
    from moonwright.report.ensemble_page import Told as Page
    from moonwright.report.ensemble_sheet import records_table
    from moonwright.trial.history import history
    from moonwright.world.forecast import month_edges_d
    from moonwright.world.observe import observe

    result = _result(place)
    world = observe(result.scenario)
    folder = place.output / FOLDER
    prepared = prepare(result.plan, world, asked.seed)
    store = Store(folder)
    store.open(prepared.identity, {"scenario": result.scenario.name}, anew=place.anew)
    with _progress() as told:
        try:
            made = ensemble(prepared, asked, store, spread, told)
        except KeyboardInterrupt:
            click.echo(
                f"\nstopped: finished trials stay in {folder}, and the same command goes on from there",
                err=True,
            )
            sys.exit(INTERRUPTED)
    programme = prepared.work.programme
    page = Page(
        result.scenario,
        prepared.identity.plan_digest,
        made,
        programme.parameters,
        month_edges_d(world),
        courses(programme, made),
        beside=place.source.resolve() == place.output.resolve(),
    )
    records = {
        trial: records_table(history(programme, asked.seed, trial), prepared.names)
        for trial in sorted(set(recorded))
    }
    data = write_ensemble(folder, page, records)
    click.echo(json.dumps(data) if as_json else _in_words(result.scenario.name, made, folder / PAGE))


def _result(place: Place) -> Result:
    """The plan that is there, with its replay. Raises PlanError where there is none to carry out."""
    from moonwright.choose.result import read_result

    result = read_result(place.source)
    if not (result.run.certified or place.uncertified):
        found = result.run.violations
        raise PlanError(
            f"{place.source}: the replay finds fault with this plan ({len(found)} violations, first: {found[0].text}); "
            "plan anew, or say --uncertified to carry it out as it is"
        )
    return result


def _in_words(name: str, made: Ensemble, page: Path) -> str:
    from moonwright.report.ensemble import sections, verdict

    told = [f"{name}: {made.asked.trials:,} trials, seed {made.asked.seed}", verdict(made)]
    told += [
        f"\n{part.title}\n{table(part.head, part.rows)}"
        for part in sections(made)
        if part.key not in _LEFT_OUT
    ]
    return "\n".join([*told, f"\n{page}"])


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, asked: None
        return
    with click.progressbar(length=1, label="trials", file=sys.stderr, show_pos=True) as bar:

        def told(done: int, asked: int) -> None:
            bar.length = asked
            bar.update(done - bar.pos)

        yield told
