"""The library's and the examples' numbers: each says where it comes from, and agrees with what was published.

Expected values are publications' own figures, read from them and not from the library.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from math import exp
from pathlib import Path

import pytest

from moonwright.scenario.chance import library_noise, library_reactions
from moonwright.scenario.launcher import Launcher
from moonwright.scenario.load import load
from moonwright.scenario.noun import Noun
from moonwright.scenario.provenance import DatumRecord, data_of
from moonwright.scenario.route import Route
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import NOUNS, entry, shelf, source
from moonwright.scenario.vehicle import Vehicle

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
ENTRIES = [(noun, name) for noun in NOUNS for name in shelf(noun)]
WHOLE = {"noise": [library_noise()], "reactions": list(library_reactions().values())}
G0_M_S2 = 9.80665
KG, MUSD = "kg", "MUSD"


@cache
def example(path: Path) -> Scenario:
    return load(path)


def library() -> Iterator[DatumRecord]:
    for noun, name in ENTRIES:
        yield from data_of(entry(noun, name), (noun, name))
    for parts in WHOLE.values():
        for part in parts:
            yield from data_of(part)


def vehicle(name: str) -> Vehicle:
    found = entry("vehicles", name)
    assert isinstance(found, Vehicle)
    return found


def payload_kg(launcher: str, node: str) -> float:
    found = entry("launchers", launcher)
    assert isinstance(found, Launcher)
    return float(found.payload[node])


def burns_m_s(*routes: str) -> float:
    found = [entry("routes", name) for name in routes]
    return sum(float(burn) for route in found if isinstance(route, Route) for burn in route.burns)


# ---- Where numbers come from ---------------------------------------------------------------------


@pytest.mark.parametrize(("noun", "name"), ENTRIES, ids=lambda word: word)
def test_every_number_of_the_library_has_a_source_or_a_reason(noun: str, name: str) -> None:
    told = [bool(record.source) + bool(record.assumed) for record in data_of(entry(noun, name))]
    assert told == [1] * len(told)


@pytest.mark.parametrize(("noun", "name"), ENTRIES, ids=lambda word: word)
def test_what_is_assumed_in_the_library_has_a_range(noun: str, name: str) -> None:
    open_ended = [
        r.path for r in data_of(entry(noun, name)) if r.assumed and (r.low is None or r.high is None)
    ]
    assert open_ended == []


@pytest.mark.parametrize("parts", WHOLE.values(), ids=WHOLE)
def test_noise_and_rules_have_a_source_or_a_reason_and_a_range(parts: list[Noun]) -> None:
    for record in [record for part in parts for record in data_of(part)]:
        assert bool(record.source) + bool(record.assumed) == 1, record.path
        assert record.low is not None, record.path
        assert record.high is not None, record.path


def test_every_source_of_the_library_is_listed_and_none_is_idle() -> None:
    folder = ROOT / "src/moonwright/scenario/library"
    texts = [(folder / f"{noun}.yaml").read_text("utf-8") for noun in (*NOUNS, *WHOLE)]
    texts += [path.read_text("utf-8") for path in EXAMPLES]
    assert {record.source for record in library() if record.source} <= set(shelf("sources"))
    assert [key for key in shelf("sources") if not any(key in text for text in texts)] == []


def test_sources_have_a_title_an_address_and_a_grade_that_may_be_cited() -> None:
    for key in shelf("sources"):
        found = source(key)
        assert found.title
        assert re.match("https?://", found.url or "")
        assert found.grade in ("A", "B"), key  # what is weaker counts as assumed


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_number_of_an_example_has_a_source_or_a_reason(path: Path) -> None:
    scenario = example(path)
    records = data_of(scenario)
    assert [r.path for r in records if not r.source and not r.assumed] == []
    assert {r.source for r in records if r.source} <= set(scenario.sources)


@pytest.mark.parametrize("path", [p for p in EXAMPLES if p.stem != "toy"], ids=lambda path: path.stem)
def test_assumed_prices_and_masses_of_things_have_a_range(path: Path) -> None:
    things = re.compile(r"(launchers|vehicles|elements|crew|missions|resources|initial)\.")
    assumed = [
        r for r in data_of(example(path)) if r.assumed and r.unit in (KG, MUSD) and things.match(r.path)
    ]
    assert len(assumed) > 20
    assert [r.path for r in assumed if r.low is None or r.high is None] == []


# ---- What was published --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("launcher", "node", "published_kg"),
    [
        ("long-march-5", "tli", 8200),  # NSSDCA: Chang'e-6 at launch
        ("long-march-10", "tli", 27000),  # South China Morning Post, test of 2025
        ("long-march-9", "tli", 50000),  # Long Lehao
        ("angara-a5m", "leo", 27000),  # TASS
        ("falcon-heavy", "leo", 63800),
        ("sls-block-1", "tli", 26000),
        ("new-glenn", "leo", 45000),
        ("ariane-64", "tli", 8600),
    ],
)
def test_payloads_are_the_published_ones(launcher: str, node: str, published_kg: float) -> None:
    assert payload_kg(launcher, node) == published_kg


@pytest.mark.parametrize(
    ("route", "published_m_s", "published_d"),
    [  # Acta Astronautica 177 (2020) 351-372, table 4
        ("leo-tli", 3276, 1),
        ("tli-llo", 952, 5),
        ("tli-nrho", 450, 5),
        ("tli-connecting-ridge", 2900, 5),
        ("nrho-llo", 740, 1),
        ("llo-nrho", 850, 1),
        ("llo-connecting-ridge", 2180, 1),
        ("connecting-ridge-llo", 1968, 1),
        ("llo-earth", 1256 + 11, 1 + 5),
        ("nrho-earth", 450 + 11, 1 + 5),
    ],
)
def test_lunar_routes_are_the_published_ones(route: str, published_m_s: float, published_d: float) -> None:
    found = entry("routes", route)
    assert isinstance(found, Route)
    assert burns_m_s(route) == published_m_s
    assert found.duration == published_d


@pytest.mark.parametrize("kind", ["taikonaut", "cosmonaut", "usos-astronaut", "artemis-astronaut"])
def test_a_day_of_a_person_is_that_of_the_baseline_document(kind: str) -> None:
    uses = {
        r.path.removeprefix("uses."): r.value
        for r in data_of(entry("crew", kind))
        if r.path.startswith("uses")
    }
    assert uses["oxygen"] == 0.895  # BVAD Rev 2, table 3-31
    assert uses["water"] == 3.217
    assert uses["food"] == pytest.approx(0.800 + 0.760)  # dry, and the water in it


def test_molten_regolith_plant_pays_its_mass_back_in_52_days() -> None:
    plant = {r.path: r.value for r in data_of(entry("elements", "mre-oxygen-plant"))}
    days = plant["mass"] / plant["provides.produces.oxygen.rate"]
    assert days == pytest.approx(52, abs=0.5)  # Schreiner et al.: payback as low as 52 d


def test_the_boost_kit_gives_eight_point_nine_metres_a_second() -> None:
    kit = vehicle("cargo-dragon-boost").reboost
    assert kit is not None
    assert float(kit) / 420e3 == pytest.approx(8.9, rel=1e-6)  # 20 mph, said of the whole station


RECORDS = {
    f"{noun}.{name}.{record.path}": (record, match)
    for noun, name in ENTRIES
    for record in data_of(entry(noun, name))
    if (match := re.match(r"(\d+) of (\d+)", record.note or "")) and record.path == "reliability"
}


def likelihood(chance: float, successes: int, failures: int) -> float:
    """Density of Jeffreys' posterior, Beta(successes + 1/2, failures + 1/2), up to a factor."""
    return float(chance ** (successes - 0.5) * (1 - chance) ** (failures - 0.5))


