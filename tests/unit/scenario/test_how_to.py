"""The messages that docs/how-to/fix-a-scenario.md shows are those that an author sees."""

from collections.abc import Callable
from pathlib import Path

import pytest

from moonwright.errors import Fault

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "fix-a-scenario.md").read_text(encoding="utf-8")
TOY = (ROOT / "examples" / "toy.yaml").read_text(encoding="utf-8")

MISTAKES = {
    "a bare number": ("dry_mass: 1.1 t", "dry_mass: 1.1"),
    "an open bracket": ("amount: 1.7 t, assumed: illustrative}", "amount: 1.7 t"),
    "a misspelt key": ("cadence: 4 /yr, price: 80", "cadance: 4 /yr, price: 80"),
    "a misspelt name": ("element: habitat, by", "element: habitt, by"),
    "a circle": ("mass: 2.5 t,", "mass: 2.5 t, after: [habitat],"),
}


@pytest.mark.parametrize(("right", "wrong"), MISTAKES.values(), ids=MISTAKES)
def test_the_page_shows_the_message(
    right: str, wrong: str, faults_in: Callable[[str], tuple[Fault, ...]]
) -> None:
    assert TOY.count(right) == 1
    (fault,) = faults_in(TOY.replace(right, wrong))
    assert f"\nmine.yaml:{str(fault).partition('scenario.yaml:')[2]}\n" in PAGE


def test_no_message_on_the_page_is_left_unchecked() -> None:
    assert PAGE.count("\nmine.yaml:") == len(MISTAKES)
