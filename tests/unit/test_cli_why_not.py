"""What the command line says where there is no plan: on stdout, with the exit codes that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from moonwright.cli import commands

TOY = (Path(__file__).parents[2] / "examples" / "toy.yaml").read_text(encoding="utf-8")
LATE = TOY.replace("ready: 2031-03-01", "ready: 2031-11-01")  # it is due on 1 October


@pytest.fixture
def late(tmp_path: Path) -> str:
    assert LATE != TOY
    (tmp_path / "late.yaml").write_text(LATE, encoding="utf-8")
    return str(tmp_path / "late.yaml")


def test_plan_says_what_conflicts_and_what_mends_it(late: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["plan", late, "-o", str(tmp_path / "out"), "--json"])
    assert done.exit_code == 4
    answer = json.loads(done.stdout)
    assert answer["status"] == "infeasible"
    paths = {path for cause in answer["conflict"]["causes"] for path in cause["paths"]}
    assert {"elements.habitat.ready", "demands.habitat stands.by"} <= paths
    change = answer["repairs"][0]["changes"][0]
    assert change["path"] == "elements.habitat.ready"
    assert change["from"] == "2031-11-01"
    assert change["to"] < "2031-10-01"


def test_plan_tells_people_the_same_in_words(late: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["plan", late, "-o", str(tmp_path / "out")])
    assert done.exit_code == 4
    assert "habitat is ready on 2031-11-01   [elements.habitat.ready]" in done.stdout


def test_why_not_of_a_scenario_with_a_plan_leaves_with_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "toy.yaml").write_text(TOY, encoding="utf-8")
    done = CliRunner().invoke(commands, ["why-not", str(tmp_path / "toy.yaml"), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"possible": True, "conflict": None, "repairs": []}


def test_a_demand_that_is_not_there_is_wrong_usage(late: str) -> None:
    done = CliRunner().invoke(commands, ["why-not", late, "--demand", "water comes"])
    assert done.exit_code == 2
    assert "water arrives" in done.stderr