@pytest.mark.parametrize(("record", "match"), RECORDS.values(), ids=RECORDS)
def test_reliabilities_from_records_are_what_the_record_teaches(
    record: DatumRecord, match: re.Match[str]
) -> None:
    """Mean and the ends of the middle nine tenths of the posterior, summed over a fine grid."""
    good, launches = int(match[1]), int(match[2])
    assert record.value == pytest.approx((good + 0.5) / (launches + 1), abs=6e-4)
    grid = [(i + 0.5) / 200_000 for i in range(200_000)]
    weights = [likelihood(chance, good, launches - good) for chance in grid]
    total, ends = sum(weights), []
    for share in (0.05, 0.95):
        reached = next(i for i, sofar in enumerate(accumulate(weights)) if sofar >= share * total)
        ends.append(grid[reached])
    assert [record.low, record.high] == pytest.approx(ends, abs=1e-3)


def test_records_are_those_that_were_published() -> None:
    published = {  # flights that did what they should, of all; the sources of each stand beside it
        "long-march-5": (11, 12),
        "angara-a5": (3, 4),
        "proton-m": (129 - 12, 129),
        "soyuz-2-1a": (1223 - 36, 1223),
        "soyuz-2-1b": (1223 - 36, 1223),
        "falcon-9": (525 + 1, 525 + 2 + 1 + 1),
        "falcon-heavy": (11, 11),
        "new-glenn": (2, 3),
        "h3-24": (6, 8),
        "change-8-lander": (4, 4),
    }
    read = {path.split(".")[1]: (int(m[1]), int(m[2])) for path, (_, m) in RECORDS.items()}
    assert read == published


