"""The command line as a user meets it: exit codes, and one JSON object alone on stdout."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def moonwright(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "moonwright", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_toy_costs_what_its_hand_solution_says_and_is_certified(tmp_path: Path) -> None:
    done = moonwright("plan", str(EXAMPLES / "toy.yaml"), "-o", str(tmp_path / "out"), "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["status"] == "optimal"
    assert answer["cost_musd"] == pytest.approx(360.0)  # by hand, in the comments of toy.yaml
    assert answer["certified"]
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_search_limited_by_nodes_says_that_it_can_be_repeated(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = moonwright("plan", str(EXAMPLES / "toy.yaml"), "-o", str(out), "--json", "--nodes", "5")
    assert done.returncode == 0, done.stderr
    solved = json.loads(done.stdout)["solved"]
    assert (solved["nodes"], solved["repeatable"]) == (5, True)
    assert [rank["name"] for rank in solved["ranks"]] == ["cost"]
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["solved"] == solved
    assert record["options"]["nodes"] == 5


def test_what_is_proven_least_is_called_so(tmp_path: Path) -> None:
    done = moonwright("plan", str(EXAMPLES / "toy.yaml"), "-o", str(tmp_path / "out"), "--gap", "0")
    assert "cost: 360.0 MUSD, the least possible\n" in done.stdout
    assert "; ended by reaching the gap asked for\n" in done.stdout


def test_a_demand_that_nothing_can_meet_is_an_answer_of_its_own(tmp_path: Path) -> None:
    text = (EXAMPLES / "toy.yaml").read_text(encoding="utf-8").replace("amount: 1.7 t", "amount: 170 t")
    assert "amount: 170 t" in text  # four big and four small launches a year bring 16.8 t at most
    scenario = tmp_path / "flood.yaml"
    scenario.write_text(text, encoding="utf-8")
    done = moonwright("plan", str(scenario), "-o", str(tmp_path / "out"), "--json")
    assert done.returncode == 4, done.stderr
    assert json.loads(done.stdout)["status"] == "infeasible"


def test_why_not_leaves_as_plan_does_where_there_is_no_plan(tmp_path: Path) -> None:
    text = (EXAMPLES / "toy.yaml").read_text(encoding="utf-8").replace("amount: 1.7 t", "amount: 170 t")
    (tmp_path / "flood.yaml").write_text(text, encoding="utf-8")
    done = moonwright("why-not", str(tmp_path / "flood.yaml"))
    assert done.returncode == 4, done.stderr
    assert "demands.water arrives" in done.stdout


def test_a_missing_file_is_a_bad_scenario_without_a_traceback() -> None:
    done = moonwright("check", "nowhere.yaml")
    assert done.returncode == 3
    assert "nowhere.yaml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("plan",), ("plan", "x.yaml"), ("fly",), ("init", "--template", "mars", "x")]
)
def test_wrong_usage_exits_with_two(arguments: tuple[str, ...]) -> None:
    assert moonwright(*arguments).returncode == 2


@pytest.mark.parametrize("name", ["toy", "ilrs", "ilrs-permanent", "ilrs-life-support", "iss", "artemis"])
def test_every_example_is_sound(name: str) -> None:
    assert moonwright("check", str(EXAMPLES / f"{name}.yaml")).returncode == 0


def test_why_answers_in_words_and_in_json(tmp_path: Path) -> None:
    """Without the courier, a second freighter flies: 210 MUSD for 110. Without the freighter nobody brings the habitat."""
    out = str(tmp_path / "out")
    assert moonwright("plan", str(EXAMPLES / "toy.yaml"), "-o", out).returncode == 0
    courier = json.loads(moonwright("why", out, "--flight", "courier 1", "--json").stdout)
    assert courier["without"]["by"] == pytest.approx([100.0, 100.0])
    assert (
        "there is no plan that meets every demand" in moonwright("why", out, "--flight", "freight 1").stdout
    )
    assert "courier is used, by 1 flight" in moonwright("why", out, "--unused", "courier").stdout
    assert "vehicles.courier.room.total" in moonwright("why", out).stdout
    assert "no flight 'tug 1'" in (wrong := moonwright("why", out, "--flight", "tug 1")).stderr
    assert wrong.returncode == 2
