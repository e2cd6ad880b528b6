"""The commands about choices as a user meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from moonwright.choose.result import read_result
from moonwright.cli.main import commands

TOY = str(Path(__file__).parents[3] / "examples" / "toy.yaml")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "toy"
    done = CliRunner().invoke(commands, ["plan", TOY, "-o", str(folder), "--gap", "0"])
    assert done.exit_code == 0, done.output
    return folder


def run(*arguments: object) -> str:
    done = CliRunner().invoke(commands, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_alternatives_of_results(results: Path, tmp_path: Path) -> None:
    """By hand: two freighters cost 460, a freighter and two couriers 470, and nothing else is within 31 % of 360."""
    told = run("alternatives", results, "-o", tmp_path / "out", "--within", "0.31", "--json")
    answer = json.loads(told)
    assert [row["value"] for row in answer["results"]] == pytest.approx([360.0, 460.0, 470.0])
    assert all(row["certified"] for row in answer["results"])
    assert answer["exhausted"]
    again = read_result(tmp_path / "out" / "alternative-1")
    assert again.run.certified
    assert json.loads((tmp_path / "out" / "choices.json").read_text(encoding="utf-8")) == answer


def test_alternatives_say_what_is_proven(results: Path, tmp_path: Path) -> None:
    told = run("alternatives", results, "-o", tmp_path / "out", "--within", "0.1")
    assert "No other plan within 10.0% differs in who flies what: that is proven." in told


def test_what_is_compared_is_told(results: Path, tmp_path: Path) -> None:
    run("alternatives", results, "-o", tmp_path / "out", "--within", "0.3", "--count", "1")
    told = run("compare", results, tmp_path / "out" / "alternative-1")
    assert "Nothing was asked differently." in told
    (line,) = [line.split() for line in told.splitlines() if line.startswith("courier on small")]
    assert line == ["courier", "on", "small", "1", "0", "-1", "flights"]
    answer = json.loads(run("compare", results, tmp_path / "out" / "alternative-1", "--json"))
    assert answer["inputs"] == []


def test_other_files_are_never_written_over(results: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(commands, ["alternatives", str(results), "-o", str(tmp_path)])
    assert "holds other files" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_one_folder_is_nothing_to_compare(results: Path) -> None:
    assert CliRunner().invoke(commands, ["compare", str(results)]).exit_code == 2
