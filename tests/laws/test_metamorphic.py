"""How the best plans of two campaigns compare where one follows from the other, whatever it is about.

`worth` is what the planner reaches, rank by rank: a campaign is no worse than another where its ranks, compared like
words in a dictionary, come first. Every plan that is found on the way replays without a violation.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import moonwright
from laws.campaigns import Worth, campaigns, counted, no_worse, scenario_of
from laws.retold import beside, doubled, postponed, remeasured, renamed, repriced, shifted, shuffled, times

Noun = dict[str, Any]

CASES = 200

cases = counted(CASES)


def worth(data: Noun) -> Worth:
    """What the best plan reaches, replayed without a violation; None where there is none."""
    scenario = scenario_of(data)
    assume(scenario is not None)
    assert scenario is not None
    plan = moonwright.plan(scenario, gap=0.0, time_limit_s=60.0)
    if plan is None:
        return None
    assert moonwright.simulate(scenario, plan).violations == ()
    return {rank.name: rank.value for rank in plan.outcome.ranks}


def same(one: Worth, other: Worth) -> bool:
    """True where every rank reaches the same."""
    return no_worse(one, other) and no_worse(other, one)


# --- what may only help


@cases
@given(data=campaigns(), price=st.integers(1, 30), number=st.integers(0, 1))
def test_another_launcher_never_raises_the_cost(data: Noun, price: int, number: int) -> None:
    """A mission that one more launcher may lift, no stronger than those there are, costs no more."""
    more = copy.deepcopy(data)
    launchers = list(more["launchers"].values())
    payloads = [launcher["payload"] for launcher in launchers]
    more["launchers"]["extra"] = {
        "owner": launchers[0]["owner"],
        "site": "cape",
        "payload": {node: min(p[node] for p in payloads) for node in payloads[0]},
        "cadence": "2 /yr",
        "price": f"{price} MUSD",
    }
    lifted = [m["legs"][0] for m in more["missions"].values() if origin(more, m) == "cape"]
    leg = lifted[number % len(lifted)]
    leg["by"] = [*([leg["by"]] if isinstance(leg["by"], str) else leg["by"]), "extra"]
    assert no_worse(worth(more), worth(data))


def origin(data: Noun, mission: Noun) -> str:
    """Where a mission starts."""
    return str(data["routes"][mission["legs"][0]["route"]]["from"])


@cases
@given(data=campaigns(), price=st.integers(0, 20), tonnes=st.integers(1, 2))
def test_another_vehicle_never_raises_the_cost(data: Noun, price: int, tonnes: int) -> None:
    """One more kind of carrier, with a mission of its own, is left on the ground where it does not help."""
    more = copy.deepcopy(data)
    truck = more["vehicles"]["truck"]
    more["vehicles"]["cart"] = {**truck, "room": {"total": f"{tonnes} t"}, "price": f"{price} MUSD"}
    legs = [{"by": list(more["launchers"]), "carrying": ["cart"], "route": "lift"}]
    more["missions"]["cart"] = {"legs": legs, "expends": ["cart"]}
    assert no_worse(worth(more), worth(data))


@cases
@given(data=campaigns(), extra=st.integers(1, 2))
def test_more_launches_a_year_never_raise_the_cost(data: Noun, extra: int) -> None:
    """A launcher that may fly more often costs no more."""
    more = copy.deepcopy(data)
    for launcher in more["launchers"].values():
        now = float(launcher["cadence"].split()[0])
        launcher["cadence"] = f"{max(1.0, now + extra):g} /yr"
    assert no_worse(worth(more), worth(data))


@cases
@given(data=campaigns(), factor=st.sampled_from([1.1, 1.5, 10.0]))
def test_a_larger_budget_never_raises_the_cost(data: Noun, factor: float) -> None:
    """Partners that may spend more need not."""
    data["partners"]["a"].setdefault("budget", "30 MUSD/yr")
    more = copy.deepcopy(data)
    for partner in more["partners"].values():
        if "budget" in partner:
            partner["budget"] = times(partner["budget"], factor, ["MUSD/yr"])
        partner["budgets"] = {
            year: times(musd, factor, ["MUSD/yr"]) for year, musd in partner.get("budgets", {}).items()
        }
    assert no_worse(worth(more), worth(data))


@cases
@given(data=campaigns(), days=st.integers(1, 60))
def test_a_later_date_never_raises_the_cost(data: Noun, days: int) -> None:
    """What is due later can still be done by then; people who are wanted later can still come when they would have."""
    more = copy.deepcopy(data)
    moved = 0
    for demand in more["demands"].values():
        key = {"build": "by", "deliver": "until", "crew": "from"}.get(demand["kind"], "")
        if key in demand and "every" not in demand:
            moved += 1
            demand[key] = postponed(demand[key], days)
            if "from" in demand and demand.get("until", "9999") <= demand["from"]:
                del demand["until"]  # the demand would end before it begins
                moved = 0
                break
    assume(moved)
    assert no_worse(worth(more), worth(data))


@cases
@given(data=campaigns(), number=st.integers(0, 9))
def test_a_dropped_demand_never_raises_the_cost(data: Noun, number: int) -> None:
    """What nobody asks for need not be done; where people live is told by a demand for nobody."""
    assume(data["demands"])
    less = copy.deepcopy(data)
    name = sorted(less["demands"])[number % len(less["demands"])]
    if less["demands"][name]["kind"] == "crew":
        less["demands"][name]["count"] = 0
    else:
        del less["demands"][name]
    assert no_worse(worth(less), worth(data))


@cases
@given(data=campaigns(), number=st.integers(0, 9))
def test_a_demand_that_can_be_met_may_as_well_be_ranked(data: Noun, number: int) -> None:
    """A hard demand that is made the first of the ranked ones is met all the same, and the others as far as before."""
    hard = sorted(name for name, demand in data["demands"].items() if "rank" not in demand)
    assume(hard)
    soft = copy.deepcopy(data)
    for demand in soft["demands"].values():
        if "rank" in demand:
            demand["rank"] += 1
    soft["demands"][hard[number % len(hard)]]["rank"] = 1
    before, after = worth(data), worth(soft)
    if before is None:
        assert after is None or after["shortfall 1"] > 0.0
        return
    later = {
        f"shortfall {rank + 1}": before[f"shortfall {rank}"]
        for rank in (1, 2)
        if f"shortfall {rank}" in before
    }
    aims = {name: value for name, value in before.items() if not name.startswith("shortfall")}
    assert same(after, {"shortfall 1": 0.0, **later, **aims})


# --- what changes nothing


@cases
@given(data=campaigns(), mark=st.sampled_from(["x ", "Ω", "9"]), backwards=st.booleans())
def test_names_mean_nothing(data: Noun, mark: str, backwards: bool) -> None:
    """Everything by another name, so that the order of names is another too, costs the same."""
    other = renamed(data, lambda name: mark + (name[::-1] if backwards else name))
    assert same(worth(other), worth(data))


@cases
@given(data=campaigns(), chance=st.randoms(use_true_random=False))
def test_the_order_of_entries_means_nothing(data: Noun, chance: random.Random) -> None:
    """All mappings in another order tell the same campaign."""
    assert same(worth(shuffled(data, chance)), worth(data))


@cases
@given(data=campaigns(), years=st.sampled_from([-8, 4, 28, 40]))
def test_the_year_means_nothing(data: Noun, years: int) -> None:
    """Years later, on the same days of a calendar with the same leap years, all costs the same."""
    assert same(worth(shifted(data, years)), worth(data))


@cases
@given(data=campaigns())
def test_units_mean_nothing(data: Noun) -> None:
    """3.1 t are 3100 kg."""
    assert same(worth(remeasured(data)), worth(data))


@cases
@given(data=campaigns(), factor=st.sampled_from([0.5, 2.0, 3.0, 16.0]))
def test_money_is_worth_what_it_buys(data: Noun, factor: float) -> None:
    """All prices, budgets and weights of shortfalls scaled alike scale the cost and the shortfalls, and nothing else."""
    before, after = worth(data), worth(repriced(data, factor))
    scaled = before and {
        name: value * factor if name == "cost" or name.startswith("shortfall") else value
        for name, value in before.items()
    }
    assert same(after, scaled)


@cases
@given(data=campaigns(), chance=st.randoms(use_true_random=False))
def test_a_partner_split_in_two_changes_nothing(data: Noun, chance: random.Random) -> None:
    """What one partner owned, two own now, who bear the same bans; neither has a budget."""
    data["partners"]["a"].pop("budget", None)
    split = copy.deepcopy(data)
    split["partners"]["c"] = copy.deepcopy(split["partners"]["a"])
    banned = split["partners"]["b"].get("may_not_carry")
    if banned:
        split["partners"]["b"]["may_not_carry"] = [*banned, "c"]
    asked = any(demand.get("of") == "a" for demand in data["demands"].values())  # for people of that partner
    for section in ("launchers", "vehicles", "elements", *(() if asked else ("crew",))):
        for entry in split.get(section, {}).values():
            if entry["owner"] == "a" and chance.random() < 0.5:
                entry["owner"] = "c"
    assert same(worth(split), worth(data))


# --- two of a kind


@cases
@given(data=campaigns())
def test_two_campaigns_side_by_side_cost_their_sum(data: Noun) -> None:
    """A campaign and its copy under other names, with nothing in common but the calendar, reach twice as much.

    People are named in each: where anybody would do, those of the one could be sent to the other, and eat other food there.
    """
    assume(data["objective"]["minimise"][0] != "finish" and "slack" not in data["objective"])
    for wish in data["demands"].values():
        if wish["kind"] == "crew":
            wish.setdefault("of", next(iter(data["crew"])))
    before, after = worth(data), worth(beside(data, renamed(data, lambda name: name + "'")))
    assert same(after, before and {name: 2 * value for name, value in before.items()})


@cases
@given(data=campaigns())
def test_twice_of_everything_at_most_doubles_the_cost(data: Noun) -> None:
    """Twice the demands, with twice of all that is there and may be used, take no more than each flight flown twice."""
    for launcher in data["launchers"].values():
        launcher.pop("turnaround", None)  # two launches on one day are what doubles here
        launcher["cadence"] = launcher["cadence"].replace("0.5", "1")
    before, after = worth(data), worth(doubled(data))
    twice = before and {name: value if name == "finish" else 2 * value for name, value in before.items()}
    assert no_worse(after, twice)


def test_most_campaigns_have_something_to_compare() -> None:
    """Laws about campaigns without a plan are cheap: two in five have one that costs something, and some fall short."""
    seen: Counter[str] = Counter()

    @cases
    @given(data=campaigns())
    def look(data: Noun) -> None:
        reached = worth(data)
        seen["all"] += 1
        seen["costly"] += reached is not None and reached.get("cost", 0.0) > 1.0
        seen["short"] += any(
            name.startswith("shortfall") and value > 0 for name, value in (reached or {}).items()
        )

    look()
    assert seen["costly"] >= 0.4 * seen["all"], seen
    assert seen["short"] >= 0.1 * seen["all"], seen
