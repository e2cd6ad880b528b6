"""What must hold for every campaign that goes through SpaceNet's door, either way."""

import itertools
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moonwright
from laws.campaigns import counted
from laws.expeditions import expedition
from laws.interop.spacenet_files import ARTEMIS, campaign, event, ident, small
from laws.test_certified import planned
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.duration import LONGEST_D, days, iso
from moonwright.interop.spacenet.from_plan import from_plan
from moonwright.interop.spacenet.read import read, read_bytes
from moonwright.interop.spacenet.rules import EXACT
from moonwright.interop.spacenet.run import run
from moonwright.interop.spacenet.to_scenario import to_scenario
from moonwright.interop.spacenet.write import write_spacenet
from moonwright.orbit.rocket import G0_M_S2
from moonwright.orbit.staging import Action, Part, stack_mass_kg, work
from moonwright.scenario.check import check
from moonwright.scenario.scenario import Scenario
from moonwright.world.observe import observe

PLANS = 80  # flown both ways; a tenth of them where it is not `make proof`

MASSES = st.floats(0.0, 1e6)
NAMES = st.text(min_size=1, max_size=12)
SUPPLIES = st.sampled_from([1, 2, 203, 4, 6, 801, 9021, 10])
ENVIRONMENTS = st.sampled_from(["Pressurized", "Unpressurized"])


@st.composite
def demand_models(draw: st.DrawFn) -> dict[str, Any]:
    kind = {"classOfSupply": draw(SUPPLIES)} if draw(st.booleans()) else {"resource": ident("water")}
    told: dict[str, Any] = {"name": draw(NAMES)}
    match draw(st.integers(0, 2)):
        case 0:
            return told | {"type": "Rated", "demands": [kind | {"rate": draw(st.floats(-10, 10))}]}
        case 1:
            return told | {"type": "Timed Impulse", "demands": [kind | {"amount": draw(MASSES)}]}
        case _:
            shares = {
                "unpressurizedSparesRate": draw(st.floats(0, 1)),
                "pressurizedSparesRate": draw(st.floats(0, 1)),
            }
            return told | {"type": "Sparing By Mass", "partsListEnabled": draw(st.booleans())} | shares


@st.composite
def more_events(draw: st.DrawFn) -> dict[str, Any]:
    """Any event that is well formed; whether it can happen is for the run to say."""
    at_d, place = draw(st.floats(-1, 40)), draw(st.sampled_from(["orbit", "base", "cape"]))
    key = ident(draw(st.sampled_from(["stage", "capsule", "person", "box"])))
    holder = ident(draw(st.sampled_from(["stage", "capsule", "base", "orbit"])))
    amounts = [{"resource": ident("water"), "amount": draw(MASSES)}]
    one: dict[str, Any] = {"elements": [key]}
    outside = {"evaDuration": draw(st.floats(0, 80_000)), "vehicle": ident("capsule"),
               "elementStates": [{"element": ident("person"), "stateIndex": -1}]}  # fmt: skip
    kinds: dict[str, dict[str, Any]] = {
        "Create Elements": one | {"container": holder},
        "Move Elements": one | {"container": holder},
        "Remove Elements": one,
        "Reconfigure Element": {"element": key, "stateIndex": -1},
        "Reconfigure Elements": one | {"stateType": draw(st.sampled_from(["Active", "Dormant"]))},
        "Add Resources": {"resources": amounts, "container": ident("box")},
        "Consume Resources": {"resources": amounts, "source": ident("box")},
        "Transfer Resources": {"resources": amounts, "originContainer": ident("box"),
                               "destinationContainer": ident("box")},
        "Propulsive Burn": one | {"burn": {"id": ident("b"), "time": 0, "deltaV": draw(MASSES)},
                                  "actions": [{"type": "Burn", "element": ident("stage")}]},
        "Crewed EVA": outside,
        "Crewed Exploration": outside | {"duration": draw(st.floats(0, 1e6)), "evaPerWeek": draw(st.floats(0, 9))},
    }  # fmt: skip
    kind = draw(st.sampled_from(sorted(kinds)))
    return event(kind, draw(NAMES), at_d, place, **kinds[kind]) | {"priority": draw(st.integers(0, 5))}


@st.composite
def campaigns(draw: st.DrawFn) -> Campaign:
    """The small campaign with other numbers, more events, states and demands."""
    data = small()
    stage, capsule = data["elementTemplates"]
    stage |= {"mass": draw(MASSES), "isp": draw(st.floats(0, 1000))}
    stage["fuel"] = {"resource": ident("fuel"), "amount": draw(MASSES)}
    models = draw(st.lists(demand_models(), max_size=2))
    capsule["states"] = [{"name": draw(NAMES), "type": "Active", "demandModels": models}]
    capsule |= {"currentStateIndex": draw(st.sampled_from([-1, 0])), "environment": draw(ENVIRONMENTS)}
    data["network"]["edges"][0]["duration"] = iso(draw(st.floats(0, 100)))
    for burn in data["network"]["edges"][0]["burns"]:
        burn |= {"time": draw(st.floats(0, 1e6)), "deltaV": draw(st.floats(0, 5000))}
    if draw(st.booleans()):
        data["instantiatedElements"][1] |= {"mass": draw(MASSES), "maxCrew": draw(st.integers(0, 3))}
    if draw(st.booleans()):
        crew = {"type": "Crew Consumables", "name": draw(NAMES), "reservesDuration": draw(st.floats(0, 100))}
        data["missionList"][0]["demandModels"] = [crew]
    data["missionList"][0]["events"] += draw(st.lists(more_events(), max_size=4))
    return campaign(data)


