"""The first lines of the report: the verdict in one sentence, and the numbers that come before all others."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from moonwright.plan import Rank
from moonwright.report.crew import crew_days
from moonwright.report.demand import missed
from moonwright.report.subject import Subject
from moonwright.report.wording import day, grouped, mass, money, percent, plural
from moonwright.scenario.demand import BuildDemand

TINY = 1e-9  # what is taken for the size of nothing
PROVEN = 1e-6  # a gap below this is the solver's own tolerance: the plan is the best there is


@dataclass(frozen=True)
class Figure:
    """One headline number, what it is, and a remark that puts it in its place."""

    label: str
    value: str
    remark: str
    mood: str = ""  # "good" or "bad" where the number is a judgement


def verdict(subject: Subject) -> str:
    """What a reader should know if only one sentence is read."""
    violations, short = len(subject.run.violations), len(missed(subject))
    cost = f"{money(subject.run.cost_musd)} ({subject.scenario.currency_year} prices)"
    flights = plural(len(subject.plan.flights), "flight", "flights")
    if violations:
        found = plural(violations, "broken promise", "broken promises")
        return f"Do not rely on this plan of {flights} for {cost}: an independent replay found {found} in it."
    met = f"leave {plural(short, 'demand', 'demands')} short" if short else "meet every demand"
    return (
        f"{flights} for {cost}, {closeness(subject)}, {met}. "
        "An independent day-by-day replay found nothing wrong with the plan."
    )


def cost_rank(subject: Subject) -> Rank | None:
    """The rank that speaks of cost, where cost was an aim."""
    return next((rank for rank in reversed(subject.plan.outcome.ranks) if rank.name == "cost"), None)


def closeness(subject: Subject) -> str:
    """How close the cost, or else the last aim, is to the best possible, in plain words."""
    rank = cost_rank(subject) or subject.plan.outcome.last
    earlier = [r.name for r in subject.plan.outcome.ranks[: subject.plan.outcome.ranks.index(rank)]]
    held = [name for name in earlier if not name.startswith("shortfall")]
    return f"{gap_words(rank)} {rank.name}" + (f" with {' and '.join(held)} held" if held else "")


def gap_words(rank: Rank) -> str:
    """A gap in plain words: "within 2.3 % of the least possible". Without a bound there is nothing to say.

    What later aims took of the rank's slack counts: the words speak of the finished plan.
    """
    gap = rank.gap
    if rank.slack and rank.kept is not None and isfinite(gap):
        gap = max(gap, (rank.kept - rank.bound) / max(abs(rank.kept), TINY))
    if not isfinite(gap):
        return "not proven to be near the least possible"
    return "the least possible" if gap <= PROVEN else f"within {percent(gap)} of the least possible"


def figures(subject: Subject) -> tuple[Figure, ...]:
    """Headline numbers, shortfalls first."""
    run, rank = subject.run, cost_rank(subject)
    launches = sum(flight.launcher is not None for flight in subject.plan.flights)
    told = [
        _shortfalls(subject),
        Figure("Cost", money(run.cost_musd), gap_words(rank) if rank is not None else "not among the aims"),
        Figure("Mass launched", mass(run.imleo_kg), "all that launchers lift (IMLEO)"),
        Figure(
            "Flights",
            grouped(len(subject.plan.flights)),
            f"of which {plural(launches, 'launch', 'launches')}",
        ),
        *_finish(subject),
        Figure("Crew-days", grouped(crew_days(subject)), "of rotations, flights not counted"),
    ]
    return tuple(told)


def _shortfalls(subject: Subject) -> Figure:
    short = missed(subject)
    broken = {v.where for v in subject.run.violations if v.where.startswith("demands.")}
    if broken:
        return Figure(
            "Shortfalls", plural(len(broken), "broken demand", "broken demands"), "see above", "bad"
        )
    if not short:
        demands = len(subject.scenario.demands)
        return Figure("Shortfalls", "None", f"All demands met ({demands} of {demands})", "good")
    first = short[0]
    more = f", and {len(short) - 1} more" if len(short) > 1 else ""
    return Figure(
        "Shortfalls",
        plural(len(short), "demand", "demands"),
        f"{first.asks}: {first.amount} short{more}",
        "bad",
    )


def _finish(subject: Subject) -> tuple[Figure, ...]:
    """Nothing to finish where the scenario asks for no build."""
    if not any(isinstance(demand, BuildDemand) for demand in subject.scenario.demands.values()):
        return ()
    if subject.run.finish_d is None:
        return (Figure("Finish", "Not reached", "some asked-for element is never at work", "bad"),)
    return (Figure("Finish", day(subject.date_of(subject.run.finish_d)), "last asked-for element at work"),)
