"""Numbers in words, as ISO 80000-1 writes them: a thin space between thousands, a space before the unit."""

from datetime import date

import pytest

from moonwright.report.wording import day, digits, grouped, mass, money, percent, plural


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("number", "decimals", "told"),
    [(0, 0, "0"), (999, 0, "999"), (1234567.8, 0, "1 234 568"), (-1234.56, 1, "−1 234.6"), (-0.001, 0, "0")],
)
def test_thousands_stand_apart_and_nothing_is_minus_zero(number: float, decimals: int, told: str) -> None:
    assert plain(grouped(number, decimals)) == told


@pytest.mark.parametrize(
    ("mass_kg", "told"),
    [
        (0, "0 kg"),
        (0.25, "0.25 kg"),
        (840, "840 kg"),
        (3100, "3.1 t"),
        (694264.4, "694 t"),
        (-5000, "−5.0 t"),
    ],
)
def test_masses_are_in_tonnes_from_one_tonne_up(mass_kg: float, told: str) -> None:
    assert plain(mass(mass_kg)) == told


@pytest.mark.parametrize(
    ("amount_musd", "told"),
    [(0, "0 million USD"), (830, "830 million USD"), (4150, "4.15 billion USD"), (41230, "41.2 billion USD")],
)
def test_money_is_in_billions_from_one_billion_up(amount_musd: float, told: str) -> None:
    assert plain(money(amount_musd)) == told


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0 %"), (0.0231, "2.3 %"), (0.0004, "0.04 %"), (0.57, "57 %")]
)
def test_percentages_keep_the_digits_that_matter(share: float, told: str) -> None:
    assert plain(percent(share)) == told


def test_counts_days_and_plain_numbers() -> None:
    assert plain(plural(1, "flight", "flights")) == "1 flight"
    assert plain(plural(40, "flight", "flights")) == "40 flights"
    assert plain(day(date(2031, 3, 4))) == "4 Mar 2031"
    assert plain(digits(26000.0)) == "26 000"
    assert digits(0.895) == "0.895"
    assert digits(-89.4) == "−89.4"
