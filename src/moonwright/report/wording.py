"""Numbers and days in words that a reader takes in at a glance."""

from __future__ import annotations

from datetime import date

THIN = "\u202f"  # narrow no-break space between thousands (ISO 80000-1)
KEPT = "\u00a0"  # no-break space between a number and its unit: the two stay on one line


def grouped(number: float, decimals: int = 0) -> str:
    """A number with its thousands apart and a true minus: "−12 345.6"."""
    told = f"{abs(number):,.{decimals}f}".replace(",", THIN)
    return f"−{told}" if number < 0 and float(told.replace(THIN, "")) else told


def digits(number: float) -> str:
    """A number as it is, to six digits at most: "26 000", "0.895"."""
    whole = abs(number) >= 1e3 and number == int(number)
    return grouped(number) if whole else f"{number:.6g}".replace("-", "−")


def mass(mass_kg: float) -> str:
    """Tonnes from one tonne up, else kg: "3.1 t", "840 kg", "0.25 kg"."""
    size = abs(mass_kg)
    if size >= 1e5:
        return f"{grouped(mass_kg / 1e3)}{KEPT}t"
    if size >= 1e3:
        return f"{grouped(mass_kg / 1e3, 1)}{KEPT}t"
    return f"{grouped(mass_kg, 0 if size >= 10 or size == 0 else 2)}{KEPT}kg"


def money(amount_musd: float) -> str:
    """USD in billions or millions: "41.2 billion USD", "830 million USD"."""
    if abs(amount_musd) >= 1e3:
        return f"{grouped(amount_musd / 1e3, 2 if abs(amount_musd) < 1e4 else 1)}{KEPT}billion USD"
    decimals = 0 if abs(amount_musd) >= 10 or amount_musd == 0 else 2
    return f"{grouped(amount_musd, decimals)}{KEPT}million USD"


def musd(amount_musd: float) -> str:
    """MUSD for a cell of a table: whole from ten up, with a decimal below."""
    return grouped(amount_musd, 0 if abs(amount_musd) >= 10 else 1)


def percent(share: float) -> str:
    """A fraction as a percentage with the digits that matter: "2.3 %", "0.04 %", "57 %"."""
    told = 100 * share
    decimals = 0 if abs(told) >= 10 or told == 0 else 1 if abs(told) >= 0.95 else 2
    return f"{grouped(told, decimals)}{KEPT}%"


def plural(count: float, one: str, many: str) -> str:
    """A count with its noun: "1 flight", "40 flights"."""
    return f"{grouped(count)}{KEPT}{one if count == 1 else many}"


def day(when: date) -> str:
    """A date as "4 Mar 2031", the same in every locale."""
    return KEPT.join((str(when.day), _MONTHS[when.month - 1], str(when.year)))


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
