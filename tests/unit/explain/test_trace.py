"""What a flight brings is traced to whoever can use it."""

from moonwright.explain.trace import Use, uses
from moonwright.plan import Plan
from moonwright.scenario.scenario import Scenario


def test_all_that_comes_is_traced_to_who_can_use_it(camp: Scenario, plan: Plan) -> None:
    assert set(uses(camp, plan, plan.flights[0])) == {
        Use("1 hut", "plant is commissioned only after hut", ("the plant runs",)),
        Use("1 hut", "hut serves those who live at base", ("crew",)),
        Use("200 kg of food", "those who live at base use food", ("crew",)),
        Use("50 kg of air", "those who live at base use air", ("crew",)),
        Use("50 kg of air", "air is kept in reserve at base", ("breath",)),
        Use("2 hand", "people are asked for at base", ("crew",)),
        Use("ship-1", "it is flown on", flights=("go 1",)),
        Use("ship-1", "a way home for those who live at base", ("crew",)),
    }  # the goods come after March, when nobody asks for them any more


def test_who_goes_home_goes_home(camp: Scenario, plan: Plan) -> None:
    assert uses(camp, plan, plan.flights[1]) == (Use("2 hand", "they come home from base"),)


def test_a_flight_asked_for_or_contracted_is_so_only_in_its_time(camp: Scenario, plan: Plan) -> None:
    fly = {"kind": "fly", "mission": "come", "from": "2030-04-01", "until": "2030-05-01"}
    contract = {"mission": "come", "from": "2030-05-01", "until": "2030-06-01"}
    data = camp.model_dump(by_alias=True)
    asked = Scenario.model_validate({**data, "demands": {"visit": fly}, "initial": {"contracts": [contract]}})
    found = uses(asked, plan, plan.flights[0])
    assert found[0] == Use("a flight of come", "it is asked for itself", ("visit",))
    assert "it is contracted" not in {use.why for use in found}
