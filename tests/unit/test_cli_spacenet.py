"""The door to SpaceNet as a user meets it."""

import contextlib
import io
import json
import math
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from moonwright.cli.main import main

ROOT = Path(__file__).parents[2]
ARTEMIS = ROOT / "examples" / "artemis-3.spacenet.json"


@dataclass(frozen=True)
class Done:
    """How a command left, and what it said."""

    returncode: int | str | None
    stdout: str
    stderr: str


def moonwright(*arguments: object) -> Done:
    """The command as the shell would run it, in this process: it takes a second less."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["moonwright", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
    return Done(left.value.code or 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("brought") / "artemis"
    done = moonwright("import", "spacenet", ARTEMIS, "-o", out)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:4] == [
        str(out / "campaign.json"),
        str(out / "scenario.yaml"),
        str(out / "not-carried-over.txt"),
        "Not carried over (3):",
    ]
    return out


def test_what_is_not_carried_over_stands_in_the_folder(brought: Path) -> None:
    lines = (brought / "not-carried-over.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "not in scenario.yaml: Lunar samples: comes into being at LSP"
    assert len(lines) == 3


def test_its_scenario_has_no_faults(brought: Path) -> None:
    done = moonwright("check", brought / "scenario.yaml")
    assert (done.returncode, done.stderr) == (0, "")


def test_spacenets_rules_leave_what_was_published(brought: Path) -> None:
    """Case C1 (Grogan et al. 2024, table 10)."""
    done = moonwright("simulate", brought, "--rules", "spacenet", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    published = {"SLS SRBs": 0, "SLS Core": 20_806.6, "iCPS": 201.2, "Orion SM": 3_471.7, "HLS": 1_656}
    assert told["left_kg"] == pytest.approx(published, abs=0.1)
    assert told["rules"]["g0_m_s2"] == 9.81
    assert told["troubles"] == []
    assert len(told["burns"]) == 17


@pytest.mark.parametrize(("rules", "core"), [("spacenet", "20,806.6"), ("exact", "20,672.3")])
def test_what_is_printed(brought: Path, rules: str, core: str) -> None:
    done = moonwright("simulate", brought, "--rules", rules)
    assert done.returncode == 0, done.stderr
    assert f"Artemis III, by {rules} rules" in done.stdout
    assert "launch mass         2,592,652.0 kg\n" in done.stdout
    assert "crew surface days   15.60\n" in done.stdout
    assert f"SLS Core         {core}\n" in done.stdout
    assert "everything could be done as the campaign says" in done.stdout


def test_what_is_exported_says_the_same(brought: Path, tmp_path: Path) -> None:
    out = tmp_path / "again.json"
    assert moonwright("export", "spacenet", brought, "-o", out).returncode == 0
    again = tmp_path / "again"
    assert moonwright("import", "spacenet", out, "-o", again).returncode == 0
    assert (again / "campaign.json").read_bytes() == (brought / "campaign.json").read_bytes()


def test_nothing_is_overwritten(brought: Path) -> None:
    done = moonwright("import", "spacenet", ARTEMIS, "-o", brought)
    assert done.returncode == 2
    assert "is there already; choose another place with -o" in done.stderr


def test_a_broken_file_leaves_nothing_behind(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(ARTEMIS.read_text(encoding="utf-8").replace('"deltaV": 9500.0', '"deltaV": "much"'))
    done = moonwright("import", "spacenet", broken, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert done.stdout == ""
    assert "burns[0].deltaV: 'much'; allowed: a number, at least 0" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("verb", ["simulate", "export"])
def test_a_folder_without_a_campaign_is_told(verb: str, tmp_path: Path) -> None:
    options = ["--rules", "spacenet"] if verb == "simulate" else ["-o", tmp_path / "out.json"]
    command = (
        ["simulate", tmp_path, *options] if verb == "simulate" else ["export", "spacenet", tmp_path, *options]
    )
    done = moonwright(*command)
    assert done.returncode != 0
    assert "no campaign and no plan; name a folder that" in done.stderr


def test_a_shortfall_is_told_by_both_rules(brought: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    shutil.copytree(brought, short)
    text = (short / "campaign.json").read_text(encoding="utf-8")
    (short / "campaign.json").write_text(
        text.replace('"dv_m_s": 1692.5', '"dv_m_s": 9692.5'), encoding="utf-8"
    )
    exact, spacenet = (
        moonwright("simulate", short, "--rules", rules).stdout for rules in ("exact", "spacenet")
    )
    assert "the flight stops here (by SpaceNet's rules it would go on)" in exact
    assert "SpaceNet lets the flight go on (by exact rules it would stop)" in spacenet
    assert "HLS is at LLO-LSP, not at LSP" in exact
    assert "HLS is at LLO-LSP" not in spacenet


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("planned") / "toy"
    assert moonwright("plan", ROOT / "examples" / "toy.yaml", "-o", out).returncode == 0
    return out


def test_a_plan_of_ours_is_run_by_spacenets_rules(planned: Path) -> None:
    """6 t land (toy.yaml) after 2900 m/s at 340 s; its tanks were filled for standard gravity."""
    done = moonwright("simulate", planned, "--rules", "spacenet", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    launched_kg = 6000.0 * math.exp(2900.0 / (340.0 * 9.80665))
    burned_kg = launched_kg * (1 - math.exp(-2900.0 / (340.0 * 9.81)))
    assert told["launch_mass_kg"] == pytest.approx(launched_kg, abs=0.05)  # masses to 0.01 kg each
    assert sum(sum(one["used_kg"] for one in burn["given"]) for burn in told["burns"]) == pytest.approx(
        burned_kg, abs=0.05
    )
    assert "money" in told["not_carried_over"]


def test_a_plan_of_ours_goes_out_and_comes_in(planned: Path, tmp_path: Path) -> None:
    out = tmp_path / "toy.json"
    done = moonwright("export", "spacenet", planned, "-o", out)
    assert done.returncode == 0, done.stderr
    assert "  money\n" in done.stdout
    assert moonwright("import", "spacenet", out, "-o", tmp_path / "toy").returncode == 0
    told = moonwright("simulate", tmp_path / "toy", "--rules", "exact")
    assert f"launch mass         {6000.0 * math.exp(2900.0 / (340.0 * 9.80665)):,.1f} kg" in told.stdout
