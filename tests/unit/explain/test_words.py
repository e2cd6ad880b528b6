"""Givens and changes read as their author would say them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import moonwright
from moonwright.explain.change import put
from moonwright.explain.given import Given
from moonwright.explain.liftable import liftable
from moonwright.explain.words import amount, at_most, changed, said
from moonwright.scenario.datum import Datum
from moonwright.scenario.scenario import Scenario
from moonwright.units import MASS, PER_YEAR, SHARE

EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture(scope="module")
def iss() -> Scenario:
    return moonwright.load(EXAMPLES / "iss.yaml")


@pytest.mark.parametrize(
    ("value", "dimension", "words"),
    [(3100.0, MASS, "3.1 t"), (840.0, MASS, "840 kg"), (4.0, PER_YEAR, "4 /yr"), (0.369, SHARE, "36.9 %")],
)
def test_amounts_are_written_as_in_the_file(value: float, dimension: object, words: str) -> None:
    assert amount(value, dimension) == words  # type: ignore[arg-type]  # a dimension, of any kind


@pytest.mark.parametrize(
    ("kind", "path", "what", "words"),
    [
        ("demand", ("demands", "seven aboard"), "", "crew of 7 at iss"),
        ("demand", ("demands", "three of Roscosmos"), "", "crew of 3 of roscosmos at iss"),
        ("demand", ("demands", "Soyuz as agreed"), "", "2 flights of soyuz-up in every 12 months"),
        ("demand", ("demands", "reserve of food"), "", "a reserve of 120 d of food at iss"),
        (
            "demand",
            ("initial", "contracts", 1),
            "",
            "1 flight of htv-x-up contracted from 2025-10-01 until 2026-01-01",
        ),
        ("capacity", ("launchers", "soyuz-2-1a", "cadence"), "", "soyuz-2-1a flies at most 6 /yr"),
        (
            "date",
            ("launchers", "soyuz-2-1a", "outages", 0),
            "",
            "soyuz-2-1a does not fly from 2025-11-28 until 2026-03-22",
        ),
        ("capacity", ("vehicles", "soyuz-ms", "seats"), "", "soyuz-ms seats 3"),
        ("capacity", ("vehicles", "soyuz-ms", "stay"), "", "soyuz-ms may wait for 215 d"),
        ("capacity", ("vehicles", "crew-dragon", "reuse", "flights"), "", "each crew-dragon flies 10 times"),
        ("date", ("missions", "cygnus-up-cape", "from"), "", "cygnus-up-cape is flown from 2024-01-01 on"),
        (
            "capacity",
            ("nodes", "iss"),
            "ports of kind ida",
            "ports of kind ida at iss: 2 from each us-segment",
        ),
    ],
)
def test_what_is_given_is_said_in_a_clause(
    iss: Scenario, kind: str, path: tuple[str | int, ...], what: str, words: str
) -> None:
    assert said(iss, Given(kind, path, what)) == words  # type: ignore[arg-type]  # one of the kinds


@pytest.mark.parametrize("example", ["toy", "ilrs", "iss", "artemis"])
def test_everything_given_in_the_examples_can_be_said(example: str) -> None:
    """Each in words of its own, in one line."""
    scenario = moonwright.load(EXAMPLES / f"{example}.yaml")
    told = [said(scenario, given) for given in liftable(scenario).givens]
    assert all(words and "\n" not in words for words in told)
    assert len(set(told)) == len(told)


def test_what_is_left_of_a_demand_is_whole_where_it_counts(iss: Scenario) -> None:
    assert at_most(iss, "seven aboard", 2.3) == "; 4 at most can be"  # 4.7 people are 4
    assert at_most(iss, "seven aboard", 7.0) == ""
    assert at_most(iss, "science", 1200.0) == "; 2.3 t can come at most"
    assert at_most(iss, "science", 3500.0) == "; none can come"


def test_a_change_has_the_path_and_both_values(iss: Scenario) -> None:
    cadence = ("launchers", "soyuz-2-1a", "cadence")
    assert changed(iss, cadence, Datum(6.0), Datum(7.0)) == f"{'.'.join(cadence)}: 7 /yr instead of 6 /yr"
    later = ("vehicles", "htv-x", "ready")
    words = changed(iss, later, date(2025, 10, 1), date(2025, 8, 1))
    assert words == "vehicles.htv-x.ready: 2025-08-01 instead of 2025-10-01"


def test_a_rule_is_said_by_whom_it_keeps_apart(iss: Scenario) -> None:
    apart = put(iss, ("partners", "nasa", "may_not_carry"), ("roscosmos",))
    rule = Given("rule", ("partners", "nasa", "may_not_carry"))
    assert said(apart, rule) == "nasa carries nothing and nobody of roscosmos"
