"""`moonwright orbit` as a user meets it: answers, files, and one clear line where something is wrong."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moonwright.cli import commands

EXAMPLES = Path(__file__).parents[2] / "examples"
STATION = ("--mass", "420 t", "--altitude", "415 km", "--from", "2026-12-01", "--trials", "60")


def orbit(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["orbit", *arguments])


def answer(*arguments: str) -> dict[str, object]:
    done = orbit(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert isinstance(told, dict)
    return told


def test_decay_tells_a_date_with_its_spread_and_what_it_assumed(tmp_path: Path) -> None:
    told = answer("decay", *STATION, "-o", str(tmp_path / "out"))
    entry = told["entry"]
    assert isinstance(entry, dict)
    assert "2027" < entry["p05"] < entry["p50"] < entry["p95"] < "2037"
    assert told["latitudes_deg"] == [-51.6, 51.6]
    assert told["assumed"] == [
        "drag area 1238 m2",
        "drag coefficient 2.2",
        "inclination 51.6 deg",
        "until 2036-12-01",
    ]
    ET.parse(tmp_path / "out" / "altitude.svg")
    rows = (tmp_path / "out" / "entry.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 61
    assert json.loads((tmp_path / "out" / "answer.json").read_text(encoding="utf-8")) == told


def test_the_same_seed_is_the_same_answer() -> None:
    assert answer("decay", *STATION) == answer("decay", *STATION)
    assert answer("decay", *STATION) != answer("decay", *STATION, "--seed", "2")


def test_a_station_that_grows_heavier_lasts_longer() -> None:
    plain, heavy = (
        answer("decay", *STATION, *more)["entry"] for more in ((), ("--grow", "2027-01-01, 600 t, 1238"))
    )
    assert isinstance(plain, dict)
    assert isinstance(heavy, dict)
    assert heavy["p50"] > plain["p50"]


def test_reboost_of_a_scenario_tells_the_need_and_who_meets_it(tmp_path: Path) -> None:
    told = answer(
        "reboost",
        str(EXAMPLES / "iss.yaml"),
        *("--trials", "60", "-o", str(tmp_path / "out")),
        *("--visit", "2022-02-01,300,progress", "--visit", "2025-09-01,300,cargo-dragon-boost"),
    )
    assert (told["from"], told["until"]) == ("2022-01-01", "2031-01-01")
    burnt = told["propellant_kg"]
    assert isinstance(burnt, dict)
    # one Progress has 850 kg, one kit 8.9 m/s of 420 t at 300 s: 1271 kg; both are used up in those months
    assert burnt == pytest.approx({"roscosmos": 850, "nasa": 1271}, abs=2)
    for name in ("altitude.svg", "need.svg"):
        ET.parse(tmp_path / "out" / name)
    assert (tmp_path / "out" / "shares.csv").read_text(encoding="utf-8").count("\n") == 9 * 12 + 1


def test_deorbit_tells_by_when_and_who(tmp_path: Path) -> None:
    told = answer("deorbit", *STATION, "--with", "usdv", "--with", "progress*2", "-o", str(tmp_path / "out"))
    medians = [told[name]["p50"] for name in ("begin", "control_lost", "entry")]  # type: ignore[index]
    assert medians == sorted(set(medians))
    boosters = told["boosters"]
    assert isinstance(boosters, list)
    assert [(one["names"], one["able"]) for one in boosters] == [(["usdv", "progress", "progress"], True)]
    ET.parse(tmp_path / "out" / "altitude.svg")


def test_an_orbit_that_is_about_to_end_is_told_to_be_lost() -> None:
    low = ("--mass", "420 t", "--altitude", "222 km", "--from", "2026-12-01", "--trials", "20")
    done = orbit("deorbit", *low, "--until", "2027-06-01")
    assert (
        "In 100% of the trials it is too late already" in done.stdout
    )  # 220 km is a day or two below, burns take four


def test_people_read_lines_and_a_table() -> None:
    done = orbit("deorbit", *STATION)
    assert done.exit_code == 0, done.stderr
    assert "The last burns must begin on 20" in done.stdout
    assert "  usdv can: " in done.stdout
    assert "  progress cannot: " in done.stdout
    assert "Assumed: drag area 1238 m2" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("decay",), "Give a scenario FILE, or --mass, --altitude, --from"),
        (("decay", "--mass", "420"), "'420' has no unit"),
        (("decay", *STATION, "--mass", "-3 t"), "mass is a positive number, not -3000"),
        (("decay", *STATION, "--altitude", "100 km"), "known from 120 to 1000 km, not at 100 km"),
        (("decay", *STATION, "--inclination", "200 deg"), "between 0 and 180 degrees, not at 200"),
        (("decay", *STATION, "--from", "2045-01-01"), "known from 1957-10-01 until 2041-11-01"),
        (("decay", *STATION, "--until", "2020-01-01"), "the last day comes after the first"),
        (("decay", *STATION, "--grow", "soon"), "write DAY,MASS,M2"),
        (("reboost", *STATION, "--low", "430 km"), "a band rises"),
        (("reboost", *STATION, "--visit", "progress"), "write DAY,DAYS,BOOSTER"),
        (("reboost", *STATION, "--visit", "2027-01-01,-3,progress"), "lasts some days"),
        (("deorbit", *STATION, "--with", "zvesda"), "did you mean 'zvezda'"),
        (("deorbit", *STATION, "--with", "usdv*0"), "a number from 1 to 99"),
        (("deorbit", *STATION, "--control", "420 km"), "a deorbit goes down"),
        (("decay", str(EXAMPLES / "toy.yaml")), "keeps no station in orbit"),
        (("decay", str(EXAMPLES / "iss.yaml"), "--node", "cape"), "keeps no station at 'cape' but iss"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = orbit(*arguments)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)  # told, not thrown
    assert words.lower() in done.stderr.lower()
    assert done.stdout == ""


def test_the_drag_that_a_scenario_states_counts_unless_the_command_says_otherwise(tmp_path: Path) -> None:
    text = (EXAMPLES / "iss.yaml").read_text(encoding="utf-8")
    head, tail = text.split("    drag:\n", 1)
    rest = tail[tail.index("\ndemands:") :]
    drag = (
        "    drag: [{area: {value: 1300 m2, assumed: a test}, coefficient: {value: 2.0, assumed: a test}}]\n"
    )
    file = tmp_path / "iss.yaml"
    file.write_text(head + drag + rest, encoding="utf-8")
    short = ("--from", "2026-12-01", "--until", "2027-06-01", "--trials", "2")
    told = answer("decay", str(file), *short)
    assert told["assumed"] == []
    assert told["drag_m2_kg"] == pytest.approx(2.0 * 1300 / 420e3)
    told = answer("decay", str(file), *short, "--area", "1000", "--cd", "2.1")
    assert told["drag_m2_kg"] == pytest.approx(2.1 * 1000 / 420e3)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Half a year of a station with a thruster and a tug docked: what the air took of 2023 is known."""
    station = {"kind": "orbit", "body": "earth", "altitude": "415 km", "inclination": "51.6 deg"}
    block = {
        "owner": "b",
        "node": "leo",
        "mass": "20 t",
        "provides": {"thruster": {"resource": "fuel", "isp": "300 s"}},
    }
    data = {
        "name": "kept",
        "currency_year": 2024,
        "horizon": {"start": "2023-01-01", "end": "2023-07-01"},
        "partners": {"a": {"name": "A"}, "b": {"name": "B"}},
        "nodes": {"leo": station},
        "vehicles": {"tug": {"owner": "a", "dry_mass": "1 t", "reboost": "300 kN s"}},
        "resources": {"fuel": {"supply_class": 1, "storage": "tank"}},
        "elements": {"block": block},
        "station_keeping": [
            {
                "node": "leo",
                "mass": "420 t",
                "growth": [{"from": "2023-04-01", "mass": "840 t"}],
                "drag": [{"area": "1238 m2", "coefficient": 2.2}],
            }
        ],
        "initial": {
            "elements": [{"element": "block"}],
            "vehicles": [{"vehicle": "tug", "node": "leo", "arrived": "2022-12-01"}],
            "stocks": {"leo": {"fuel": "1300 kg"}},
        },
        "demands": {},
    }
    file = tmp_path / "kept.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def test_a_station_is_as_heavy_as_its_scenario_says_by_date(kept: Path) -> None:
    early = answer("decay", str(kept), "--trials", "2")
    late = answer("decay", str(kept), "--trials", "2", "--from", "2023-05-01", "--until", "2023-07-01")
    light = answer("decay", str(kept), "--trials", "2", "--from", "2023-05-01", "--mass", "420 t")
    assert early["drag_m2_kg"] == light["drag_m2_kg"] == pytest.approx(2.2 * 1238 / 420e3)
    assert late["drag_m2_kg"] == pytest.approx(2.2 * 1238 / 840e3)


def test_the_ships_and_thrusters_of_a_plan_meet_the_need(kept: Path, tmp_path: Path) -> None:
    """Half a year takes about 1.39 t: the thruster has 1.3 t, the tug 300 kN s, which are 102 kg at 300 s.

    Months that were observed spread by the density alone: 0.15 over the root of 60 trials, 2 %.
    """
    results = tmp_path / "results"
    planned = CliRunner().invoke(commands, ["plan", str(kept), "-o", str(results)])
    assert planned.exit_code == 0, planned.output
    told = answer("reboost", "--plan", str(results), "--trials", "60")
    burnt = told["propellant_kg"]
    assert isinstance(burnt, dict)
    assert burnt["b"] == pytest.approx(1300, rel=0.03)
    assert 0 < burnt["a"] <= 300e3 / (300 * 9.80665) + 0.1
    assert told["missing_share"] == pytest.approx(0.0, abs=0.06)


@pytest.mark.parametrize(("more", "words"), [((), "no results"), (("iss.yaml",), "not both")])
def test_a_plan_is_a_folder_of_results(tmp_path: Path, more: tuple[str, ...], words: str) -> None:
    done = orbit("reboost", "--plan", str(tmp_path), *more)
    assert done.exit_code == 2
    assert words in done.stderr
