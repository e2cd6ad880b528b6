"""Noise and reactions in a scenario file: what is refused, and that a plan does not depend on them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from moonwright.errors import Fault
from moonwright.plan import digest
from moonwright.scenario.check import check
from moonwright.scenario.document import spelt
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.load import load
from moonwright.scenario.noise import CAUSES, Noise
from moonwright.scenario.scenario import Scenario

TOY = (Path(__file__).parents[3] / "examples" / "toy.yaml").read_text(encoding="utf-8")
STORMY = """
noise:
  off: [sun]
  weather: {all: {scrub: {value: 50 %, assumed: the monsoon, low: 30 %, high: 70 %}}}
  equipment: {habitat: {mtbf: 400 d, assumed: a first of its kind}}
reactions:
  reflight: {when: flight is lost, do: nothing}
  red line: {when: stock is short, do: bring home, below: 12 d, node: base, assumed: four days more than a landing}
"""


def test_causes_keep_their_numbers() -> None:
    """Records of past trials count on them (the contract of the record format)."""
    assert CAUSES[:3] == ("launch", "grounding", "weather")
    assert CAUSES[9] == "element-ready"
    assert {cause.replace("-", "_") for cause in CAUSES} == set(Noise.model_fields) - {
        *("off", "source", "assumed", "note")
    }


def test_a_plan_answers_its_scenario_whatever_befalls_it(campaign: dict[str, Any]) -> None:
    quiet = Scenario.model_validate(campaign)
    stormy = Scenario.model_validate(
        campaign | {"noise": {"off": ["sun"], "weather": {"big": {"scrub": 0.9}}}, "reactions": {}}
    )
    assert stormy != quiet
    assert digest(stormy) == digest(quiet)
    assert digest(Scenario.model_validate(campaign | {"currency_year": 2025})) != digest(quiet)


def test_what_is_written_reads_back_equal(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(TOY + STORMY, encoding="utf-8")
    scenario = load(tmp_path / "mine.yaml")
    (tmp_path / "again.yaml").write_text(write_scenario(scenario), encoding="utf-8")
    assert load(tmp_path / "again.yaml") == scenario
    assert scenario.noise.equipment["habitat"].mtbf == 400


SPOILT: list[tuple[dict[str, Any], str, str]] = [
    ({"noise": {"weather": {"bigg": {"scrub": 0.1}}}}, "noise.weather.bigg", "did you mean 'big'?"),
    ({"noise": {"launch": {"ship": {}}}}, "noise.launch.ship", "no launcher 'ship'"),
    ({"noise": {"landing": {"landr": {}}}}, "noise.landing.landr", "did you mean 'lander'?"),
    ({"noise": {"landing": {"ship": {}}}}, "noise.landing.ship", "under `docking`"),
    ({"noise": {"readiness": {"shipp": {}}}}, "noise.readiness.shipp", "did you mean 'ship'?"),
    ({"noise": {"consumption": {"wtr": {}}}}, "noise.consumption.wtr", "did you mean 'water'?"),
    ({"noise": {"grounding": {"bg": {}}}}, "noise.grounding.bg", "did you mean 'big'?"),
    (
        {"noise": {"equipment": {"plant": {"resource": "parts"}}}},
        "noise.equipment.plant.resource",
        "no resource 'parts'",
    ),
    (
        {
            "reactions": {
                "home": {"when": "stock is short", "do": "bring home", "below": "9 d", "node": "bse"}
            }
        },
        "reactions.home.node",
        "did you mean 'base'?",
    ),
    (
        {
            "reactions": {
                "home": {"when": "stock is short", "do": "bring home", "below": "9 d", "resources": ["air"]}
            }
        },
        "reactions.home.resources[0]",
        "no resource 'air'",
    ),
    (
        {
            "reactions": {
                "skip": {"when": "flight is late", "do": "skip the cycle", "by": "90 d", "mission": "crgo"}
            }
        },
        "reactions.skip.mission",
        "did you mean 'cargo'?",
    ),
]


@pytest.mark.parametrize(("change", "path", "told"), SPOILT, ids=[path for _, path, _ in SPOILT])
def test_names_that_point_nowhere(
    campaign: dict[str, Any], change: dict[str, Any], path: str, told: str
) -> None:
    (finding,) = check(Scenario.model_validate(campaign | change))
    assert spelt(finding.path) == path
    assert told in f"{finding.found} {finding.todo}"


def test_a_family_may_be_named_by_a_launcher_or_by_the_library(campaign: dict[str, Any]) -> None:
    change = {"noise": {"launch": {"big": {"family": "bold"}}, "grounding": {"bold": {}, "big": {}}}}
    assert check(Scenario.model_validate(campaign | change)) == ()


def test_a_launcher_named_all_would_be_taken_for_all_of_them(campaign: dict[str, Any]) -> None:
    campaign["launchers"]["all"] = campaign["launchers"]["big"]
    assert check(Scenario.model_validate(campaign)) == ()
    (finding,) = check(Scenario.model_validate(campaign | {"noise": {"weather": {"all": {}}}}))
    assert "one meaning" in finding.allowed


FAULTS = {
    "noise: {off: [wether]}": ("noise.off[0]", "weather"),
    "noise: {weather: {all: {scrub: 3}}}": ("noise.weather.all.scrub", "at most 1"),
    "noise: {grounding: {all: {spread: 0.5}}}": ("noise.grounding.all.spread", "at least 1"),
    "noise: {equipment: {habitat: {mtfb: 3 yr}}}": ("noise.equipment.habitat.mtfb", "did you mean 'mtbf'?"),
    "reactions: {r: {when: stok is short}}": ("reactions.r.when", "did you mean 'stock is short'?"),
    "reactions: {r: {do: bring home}}": ("reactions.r.when", "missing"),
    "reactions: {r: {when: stock is short, do: bring home}}": ("reactions.r.below", "missing"),
    "reactions: {r: {when: flight is lost, do: bring home}}": ("reactions.r.do", "fly again, nothing"),
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items(), ids=FAULTS)
def test_one_clear_message_each(
    text: str, told: tuple[str, str], faults_in: Callable[[str], tuple[Fault, ...]]
) -> None:
    (fault,) = faults_in(f"{TOY}\n{text}\n")
    assert fault.path == told[0]
    assert told[1] in str(fault)
