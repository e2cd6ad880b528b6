"""Proposals: read with all their faults at once, and weighed beside the deal as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from moonwright.choose.result import Result
from moonwright.errors import ScenarioError
from moonwright.stress.deal.deal import Asker
from moonwright.stress.deal.offer import offers
from moonwright.stress.deal.proposal import read_proposals
from unit.stress.deal.markets import EXACT, market, planned

FILE = """\
proposals:
  launches are paid for:
    note: a fair price
    transfers: [{from: buyer, to: seller, amount: 40 MUSD, for: two launches}]
  the seller gives a truck away:
    changes: {vehicles: {truck: {owner: seller}}}
    plan: kept
"""


@pytest.fixture(scope="module")
def base() -> Result:
    return planned(market())


def test_proposals_side_by_side(base: Result, tmp_path: Path) -> None:
    """Today the seller loses 20 MUSD of launches; paid 40 it has 20; with trucks of its own to pay, too, it loses 30."""
    (tmp_path / "p.yaml").write_text(FILE, encoding="utf-8")
    found = offers(
        base,
        read_proposals(tmp_path / "p.yaml", base.scenario),
        Asker(EXACT, workers=2, kept=tmp_path / "kept"),
    )
    assert [one.name for one in found] == [
        "as it is",
        "launches are paid for",
        "the seller gives a truck away",
    ]
    nets = [[one.deal.stakes[name].account.net_musd for name in ("buyer", "seller")] for one in found]
    assert nets == [pytest.approx(pair) for pair in ([90.0, -20.0], [50.0, 20.0], [100.0, -30.0])]
    assert [[one.players for one in offer.deal.leaving if one.surely] for offer in found] == [
        [("seller",)],
        [],
        [("seller",)],
    ]
    assert [one.certified for one in found] == [True, True, True]


def test_all_faults_of_a_file_are_told_at_once(base: Result, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "proposals:\n"
        "  one: {transfers: [{from: byer, to: seller, amount: 1 MUSD}]}\n"
        "  two: {changes: {vehicles: {truck: {owner: nobody}}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refused:
        read_proposals(path, base.scenario)
    first, second = refused.value.faults
    assert (first.line, first.path) == (2, "proposals.one.transfers[0].from")
    assert "buyer" in first.todo
    assert (second.line, second.path) == (3, "vehicles.truck.owner")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("proposals: {one: {transfer: []}}\n", "did you mean 'transfers'"),
        ("proposals: {one: {transfers: [{from: buyer, to: seller, amount: 5}]}}\n", "amount"),
        ("proposals: {}\n", "proposals"),
    ],
)
def test_what_is_no_proposal(base: Result, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=told):
        read_proposals(tmp_path / "p.yaml", base.scenario)
