"""The JSON Schema of scenario files, held against a validator of its own (jsonschema, draft 7)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from moonwright.scenario.dump import write_scenario
from moonwright.scenario.load import load
from moonwright.scenario.schema import schema

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
PAGE = ROOT / "docs" / "reference" / "scenario.schema.json"


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # one of the two
    """YAML as editors read it, by version 1.2: a date is a text."""


Core.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
    for first, forms in Core.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, Loader=Core)


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    """A validator of the schema that editors find."""
    described = json.loads(PAGE.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(described)
    return jsonschema.Draft7Validator(described)


def test_the_committed_schema_is_up_to_date() -> None:
    """If this fails: moonwright schema > docs/reference/scenario.schema.json."""
    assert PAGE.read_text(encoding="utf-8") == json.dumps(schema(), indent=1) + "\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_valid_and_tells_editors_where_the_schema_is(
    example: Path, validator: jsonschema.Draft7Validator
) -> None:
    text = example.read_text(encoding="utf-8")
    assert [error.message for error in validator.iter_errors(read(text))] == []
    key, _, place = text.partition("\n")[0].partition("$schema=")
    assert key == "# yaml-language-server: "
    assert (example.parent / place).resolve() == PAGE


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_written_back_is_valid_and_loads_equal(
    example: Path, validator: jsonschema.Draft7Validator, tmp_path: Path
) -> None:
    scenario = load(example)
    text = write_scenario(scenario)
    assert [error.message for error in validator.iter_errors(read(text))] == []
    copy = tmp_path / "copy.yaml"
    copy.write_text(text, encoding="utf-8")
    assert load(copy) == scenario


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "no horizon": lambda toy: toy.pop("horizon"),
    "no owner": lambda toy: toy["launchers"]["big"].pop("owner"),
    "no partner at all": lambda toy: toy["partners"].clear(),
    "misspelt section": lambda toy: toy.update(vehicels={}),
    "misspelt key": lambda toy: toy["vehicles"]["courier"].update(sets=2),
    "number without a unit": lambda toy: toy["vehicles"]["courier"].update(dry_mass=700),
    "wrong unit": lambda toy: toy["vehicles"]["courier"].update(dry_mass="700 s"),
    "negative mass": lambda toy: toy["vehicles"]["courier"].update(dry_mass="-1 t"),
    "number in full without a value": lambda toy: toy["vehicles"]["courier"].update(dry_mass={"low": "1 t"}),
    "number in full with a stray key": lambda toy: toy["vehicles"]["courier"].update(
        dry_mass={"value": "1 t", "about": True}
    ),
    "reliability above one": lambda toy: toy["launchers"]["big"].update(reliability=1.5),
    "no such kind of node": lambda toy: toy["nodes"]["base"].update(kind="city"),
    "key of another kind": lambda toy: toy["nodes"]["base"].update(altitude="100 km"),
    "demand without a kind": lambda toy: toy["demands"]["water arrives"].pop("kind"),
    "mission without legs": lambda toy: toy["missions"]["courier"].update(legs=[]),
    "list for a mapping": lambda toy: toy.update(routes=[]),
    "no such class of supply": lambda toy: toy["resources"]["water"].update(supply_class=11),
    "date as a person says it": lambda toy: toy["horizon"].update(start="1 May 2031"),
    "not in the library": lambda toy: toy["vehicles"].update(ship={"library": "no-such-ship"}),
    "in the library under another noun": lambda toy: toy["nodes"].update(ship={"library": "mengzhou"}),
    "library in an entry that has none": lambda toy: toy["demands"]["water arrives"].update(library="water"),
    "null for a section": lambda toy: toy.update(elements=None),
}


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT)
def test_the_schema_refuses_what_the_reader_refuses(
    change: Callable[[dict[str, Any]], object],
    validator: jsonschema.Draft7Validator,
    faults_in: Callable[[str], object],
) -> None:
    toy = read((ROOT / "examples" / "toy.yaml").read_text(encoding="utf-8"))
    assert validator.is_valid(toy)
    change(toy)
    assert not validator.is_valid(toy)
    assert faults_in(yaml.safe_dump(toy))


BORROWED: dict[str, dict[str, Any]] = {
    "an entry that borrows needs nothing else": {"vehicles": {"ship": {"library": "mengzhou"}}},
    "and may replace a part": {"vehicles": {"ship": {"library": "mengzhou", "tank": {"isp": "320 s"}}}},
    "or remove one": {"vehicles": {"ship": {"library": "mengzhou", "stay": None}}},
}


@pytest.mark.parametrize("added", BORROWED.values(), ids=BORROWED)
def test_the_schema_knows_the_library(added: dict[str, Any], validator: jsonschema.Draft7Validator) -> None:
    toy = read((ROOT / "examples" / "toy.yaml").read_text(encoding="utf-8"))
    for noun, entries in added.items():
        toy[noun].update(entries)
    assert validator.is_valid(toy)


def test_a_file_that_extends_another_needs_nothing_else(validator: jsonschema.Draft7Validator) -> None:
    over = {
        "extends": "toy.yaml",
        "demands": {"water arrives": {"amount": "2 t"}},
        "elements": {"habitat": None},
    }
    assert validator.is_valid(over)
    assert not validator.is_valid(over | {"demands": {"water arrives": {"amount": "2 s"}}})
