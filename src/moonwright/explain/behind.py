"""What stands behind a row of the model: the steps in the scenario that would move its bound.

Many rows may hang on one step (a launcher's cadence: one a year). Rows that only keep books hang on none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from moonwright.explain.change import at
from moonwright.explain.step import MONTH_D, Book, Link, Step
from moonwright.network.network import Arc
from moonwright.optimise.row import Row
from moonwright.scenario.demand import ReserveDemand
from moonwright.scenario.document import Path

_T = 1000.0  # kg
_WEEK_D = 7.0
_TENTH = 0.1

Find = Callable[[Book, Row], Iterator[Link]]


def links(book: Book, family: str, row: Row) -> Iterator[Link]:
    """The steps that a row hangs on; none where it only keeps books."""
    if find := _FAMILIES.get(family):
        yield from find(book, row)


def _link(path: Path, more: float, words: str, size: float | None = None, on: int | None = None) -> Link:
    return Link(Step(path, more, words), abs(more) if size is None else size, on)


def _tenth(book: Book, path: Path, what: str, on: int | None = None) -> Iterator[Link]:
    value = float(at(book.scenario, path))
    if value > 0:
        yield _link(path, _TENTH * value, f"10 % more {what}", on=on)


def _name(row: Row) -> str:
    return str(row.key[0])


# ---- flights and launchers


def _cadence(_book: Book, row: Row) -> Iterator[Link]:
    name = _name(row)
    yield _link(("launchers", name, "cadence"), 1.0, f"one more launch of {name} a year")


def _turnaround(book: Book, row: Row) -> Iterator[Link]:
    name = _name(row)
    if less := min(_WEEK_D, float(book.scenario.launchers[name].turnaround)):
        words = f"launches of {name} {less:g} days closer together"
        yield _link(("launchers", name, "turnaround"), -less, words, size=1.0)


def _flight_limit(book: Book, row: Row) -> Iterator[Link]:
    on = next(column for column, _ in row.terms if column in book.arcs)
    arc, limit = book.arcs[on], str(row.key[-1])
    course = arc.itinerary.course
    if limit.startswith("launch mass") and course.launcher:
        path: Path = ("launchers", course.launcher, "payload", course.stops[1])
        yield _link(path, _T, f"1 t more payload of {course.launcher} to {course.stops[1]}", on=on)
    elif limit == "least crew":
        path = ("missions", course.mission, "least_crew")
        yield _link(path, -1.0, f"{course.mission} with one fewer aboard", on=on)
    else:
        for vehicle in dict.fromkeys(part.vehicle for part in course.parts):
            yield from _vehicle_limit(book, arc, vehicle, limit, on)


_ROOMS = {
    "room": "total",
    "pressurised room": "pressurised",
    "unpressurised room": "unpressurised",
    "room down": "down",
}


def _vehicle_limit(book: Book, arc: Arc, vehicle: str, limit: str, on: int) -> Iterator[Link]:
    x, path = book.scenario.vehicles[vehicle], ("vehicles", vehicle)
    if limit == "seats" and x.seats:
        yield _link((*path, "seats"), 1.0, f"one more seat in {vehicle}", on=on)
    elif limit in _ROOMS and x.room:
        field = _ROOMS[limit] if getattr(x.room, _ROOMS[limit]) is not None else "total"
        yield _link((*path, "room", field), _T, f"{limit} for 1 t more in {vehicle}", on=on)
    elif limit == "volume" and x.room and x.room.volume:
        yield from _tenth(book, (*path, "room", "volume"), f"volume in {vehicle}", on)
    elif limit.startswith("tank of ") and x.tank:
        tanks = {part.name for part in arc.itinerary.course.parts if part.vehicle == vehicle}
        if limit.removeprefix("tank of ") in tanks:
            yield _link((*path, "tank", "capacity"), _T, f"1 t more in the tank of {vehicle}", on=on)


# ---- vehicles and people


def _fleet(_book: Book, row: Row) -> Iterator[Link]:
    name = _name(row)
    if row.key[-1] == "flights":
        yield _link(("vehicles", name, "reuse", "flights"), 1.0, f"one more flight for each {name}")


def _stay(_book: Book, row: Row) -> Iterator[Link]:
    name = _name(row)
    yield _link(("vehicles", name, "stay"), MONTH_D, f"{name} may wait 30 days longer", size=1.0)


def _longest(_book: Book, row: Row) -> Iterator[Link]:
    path: Path = ("crew", _name(row), "rotation", "longest")
    yield _link(path, MONTH_D, f"{_name(row)} may stay 30 days longer", size=1.0)


def _shortest(book: Book, row: Row) -> Iterator[Link]:
    path: Path = ("crew", _name(row), "rotation", "shortest")
    less = min(MONTH_D, float(at(book.scenario, path)))
    yield _link(path, -less, f"{_name(row)} may leave {less:g} days sooner", size=1.0)


def _work(book: Book, _row: Row) -> Iterator[Link]:
    for kind in book.scenario.crew:
        yield from _tenth(book, ("crew", kind, "work"), f"working time of {kind}")


def _reboost(book: Book, row: Row) -> Iterator[Link]:
    if row.key[-1] == "full":
        yield from _tenth(book, ("vehicles", _name(row), "reboost"), f"reboost by {_name(row)}")


# ---- what elements give


def _provided(field: str, more: float | None, words: str) -> Find:
    """Steps on what elements give, of those whose copies at work a row counts; `more` is None for a tenth."""

    def find(book: Book, row: Row) -> Iterator[Link]:
        for column, weight in row.terms:
            element = book.elements.get(column)
            if element is None or weight >= 0:
                continue
            value = getattr(book.scenario.elements[element].provides, field)
            path: Path = ("elements", element, "provides", field)
            if isinstance(value, Mapping):
                places: list[Path] = [(*path, key) for key in value if key in row.key]
            else:
                places = [path] if value else []
            for place in places:
                if more is None:
                    yield from _tenth(book, place, f"{words} {element}", column)
                else:
                    yield _link(place, more, f"{words} {element}", on=column)

    return find


def _night(book: Book, row: Row) -> Iterator[Link]:
    yield from _provided("power_night", None, "power by night from")(book, row)
    yield from _provided("energy_storage", None, "stored energy in")(book, row)


def _production(book: Book, row: Row) -> Iterator[Link]:
    element, resource, k = _name(row), str(row.key[1]), int(str(row.key[2]))
    path: Path = ("elements", element, "provides", "produces", resource, "rate")
    column = next(column for column, weight in row.terms if weight < 0)
    for found in _tenth(book, path, f"{resource} from {element}"):
        yield Link(found.step, found.size * book.problem.network.openings[k].length_d, column)


def _recovery(book: Book, row: Row) -> Iterator[Link]:
    element, resource = _name(row), str(row.key[1])
    if element in book.scenario.elements and resource in book.scenario.resources:
        path: Path = ("elements", element, "provides", "closure", resource, "crew")
        column = next(column for column, weight in row.terms if weight < 0)
        yield _link(path, 1.0, f"{resource} of one more person recovered by {element}", on=column)


def _quantity(_book: Book, row: Row) -> Iterator[Link]:
    yield _link(("elements", _name(row), "quantity"), 1.0, f"one more {_name(row)}")


# ---- what is asked


def _budget(book: Book, row: Row) -> Iterator[Link]:
    name, year = _name(row), int(str(row.key[1]))
    if year in book.scenario.partners[name].budgets:
        yield from _tenth(book, ("partners", name, "budgets", year), f"budget for {name} in {year}")
    else:
        yield from _tenth(book, ("partners", name, "budget"), f"budget for {name} a year")


def _asked(field: str, more: float, words: str) -> Find:
    def find(_book: Book, row: Row) -> Iterator[Link]:
        yield _link(("demands", _name(row), field), more, f"{_name(row)}: {words}", size=1.0)

    return find


def _delivery(book: Book, row: Row) -> Iterator[Link]:
    path: Path = ("demands", _name(row), "amount")
    less = min(_T, float(at(book.scenario, path)))
    yield _link(path, -less, f"{_name(row)}: {less / _T:g} t less")


def _reserve(book: Book, row: Row) -> Iterator[Link]:
    good, node = row.key[:2]
    for name, demand in book.scenario.demands.items():
        if isinstance(demand, ReserveDemand) and demand.node == node:
            critical = not demand.resources and book.scenario.resources[str(good)].life_critical
            if good in demand.resources or critical:
                less = _TENTH * float(demand.cover)
                yield _link(("demands", name, "cover"), -less, f"{name}: {less:g} days less", size=1.0)


def _contract(_book: Book, row: Row) -> Iterator[Link]:
    path: Path = ("initial", "contracts", int(str(row.key[1])), "count")
    yield _link(path, -1.0, f"one contracted flight of {_name(row)} fewer")


_FAMILIES: dict[str, Find] = {
    "flight_limits": _flight_limit,
    "cadence": _cadence,
    "turnaround": _turnaround,
    "fleet": _fleet,
    "longest_stay": _stay,
    "ports": _provided("ports", 1.0, "one more port on"),
    "element_quantity": _quantity,
    "robot_hours": _provided("robot_hours", None, "working time of"),
    "stock_covers": _reserve,
    "storage": _provided("storage", _T, "storage for 1 t more in"),
    "recovery": _recovery,
    "production": _production,
    "longest_rotation": _longest,
    "shortest_rotation": _shortest,
    "berths": _provided("berths", 1.0, "one more berth in"),
    "crew_hours": _work,
    "power_by_day": _provided("power_day", None, "power by day from"),
    "power_by_night": _night,
    "power_by_light": _provided("power_day", None, "power by day from"),
    "visitors_push": _reboost,
    "budgets": _budget,
    "crew_demand": _asked("count", -1.0, "one person fewer"),
    "build_demand": _asked("by", MONTH_D, "a month later"),
    "deliver_demand": _delivery,
    "fly_demand": _asked("count", -1.0, "one flight fewer"),
    "contracts": _contract,
}
