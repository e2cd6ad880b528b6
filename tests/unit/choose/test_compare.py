"""What two toys are asked differently, and what comes of it, by hand."""

from moonwright.choose.compare import Finding, compare
from moonwright.choose.inputs import Input, inputs_that_differ
from moonwright.choose.result import Result


def found(toy: Result, dear: Result) -> dict[tuple[str, str], Finding]:
    return {(one.group, one.name): one for one in compare([toy, dear]).findings}


def test_a_result_does_not_differ_from_itself(toy: Result) -> None:
    itself = compare([toy, toy])
    assert itself.inputs == ()
    assert [one for one in itself.findings if one.differs] == []
    assert len(itself.findings) > 10


def test_one_price_is_one_input(toy: Result, dear: Result) -> None:
    assert compare([toy, dear]).inputs == (Input("launchers.small.price", ("80.0 MUSD", "200.0 MUSD")),)


def test_the_courier_gives_way_to_a_freighter(toy: Result, dear: Result) -> None:
    told = found(toy, dear)
    assert told["headline", "cost"].values == (360.0, 460.0)
    assert told["headline", "cost"].change == 100.0
    assert told["cost by partner", "north"].values == (250.0, 460.0)
    assert told["cost by partner", "south"].values == (110.0, 0.0)
    assert told["flights by mission", "freight on big"].values == (1.0, 2.0)
    assert told["flights by mission", "courier on small"].values == (1.0, 0.0)
    assert told["flights by partner", "south"].values == (1.0, 0.0)
    assert told["cost by kind", "launch"].values == (230.0, 300.0)
    assert not told["headline", "flights"].differs


def test_an_entry_that_one_lacks_is_one_input(toy: Result) -> None:
    demands = {name: demand for name, demand in toy.scenario.demands.items() if name != "water arrives"}
    (one,) = inputs_that_differ([toy.scenario, toy.scenario.model_copy(update={"demands": demands})])
    assert one.path == "demands.water arrives"
    assert one.values[1] is None


def test_legs_are_compared_one_by_one(toy: Result) -> None:
    freight = toy.scenario.missions["freight"]
    first = freight.legs[0].model_copy(update={"by": "small"})
    changed = freight.model_copy(update={"legs": (first, *freight.legs[1:])})
    missions = {**toy.scenario.missions, "freight": changed}
    (one,) = inputs_that_differ([toy.scenario, toy.scenario.model_copy(update={"missions": missions})])
    assert one == Input("missions.freight.legs[0].by", ("big", "small"))


def test_where_a_number_comes_from_is_no_difference(toy: Result) -> None:
    from moonwright.scenario.datum import Datum

    price = toy.scenario.launchers["big"].price
    big = toy.scenario.launchers["big"].model_copy(update={"price": Datum(float(price), source="a paper")})
    launchers = {**toy.scenario.launchers, "big": big}
    assert inputs_that_differ([toy.scenario, toy.scenario.model_copy(update={"launchers": launchers})]) == ()
