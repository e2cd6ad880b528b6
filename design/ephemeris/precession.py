"""Prints the table of src/moonwright/orbit/precession.py: the terms of 1 mas or more of the Earth's pole.

    pip install --group ephemeris
    python design/ephemeris/precession.py

The whole series (IERS Conventions 2010, tables 5.2a and 5.2b: 2,800 terms) come with the package satkit-data. A term of
X and one of Y with the same argument share a row: power of t, multiples of l, l', F, D and Om, then the factors of sine
and cosine in X and in Y, in microarcseconds.
"""

from collections import defaultdict
from importlib.resources import files

LEAST_UAS = 1000.0
PLANETARY = slice(8, 17)  # multiples of the longitudes of planets, and of the precession


def terms(table: str) -> dict[tuple[int, ...], tuple[float, float]]:
    """By power of t and multiples: factors of sine and cosine, where one of the two is large enough."""
    found: dict[tuple[int, ...], tuple[float, float]] = {}
    power = -1
    for line in files("satkit_data").joinpath("data", table).read_text(encoding="latin-1").splitlines():
        cells = line.split()
        if cells[:2] == ["j", "="]:
            power = int(cells[2])
        elif power >= 0 and len(cells) == 17:
            sine, cosine = float(cells[1]), float(cells[2])
            if max(abs(sine), abs(cosine)) >= LEAST_UAS:
                assert not any(int(cell) for cell in cells[PLANETARY])
                found[power, *(int(cell) for cell in cells[3:8])] = sine, cosine
    return found


def main() -> None:
    rows: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0] * 4)
    for place, table in ((0, "tab5.2a.txt"), (2, "tab5.2b.txt")):
        for key, pair in terms(table).items():
            rows[key][place : place + 2] = pair
    for key, factors in sorted(rows.items(), key=lambda row: (row[0][0], -max(map(abs, row[1])))):
        print(f"    ({', '.join(map(str, [*key, *factors]))}),")


if __name__ == "__main__":
    main()