# ---- What can fly --------------------------------------------------------------------------------


def test_the_one_lander_of_which_both_masses_are_published_lands_what_it_landed() -> None:
    lander = vehicle("change-8-lander")
    assert lander.tank
    landed_kg = 8200 / exp(burns_m_s("tli-llo", "llo-connecting-ridge") / (lander.tank.isp * G0_M_S2))
    assert landed_kg == pytest.approx(3200, rel=0.01)  # NSSDCA: Chang'e-6, 8.2 t at launch, 3.2 t landed


SEATED_KG = 200.0  # a person with suit and kit
GROUND = ("tli-llo", "llo-connecting-ridge")
SORTIE = ("nrho-llo", "llo-connecting-ridge", "connecting-ridge-llo", "llo-nrho")


@pytest.mark.parametrize(
    ("name", "routes", "most_kg"),
    [
        ("mengzhou", ("tli-llo", "llo-earth"), 27000),
        ("lanyue", (*GROUND, "connecting-ridge-llo"), 27000),
        ("change-8-lander", GROUND, 8210),
        ("lanyue-cargo", GROUND, 27000),
        ("heavy-cargo-lander", GROUND, 50000),
        ("luna-heavy-lander", GROUND, 12000),
        ("orion", ("tli-nrho", "nrho-earth"), 26000),
        ("argonaut", GROUND, 8600),
        ("clps-lander", ("tli-connecting-ridge",), 3500),
        ("blue-moon-mk1", ("leo-tli", "tli-connecting-ridge"), 45000),
        ("blue-moon-mk2", SORTIE, None),
        ("hls-starship", SORTIE, None),
        ("starship-cargo-lander", ("leo-tli", "tli-connecting-ridge"), None),
    ],
)
def test_full_ships_can_do_their_work(name: str, routes: tuple[str, ...], most_kg: float | None) -> None:
    """With all seats and rooms full the tank holds what the rocket equation asks, and the rocket lifts it."""
    ship = vehicle(name)
    assert ship.tank
    assert ship.room
    empty_kg = ship.dry_mass + ship.room.total + ship.seats * SEATED_KG
    needed_kg = empty_kg * (exp(burns_m_s(*routes) / (ship.tank.isp * G0_M_S2)) - 1)
    assert needed_kg <= ship.tank.capacity * 1.002  # the last grams of a derivation in round numbers
    if most_kg is not None:
        assert empty_kg + needed_kg <= most_kg


@pytest.mark.parametrize(
    ("name", "launcher"),
    [
        ("soyuz-ms", "soyuz-2-1a"),
        ("progress-ms", "soyuz-2-1a"),
        ("crew-dragon", "falcon-9"),
        ("cargo-dragon", "falcon-9"),
        ("cargo-dragon-boost", "falcon-9"),
        ("cygnus", "antares-230"),
        ("htv-x", "h3-24"),
    ],
)
def test_the_stations_ships_can_be_lifted_full(name: str, launcher: str) -> None:
    ship = vehicle(name)
    assert ship.room
    assert ship.dry_mass + ship.room.total + ship.seats * 110.0 <= payload_kg(launcher, "iss")


# ---- Where people look it up ---------------------------------------------------------------------


@pytest.mark.parametrize("noun", NOUNS)
def test_the_reference_page_lists_every_entry(noun: str) -> None:
    page = (ROOT / "docs" / "reference" / "library.md").read_text(encoding="utf-8")
    assert [name for name in shelf(noun) if f"`{name}`" not in page] == []
