"""`moonwright simulate` as a user meets it: the same bytes however it is done, and one clear line for what is wrong."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import moonwright
from moonwright.cli import commands
from moonwright.ensemble.milestone import milestones
from moonwright.plan import read_plan

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the toy."""
    out = tmp_path_factory.mktemp("planned") / "toy"
    done = CliRunner().invoke(commands, ["plan", str(EXAMPLES / "toy.yaml"), "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


def simulate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["simulate", *map(str, arguments)])


def written(directory: Path) -> dict[str, bytes]:
    """Every file of an ensemble but the pieces that its trials lie in, whose cut is nobody's business."""
    found = (path for path in directory.rglob("*") if path.is_file() and "trials" not in path.parts)
    return {str(path.relative_to(directory)): path.read_bytes() for path in found}


def test_workers_pieces_and_another_place_change_no_byte(planned: Path, tmp_path: Path) -> None:
    asked = ("--without", "20", "--tornado", "4", "--sobol", "20", "--record", "3", "--seed", "5")
    alone = simulate(planned, "--trials", "120", *asked, "--workers", "1", "-o", tmp_path / "a")
    assert alone.exit_code == 0, alone.output
    assert (
        simulate(planned, "--trials", "50", "--seed", "5", "--workers", "1", "-o", tmp_path / "b").exit_code
        == 0
    )
    again = simulate(planned, "--trials", "120", *asked, "--workers", "3", "-o", tmp_path / "b")
    assert again.exit_code == 0, again.output
    one, other = written(tmp_path / "a" / "ensemble"), written(tmp_path / "b" / "ensemble")
    assert set(one) >= {
        "report.html",
        "results.json",
        "tables/milestones.csv",
        "tables/trials.parquet",
        "records/trial-3.csv",
    }
    assert one == other


def test_another_seed_gives_other_trials(planned: Path, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        assert (
            simulate(
                planned, "--trials", "50", "--seed", seed, "--workers", "1", "-o", tmp_path / seed
            ).exit_code
            == 0
        )
    assert (
        written(tmp_path / "1")["ensemble/tables/trials.csv"]
        != written(tmp_path / "2")["ensemble/tables/trials.csv"]
    )


def test_the_verb_in_python_gives_what_the_command_prints(planned: Path, tmp_path: Path) -> None:
    done = simulate(planned, "--trials", "60", "--workers", "1", "-o", tmp_path, "--json")
    told = json.loads(done.stdout)
    scenario, plan = moonwright.load(planned / "scenario.yaml"), read_plan(planned / "plan.json")
    made = moonwright.simulate(scenario, plan, trials=60)
    assert [m["on_time"] for m in told["milestones"]] == [m.on_time.value for m in milestones(made.sample)]
    kept = moonwright.simulate(scenario, plan, trials=60, directory=tmp_path / "ensemble")
    assert kept.sample.trials.cost_musd.tobytes() == made.sample.trials.cost_musd.tobytes()


def test_the_plans_report_leads_to_the_ensemble_beside_it(planned: Path, tmp_path: Path) -> None:
    here = tmp_path / "mine"
    shutil.copytree(planned, here)
    before = (here / "report.html").read_text(encoding="utf-8")
    assert simulate(here, "--trials", "30", "--workers", "1").exit_code == 0
    after = (here / "report.html").read_text(encoding="utf-8")
    assert '<li data-beside="ensemble" hidden>' in before
    assert '<li data-beside="ensemble"><a href="ensemble/report.html">' in after
    assert len(before) - len(after) == len(" hidden")
    assert 'href="../report.html"' in (here / "ensemble" / "report.html").read_text(encoding="utf-8")
    assert simulate(here, "--trials", "30", "--workers", "1").exit_code == 0  # and a second time


def test_trials_of_another_seed_are_refused_until_they_are_dropped(planned: Path, tmp_path: Path) -> None:
    first = ("--trials", "30", "--workers", "1", "-o", tmp_path)
    assert simulate(planned, *first, "--seed", "1").exit_code == 0
    refused = simulate(planned, *first, "--seed", "2")
    assert refused.exit_code == 2
    assert "holds trials of another seed (1, not 2); --anew drops them" in refused.output
    assert simulate(planned, *first, "--seed", "2", "--anew").exit_code == 0


def test_what_is_wrong_is_one_line(planned: Path, tmp_path: Path) -> None:
    (tmp_path / "mine" / "ensemble").mkdir(parents=True)
    (tmp_path / "mine" / "ensemble" / "letter.txt").write_text("mine", encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(planned, other)
    text = (other / "scenario.yaml").read_text(encoding="utf-8")
    (other / "scenario.yaml").write_text(text.replace("1700.0 kg", "1600.0 kg"), encoding="utf-8")
    for arguments, told in (
        ([tmp_path / "nowhere"], "no results; name a folder that"),
        ([planned, "-o", tmp_path / "mine"], "holds something else than an ensemble"),
        ([planned, "-o", planned / "plan.json"], "cannot be written: Not a directory"),
        ([planned, "--trials", "0"], "0 is not in the range"),
        ([planned, "--workers", "0"], "0 is not in the range"),
        ([planned, "--seed", "-1"], "-1 is not in the range"),
        ([planned, "--trials", "many"], "'many' is not a valid integer"),
        ([other], "--uncertified"),
        ([other, "--uncertified"], "answers another scenario"),
    ):
        done = simulate(*arguments)
        assert done.exit_code == 2, (arguments, done.output)
        assert told in done.output, arguments
        assert "Traceback" not in done.output
    assert (tmp_path / "mine" / "ensemble" / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_ctrl_c_is_polite_and_the_same_command_goes_on(planned: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "moonwright", "simulate", str(planned), "--trials", "4000000", "--workers", "2",
        "-o", str(tmp_path),
    ]  # fmt: skip
    # what a shell starts in the background is deaf to Ctrl-C, and so would be its children
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=heard,  # noqa: PLW1509  # this process has no threads of its own here
    ) as began:
        while began.poll() is None and not list(tmp_path.rglob("*.npz")):
            time.sleep(0.01)
        began.send_signal(signal.SIGINT)
        out, err = began.communicate(timeout=60)
    assert began.returncode == 130
    assert out == ""
    assert (
        err.strip()
        == f"stopped: finished trials stay in {tmp_path / 'ensemble'}, and the same command goes on from there"
    )
    assert list(tmp_path.rglob("*.npz"))
    for place in (tmp_path, tmp_path / "fresh"):
        assert simulate(planned, "--trials", "2500", "--workers", "1", "-o", place).exit_code == 0
    assert written(tmp_path / "ensemble") == written(tmp_path / "fresh" / "ensemble")


def test_a_bar_is_for_terminals(planned: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "moonwright", "simulate", str(planned), "--trials", "40", "--workers", "1",
    ]  # fmt: skip
    ours, theirs = pty.openpty()
    subprocess.run([*command, "-o", str(tmp_path)], stderr=theirs, stdout=subprocess.PIPE, check=True)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert "40/40" in shown
