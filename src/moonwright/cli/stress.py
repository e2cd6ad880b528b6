"""The command that takes partners away, and says what is then left."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.table import clipped, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moonwright.choose.result import Result
    from moonwright.scenario.contingency import Hardware, Mode
    from moonwright.scenario.scenario import Scenario
    from moonwright.stress.case import Case
    from moonwright.stress.verdict import Verdict

MODES = ("hard stop", "no new starts", "wind-down")
FATES = {
    "met": "all hard demands met",
    "short": "hard demands fail",
    "idle": "work stops",
    "abandoned": "sites abandoned",
    "unsafe": "NOBODY SAFE",
    "unknown": "not found in time",
}
_WIDE = 44


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--partner", "partners", multiple=True, help="Who leaves; left out: each in turn.")
@click.option(
    "--on", "dates", multiple=True, metavar="DATE", help="When; left out: three dates of the horizon."
)
@click.option("--mode", "modes", multiple=True, type=click.Choice(MODES), help="How; left out: a hard stop.")
@click.option(
    "--hardware",
    default="stays",
    show_default=True,
    type=click.Choice(["stays", "unsupported", "leaves"]),
    help="What becomes of the elements of who leaves.",
)
@click.option("--board", is_flag=True, help="Each partner, on each date, in each mode (N-1).")
@click.option("--pairs", is_flag=True, help="Also each two partners on one date (N-2).")
@click.option("--in-turn", is_flag=True, help="Also one partner on a date, another on the next (N-1-1).")
@click.option("--listed", is_flag=True, help="The contingencies that the scenario lists.")
@click.option(
    "--proposals",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Weigh the deal, and the proposals of a file beside it, as `moonwright deal` does.",
)
@click.option(
    "--dependencies", is_flag=True, help="Only who gives each capability, and how soon another could."
)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 256), help="Processes.")
@click.option(
    "--gap", default=0.05, show_default=True, type=click.FloatRange(0, 1), help="Relative gap to stop at."
)
@click.option(
    "--nodes",
    default=500,
    show_default=True,
    type=click.IntRange(0),
    help="Nodes of each solve; 0: no limit.",
)
@click.option(
    "--time-limit",
    default=600.0,
    show_default=True,
    type=click.FloatRange(min=1),
    help="Seconds for a case; one that is cut short by it says so.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where answers are kept; left out: DIR/stress."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def stress(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    partners: tuple[str, ...],
    dates: tuple[str, ...],
    modes: tuple[Mode, ...],
    hardware: Hardware,
    board: bool,
    pairs: bool,
    in_turn: bool,
    listed: bool,
    proposals: Path | None,
    dependencies: bool,
    workers: int,
    gap: float,
    nodes: int,
    time_limit: float,
    output: Path | None,
    as_json: bool,
) -> None:
    """What if a partner leaves the campaign whose plan stands in DIR?

    Everything done before the date stays as it was; what follows is planned anew. Answers are kept, and taken up again by
    whoever asks the same: a board that was killed goes on where it was.
    """
    from moonwright.choose.result import read_result
    from moonwright.optimise.highs import Limits
    from moonwright.plan import digest
    from moonwright.report.board_folder import write_board
    from moonwright.stress.board import board as asked_of_all

    if proposals is not None:
        from moonwright.cli.stress_deal import ORDERS, weigh

        limits, place = Limits(gap, time_limit, nodes=nodes or None), output or directory / "stress"
        weigh(directory, proposals, limits, workers, None, (), ORDERS, place, as_json)
        return
    base = read_result(directory)
    if dependencies:
        _tell_dependencies(base, as_json)
        return
    when = _dates(base.scenario, dates)
    cases = _cases(
        base.scenario, partners, when, modes or ("hard stop",), hardware, pairs, in_turn, listed, board
    )
    kept = output or directory / "stress"
    verdicts = asked_of_all(
        base,
        cases,
        Limits(gap, time_limit, nodes=nodes or None),
        workers=workers,
        kept=kept / "answers",
        told=lambda verdict: click.echo(
            f"{verdict.wall_s:6.1f} s  {verdict.case}: {FATES[verdict.fate]}", err=True
        ),
    )
    write_board(kept / "board", base.run.cost_musd, verdicts, digest(base.scenario))
    _tell(base, verdicts, kept, as_json)


def _dates(scenario: Scenario, told: Sequence[str]) -> tuple[date, ...]:
    from moonwright.stress.case import check_dates, spread

    if not told:
        return spread(scenario, 3)
    try:
        dates = tuple(date.fromisoformat(text) for text in told)
    except ValueError:
        raise click.UsageError(f"--on {' '.join(told)}: write dates like 2030-01-01") from None
    check_dates(scenario, dates)
    return tuple(sorted(set(dates)))


def _cases(  # noqa: PLR0913, PLR0917  # what the options say
    scenario: Scenario,
    partners: tuple[str, ...],
    dates: tuple[date, ...],
    modes: Sequence[Mode],
    hardware: Hardware,
    pairs: bool,
    in_turn: bool,
    listed: bool,
    board: bool,
) -> list[Case]:
    from moonwright.errors import StressError
    from moonwright.stress import case

    for name in partners:
        if name not in scenario.partners:
            raise StressError(f"--partner {name}: the scenario has {', '.join(scenario.partners)}")
    who = partners or tuple(scenario.partners)
    found: list[Case] = []
    if board or not (listed or pairs or in_turn):
        found += case.without_one(who, dates, modes, hardware)
    if pairs:
        found += case.without_two(who, dates, modes[0], hardware)
    if in_turn:
        found += case.one_after_another(who, dates, modes[0], hardware)
    if listed:
        found += case.listed(scenario)
        if not scenario.contingencies:
            raise StressError("the scenario lists no `contingencies`")
    return found


def _tell(base: Result, verdicts: Sequence[Verdict], kept: Path, as_json: bool) -> None:
    from moonwright.report.board_folder import board_data

    if as_json:
        click.echo(json.dumps(board_data(base.run.cost_musd, verdicts)))
        return
    head = ("case", "", "extra MUSD", "months late", "least margin d", "lost", "certified")
    click.echo(table(head, [_line(verdict) for verdict in verdicts], left=2))
    cut = [verdict.case for verdict in verdicts if verdict.stopped == "time" or verdict.fate == "unknown"]
    if cut:
        click.echo(f"\ncut short by the clock, so another run may find another answer: {'; '.join(cut)}")
    click.echo(str(kept))


def _tell_dependencies(base: Result, as_json: bool) -> None:
    """The dependency matrix: a line for each capability and partner."""
    from moonwright.stress.dependency import matrix

    found = matrix(base)
    if as_json:
        click.echo(json.dumps([one.model_dump(mode="json") for one in found]))
        return
    head = ("capability", "partner", "share", "alone", "Herfindahl", "dissimilar", "anew in d", "critical")
    rows = [
        (
            f"{one.capability}, {one.unit}",
            part.partner,
            f"{part.share:.0%}",
            "yes" if part.sole else "",
            f"{one.herfindahl:.2f}",
            str(one.dissimilar),
            f"{part.anew_d:.0f}{' (assumed)' if part.assumed else ''}",
            {None: "?", True: "yes", False: ""}[part.critical],
        )
        for one in found
        for part in one.parts
    ]
    click.echo(table(head, rows, left=2))


def _line(one: Verdict) -> tuple[str, ...]:
    def number(value: float | None, form: str) -> str:
        return "" if value is None else format(value, form)

    lost = len({x.demand for x in one.lost})
    return (
        clipped(one.case, _WIDE),
        FATES[one.fate],
        number(one.extra_musd, "+,.0f"),
        number(one.months_late, "+.1f"),
        number(one.least_margin_d, ".0f"),
        str(lost) if one.cost_musd is not None else "",
        "yes" if one.certified else "",
    )