@given(campaigns())
@counted(500)
def test_what_goes_out_comes_back_equal(made: Campaign) -> None:
    sent = write_spacenet(made, "file")
    assert sent.left_behind == ()
    back = read_bytes("file", sent.files["file"])
    assert back.campaign == made
    assert back.left_behind == ()


@given(campaigns())
@counted(400)
def test_whatever_comes_in_is_a_scenario_without_faults(made: Campaign) -> None:
    scenario, _ = to_scenario(made)
    assert scenario is not None
    assert not check(scenario)


@given(campaigns())
@counted(600)
def test_no_run_makes_propellant_or_runs_backwards(made: Campaign) -> None:
    history = run(made, EXACT)
    times = [burn.day_d for burn in history.burns]
    assert times == sorted(times)
    for burn in history.burns:
        assert 0.0 <= burn.achieved_m_s <= burn.asked_m_s * (1 + 1e-12)
        for one in burn.given:
            assert one.used_kg >= 0.0
            assert one.left_kg >= 0.0
    for departure in history.departures:
        assert departure.mass_kg >= 0.0


@given(st.integers(-round(LONGEST_D * 86_400e6), round(LONGEST_D * 86_400e6)))
def test_durations_are_the_same_to_the_microsecond(micro: int) -> None:
    duration_d = days(micro / 1_000_000)
    assert days(iso(duration_d)) == duration_d
    assert iso(duration_d) == iso(days(iso(duration_d)))


PARTS = st.builds(Part, st.floats(1, 1e5), st.floats(0, 1e6), st.floats(50, 1000))


@given(st.lists(PARTS, min_size=1, max_size=4), st.floats(0, 5000), st.floats(0, 5000))
def test_a_burn_may_be_cut_in_two(parts: list[Part], first_m_s: float, second_m_s: float) -> None:
    """Tsiolkovsky's exponentials multiply: two burns of one order are one of their sum."""
    stack = {str(number): part for number, part in enumerate(parts)}
    actions = [Action("burn", name) for name in stack]
    whole = work(first_m_s + second_m_s, actions, stack)
    once = work(first_m_s, actions, stack)
    twice = work(second_m_s, actions, once.stack)
    if once.short_m_s == 0.0:
        assert stack_mass_kg(twice.stack) == pytest.approx(stack_mass_kg(whole.stack), rel=1e-9)
        assert twice.short_m_s == pytest.approx(whole.short_m_s, abs=1e-6)


@given(st.lists(PARTS, min_size=1, max_size=4), st.floats(0, 20_000))
def test_what_leaves_a_stack_was_burned_or_dropped(parts: list[Part], dv_m_s: float) -> None:
    stack = {str(number): part for number, part in enumerate(parts)}
    actions = [Action(does, name) for name in stack for does in ("burn", "drop")]  # type: ignore[arg-type]
    worked = work(dv_m_s, actions, stack)
    burned_kg = sum(one.used_kg for one in worked.spent)
    dropped_kg = sum(stack[one.part].inert_kg + one.left_kg for one in worked.spent)
    assert stack_mass_kg(stack) == pytest.approx(burned_kg + dropped_kg)
    assert worked.short_m_s + sum(one.gained_m_s for one in worked.spent) == pytest.approx(dv_m_s)


@given(st.floats(100, 1000), st.floats(1.01, 20))
def test_one_stage_gives_what_tsiolkovsky_says(isp_s: float, ratio: float) -> None:
    stack = {"a": Part(100.0, 100.0 * (ratio - 1.0), isp_s)}
    worked = work(1e6, [Action("burn", "a")], stack)
    assert worked.spent[0].gained_m_s == pytest.approx(isp_s * G0_M_S2 * math.log(ratio))


def test_a_plan_that_goes_out_flies_as_the_replay_says(proof: bool) -> None:
    """Two books that know nothing of each other: our replay, and the exported campaign run event by event."""
    flown = 0
    for seed in itertools.count():
        scenario = Scenario.model_validate(expedition(seed))
        plan = None if check(scenario) else planned(scenario)
        if plan is None or not plan.flights:
            continue
        replayed = moonwright.simulate(scenario, plan)
        made, _ = from_plan(plan, observe(scenario))
        history = run(made, EXACT)
        assert history.troubles == (), f"expedition({seed})"
        assert history.launch_mass_kg == pytest.approx(replayed.imleo_kg)
        burned: dict[str, float] = {}
        for burn in history.burns:
            name, _, _ = burn.flight.rpartition(" to ")
            burned[name] = burned.get(name, 0.0) + sum(one.used_kg for one in burn.given)
        expected = {record.flight: sum(record.burned_kg.values()) for record in replayed.flights}
        assert burned == pytest.approx({name: kg for name, kg in expected.items() if name in burned}), (
            f"expedition({seed})"
        )
        assert sum(burned.values()) == pytest.approx(sum(expected.values()))
        flown += 1
        if flown >= (PLANS if proof else PLANS // 10):
            return


def test_a_second_import_is_the_first() -> None:
    """Import, export, import, export: the second file is the first, byte for byte."""
    first = write_spacenet(read(ARTEMIS).campaign, "a").files["a"]
    assert write_spacenet(read_bytes("a", first).campaign, "a").files["a"] == first
