"""Where one plan after the other is refused: the last is told as it is, and the replay says what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import moonwright
from moonwright.cli import commands
from moonwright.optimise import optimise
from moonwright.scenario.scenario import Scenario
from moonwright.simulate.run import Run
from worlds import Noun, cape_and_base, one_way, rocket

# A rocket lifts 9 t to a base, twelve times a year.
BASE = cape_and_base(
    "refused",
    {"start": "2030-01-01", "end": "2030-07-01", "periods": [{"length": "3 months"}]},
    nodes={"earth": {"kind": "recovery", "body": "earth"}},
    routes={
        "up": {"from": "cape", "to": "base", "duration": "5 d"},
        "down": {"from": "base", "to": "earth", "duration": "5 d"},
    },
    launchers={"rocket": rocket("9 t", "12 /yr", price="50 MUSD")},
)

# Two huts of 2.4 t: 4.8 t for the 5 t of room of one flight, but neither fits the sled.
HUTS: Noun = {
    "vehicles": {
        "truck": {"owner": "a", "dry_mass": "1 t", "room": {"total": "3 t"}},
        "sled": {"owner": "a", "dry_mass": "1 t", "room": {"total": "2 t"}},
    },
    "missions": {"haul": one_way("truck", "sled")},
    "elements": {"hut": {"owner": "a", "node": "base", "mass": "2.4 t", "quantity": 2}},
    "demands": {"huts": {"kind": "build", "element": "hut", "count": 2, "by": "2030-07-01"}},
}

# Two ships, one with three flights left and one with one: four in sum, but both are needed in both quarters.
SHIPS: Noun = {
    "vehicles": {
        "ship": {
            "owner": "a",
            "dry_mass": "1 t",
            "reuse": {"flights": 5, "turnaround": "0 d"},
            "price": "900 MUSD",
        }
    },
    "missions": {
        "hop": {
            "legs": [{"by": "rocket", "carrying": ["ship"], "route": "up"}, {"by": "ship", "route": "down"}]
        }
    },
    "demands": {"hops": {"kind": "fly", "mission": "hop", "count": 2, "every": "3 months"}},
    "initial": {
        "fleet": [
            {"vehicle": "ship", "count": 1, "flights_left": 3},
            {"vehicle": "ship", "count": 1, "flights_left": 1},
        ]
    },
}


def replayed(more: Noun) -> Run:
    """The replay of the plan of a campaign."""
    scenario = Scenario.model_validate({**BASE, **more})
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=30.0)
    assert plan is not None
    return moonwright.simulate(scenario, plan)


@pytest.mark.parametrize("more", [HUTS, SHIPS], ids=["huts", "ships"])
def test_a_refused_plan_is_mended(more: Noun) -> None:
    assert replayed(more).certified


@pytest.mark.parametrize(("more", "rule"), [(HUTS, "room"), (SHIPS, "fleet")], ids=["huts", "ships"])
def test_what_is_never_mended_is_found_by_the_replay(
    more: Noun, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimise, "_MOST_TRIES", 1)
    assert {violation.rule for violation in replayed(more).violations} == {rule}


def test_it_is_shown_in_red_and_does_not_leave_as_solved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimise, "_MOST_TRIES", 1)
    (tmp_path / "huts.yaml").write_text(yaml.safe_dump({**BASE, **HUTS}), encoding="utf-8")
    asked = ["plan", str(tmp_path / "huts.yaml"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(commands, asked, color=True)
    assert done.exit_code == 6
    assert "\x1b[31m\x1b[1mNOT certified: 1 violations" in done.stdout
    assert "given up" in done.stdout
    certificate = json.loads((tmp_path / "out" / "certificate.json").read_text(encoding="utf-8"))
    assert not certificate["certified"]
