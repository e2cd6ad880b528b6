"""The catalogue, checked against the library's files as plain YAML."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml

from moonwright.scenario.catalogue import listing, shown
from moonwright.scenario.load import load


def read(text: str) -> dict[str, Any]:
    """The text as YAML in which every scalar is a text, so that spellings can be compared."""
    entries: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    return entries


@cache
def on_file(noun: str) -> dict[str, Any]:
    text = (files("moonwright.scenario.library") / f"{noun}.yaml").read_text(encoding="utf-8")
    return read(text)


WHOLE = ["noise", "reactions"]
NOUNS = ["partners", "nodes", "routes", "launchers", "vehicles", "missions", "resources", "elements", "crew"]


def test_the_listing_has_a_line_for_every_entry_under_its_noun() -> None:
    blocks = listing().split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == NOUNS + WHOLE
    for noun, block in zip(NOUNS, blocks, strict=False):
        entries = on_file(noun)
        assert [line.split()[0] for line in block.splitlines()[1:]] == list(entries)
        for line, entry in zip(block.splitlines()[1:], entries.values(), strict=True):
            assert line.endswith(entry.get("name", ""))


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun in NOUNS for name in on_file(noun)])
def test_an_entry_is_shown_as_it_stands_with_every_source_that_it_cites(noun: str, name: str) -> None:
    entry, sources = on_file(noun)[name], on_file("sources")
    made = read(shown(name))
    assert made[noun][name] == entry

    cited = {key for key in sources if f"'source': '{key}'" in str(entry)}
    assert cited <= set(made.get("sources", {}))
    assert made.get("sources", {}) == {key: sources[key] for key in made.get("sources", {})}


@pytest.mark.parametrize("noun", WHOLE)
def test_what_holds_wherever_nothing_is_said_is_shown_as_a_whole(noun: str) -> None:
    made = read(shown(noun))
    assert made[noun] == on_file(noun)
    assert {key for key in on_file("sources") if f"'source': '{key}'" in str(on_file(noun))} <= set(
        made["sources"]
    )
    numbers = str(on_file(noun)).count("'value'")
    assert shown(noun).startswith(f"# {numbers} numbers: ")


def test_a_source_that_only_a_reason_names_is_spelt_out_too() -> None:
    reason = on_file("vehicles")["mengzhou"]["dry_mass"]["assumed"]
    assert "eir-mengzhou" in reason
    assert on_file("sources")["eir-mengzhou"]["title"] in shown("mengzhou")


def test_what_is_shown_can_be_pasted_into_a_scenario(tmp_path: Path) -> None:
    # The owner and the places are the author's business: they come first, then the text as it is shown.
    campaign = (
        "name: Pasted\ncurrency_year: 2024\nhorizon: {start: 2031-01-01, end: 2032-01-01}\n"
        "partners: {cnsa: {name: CNSA}}\n"
        "nodes: {moon: {kind: surface, body: moon, latitude: 0 deg, longitude: 0 deg}}\n"
        "resources: {storable-propellant: {supply_class: 1, storage: tank}}\n"
    )
    text = shown("lanyue")
    path = tmp_path / "pasted.yaml"
    path.write_text(campaign + text, encoding="utf-8")
    ship = load(path).vehicles["lanyue"]
    assert ship.dry_mass == 4700  # "4.7 t" in the library
    assert ship.dry_mass.low == 4200


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("long-march-1O", "long-march-10"), ("Lanyu", "lanyue"), ("dragon-crew-up", "crew-dragon-up")],
)
def test_a_misspelt_name_is_answered_with_the_right_one(wrong: str, right: str) -> None:
    with pytest.raises(KeyError, match=f"{wrong}.*did you mean.*'{right}'"):
        shown(wrong)


def test_a_name_like_no_other_is_answered_with_where_to_look() -> None:
    with pytest.raises(KeyError, match="moonwright library"):
        shown("xyzzy")
