"""Which statement holds for each number that trials rest on."""

from pathlib import Path
from typing import Any

import pytest

from moonwright.scenario.chance import Chances, chances, lands, library_noise, library_reactions
from moonwright.scenario.load import load
from moonwright.scenario.noise import CAUSES
from moonwright.scenario.scenario import Scenario
from moonwright.scenario.shelf import shelf

EXAMPLES = Path(__file__).parents[3] / "examples"


def told(campaign: dict[str, Any], noise: dict[str, Any]) -> Chances:
    return chances(Scenario.model_validate(campaign | {"noise": noise}))


def test_the_scenarios_entry_goes_before_its_all_and_that_before_the_librarys(
    campaign: dict[str, Any],
) -> None:
    campaign["launchers"]["falcon-9"] = campaign["launchers"]["big"]
    library = library_noise().weather
    quiet = told(campaign, {})
    assert quiet.value("weather", "big", "scrub") == library["all"].scrub
    all_alike = told(campaign, {"weather": {"all": {"scrub": 0.77}}})
    assert all_alike.value("weather", "big", "scrub") == 0.77
    assert all_alike.value("weather", "falcon-9", "scrub") == 0.77
    one = told(campaign, {"weather": {"all": {"scrub": 0.77}, "big": {"scrub": 0.11}}})
    assert one.value("weather", "big", "scrub") == 0.11
    assert one.value("weather", "falcon-9", "scrub") == 0.77
    assert one.value("weather", "big", "again") == library["all"].again  # it says nothing of that


def test_numbers_of_one_statement_are_one_level(campaign: dict[str, Any]) -> None:
    made = told(campaign, {"equipment": {"all": {"mtbf": {"value": "3 yr", "low": "1 yr", "high": "9 yr"}}}})
    first, second = (made.at("equipment", name, "mtbf") for name in ("habitat", "plant"))
    assert first == second
    assert made.levels[first].name == "equipment.all.mtbf"
    assert (made.levels[first].low, made.levels[first].high) == (365.25, 9 * 365.25)
    assert len({level.name for level in made.levels}) == len(made.levels)


def test_success_is_the_things_reliability_where_the_noise_says_nothing(campaign: dict[str, Any]) -> None:
    campaign["launchers"]["big"]["reliability"] = {"value": 0.9, "assumed": "few flights", "low": 0.8}
    campaign["vehicles"]["lander"]["reliability"] = 0.7
    campaign["vehicles"]["ship"]["reliability"] = 0.95
    made = told(campaign, {})
    level = made.levels[made.at("launch", "big", "success")]
    assert (level.value, level.low, level.high, level.assumed) == (0.9, 0.8, 0.9, "few flights")
    assert made.levels[made.at("launch", "big", "debut")].name == "launch.all.debut"
    assert made.value("landing", "lander", "success") == 0.7
    assert made.value("docking", "lander", "success") == 1.0  # counted at its landing
    assert made.value("docking", "ship", "success") == 0.95
    stated = told(campaign, {"launch": {"big": {"success": 0.5}}})
    assert stated.value("launch", "big", "success") == 0.5
    assert stated.at("launch", "big", "debut") == stated.at(
        "launch", "big", "success"
    )  # never better at first


def test_only_what_flies_to_the_ground_lands(campaign: dict[str, Any]) -> None:
    scenario = Scenario.model_validate(campaign)
    assert [name for name in scenario.vehicles if lands(scenario, name)] == ["lander"]
    with pytest.raises(KeyError):
        chances(scenario).at("landing", "ship", "success")


def test_every_cause_has_a_level_for_everything_it_can_befall(campaign: dict[str, Any]) -> None:
    made = told(campaign, {})
    assert {cause for cause, _, _ in made.places} == set(CAUSES)
    assert all(level.low <= level.value <= level.high for level in made.levels)
    assert sorted(set(made.places.values())) == list(range(len(made.levels)))


def test_provenance_may_stand_with_the_entry(campaign: dict[str, Any]) -> None:
    campaign["sources"] = {"almanac": {"title": "Almanac"}}
    made = told(campaign, {"weather": {"all": {"scrub": 0.3, "source": "almanac"}}})
    assert made.levels[made.at("weather", "big", "scrub")].source == "almanac"
    campaign["launchers"]["big"] |= {"reliability": 0.9, "assumed": "a guess"}
    made = told(campaign, {})
    assert made.levels[made.at("launch", "big", "success")].assumed == "a guess"


def test_families_spares_and_silence(campaign: dict[str, Any]) -> None:
    campaign["resources"]["parts"] = {"supply_class": 4}
    campaign["resources"]["filters"] = {"supply_class": 4}
    campaign["elements"]["plant"]["uses"] = {"spares": {"filters": "5 %/yr"}}
    made = told(campaign, {"off": ["sun"], "launch": {"big": {"family": "bold"}}})
    assert made.families == {"big": "bold"}
    assert ("grounding", "bold", "median") in made.places
    assert made.spares == {"habitat": "parts", "plant": "filters"}
    assert made.off == {"sun"}
    assert told(campaign, {"equipment": {"all": {"resource": "water"}}}).spares["plant"] == "water"


def test_rules_are_the_librarys_but_for_those_that_the_scenario_has_otherwise(
    campaign: dict[str, Any],
) -> None:
    standing = library_reactions()
    campaign["reactions"] = {
        "home": {"when": "stock is short", "do": "bring home", "below": "9 d"},
        "reflight": {"when": "flight is lost", "do": "nothing"},
        "mine": {"when": "flight is late", "do": "skip the cycle", "by": "30 d"},
    }
    rules = told(campaign, {}).reactions
    assert list(rules) == [*(name for name in standing if name != "reflight"), "mine"]
    assert getattr(rules["home"], "below", None) == 9
    assert rules["cargo first"] == standing["cargo first"]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_what_trials_need(path: Path) -> None:
    scenario = load(path)
    made = chances(scenario)
    assert set(made.families) == set(scenario.launchers)
    assert {subject for cause, subject, _ in made.places if cause == "equipment"} == set(scenario.elements)
    assert all(level.source or level.assumed for level in made.levels if level.low < level.high)


def test_what_the_library_knows_by_name_is_in_the_library() -> None:
    """A misspelt launcher or element in the library's noise would never hold."""
    known = {
        "launch": shelf("launchers"),
        "weather": shelf("launchers"),
        "readiness": {**shelf("launchers"), **shelf("vehicles")},
        "landing": shelf("vehicles"),
        "docking": shelf("vehicles"),
        "equipment": shelf("elements"),
        "element_ready": shelf("elements"),
        "consumption": shelf("resources"),
    }
    noise = library_noise()
    for key, names in known.items():
        assert set(getattr(noise, key)) <= {*names, "all"}, key
    families = {entry.family for entry in noise.launch.values()}
    assert set(noise.grounding) <= {*families, *shelf("launchers"), "all"}
