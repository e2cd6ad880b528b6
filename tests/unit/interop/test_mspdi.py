"""A plan as a project file: dates, links and deadlines, in the order of elements that Microsoft Project insists on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

import moonwright
from moonwright.interop.mspdi import NAMESPACE, send
from moonwright.plan import Build, Flight, Item, Outcome, Plan, Rank, Seat, Stay, Unit
from moonwright.scenario.scenario import Scenario
from worlds import cape_and_base

# The order of elements in mspdi_pj12.xsd ("Project Elements and XML Structure" and "XML Schema for the Tasks Element",
# Project 2007 SDK, learn.microsoft.com), as far as any of them is written here.
ORDER = {
    "Project": "Name Title ScheduleFromStart StartDate FinishDate CalendarUID DefaultStartTime DefaultFinishTime "
    "MinutesPerDay MinutesPerWeek DaysPerMonth DefaultTaskType DurationFormat HonorConstraints NewTasksEstimated "
    "Calendars Tasks",
    "Calendar": "UID Name IsBaseCalendar WeekDays",
    "WeekDay": "DayType DayWorking WorkingTimes",
    "WorkingTime": "FromTime ToTime",
    "Task": "UID ID Name Type IsNull WBS OutlineNumber OutlineLevel Start Finish Duration DurationFormat EffortDriven "
    "Estimated Milestone Summary ConstraintType CalendarUID ConstraintDate Deadline Notes PredecessorLink",
    "PredecessorLink": "PredecessorUID Type CrossProject LinkLag LagFormat",
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """A crew of two and a habitat, which stands by a date; a tower that nobody brings."""
    return Scenario.model_validate(
        cape_and_base(
            "A & B <project>",
            {"start": "2031-01-01", "end": "2032-01-01"},
            vehicles={"van": {"owner": "a", "dry_mass": "1 t", "seats": 2}},
            missions={
                "up": {"legs": [{"by": "van", "route": "lift"}]},
                "home": {"legs": [{"by": "van", "route": "home"}]},
            },
            routes={
                "lift": {"from": "cape", "to": "base", "duration": "5 d"},
                "home": {"from": "base", "to": "cape", "duration": "5 d"},
            },
            elements={
                "habitat": {"owner": "a", "node": "base", "mass": "1 t", "name": "Habitat"},
                "mast": {"owner": "a", "node": "base", "mass": "1 t", "after": ["habitat"]},
                "tower": {"owner": "a", "node": "base", "mass": "1 t"},
            },
            crew={"pilot": {"owner": "a", "mass": "80 kg", "uses": {}, "rotation": {"longest": "200 d"}}},
            demands={
                "stands": {"kind": "build", "element": "habitat", "by": "2031-04-01"},
                "rises": {"kind": "build", "element": "tower", "by": "2031-04-01", "rank": 1},
            },
        ),
    )


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> Plan:
    van = (Unit(part="van", vehicle="van", serial="van-1", tanked_kg=10.0),)
    rank = Rank(name="cost", value=1.0, bound=1.0, gap=0.0, unit="MUSD")
    return Plan(
        scenario=scenario.name,
        scenario_digest="",
        horizon_d=365.0,
        flights=(
            Flight(
                name="home 1", mission="home", launcher=None, departure_d=100.25, arrival_d=105.25, units=van,
                crew=(Seat(kind="pilot", count=2, board=0, alight=1),),
            ),
            Flight(
                name="up 1", mission="up", launcher=None, departure_d=10.0, arrival_d=15.0, units=van,
                items=tuple(Item(element=e, copy_no=1, board=0, alight=1) for e in ("habitat", "mast")),
                crew=(Seat(kind="pilot", count=2, board=0, alight=1),),
            ),
        ),
        builds=(
            Build(element="habitat", copy_no=1, begun_d=15.0, day_d=31.0),
            Build(element="mast", copy_no=1, begun_d=15.0, day_d=40.0),
        ),
        stays=(Stay(kind="pilot", node="base", count=2, arrived_d=15.0, leaves_d=100.25, up="up 1", down="home 1"),),
        outcome=Outcome(status="optimal", ranks=(rank,), solver="none", asked_gap=0.0, wall_s=0.0),
    )  # fmt: skip


@pytest.fixture(scope="module")
def project(scenario: Scenario, plan: Plan) -> ElementTree.Element:
    (data,) = send("x", scenario, plan).files.values()
    return ElementTree.fromstring(data)


def tasks_of(project: ElementTree.Element) -> dict[str, dict[str, str]]:
    """What each task says, by its name."""
    told = [{local(one): one.text or "" for one in task} for task in project.iter() if local(task) == "Task"]
    return {task["Name"]: task for task in told}


def local(one: ElementTree.Element) -> str:
    assert one.tag.startswith(f"{{{NAMESPACE}}}")
    return one.tag.rpartition("}")[2]


def test_elements_stand_in_the_order_of_the_schema(project: ElementTree.Element) -> None:
    seen = set()
    for parent in project.iter():
        if local(parent) in ORDER:
            order = ORDER[local(parent)].split()
            places = [order.index(local(child)) for child in parent]
            assert places == sorted(places)
            seen.add(local(parent))
    assert seen == set(ORDER)


def test_dates_and_durations_are_those_of_the_plan(project: ElementTree.Element) -> None:
    """Day 0 is New Year 2031, day 10 the 11th of January, day 100.25 six hours into the 11th of April."""
    tasks = tasks_of(project)
    told = {name: (task["Start"], task["Finish"], task["Duration"]) for name, task in tasks.items()}
    assert told["up 1"] == ("2031-01-11T00:00:00", "2031-01-16T00:00:00", "PT120H0M0S")
    assert told["home 1"] == ("2031-04-11T06:00:00", "2031-04-16T06:00:00", "PT120H0M0S")
    assert told["Habitat no. 1"] == ("2031-01-16T00:00:00", "2031-02-01T00:00:00", "PT384H0M0S")
    assert told["2 x pilot at base"] == ("2031-01-16T00:00:00", "2031-04-11T06:00:00", "PT2046H0M0S")
    assert told["Flights"] == ("2031-01-11T00:00:00", "2031-04-16T06:00:00", "PT2286H0M0S")
    assert {task["ConstraintDate"] for task in tasks.values() if task["Summary"] == "0"} == {
        task["Start"] for task in tasks.values() if task["Summary"] == "0"
    }


def test_what_rests_on_what_is_linked(project: ElementTree.Element) -> None:
    links = {}
    names = {
        task.findtext("{*}UID"): task.findtext("{*}Name") for task in project.iter() if local(task) == "Task"
    }
    for task in project.iter(f"{{{NAMESPACE}}}Task"):
        for link in task.findall("{*}PredecessorLink"):
            pair = names[link.findtext("{*}PredecessorUID")], task.findtext("{*}Name")
            links[pair] = link.findtext("{*}Type")
    finish_finish, finish_start = "0", "1"
    assert links == {
        ("up 1", "home 1"): finish_start,  # the ship
        ("2 x pilot at base", "home 1"): finish_start,  # its people
        ("up 1", "2 x pilot at base"): finish_start,
        ("up 1", "Habitat no. 1"): finish_start,
        ("up 1", "mast no. 1"): finish_start,
        ("Habitat no. 1", "mast no. 1"): finish_finish,
        ("Habitat no. 1", "stands"): finish_start,
    }


def test_a_demand_is_a_milestone_with_its_deadline(project: ElementTree.Element) -> None:
    stands = tasks_of(project)["stands"]
    assert (stands["Milestone"], stands["Start"], stands["Deadline"]) == (
        "1",
        "2031-02-01T00:00:00",
        "2031-04-01T00:00:00",
    )


def test_a_demand_that_is_not_met_is_told(scenario: Scenario, plan: Plan) -> None:
    assert send("x", scenario, plan).left_behind == (
        "demands.rises: not met by the plan, so there is no milestone of it",
    )


def test_identifiers_and_outline_count_up(project: ElementTree.Element) -> None:
    tasks = list(tasks_of(project).values())
    assert [int(task["UID"]) for task in tasks] == list(range(1, len(tasks) + 1))
    assert [task["OutlineNumber"] for task in tasks] == [
        "1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "4", "4.1",
    ]  # fmt: skip
    assert {task["OutlineLevel"] for task in tasks if task["Summary"] == "1"} == {"1"}


def test_names_may_hold_anything(project: ElementTree.Element) -> None:
    assert project.findtext("{*}Name") == "A & B <project>"


def test_no_link_of_a_found_plan_is_broken_by_its_dates() -> None:
    """Project would move a task whose link its dates break."""
    scenario = moonwright.load(Path(__file__).parents[3] / "examples" / "toy.yaml")
    plan = moonwright.plan(scenario)
    assert plan is not None
    (data,) = send("toy", scenario, plan).files.values()
    tasks = {
        task.findtext("{*}UID"): task for task in ElementTree.fromstring(data).iter(f"{{{NAMESPACE}}}Task")
    }
    ends = {"0": ("Finish", "Finish"), "1": ("Finish", "Start"), "3": ("Start", "Start")}
    links = 0
    for task in tasks.values():
        for link in task.findall("{*}PredecessorLink"):
            before, after = ends[str(link.findtext("{*}Type"))]
            other = tasks[link.findtext("{*}PredecessorUID")]
            assert moment(other, before) <= moment(task, after)
            links += 1
    assert links >= 2


def moment(task: ElementTree.Element, name: str) -> datetime:
    return datetime.fromisoformat(str(task.findtext(f"{{*}}{name}")))
