"""The stress command as a user meets it, on the masts that are worked out by hand in tests/unit/stress/test_hedge.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from moonwright.cli.main import commands

SCENARIO = Path(__file__).parents[1] / "masts.yaml"


def run(*args: object) -> Result:
    return CliRunner().invoke(commands, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("stress") / "out"
    assert run("plan", SCENARIO, "-o", place, "--gap", 0).exit_code == 0
    return place


def cases(done: Result) -> list[dict[str, Any]]:
    assert done.exit_code == 0, done.output
    return list(json.loads(done.stdout)["cases"])


def bare(done: Result) -> list[dict[str, Any]]:
    return [{**case, "wall_s": 0.0} for case in cases(done)]


def test_each_partner_on_each_date(planned: Path, tmp_path: Path) -> None:
    """Both masts fly in autumn, with their rocket and our trucks: without either, neither comes. By December all is done."""
    done = run(
        "stress", planned, "--board", "--on", "2030-07-01", "--on", "2030-10-01", "--gap", 0, "-o", tmp_path
    )
    assert done.exit_code == 0, done.output
    told = [line for line in done.stdout.splitlines() if "leaves on" in line]
    assert [line.split(" leaves")[0] for line in told] == ["us", "us", "them", "them"]
    assert all("hard demands fail" in line and line.endswith("yes") for line in told if "07-01" in line)
    assert (tmp_path / "board" / "tables" / "cases.csv").is_file()


def test_what_is_lost_is_told(planned: Path, tmp_path: Path) -> None:
    (case,) = cases(run("stress", planned, "--listed", "--gap", 0, "--json", "-o", tmp_path))
    assert case["case"] == "they leave"
    assert case["fate"] == "short"
    assert case["extra_musd"] == pytest.approx(-80.0)
    assert case["never"] == ["mast 1", "mast 2"]
    assert [lost["demand"] for lost in case["lost"]] == ["two"]
    assert case["flights"] == [{"mission": "haul on theirs", "more": -2}]
    assert case["reproducible"]


def test_workers_change_nothing(planned: Path, tmp_path: Path) -> None:
    asked = (
        "stress",
        planned,
        "--board",
        "--pairs",
        "--in-turn",
        "--on",
        "2030-04-01",
        "--on",
        "2030-07-01",
        "--gap",
        0,
    )
    one = bare(run(*asked, "--json", "--workers", 1, "-o", tmp_path / "one"))
    two = bare(run(*asked, "--json", "--workers", 2, "-o", tmp_path / "two"))
    assert one == two
    assert len(one) == 2 * 2 + 2 + 2


def test_a_board_that_was_killed_goes_on(planned: Path, tmp_path: Path) -> None:
    """Half an answer, and one that is missing: only these are asked again."""
    asked = ("stress", planned, "--board", "--on", "2030-07-01", "--gap", 0, "--json", "-o", tmp_path)
    before = cases(run(*asked))
    kept = sorted((tmp_path / "answers").iterdir())
    kept[0].write_bytes(kept[0].read_bytes()[:40])
    after = cases(run(*asked))
    same = [one["wall_s"] == other["wall_s"] for one, other in zip(before, after, strict=True)]
    assert sorted(same) == [False, True]  # what was kept was not found anew, to the time that it took
    assert [{**one, "wall_s": 0} for one in before] == [{**one, "wall_s": 0} for one in after]


def test_dependencies(planned: Path) -> None:
    """Every flight is of our truck and their rocket: each has a part in all, half each where parts are parted."""
    done = run("stress", planned, "--dependencies", "--json")
    found = {one["capability"]: one for one in json.loads(done.stdout)}
    cargo = found["cargo up"]
    assert cargo["total"] == pytest.approx(2000.0)
    assert cargo["herfindahl"] == pytest.approx(0.5)
    assert [(part["partner"], part["share"], part["sole"]) for part in cargo["parts"]] == [
        ("us", 1.0, True),
        ("them", 1.0, True),
    ]
    assert run("stress", planned, "--dependencies").stdout.startswith("capability")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--partner", "nobody"), "--partner nobody: the scenario has us, them"),
        (("--on", "1999-01-01"), "1999-01-01 does not lie within the horizon"),
        (("--on", "soon"), "write dates like 2030-01-01"),
        (("--mode", "quietly"), "'quietly' is not one of"),
        (("--workers", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_asked_is_told_in_words(planned: Path, args: tuple[str, ...], words: str) -> None:
    done = run("stress", planned, *args)
    assert done.exit_code != 0
    assert words in f"{done.output} {done.exception}"


def test_a_folder_without_a_plan() -> None:
    done = run("stress", "/nowhere")
    assert "no results" in f"{done.output} {done.exception}"
