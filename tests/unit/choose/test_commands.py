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


def test_a_flight_stays_or_goes_by_name(results: Path, tmp_path: Path) -> None:
    """Forbidding the one courier's month moves it to another; nothing gets dearer."""
    told = run("plan", TOY, "-o", tmp_path / "out", "--from", results, "--forbid", "courier 1", "--json")
    answer = json.loads(told)
    assert (answer["cost_musd"], answer["certified"]) == (pytest.approx(360.0), True)
    was, now = (
        next(f for f in read_result(folder).plan.flights if f.name == "courier 1")
        for folder in (results, tmp_path / "out")
    )
    assert was.departure_d != now.departure_d


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--pin", "curier 1"), "no flight 'curier 1' in the plan; did you mean 'courier 1'?"),
        (("--pin", "courier 1", "--forbid", "courier 1"), "'courier 1' cannot both stay and be forbidden"),
    ],
)
def test_a_pin_that_makes_no_sense_is_told(
    results: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    command = ["plan", TOY, "-o", str(tmp_path / "out"), "--from", str(results), *arguments]
    done = CliRunner().invoke(commands, command)
    assert (done.exit_code, done.stderr.strip()) == (4, words)


def test_pins_need_results_to_name(tmp_path: Path) -> None:
    command = ["plan", TOY, "-o", str(tmp_path / "out"), "--pin", "courier 1"]
    assert CliRunner().invoke(commands, command).exit_code == 2


def test_onward_from_a_date(results: Path, tmp_path: Path) -> None:
    """Nothing has changed, so the best way onward is the plan itself."""
    told = run("onward", results, "--on", "2031-06-01", "-o", tmp_path / "out", "--gap", "0")
    assert "Nothing was asked differently." in told
    again = read_result(tmp_path / "out")
    gone = sum(flight.departure_d <= 151 for flight in read_result(results).plan.flights)
    assert f"flights: {gone} past, which stay, and {2 - gone} planned" in told
    assert again.run.certified
    assert again.run.cost_musd == pytest.approx(360.0)


def test_onward_in_a_scenario_that_has_changed(results: Path, tmp_path: Path) -> None:
    """By hand: of 4 t, 0.5 t ride with the habitat and 1.2 t with the courier; 2.3 t more need a freighter, 210."""
    text = Path(TOY).read_text(encoding="utf-8").replace("amount: 1.7 t", "amount: 4 t")
    (tmp_path / "thirsty.yaml").write_text(text, encoding="utf-8")
    command = (
        "onward",
        results,
        tmp_path / "thirsty.yaml",
        "--on",
        "2031-06-01",
        "-o",
        tmp_path / "out",
        "--json",
    )
    answer = json.loads(run(*command))
    assert answer["certified"]
    assert [one["path"] for one in answer["inputs"]] == ["demands.water arrives.amount"]
    (cost,) = [one for one in answer["findings"] if one["name"] == "cost"]
    assert cost["values"] == pytest.approx([360.0, 360.0 + 210.0])


@pytest.mark.parametrize("on", ["soon", "2031-06-08", "2030-01-01"])
def test_onward_wants_a_day_that_opens_a_period(results: Path, tmp_path: Path, on: str) -> None:
    done = CliRunner().invoke(commands, ["onward", str(results), "--on", on, "-o", str(tmp_path / "out")])
    assert done.exit_code != 0
    assert "write a date like" in done.output or "opens no period" in str(done.exception)


def test_cost_is_weighed_against_what_a_partner_pays(results: Path, tmp_path: Path) -> None:
    """By hand: South pays 110 of 360, or nothing of 460, where a second freighter of North brings the water."""
    told = run(
        "pareto", results, "--against", "partner:south", "-o", tmp_path / "out", "--workers", "1", "--json"
    )
    rows = json.loads(told)["results"]
    assert [(row["cost_musd"], row["measure"]) for row in rows] == [
        pytest.approx((360.0, 110.0)),
        pytest.approx((460.0, 0.0)),
    ]
    assert [row["share_of_cost"] for row in rows] == pytest.approx([110 / 360, 0.0])
    assert read_result(tmp_path / "out" / "point-2").run.certified
    table = run("pareto", results, "--against", "partner:south", "-o", tmp_path / "out", "--workers", "1")
    assert "3 more: no better than these in anything" in table


def test_what_cost_cannot_be_weighed_against_is_told(results: Path, tmp_path: Path) -> None:
    command = ["pareto", str(results), "--against", "partner:suoth", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(commands, command)
    assert str(done.exception) == "no partner 'suoth'; did you mean 'south'?"
