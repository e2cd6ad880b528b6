"""A scenario written back is the same scenario, whatever its texts look like and wherever its numbers come from."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from moonwright.scenario.document import plain, read
from moonwright.scenario.dump import as_yaml, write_scenario
from moonwright.scenario.load import load
from moonwright.scenario.provenance import data_of
from moonwright.scenario.scenario import Scenario

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
AWKWARD = [
    "no", "on", "null", "~", "", "true", "1e5", "1e400", ".nan", "0o17", "0x1F", "1:30", "5", "5.0", "-", "2031-01-01",
    "<<", "=", "!", "&a", "*a", "a: b", "#", "a #b", "'", '"', "{", "[a", "|", ">", "%", "@", "`", " a", "a ", "a\tb",
    "a\nb", "a\n\nb\n", "\x85", "\u2028", "é", "月面基地", "🌙", "x" * 300, "a " * 200, "- a", "? a", "1_000", "+1", ".5",
]  # fmt: skip
TEXT = st.sampled_from(AWKWARD) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
SCALAR = (
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
DATA = st.dictionaries(
    TEXT.filter(lambda key: key not in ("", "<<")),
    st.recursive(
        SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("k"), inner), max_leaves=6
    ),
    min_size=1,
    max_size=4,
)


@given(DATA)
def test_data_are_read_back_as_they_were(data: dict[str, Any]) -> None:
    tree, faults = read("f", as_yaml(data).encode())
    assert faults == ()
    assert plain(tree) == data


@pytest.mark.parametrize("text", [text for text in AWKWARD if text not in ("2031-01-01", "<<", "=")])
def test_readers_of_yaml_1_1_see_the_same_texts(text: str) -> None:
    assert yaml.safe_load(as_yaml({"k": text})) == {"k": text}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_written_back_is_the_same_with_all_its_provenance(path: Path) -> None:
    scenario = load(path)
    text = write_scenario(scenario)
    again = load(path.parent / "resolved.yaml", data=text.encode())
    assert again == scenario
    assert data_of(again) == data_of(scenario)
    assert write_scenario(again) == text
    assert "library:" not in text
    assert "extends:" not in text


def test_what_defaults_would_say_too_is_kept_with_its_provenance(campaign: dict[str, Any]) -> None:
    campaign["launchers"]["big"]["price"] = {"value": "0 MUSD", "assumed": "a gift", "high": "50 MUSD"}
    campaign["partners"]["north"]["budgets"] = {"2031": "90 MUSD/yr"}
    scenario = Scenario.model_validate(campaign)
    again = load(Path("again.yaml"), data=write_scenario(scenario).encode())
    assert again == scenario
    price = again.launchers["big"].price
    assert (price, price.assumed, price.low, price.high) == (0.0, "a gift", None, 50.0)
    assert again.partners["north"].budgets == {2031: 90.0}


def test_the_file_begins_with_what_editors_look_for(campaign: dict[str, Any]) -> None:
    text = write_scenario(Scenario.model_validate(campaign))
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\nname: Small\n")
