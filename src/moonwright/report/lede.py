"""The sentence under each heading that says what its charts and tables amount to."""

from __future__ import annotations

from collections import Counter

import numpy as np

from moonwright.report.crew import present_by_node
from moonwright.report.element import lives
from moonwright.report.money import cost_by_year, years_of
from moonwright.report.partner import mass_by_year
from moonwright.report.power import powered
from moonwright.report.stock import tightest
from moonwright.report.subject import Subject
from moonwright.report.wording import day, grouped, mass, money, percent, plural

CLOSE = 0.005  # of a reserve: what the text would call "0 % above it"


def campaign(subject: Subject) -> str:
    """When flights go, and the busiest year."""
    flights = subject.plan.flights
    if not flights:
        return "The plan needs no flight."
    years = Counter(subject.date_of(flight.departure_d).year for flight in flights)
    year, most = max(years.items(), key=lambda entry: (entry[1], -entry[0]))
    first = day(subject.date_of(min(flight.departure_d for flight in flights)))
    last = day(subject.date_of(max(flight.arrival_d for flight in flights)))
    told = plural(len(flights), "flight", "flights")
    return f"{told} between {first} and {last}; the busiest year is {year}, with {most}."


def builds(subject: Subject) -> str:
    """How much is put to work, and by when."""
    done = [life.commissioned_d for life in lives(subject) if life.commissioned_d is not None]
    if not done:
        return "The plan builds nothing."
    first, last = day(subject.date_of(min(done))), day(subject.date_of(max(done)))
    kg = sum(subject.scenario.elements[build.element].mass for build in subject.plan.builds)
    told = plural(len(done), "element is", "elements are")
    when = f"on {first}" if first == last else f"the first on {first}, the last on {last}"
    return f"{told} put to work, {mass(kg)} in all: {when}."


def crew(subject: Subject) -> str:
    """Rotations, and how long they are."""
    stays = [s.leaves_d - s.arrived_d for s in subject.plan.stays if s.leaves_d is not None]
    if not subject.plan.stays:
        flown = any(flight.crew for flight in subject.plan.flights)
        return (
            "Crews stay no longer than their own flights."
            if flown
            else "Nobody lives off Earth in this plan."
        )
    most = max((int(present.max()) for present in present_by_node(subject).values()), default=0)
    told = plural(len(subject.plan.stays), "rotation", "rotations")
    length = f", {_span(min(stays), max(stays))} days long" if stays else ""
    return f"{told}{length}; at most {plural(most, 'person', 'people')} at one place."


def _span(least: float, most: float) -> str:
    return f"{least:.0f}" if round(least) == round(most) else f"{least:.0f} to {most:.0f}"


def stocks(subject: Subject) -> str:
    """The stock that came closest to its reserve."""
    if not (close := tightest(subject)):
        return "No reserve is asked of any stock."
    first = close[0]
    where = f"{subject.name_of('resources', first.resource)} at {subject.name_of('nodes', first.node)}"
    if first.margin_kg < 0:
        return f"{where} falls {mass(-first.margin_kg)} below its reserve, the most on {day(first.when)}."
    if first.margin_kg < CLOSE * first.reserve_kg:
        return f"Closest to its reserve: {where}, which comes right down to it on {day(first.when)}."
    margin = f"{mass(first.margin_kg)} ({percent(first.margin_kg / first.reserve_kg)})"
    return f"Closest to its reserve: {where}, {margin} above it on {day(first.when)}."


def power(subject: Subject) -> str:
    """The node and day with the least power to spare."""
    spare = {
        n.node: np.where(n.power_use_kw > 0, n.power_supply_kw - n.power_use_kw, np.inf)
        for n in powered(subject)
    }
    if not any(np.isfinite(kw).any() for kw in spare.values()):
        return "Nothing uses power."
    node = min(spare, key=lambda key: float(spare[key].min()))
    least, when = float(spare[node].min()), day(subject.date_of(int(spare[node].argmin())))
    where = subject.name_of("nodes", node)
    if least < 0:
        return f"{where} lacks {grouped(-least, 1)} kW on {when}."
    return f"By day every node has power to spare, the least at {where}: {grouped(least, 1)} kW on {when}."


def spending(subject: Subject) -> str:
    """The dearest year, and who bears most."""
    by_partner = cost_by_year(subject)
    years = years_of(subject)
    by_year = [sum(column) for column in zip(*by_partner.values(), strict=True)]
    if not any(by_year):
        return "The plan costs nothing."
    peak = max(range(len(years)), key=lambda place: by_year[place])
    payer, paid = max(((key, sum(row)) for key, row in by_partner.items()), key=lambda entry: entry[1])
    share = percent(paid / sum(by_year))
    most = f"{subject.partner_name(payer)} bears {share} of it all."
    return f"Spending peaks in {years[peak]} at {money(by_year[peak])}. {most}"


def lifting(subject: Subject) -> str:
    """How much is launched, and in which year most."""
    by_partner, years = mass_by_year(subject), years_of(subject)
    by_year = [sum(column) for column in zip(*by_partner.values(), strict=True)]
    if not any(by_year):
        return "Nothing is launched."
    peak = max(range(len(years)), key=lambda place: by_year[place])
    return (
        f"{mass(1e3 * sum(by_year))} lifted in all, most of it in {years[peak]}: {mass(1e3 * by_year[peak])}."
    )
