"""The results folder: whole or not at all, and never in the place of somebody's other files."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from moonwright.plan import read_plan
from moonwright.report import folder
from moonwright.report.folder import ResultsFolderError, check_folder, write_folder
from moonwright.report.tables import TABLES
from moonwright.scenario.load import load


def put(directory: Path, campaign: Any) -> None:
    write_folder(directory, campaign.scenario, campaign.plan, campaign.run, campaign.record)


def names(directory: Path) -> set[str]:
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


def test_everything_is_there_and_reads_back(campaign: Any, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "results"
    put(out, campaign)
    tables = {f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")}
    others = {"scenario.yaml", "plan.json", "run.json", "certificate.json", "report.html"}
    assert names(out) == tables | others
    assert read_plan(out / "plan.json") == campaign.plan
    assert load(out / "scenario.yaml") == campaign.scenario
    record = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert record["scenario_digest"] == campaign.plan.scenario_digest
    assert record["options"] == {"gap": 0.03, "time_limit_s": 180.0, "objective": "cost"}
    assert json.loads((out / "certificate.json").read_text(encoding="utf-8"))["certified"] is True
    assert [path.name for path in out.parent.iterdir()] == ["results"]


def test_older_results_are_replaced_as_a_whole(campaign: Any, tmp_path: Path) -> None:
    out = tmp_path / "results"
    put(out, campaign)
    (out / "tables" / "stale.csv").write_text("old", encoding="utf-8")
    put(out, campaign.broken())
    assert not (out / "tables" / "stale.csv").exists()
    found = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    assert [violation["rule"] for violation in found["violations"]] == ["stock", "cadence"]
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


@pytest.mark.parametrize("stage", ["write_sheets", "report_html", "_sync", "swap"])
def test_a_run_that_dies_leaves_the_old_results(
    campaign: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    out = tmp_path / "results"
    put(out, campaign)
    before = {name: (out / name).read_bytes() for name in names(out)}

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, stage, killed)
    with pytest.raises(KeyboardInterrupt):
        put(out, campaign.broken())
    assert {name: (out / name).read_bytes() for name in names(out)} == before


def test_an_empty_folder_is_taken_and_other_files_are_not(campaign: Any, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path / "empty", campaign)
    home = tmp_path / "home"
    home.mkdir()
    (home / "thesis.tex").write_text("years of work", encoding="utf-8")
    with pytest.raises(ResultsFolderError, match="other files"):
        put(home, campaign)
    assert [path.name for path in home.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize("told", ["not json", "[]", "{}"])
def test_a_run_json_of_something_else_does_not_make_a_results_folder(told: str, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(told, encoding="utf-8")
    with pytest.raises(ResultsFolderError, match="other files"):
        check_folder(tmp_path)


def test_files_and_links_are_refused(campaign: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    for name in ("file", "link"):
        with pytest.raises(ResultsFolderError, match="not a folder"):
            put(tmp_path / name, campaign)


def test_without_an_exchange_the_old_folder_steps_aside(
    campaign: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("moonwright.report.swap"), "_system_call", lambda: None)
    out = tmp_path / "results"
    put(out, campaign)
    put(out, campaign.broken())
    assert json.loads((out / "certificate.json").read_text(encoding="utf-8"))["certified"] is False
    assert [path.name for path in tmp_path.iterdir()] == ["results"]
