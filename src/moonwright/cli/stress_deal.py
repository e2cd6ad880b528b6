"""The command that weighs the deal: what it is worth to each, how it may be shared, and whether it will hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from moonwright.cli.table import clipped, table

if TYPE_CHECKING:
    from moonwright.optimise.highs import Limits
    from moonwright.stress.coalition import Worth
    from moonwright.stress.deal.between import Between
    from moonwright.stress.deal.deal import Deal
    from moonwright.stress.deal.offer import Offer

ORDERS = 16  # of joining, drawn where partners are too many to try all
_WIDE = 36
_MOST_SHOWN = 8
_LITTLE = 0.001  # of what all are worth


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--proposals", type=click.Path(path_type=Path), metavar="FILE", help="Proposals to lay beside it."
)
@click.option("--on", "start", metavar="DATE", help="Weigh it from this date on; left out: from the start.")
@click.option(
    "--leaves",
    "leave",
    multiple=True,
    metavar="DATE",
    help="Also the price of each partner's staying on this date, and how sure each must be of the others.",
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
    help="Seconds for a coalition; one that is cut short by it says so.",
)
@click.option(
    "--orders",
    default=ORDERS,
    show_default=True,
    type=click.IntRange(min=4),
    help="Random orders of joining, for more than eight partners.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Left out: DIR/stress.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def deal(  # noqa: PLR0913, PLR0917  # one argument an option
    directory: Path,
    proposals: Path | None,
    start: str | None,
    leave: tuple[str, ...],
    workers: int,
    gap: float,
    nodes: int,
    time_limit: float,
    orders: int,
    output: Path | None,
    as_json: bool,
) -> None:
    """Is the deal behind the plan in DIR worth staying in, for each partner and each coalition?

    Every coalition is planned for by itself; answers are kept, and taken up again. Demands say in the scenario what they
    are `worth` to whom.
    """
    from moonwright.optimise.highs import Limits

    limits = Limits(gap, time_limit, nodes=nodes or None)
    on = None if start is None else _date("--on", start)
    dates = tuple(_date("--leaves", text) for text in leave)
    weigh(directory, proposals, limits, workers, on, dates, orders, output or directory / "stress", as_json)


def weigh(  # noqa: PLR0913, PLR0917  # what both commands that come here say
    directory: Path,
    proposals: Path | None,
    limits: Limits,
    workers: int,
    on: date | None,
    leave: Sequence[date],
    orders: int,
    kept: Path,
    as_json: bool,
) -> None:
    """Weigh the deal of a results folder and its proposals, write them, and tell them."""
    from moonwright.choose.result import read_result
    from moonwright.report.deal_folder import deal_data, write_deal
    from moonwright.stress.deal.deal import Asker
    from moonwright.stress.deal.ledger import ledger
    from moonwright.stress.deal.offer import offers
    from moonwright.stress.deal.proposal import read_proposals

    base = read_result(directory)
    proposed = () if proposals is None else read_proposals(proposals, base.scenario)
    ask = Asker(limits, workers, kept / "answers", _heard)
    found = offers(base, proposed, ask, on=on, leave=sorted(set(leave)), orders=orders)
    entries = ledger(base)
    write_deal(kept / "deal", found, entries)
    if as_json:
        click.echo(json.dumps(deal_data(found, entries)))
        return
    click.echo("\n\n".join([*told(found[0].deal), *([_beside(found)] if proposed else [])]))
    click.echo(f"\n{kept / 'deal'}")


def _date(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{option} {text}: write a date like 2030-01-01") from None


def _heard(worth: Worth) -> None:
    told = _interval(worth.low, worth.high)
    click.echo(f"{worth.wall_s:6.1f} s  {worth.what} of {', '.join(worth.members)}: {told}", err=True)


def told(found: Deal) -> Iterator[str]:
    """The deal as pieces of text for a terminal."""
    open_share = f"; solvers left at most {found.widest:.1%} of that open" if found.widest > 5e-4 else ""
    yield f"All together: {_told(found.whole)} MUSD{open_share}."
    if found.unused.low > found.whole.high * _LITTLE:
        yield (
            f"The plan that stands is worth {_told(found.unused)} MUSD less: it does what no demand's worth pays for, "
            "or leaves undone what would pay."
        )
    head = ("partner", "worth", "cost", "received", "net", "alone", "critical", "propensity")
    yield table(head, list(_stakes(found)))
    if found.wanting_nothing:
        yield f"No demand is said to be worth anything to: {', '.join(found.wanting_nothing)}."
    yield _ways(found)
    yield _stability(found)
    if found.leverage:
        rows = [
            (x.partner, str(x.on), _told(x.price), _number(x.own_musd), _told(y.sure, 2))
            for x, y in zip(found.leverage, found.thresholds, strict=True)
        ]
        yield "If they leave on a date\n" + table(
            ("partner", "on", "price of staying", "its own cost", "how sure it must be"), rows, left=2
        )
    if found.cut:
        yield f"Cut short by the clock, so another run may find other intervals: {_coalitions(found.cut)}"


def _stakes(found: Deal) -> Iterator[tuple[str, ...]]:
    for name, stake in found.stakes.items():
        account = stake.account
        yield (
            name, _number(account.worth_musd), _number(account.cost_musd), _number(account.received_musd),
            _number(account.net_musd), _told(stake.alone),
            "" if stake.critical is None else _told(stake.critical, 2),
            "" if stake.propensity is None else _number(stake.propensity, 2),
        )  # fmt: skip


def _ways(found: Deal) -> str:
    names = list(found.stakes)
    rows = [[way.name, *(_told(way.shares[name]) for name in names)] for way in found.ways]
    ranks = [f"{way.name}: {' > '.join(', '.join(group) for group in way.tiers)}" for way in found.ways]
    return "\n".join([
        table(("shares, MUSD", *names), rows), "", "Who surely has more (a comma: not known, or alike)", *ranks
    ])  # fmt: skip


def _stability(found: Deal) -> str:
    lines = []
    if found.core is not None:
        words = {
            "yes": "Some shares keep everybody in.",
            "no": "No shares keep everybody in.",
            "not known": "Whether some shares keep everybody in is not known at this gap.",
        }
        lines.append(words[found.core.exists])
    surely = [one for one in found.leaving if one.surely]
    maybe = [one for one in found.leaving if not one.surely]
    for one in surely[:_MOST_SHOWN]:
        lines.append(f"{', '.join(one.players)} would gain by going: {_told(one.gain)} MUSD.")
    if len(surely) > _MOST_SHOWN:
        lines.append(f"{len(surely) - _MOST_SHOWN} more coalitions would gain by going.")
    if maybe:
        lines.append(
            f"Not known at this gap, whether these would: {_coalitions([x.players for x in maybe])}."
        )
    if not found.leaving:
        lines.append("As the plan shares it, no coalition looked at gains by going.")
    return "\n".join(lines)


def _coalitions(names: Sequence[tuple[str, ...]]) -> str:
    shown = "; ".join(", ".join(one) for one in names[:_MOST_SHOWN])
    return shown if len(names) <= _MOST_SHOWN else f"{shown}; and {len(names) - _MOST_SHOWN} more"


def _beside(found: Sequence[Offer]) -> str:
    names = list(found[0].deal.stakes)
    rows = []
    for offer in found:
        nets = [
            _number(offer.deal.stakes[name].account.net_musd) if name in offer.deal.stakes else ""
            for name in names
        ]
        surely = sum(one.surely for one in offer.deal.leaving)
        rows.append([clipped(offer.name, _WIDE), *nets, str(surely), "yes" if offer.certified else "no"])
    return "What each has, MUSD\n" + table(("proposal", *names, "would leave", "certified"), rows)


def _told(value: Between, decimals: int = 0) -> str:
    return _interval(value.low, value.high, decimals)


def _interval(low: float, high: float, decimals: int = 0) -> str:
    first, last = _number(low, decimals), _number(high, decimals)
    return first if first == last else f"{first} to {last}"


def _number(value: float, decimals: int = 0) -> str:
    if math.isinf(value):
        return "no limit" if value > 0 else "not known"
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"  # + 0.0: nothing is not less than nothing
