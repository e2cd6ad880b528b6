"""The hedge command as a user meets it: on the masts of test_hedge, whose premium is worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from moonwright.choose.result import read_result
from moonwright.cli.main import commands

SCENARIO = (Path(__file__).parents[1] / "masts.yaml").read_text(encoding="utf-8")


def run(*args: object) -> Result:
    return CliRunner().invoke(commands, [str(arg) for arg in args])


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hedge")
    (folder / "masts.yaml").write_text(SCENARIO, encoding="utf-8")
    assert run("plan", folder / "masts.yaml", "-o", folder / "out", "--gap", 0).exit_code == 0
    return folder / "out"


def test_premium_and_dates(planned: Path, tmp_path: Path) -> None:
    """Two early launches cost 120 MUSD more than two late ones, and can be decided upon until the second quarter opens."""
    done = run("hedge", planned, "--gap", 0, "--dates", "--weighed", "-o", tmp_path / "h")
    assert done.exit_code == 0, done.output
    assert "they leave" in done.stdout
    assert "120 to 120" in done.stdout
    assert "2030-04-01" in done.stdout
    assert "+2 haul on ours, -2 haul on theirs" in done.stdout
    assert "mean over futures 200 MUSD" in done.stdout
    secured = read_result(tmp_path / "h" / "plan")
    assert secured.run.certified
    assert secured.run.cost_musd == pytest.approx(200.0)


def test_json_is_one_object(planned: Path, tmp_path: Path) -> None:
    done = run("hedge", planned, "--gap", 0, "--json", "-o", tmp_path / "h")
    (step,) = json.loads(done.stdout)["steps"]
    assert (step["premium_low_musd"], step["premium_high_musd"]) == pytest.approx((120.0, 120.0))
    assert json.loads((tmp_path / "h" / "told" / "hedge.json").read_text())["steps"] == [step]
    assert (tmp_path / "h" / "told" / "tables" / "premium.csv").is_file()


def changed(planned: Path, change: Any) -> Path:
    """The results with another scenario.yaml."""
    told = yaml.safe_load((planned / "scenario.yaml").read_text(encoding="utf-8"))
    change(told)
    copy = planned.with_name(f"copy-{len(list(planned.parent.iterdir()))}")
    copy.mkdir()
    (copy / "scenario.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    (copy / "plan.json").write_bytes((planned / "plan.json").read_bytes())
    return copy


def test_what_cannot_be_asked_is_told_in_words(planned: Path) -> None:
    bare = changed(planned, lambda told: told.pop("contingencies"))
    likely = changed(planned, lambda told: told["contingencies"]["they leave"].pop("probability"))
    for args, words in (
        (("hedge", planned / "nowhere"), "no results"),
        (("hedge", bare), "lists no `contingencies`"),
        (("hedge", planned, "--against", "they leav"), "did you mean 'they leave'"),
        (("hedge", likely, "--weighed"), "needs a `probability`"),
    ):
        done = run(*args)
        assert done.exit_code != 0
        assert words in str(done.exception or done.output)
