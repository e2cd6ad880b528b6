"""Partners: their colours, what each provides, and the mass that each launches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from moonwright.plan import Flight, Reboost
from moonwright.report.flight import lifted_kg, seats_up
from moonwright.report.money import years_of
from moonwright.report.subject import SHARED, Subject

# Okabe and Ito 2008, "Color Universal Design": told apart by all common kinds of colour vision.
# Their black is left out (it vanishes on a dark page), their yellow comes last (pale on a white one).
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")


GREY = "#808080"


def colours(subject: Subject) -> Mapping[str, str]:
    """A colour for each partner: the one that the scenario gives, else the next of the palette."""
    taken = {p.colour.lower() for p in subject.scenario.partners.values() if p.colour}
    free = [colour for colour in PALETTE if colour.lower() not in taken]
    told: dict[str, str] = {}
    for key, partner in subject.scenario.partners.items():
        told[key] = (
            partner.colour
            or free[len([k for k in told if not subject.scenario.partners[k].colour]) % len(free)]
        )
    return told


def with_shared(subject: Subject) -> Mapping[str, str]:
    """The colours, and a grey for what the partners own together, if anything is."""
    owned = {element.owner for element in subject.scenario.elements.values()}
    return {**colours(subject), SHARED: GREY} if SHARED in owned else colours(subject)


def mass_by_year(subject: Subject) -> Mapping[str, list[float]]:
    """Tonnes that each partner's launchers lift in each year of the horizon."""
    years = years_of(subject)
    lifted = {partner: [0.0] * len(years) for partner in subject.scenario.partners}
    for flight in subject.plan.flights:
        record = subject.records.get(flight.name)
        if flight.launcher is not None and record is not None:
            place = years.index(subject.date_of(flight.departure_d).year)
            for partner, share in subject.owners(subject.scenario.launchers[flight.launcher].owner).items():
                lifted[partner][place] += share * record.launched_kg / 1e3
    return lifted


@dataclass(frozen=True)
class Capability:
    """Something that a campaign needs, and how much of it each partner provides, in `unit`."""

    name: str
    unit: str
    by_partner: Mapping[str, float]

    @property
    def decimals(self) -> int:
        """None for whole counts and large measures; two where one would show a share as nothing."""
        amounts = self.by_partner.values()
        if all(amount == round(amount) for amount in amounts) or self.total >= 1000:
            return 0
        return 1 if self.total >= 10 else 2

    @property
    def total(self) -> float:
        """What all provide together."""
        return sum(self.by_partner.values())


def capabilities(subject: Subject) -> tuple[Capability, ...]:
    """Who provides what. Leaves out what nobody provides."""
    elements = subject.scenario.elements
    launches = [f for f in subject.plan.flights if f.launcher is not None]

    def built(amount: Callable[[str], float]) -> Mapping[str, float]:
        return _summed(subject, [(elements[key].owner, amount(key) * n) for key, n in subject.copies.items()])

    told = (
        Capability("Launches", "", _launched(subject, launches, lambda _: 1.0)),
        Capability(
            "Up-mass (cargo, elements, crew)",
            "t",
            _launched(subject, launches, lambda f: lifted_kg(subject, f) / 1e3),
        ),
        Capability("Seats up", "", _seats(subject, launches)),
        Capability("Crew sent", "person-days", _crew_days(subject)),
        Capability("Elements built", "", built(lambda key: 1.0)),
        Capability("Mass of elements built", "t", built(lambda key: elements[key].mass / 1e3)),
        Capability("Power built, by day", "kW", built(lambda key: float(elements[key].provides.power_day))),
        Capability(
            "Power built, by night", "kW", built(lambda key: float(elements[key].provides.power_night))
        ),
        Capability("Berths built", "", built(lambda key: float(elements[key].provides.berths))),
        Capability("Reboost impulse", "MN s", _reboost(subject)),
        Capability(
            "Cost borne", "MUSD", _summed(subject, [(c.partner, c.amount_musd) for c in subject.run.charges])
        ),
    )
    return tuple(capability for capability in told if capability.total > 0)


def _summed(subject: Subject, parts: list[tuple[str, float]]) -> Mapping[str, float]:
    """Amounts by partner, what is shared split by the shares."""
    told = dict.fromkeys(subject.scenario.partners, 0.0)
    for owner, amount in parts:
        for partner, share in subject.owners(owner).items():
            told[partner] += share * amount
    return told


def _launched(
    subject: Subject, flights: list[Flight], amount: Callable[[Flight], float]
) -> Mapping[str, float]:
    return _summed(subject, [(subject.flown_by(flight), amount(flight)) for flight in flights])


def _seats(subject: Subject, launches: list[Flight]) -> Mapping[str, float]:
    """People carried up, by the owner of the ship that seats them."""
    vehicles, parts = subject.scenario.vehicles, []
    for flight in launches:
        seated = [vehicles[unit.vehicle].owner for unit in flight.units if vehicles[unit.vehicle].seats]
        if seated:
            parts.append((seated[0], float(seats_up(flight))))
    return _summed(subject, parts)


def _crew_days(subject: Subject) -> Mapping[str, float]:
    crew = subject.scenario.crew
    return _summed(
        subject, [(crew[history.kind].owner, float(history.present.sum())) for history in subject.run.crew]
    )


def _reboost(subject: Subject) -> Mapping[str, float]:
    return _summed(
        subject, [(provider_owner(subject, r), r.impulse_n_s / 1e6) for r in subject.plan.reboosts]
    )


def provider_owner(subject: Subject, reboost: Reboost) -> str:
    """Owner of the element, vehicle type or single vehicle ("progress-ms-12") that gives an impulse."""
    scenario = subject.scenario
    if reboost.provider in scenario.elements:
        return scenario.elements[reboost.provider].owner
    serials = {unit.serial: unit.vehicle for flight in subject.plan.flights for unit in flight.units}
    kind = serials.get(reboost.provider, reboost.provider)
    if kind not in scenario.vehicles:
        kind = kind.rpartition("-")[0]
    return scenario.vehicles[kind].owner
