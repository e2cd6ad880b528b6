"""The deal as tables: coalitions, partners, ways to share, who would leave, prices of staying, the ledger, the proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa

from moonwright.report.sheet import FLAG, REAL, TEXT, WHOLE, sheet
from moonwright.stress.deal.deal import Deal
from moonwright.stress.deal.ledger import Entry
from moonwright.stress.deal.offer import Offer

COALITIONS = {
    "coalition": TEXT,
    "worth_low_musd": REAL,
    "worth_high_musd": REAL,
    "certified": FLAG,
    "cut_by_clock": FLAG,
}
PARTNERS = {
    "partner": TEXT, "worth_musd": REAL, "cost_musd": REAL, "received_musd": REAL, "net_musd": REAL,
    "alone_low_musd": REAL, "alone_high_musd": REAL, "gain_low_musd": REAL, "gain_high_musd": REAL,
    "critical_low": REAL, "critical_high": REAL, "propensity": REAL, "wants_nothing": FLAG,
}  # fmt: skip
SHARES = {
    "way": TEXT, "partner": TEXT, "low_musd": REAL, "found_musd": REAL, "high_musd": REAL, "to_be_handed_musd": REAL,
    "exact": FLAG, "tier": WHOLE, "standard_error_musd": REAL,
}  # fmt: skip
LEAVING = {"coalition": TEXT, "gain_low_musd": REAL, "gain_high_musd": REAL, "surely": FLAG}
STAYING = {
    "partner": TEXT, "on": TEXT, "price_low_musd": REAL, "price_high_musd": REAL, "own_musd": REAL,
}  # fmt: skip
SURE = {
    "partner": TEXT, "on": TEXT, "stranded_low_musd": REAL, "stranded_high_musd": REAL, "sure_low": REAL, "sure_high": REAL,
}  # fmt: skip
LEDGER = {"what": TEXT, "year": WHOLE, "giver": TEXT, "user": TEXT, "amount": REAL, "unit": TEXT}
PROPOSALS = {
    "proposal": TEXT, "partner": TEXT, "worth_musd": REAL, "cost_musd": REAL, "received_musd": REAL, "net_musd": REAL,
    "more_than_today_musd": REAL, "more_than_alone_low_musd": REAL, "more_than_alone_high_musd": REAL,
    "surely_leaves": FLAG, "certified": FLAG, "note": TEXT,
}  # fmt: skip


def deal_tables(offers: Sequence[Offer], ledger: Sequence[Entry]) -> dict[str, pa.Table]:
    """Tables by name; the first offer is the deal as it is. Infinite numbers mean: at no price, or not known."""
    found = offers[0].deal
    return {
        "coalitions": sheet(
            COALITIONS, [(" ".join(c.members), c.low, c.high, c.certified, c.cut) for c in found.coalitions]
        ),
        "partners": sheet(PARTNERS, _partners(found)),
        "shares": sheet(SHARES, _shares(found)),
        "leaving": sheet(
            LEAVING, [(" ".join(x.players), x.gain.low, x.gain.high, x.surely) for x in found.leaving]
        ),
        "staying": sheet(
            STAYING, [(x.partner, str(x.on), x.price.low, x.price.high, x.own_musd) for x in found.leverage]
        ),
        "sure": sheet(
            SURE,
            [
                (x.partner, str(x.on), x.stranded.low, x.stranded.high, x.sure.low, x.sure.high)
                for x in found.thresholds
            ],
        ),
        "ledger": sheet(LEDGER, [(e.what, e.year, e.giver, e.user, e.amount, e.unit) for e in ledger]),
        "proposals": sheet(PROPOSALS, [row for offer in offers for row in _proposal(offer, offers[0])]),
    }


def _partners(found: Deal) -> Iterator[tuple[object, ...]]:
    for name, stake in found.stakes.items():
        account, critical = stake.account, stake.critical
        yield (
            name, account.worth_musd, account.cost_musd, account.received_musd, account.net_musd,
            stake.alone.low, stake.alone.high, stake.gain.low, stake.gain.high,
            None if critical is None else critical.low, None if critical is None else critical.high,
            stake.propensity, name in found.wanting_nothing,
        )  # fmt: skip


def _shares(found: Deal) -> Iterator[tuple[object, ...]]:
    for way in found.ways:
        tier = {name: number for number, group in enumerate(way.tiers, start=1) for name in group}
        for name, share in way.shares.items():
            yield (
                way.name, name, share.low, share.found, share.high,
                share.found - found.stakes[name].account.net_musd, way.exact, tier[name], way.standard_error.get(name),
            )  # fmt: skip


def _proposal(offer: Offer, today: Offer) -> Iterator[tuple[object, ...]]:
    go = {name for one in offer.deal.leaving if one.surely for name in one.players}
    for name, stake in offer.deal.stakes.items():
        account, before = stake.account, today.deal.stakes.get(name)
        more = None if before is None else account.net_musd - before.account.net_musd
        yield (
            offer.name, name, account.worth_musd, account.cost_musd, account.received_musd, account.net_musd, more,
            stake.gain.low, stake.gain.high, name in go, offer.certified, offer.note,
        )  # fmt: skip
