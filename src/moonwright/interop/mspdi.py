"""MSPDI: a plan for project planners, as Microsoft Project and its likes read it.

Flights, works and stays are tasks with fixed dates, linked as one rests on another; demands for elements are milestones
with deadlines. The calendar works day and night, so that durations are what they are. Elements stand in the order of
Microsoft's schema (mspdi_pj12.xsd, Project 2007), without which Project refuses a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from xml.etree import ElementTree

from moonwright.interop.carried import Carried
from moonwright.interop.mspdi_task import Link, Task, flights, milestones, stays, works
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario

NAMESPACE: Final = "http://schemas.microsoft.com/project"
LONGEST_NAME: Final = 512  # characters (the schema)

_DAY_MIN: Final = 24 * 60
_FIXED_DURATION, _IN_DAYS, _MUST_START_ON, _AS_SOON_AS_POSSIBLE = "1", "7", "2", "0"
_CALENDAR: Final = "1"


@dataclass(frozen=True)
class _Listed:
    """A task with its place in the list: `uid` counts from 1, `outline` is such as 2.5."""

    task: Task
    uid: int
    outline: str
    level: int


def send(name: str, scenario: Scenario, plan: Plan) -> Carried:
    """A plan as a project file. What is not achieved, or has no place among tasks, is told."""
    reached, missed = milestones(scenario, plan)
    groups = {
        "Flights": flights(scenario, plan),
        "Works": works(scenario, plan),
        "Stays": stays(scenario, plan),
        "Milestones": reached,
    }
    listed = list(_listed(groups))
    left = [*missed, *_without_a_place(plan)]
    return Carried({f"{name}.xml": _project(scenario, plan, listed)}, tuple(left))


def _without_a_place(plan: Plan) -> Iterator[str]:
    for what, rows in {
        "production": plan.made,
        "reboosts": plan.reboosts,
        "purchases": plan.purchases,
    }.items():
        if rows:
            yield f"{what} ({len(rows)} rows): a project has tasks, not flows; take `export excel`"


def _listed(groups: Mapping[str, tuple[Task, ...]]) -> Iterator[_Listed]:
    """Groups and their tasks in order; a group reaches from its first task's start to its last one's end."""
    uid = 0
    for number, (title, tasks) in enumerate((pair for pair in groups.items() if pair[1]), start=1):
        uid += 1
        start_d, end_d = min(task.start_d for task in tasks), max(task.end_d for task in tasks)
        yield _Listed(Task(title, title, start_d, end_d), uid, str(number), 1)
        for place, task in enumerate(tasks, start=1):
            uid += 1
            yield _Listed(task, uid, f"{number}.{place}", 2)


def _project(scenario: Scenario, plan: Plan, listed: list[_Listed]) -> bytes:
    root = ElementTree.Element("Project", {"xmlns": NAMESPACE})
    days = _Days(datetime.combine(scenario.horizon.start, datetime.min.time()))
    _add(root, "Name", scenario.name[:LONGEST_NAME])
    _add(root, "Title", scenario.name[:LONGEST_NAME])
    _add(root, "ScheduleFromStart", "1")
    _add(root, "StartDate", days.told(0.0))
    _add(root, "FinishDate", days.told(plan.horizon_d))
    _add(root, "CalendarUID", _CALENDAR)
    _add(root, "DefaultStartTime", "00:00:00")
    _add(root, "DefaultFinishTime", "00:00:00")
    _add(root, "MinutesPerDay", str(_DAY_MIN))
    _add(root, "MinutesPerWeek", str(7 * _DAY_MIN))
    _add(root, "DaysPerMonth", "30")
    _add(root, "DefaultTaskType", _FIXED_DURATION)
    _add(root, "DurationFormat", _IN_DAYS)
    _add(root, "HonorConstraints", "1")
    _add(root, "NewTasksEstimated", "0")
    _calendar(_add(root, "Calendars"))
    tasks, uids = _add(root, "Tasks"), {one.task.key: one.uid for one in listed if one.level > 1}
    for one in listed:
        _task(_add(tasks, "Task"), one, days, uids)
    ElementTree.indent(root, " ")
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def _calendar(calendars: ElementTree.Element) -> None:
    """All hours of all days."""
    calendar = _add(calendars, "Calendar")
    _add(calendar, "UID", _CALENDAR)
    _add(calendar, "Name", "24 Hours")
    _add(calendar, "IsBaseCalendar", "1")
    week = _add(calendar, "WeekDays")
    for day in range(1, 8):
        one = _add(week, "WeekDay")
        _add(one, "DayType", str(day))
        _add(one, "DayWorking", "1")
        time = _add(_add(one, "WorkingTimes"), "WorkingTime")
        _add(time, "FromTime", "00:00:00")
        _add(time, "ToTime", "00:00:00")


def _task(into: ElementTree.Element, one: _Listed, days: _Days, uids: Mapping[str, int]) -> None:
    task, summary = one.task, one.level == 1
    start, end = days.told(task.start_d), days.told(task.end_d)
    _add(into, "UID", str(one.uid))
    _add(into, "ID", str(one.uid))
    _add(into, "Name", task.name[:LONGEST_NAME])
    _add(into, "Type", _FIXED_DURATION)
    _add(into, "IsNull", "0")
    _add(into, "WBS", one.outline)
    _add(into, "OutlineNumber", one.outline)
    _add(into, "OutlineLevel", str(one.level))
    _add(into, "Start", start)
    _add(into, "Finish", end)
    _add(into, "Duration", days.duration(task.start_d, task.end_d))
    _add(into, "DurationFormat", _IN_DAYS)
    _add(into, "EffortDriven", "0")
    _add(into, "Estimated", "0")
    _add(into, "Milestone", "1" if start == end and not summary else "0")
    _add(into, "Summary", "1" if summary else "0")
    _add(into, "ConstraintType", _AS_SOON_AS_POSSIBLE if summary else _MUST_START_ON)
    _add(into, "CalendarUID", _CALENDAR)
    if not summary:
        _add(into, "ConstraintDate", start)
    if task.deadline_d is not None:
        _add(into, "Deadline", days.told(task.deadline_d))
    if task.notes:
        _add(into, "Notes", task.notes)
    for link in task.links:
        if link.key in uids:
            _link(_add(into, "PredecessorLink"), link, uids[link.key])


def _link(into: ElementTree.Element, link: Link, uid: int) -> None:
    _add(into, "PredecessorUID", str(uid))
    _add(into, "Type", str(link.kind.value))
    _add(into, "CrossProject", "0")
    _add(into, "LinkLag", "0")
    _add(into, "LagFormat", _IN_DAYS)


def _add(into: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    made = ElementTree.SubElement(into, name)
    made.text = None if text is None else "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return made


@dataclass(frozen=True)
class _Days:
    """Days of the horizon as a project tells them: to the minute, in UTC."""

    start: datetime

    def at(self, day_d: float) -> datetime:
        return self.start + timedelta(minutes=round(day_d * _DAY_MIN))

    def told(self, day_d: float) -> str:
        return self.at(day_d).isoformat(timespec="seconds")

    def duration(self, start_d: float, end_d: float) -> str:
        minutes = (self.at(end_d) - self.at(start_d)) // timedelta(minutes=1)
        return f"PT{minutes // 60}H{minutes % 60}M0S"
