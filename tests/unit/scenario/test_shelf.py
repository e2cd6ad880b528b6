"""Borrowing from the library: what an entry becomes, where its numbers then say they come from, what is refused.

The library here is a small one of the test's own, so that its data may change without a test noticing.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from moonwright.errors import Fault, InternalError
from moonwright.scenario import shelf
from moonwright.scenario.document import read
from moonwright.scenario.load import load
from moonwright.scenario.provenance import DatumRecord, data_of
from moonwright.scenario.scenario import Scenario

Faults = Callable[[str | bytes], tuple[Fault, ...]]

LIBRARY = {
    "launchers": """
        rocket:
          owner: north
          site: cape
          source: handbook
          payload: {orbit: 8 t, moon: 3 t}
          cadence: {value: 4 /yr, assumed: no published limit, low: 2 /yr, high: 6 /yr}
          price: 100 MUSD
          note: flown since 2016
        """,
    "partners": "north: {name: North, may_not_carry: [south, east]}",
    "nodes": """
        cape: {kind: launch site, body: earth, latitude: 28 deg, longitude: -80 deg, assumed: rounded}
        orbit: {kind: orbit, body: earth, altitude: {value: 400 km, source: atlas}}
        """,
    "sources": "handbook: {title: The handbook, grade: A}\natlas: {title: The atlas}\nunread: {title: Never cited}",
}
HEAD = """
name: Borrower
currency_year: 2024
horizon: {start: 2031-01-01, end: 2032-01-01}
partners: {north: {library: north}, south: {name: South}}
nodes: {cape: {library: cape}, orbit: {library: orbit}}
"""


@pytest.fixture(autouse=True)
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A library of three nouns."""

    def small(noun: str) -> object:
        return read(noun, LIBRARY.get(noun, "{}").encode())[0].value

    shelf._taken.cache_clear()
    monkeypatch.setattr(shelf, "shelf", small)
    yield
    shelf._taken.cache_clear()


def loaded(text: str) -> Scenario:
    return load(Path("borrower.yaml"), data=(HEAD + text).encode())


def record(scenario: Scenario, path: str) -> DatumRecord:
    return next(record for record in data_of(scenario) if record.path == path)


def test_an_entry_is_the_librarys_under_the_authors_own_keys() -> None:
    rocket = loaded("launchers: {mine: {library: rocket, owner: south, turnaround: 9 d}}").launchers["mine"]
    assert (rocket.owner, rocket.site, rocket.note) == ("south", "cape", "flown since 2016")
    assert (rocket.price, rocket.cadence, rocket.turnaround) == (100.0, 4.0, 9.0)


def test_it_knows_only_places_and_partners_that_occur() -> None:
    scenario = loaded("launchers: {mine: {library: rocket}}")
    assert dict(scenario.launchers["mine"].payload) == {"orbit": 8000.0}  # there is no moon here
    assert scenario.partners["north"].may_not_carry == ("south",)  # and no east


def test_a_null_removes_what_is_borrowed() -> None:
    rocket = loaded("launchers: {mine: {library: rocket, price: null, note: null}}").launchers["mine"]
    assert (rocket.price, rocket.note) == (0.0, None)


def test_a_borrowed_number_keeps_its_source_and_the_authors_own_never_takes_it() -> None:
    scenario = loaded(
        "launchers: {mine: {library: rocket, price: 90 MUSD, turnaround: 9 d, assumed: my guess}}"
    )
    price = record(scenario, "launchers.mine.price")
    assert (price.value, price.source, price.assumed) == (90.0, None, "my guess")
    assert record(scenario, "launchers.mine.turnaround").assumed == "my guess"
    payload = record(scenario, "launchers.mine.payload.orbit")
    assert (payload.source, payload.assumed) == ("handbook", None)
    cadence = record(scenario, "launchers.mine.cadence")
    assert (cadence.assumed, cadence.low, cadence.high) == ("no published limit", 2.0, 6.0)


def test_an_authors_number_without_provenance_has_none() -> None:
    price = record(loaded("launchers: {mine: {library: rocket, price: 90 MUSD}}"), "launchers.mine.price")
    assert (price.source, price.assumed) == (None, None)


def test_the_sources_that_are_cited_come_along_and_no_others() -> None:
    assert set(loaded("").sources) == {"atlas"}
    scenario = loaded("launchers: {mine: {library: rocket}}\nsources: {own: {title: My notes}}")
    assert {key: source.title for key, source in scenario.sources.items()} == {
        "own": "My notes", "atlas": "The atlas", "handbook": "The handbook",
    }  # fmt: skip


def test_one_key_cannot_mean_two_publications(faults_in: Faults) -> None:
    [fault] = faults_in(
        HEAD + "launchers: {mine: {library: rocket}}\nsources:\n  handbook: {title: Another}\n"
    )
    assert (fault.path, fault.line) == ("sources.handbook", 9)
    same = "sources: {handbook: {title: The handbook, grade: A}}"
    assert set(loaded(f"launchers: {{mine: {{library: rocket}}}}\n{same}").sources) == {"atlas", "handbook"}


def test_an_unknown_entry_is_told_once_and_nothing_that_follows_from_it(faults_in: Faults) -> None:
    [fault] = faults_in(HEAD + "launchers:\n  mine:\n    owner: north\n    library: rockt\n")
    assert (fault.path, fault.line) == ("launchers.mine.library", 10)
    assert "did you mean 'rocket'?" in fault.todo


def test_a_name_alone_borrows_nothing(faults_in: Faults) -> None:
    assert {fault.path for fault in faults_in(HEAD + "launchers: {rocket: {}}")} == {
        f"launchers.rocket.{key}" for key in ("owner", "site", "payload", "cadence")
    }


def test_a_fault_in_what_is_borrowed_stands_where_it_is_borrowed(faults_in: Faults) -> None:
    text = HEAD.replace("cape: {library: cape}, ", "") + "launchers:\n  mine:\n    library: rocket\n"
    [fault] = faults_in(text)
    assert (fault.path, fault.line) == ("launchers.mine.site", 9)
    assert "the library has it: add `cape: {library: cape}` to `nodes`" in fault.todo


@pytest.mark.parametrize("wish", ["[rocket]", "7", "{a: b}", "true"])
def test_a_wish_that_is_no_name_is_refused(faults_in: Faults, wish: str) -> None:
    [fault] = faults_in(HEAD + f"launchers: {{mine: {{library: {wish}}}}}")
    assert fault.path == "launchers.mine.library"


def test_only_entries_of_the_librarys_nouns_can_be_borrowed(faults_in: Faults) -> None:
    faults = faults_in(HEAD + "activities: {a: {library: rocket}}")
    assert "activities.a.library" in {fault.path for fault in faults}


def test_nobody_borrows_a_library_full(faults_in: Faults) -> None:
    many = "".join(f"  l{n}: {{library: rocket}}\n" for n in range(shelf.BORROWED_LIMIT))
    [fault] = faults_in(f"{HEAD}launchers:\n{many}")
    assert fault.found == "too many borrowed entries"


def test_a_library_that_cannot_be_read_is_our_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(shelf, "read", lambda name, data: read(name, b"a: [\n"))
    shelf.shelf.cache_clear()
    with pytest.raises(InternalError, match="the library cannot be read"):
        shelf.shelf("nodes")
    shelf.shelf.cache_clear()
