"""The page and tables of an ensemble."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from moonwright.report.ensemble import sections, verdict
from moonwright.report.ensemble_page import Told, ensemble_html
from moonwright.report.ensemble_sheet import ensemble_data, ensemble_tables
from moonwright.scenario.chance import Level
from unit.report.ensembles import ensemble, quiet
from unit.report.test_page import ATTACK, opened

EDGES_D = [0.0, 31.0, 105.0, 365.0]


def rows(table: pa.Table) -> list[dict[str, Any]]:
    return table.to_pylist()


def told(campaign: Any, made: Any, **more: Any) -> Told:
    level = Level("weather.all.scrub", "weather", 0.2, 0.1, 0.4, None, ATTACK)
    return Told(campaign.scenario, "0" * 64, made, (level,), EDGES_D, (), beside=True)._replace(**more)


def test_tables_hold_what_is_counted_by_hand() -> None:
    tables = ensemble_tables(ensemble(), EDGES_D)
    first, second = rows(tables["milestones"])
    assert (first["milestone"], str(first["due"]), first["on_time"], first["ever"]) == (
        "habitat stands", "2031-04-11", 0.5, 0.75,
    )  # fmt: skip
    assert (first["met_p05_d"], first["met_p50_d"], first["met_p95_d"]) == (90.0, 100.0, None)
    assert second["margin_p05_d"] == -10.0
    by_date = {(r["milestone"], r["day_d"]): r["met"] for r in rows(tables["milestones_by_date"])}
    assert by_date["habitat stands", 105.0] == 0.5
    assert by_date["water arrives", 105.0] == 0.0
    lost = {r["day_d"]: r["lost"] for r in rows(tables["presence_by_date"])}
    assert (lost[31.0], lost[105.0], lost[365.0]) == (0.0, 0.25, 0.5)
    assert rows(tables["covers"])[0]["empty"] == 0.5
    damage = {r["cause"]: r["damage_d"] for r in rows(tables["damage"])}
    assert damage == {"launch": 7.5, "weather": 2.5, "sun": 0.0}
    # without launch failures none is late: (0 + 0 + 10 + 265 + 10) / 4 days are theirs
    adds = next(r for r in rows(tables["without"]) if r["figure"] == "late_d")
    assert adds["adds"] == pytest.approx(285 / 4)
    assert [r["number"] for r in rows(tables["tornado"])] == [
        "weather.all.scrub",
        "launchers.zephyr.reliability",
    ]
    assert rows(tables["sobol"])[1]["total"] == 0.75


def test_every_trial_is_a_row_with_a_column_for_each_number() -> None:
    trials = ensemble_tables(ensemble(), EDGES_D)["trials"]
    assert trials.column("trial").to_pylist() == [0, 1, 2, 3]
    assert trials.column("milestone_d:habitat stands").to_pylist() == [90.0, 100.0, 110.0, None]
    assert trials.column("least_cover_d:base/water").to_pylist() == [30.0, 0.0, -1.0, 20.0]
    assert trials.column("damage_d:weather").to_pylist() == [0.0, 0.0, 10.0, 0.0]
    assert trials.column("launches").to_pylist() == [3, 4, 5, 6]


@pytest.mark.parametrize("made", [ensemble, quiet])
def test_the_data_is_json_without_infinities(made: Any) -> None:
    one = made()
    data = ensemble_data(one, ensemble_tables(one, EDGES_D))
    assert json.loads(json.dumps(data, allow_nan=False))["trials"] == one.asked.trials


def test_the_verdict_says_how_sure_it_is() -> None:
    # Wilson's interval of two in four is 15 to 85 %
    assert verdict(ensemble()).replace("\u00a0", " ") == (
        "In 50 % (15 to 85 %) of 4 trials every milestone is met by its due date; "
        "in 50 % (15 to 85 %) some place is at some time without its crew."
    )
    assert "crew" not in verdict(quiet())


def test_what_nobody_asked_for_is_not_shown() -> None:
    assert [part.key for part in sections(quiet())] == ["milestones", "measures"]
    assert [part.key for part in sections(ensemble())] == [
        "milestones", "crew", "stocks", "damage", "without", "tornado", "sobol", "measures",
    ]  # fmt: skip


def test_a_change_within_twice_its_error_is_called_so() -> None:
    without = next(part for part in sections(ensemble()) if part.key == "without")
    late, some_late = without.rows
    assert late[-1] == "may be chance"  # 71 with an error of 65: one of four trials is late by much
    assert some_late[-1] == "may be chance"


def test_the_page_opens_without_complaint_and_nothing_in_it_runs(
    campaign: Any, chromium: Path, tmp_path: Path
) -> None:
    document, console = opened(chromium, ensemble_html(told(campaign, ensemble())), tmp_path)
    assert console == []
    assert document.count('<img src="data:image/svg+xml;base64,') == 6
    assert "<script" not in document
    assert "<img src=x" not in document
    assert "&lt;img src=x" in document
    assert 'href="../report.html"' in document


def test_the_page_of_a_quiet_ensemble_stands_alone(campaign: Any) -> None:
    page = ensemble_html(told(campaign, quiet(), beside=False))
    assert "../report.html" not in page
    assert "Most damage" not in page
