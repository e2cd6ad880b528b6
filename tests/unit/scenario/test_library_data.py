"""Library and examples: every number says where it comes from, or why it is assumed and in what range."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from moonwright import units
from moonwright.scenario.load import load
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import NOUNS, entry, shelf
from moonwright.scenario.vehicle import Vehicle
from moonwright.scenario.walk import Number, numbers

ENTRIES = [(noun, name) for noun in NOUNS for name in shelf(noun)]
EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
RANGED = (units.MASS, units.MONEY)
MADE_UP = "illustrative"  # the reason given for a world that is nobody's: nothing to be near to
WISHED = "demands"  # what is asked for is no estimate of anything; a reason will do


def faults(found: Iterable[Number], sources: Iterable[str]) -> list[str]:
    """The numbers that nobody vouches for, that cite what is not listed, or are assumed without a range."""
    known, told = set(sources), []
    for number in found:
        path = ".".join(map(str, number.path))
        if number.source is None and not (number.assumed or "").strip():
            told.append(f"{path}: nobody says where it comes from")
        elif number.source is not None and number.source not in known:
            told.append(f"{path}: there is no source {number.source!r}")
        elif number.source is None and _needs_range(number):
            told.append(f"{path}: assumed without low and high")
    return told


def _needs_range(number: Number) -> bool:
    ranged = number.datum.low is not None and number.datum.high is not None
    exempt = number.assumed == MADE_UP or number.path[0] == WISHED
    return number.quantity.dimension in RANGED and not ranged and not exempt


@pytest.mark.parametrize(("noun", "name"), ENTRIES, ids=[f"{noun}.{name}" for noun, name in ENTRIES])
def test_an_entry_of_the_library_is_vouched_for(noun: str, name: str) -> None:
    assert faults(numbers(entry(noun, name), (noun, name)), shelf("sources")) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.stem for path in EXAMPLES])
def test_an_example_is_vouched_for(path: Path) -> None:
    scenario: Scenario = load(path)
    found = list(numbers(scenario))
    assert found, "an example without numbers would pass whatever the rule"
    assert faults(found, scenario.sources) == []


def test_the_great_programmes_are_among_the_examples() -> None:
    assert {"toy", "ilrs", "iss", "artemis"} <= {path.stem for path in EXAMPLES}


@pytest.mark.parametrize(
    ("mass", "told"),
    [
        ("3 t", "dry_mass: nobody says where it comes from"),
        ({"value": "3 t", "source": "hearsay"}, "dry_mass: there is no source 'hearsay'"),
        ({"value": "3 t", "assumed": "a guess"}, "dry_mass: assumed without low and high"),
        ({"value": "3 t", "assumed": "a guess", "low": "2 t"}, "dry_mass: assumed without low and high"),
        ({"value": "3 t", "assumed": " ", "low": "2 t", "high": "4 t"}, "dry_mass: nobody says"),
    ],
)
def test_a_number_without_provenance_is_found(mass: object, told: str) -> None:
    vehicle = Vehicle.model_validate({"owner": "nasa", "dry_mass": mass})
    (fault,) = faults(numbers(vehicle), {"book"})
    assert fault.startswith(told)


def test_every_source_of_the_library_has_an_address_and_a_grade() -> None:
    for key in shelf("sources"):
        source = shelf("sources")[key].value
        assert isinstance(source, dict)
        assert {"title", "url", "grade"} <= set(source), key
