"""The form of entries: every kind of mistake, in the words that its author reads."""

from collections.abc import Callable

import pytest

from moonwright.errors import Fault

Faults = Callable[[str | bytes], tuple[Fault, ...]]

HEAD = "name: X\ncurrency_year: 2024\nhorizon: {start: 2031-01-01, end: 2032-01-01}\n"
REST = HEAD + "partners: {a: {name: A}}\nnodes: {n: {kind: transfer}}\n"


@pytest.mark.parametrize(
    ("line", "path", "found", "allowed", "todo"),
    [
        # texts, whole numbers, yes and no, dates
        ("name: 5", "name", "5", "a text", 'write it in quotes: "5"'),
        ("description: [a]", "description", "a list of 1", "a text", ""),
        ("currency_year: 20.5", "currency_year", "20.5", "a whole number", ""),
        ("vehicles: {v: {owner: a, dry_mass: 1 t, crewed: perhaps}}",
         "vehicles.v.crewed", "'perhaps'", "true or false", ""),
        ("horizon: {start: 0, end: 2032-01-01}", "horizon.start", "0", "a date, like 2031-05-01", ""),
        ('horizon: {start: "1924992000", end: 2099-01-01}', "horizon.start", "'1924992000'", "a date", ""),
        ("horizon: {start: 2031-1-1, end: 2032-01-01}", "horizon.start", "'2031-1-1'", "a date", ""),
        ("horizon: {start: 2031-02-29, end: 2032-01-01}", "horizon.start", "'2031-02-29'", "a date", ""),
        ("horizon: {start: 2031-01-01T12:00:00, end: 2032-01-01}", "horizon.start", "T12", "a date", ""),
        ("horizon: {start: 2031-01-01, end: 2032-01-01, periods: [{length: 1 fortnight}]}",
         "horizon.periods[0].length", "'1 fortnight'", '"1 month", "3 months" or "10 d"', ""),
        ("resources: {r: {supply_class: 11}}", "resources.r.supply_class", "11", "from 1 to 10", ""),
        ("resources: {r: {supply_class: 1, storage: tnk}}",
         "resources.r.storage", "'tnk'", "pressurised, unpressurised, tank", ""),
        ('partners: {a: {name: A, colour: blue}}', "partners.a.colour", "'blue'", "a text of the form", ""),
        # numbers
        ("partners: {a: {name: A, budget: 90}}", "partners.a.budget", "bare number 90", "'90 MUSD/yr'", "needs a unit"),
        ("partners: {a: {name: A, budget: 90 MUSD}}", "partners.a.budget", "'MUSD'", "money per time", ""),
        ("partners: {a: {name: A, budget: -1 MUSD/yr}}", "partners.a.budget", "'-1 MUSD/yr'", "at least 0", ""),
        ("partners: {a: {name: A, share: 1.5}}", "partners.a.share", "1.5", "at most 1", ""),
        ("partners: {a: {name: A, share: 150 %}}", "partners.a.share", "'150 %'", "at most 1", ""),
        ("partners: {a: {name: A, share: true}}", "partners.a.share", "True", "share", ""),
        ("partners: {a: {name: A, share: null, budget: [1]}}", "partners.a.budget", "[1]", "money per time", ""),
        ("partners: {a: {name: A, budgets: {soon: 1 MUSD/yr}}}", "partners.a.budgets.soon", "'soon'", "a year", ""),
        ("partners: {a: {name: A, budgets: {2031: 1 t}}}", "partners.a.budgets.2031", "'t'", "MUSD/yr", ""),
        ("partners: {a: {name: A, budget: {value: 1 MUSD/yr, high: 1 t}}}",
         "partners.a.budget.high", "'t'", "money per time", ""),
        ("partners: {a: {name: A, budget: {value: 9 MUSD/yr, high: 1 MUSD/yr}}}",
         "partners.a.budget", "`value` must lie between `low` and `high`", "", ""),
        ("partners: {a: {name: A, budget: {source: S}}}", "partners.a.budget", "needs `value`", "", ""),
        ("partners: {a: {name: A, budget: {value: 9 MUSD/yr, sauce: S}}}",
         "partners.a.budget.sauce", "'sauce'", "source", "'source'"),
        ("vehicles: {v: {owner: a, dry_mass: 1 t, seats: 2.5}}", "vehicles.v.seats", "2.5", "a whole number", ""),
        ("vehicles: {v: {owner: a, dry_mass: 1e308 kt}}", "vehicles.v.dry_mass", "finite", "mass", ""),
        # mappings and lists
        ("partners: [a]", "partners", "a list of 1", "a mapping from names to entries", ""),
        ("partners: {}", "partners", "a mapping, empty", "", ""),
        ("partners: {a: }", "partners.a", "nothing (null)", "an entry with the keys", ""),
        ("partners: {a: {name: A, may_not_carry: b}}", "partners.a.may_not_carry", "'b'", "a list of texts", "[b]"),
        ("missions: {m: {legs: []}}", "missions.m.legs", "a list of 0", "at least one", ""),
        ("missions: {m: {legs: [{by: [1, x], route: r}]}}", "missions.m.legs[0].by[0]", "1", "a text", "quotes"),
        ("missions: {m: {legs: [{by: {}, route: r}]}}",
         "missions.m.legs[0].by", "a mapping, empty", "a text or a list of texts", ""),
        # keys
        ("partners: {a: {nam: A}}", "partners.a.nam", "unknown key 'nam'", "name", "did you mean 'name'?"),
        ("partners: {a: {name: A, starts: 2031-01-01}}", "partners.a.starts", "'starts'", "from", "'from'"),
        ("routes: {r: {origin: n, to: n, duration: 1 d}}", "routes.r.origin", "'origin'", "from", "'from'"),
        ("partners: {a: {name: A, zzz: 1}}", "partners.a.zzz", "'zzz'", "name", "remove it"),
        ("partners: {a: {}}", "partners.a.name", "missing", "a text", "add `name: ...`"),
        # kinds of entry
        ("nodes: {n: {kind: launch-site}}", "nodes.n.kind", "'launch-site'", "launch site", "'launch site'"),
        ("nodes: {n: {body: moon}}", "nodes.n.kind", "missing", "launch site, recovery", "add `kind: ...`"),
        ("nodes: {n: {kind: [surface]}}", "nodes.n.kind", "a list of 1", "surface", ""),
        ("nodes: {n: 4}", "nodes.n", "4", "an entry with kind: launch site", ""),
        ("nodes: {n: {kind: recovery}}", "nodes.n.body", "missing", "a text", ""),
        ("nodes: {n: {kind: libration, bodies: [earth], point: L2}}",
         "nodes.n.bodies", "a list of 1", "a list of 2", ""),
        ("demands: {d: {kind: build, element: e, by: 2031-05-01, rank: 12}}",
         "demands.d.rank", "12", "hard or a whole number from 1 to 9", ""),
        ("demands: {d: {kind: build, element: e, by: 2031-05-01, rank: soft}}",
         "demands.d.rank", "'soft'", "hard or a whole number from 1 to 9", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once_in_the_authors_words(
    faults_in: Faults, line: str, path: str, found: str, allowed: str, todo: str
) -> None:
    key = line.partition(":")[0]
    lines = [kept for kept in REST.splitlines() if not kept.startswith(f"{key}:")]
    [fault] = faults_in("\n".join([*lines, "", line]))
    assert (fault.path, fault.line) == (path, len(lines) + 2)
    assert found in fault.found
    assert allowed in fault.allowed
    assert todo in fault.todo


def test_all_faults_are_told_at_once_in_the_order_of_the_file(faults_in: Faults) -> None:
    text = "name: X\ncurrency_year: x\nhorizon:\n  start: 1\n  end: 2032-13-01\nnodes: {n: {}}\npartners: {a: {nam: A}}\n"
    faults = faults_in(text)
    assert [(fault.line, fault.path) for fault in faults] == [
        (2, "currency_year"), (4, "horizon.start"), (5, "horizon.end"), (6, "nodes.n.kind"), (7, "partners.a.nam"),
    ]  # fmt: skip


def test_of_thousands_the_first_are_told(faults_in: Faults) -> None:
    many = "".join(f"  v{n}: {{owner: nobody{n}, dry_mass: 1 t}}\n" for n in range(5000))
    faults = faults_in(f"{REST}vehicles:\n{many}")
    assert 50 <= len(faults) <= 300
    assert faults[0].line == REST.count("\n") + 2
