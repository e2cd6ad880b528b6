"""The rows that strengthen the model take no plan away: whatever fits without them fits with them, one by one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from hypothesis import assume, given

from laws.campaigns import campaigns, counted, scenario_of
from moonwright.network.expand import expand
from moonwright.optimise.model import Model, assemble
from moonwright.optimise.pose import pose
from moonwright.optimise.ranks import without_shortfall
from moonwright.optimise.strength import strengthened
from moonwright.world.observe import observe
from truth.enumeration import Rest, TooManyError, assignments

CASES = 200


def test_whatever_fits_the_plain_model_fits_the_strengthened_one() -> None:
    """Every whole assignment that some plan has keeps one, with shortfalls allowed and without."""
    seen: Counter[str] = Counter()

    @counted(CASES)
    @given(data=campaigns())
    def keeps(data: dict[str, Any]) -> None:
        scenario = scenario_of(data)
        assume(scenario is not None)
        assert scenario is not None
        problem = pose(expand(observe(scenario)))
        plain = assemble(problem)
        for model in (plain, without_shortfall(problem, plain)):
            strong = strengthened(problem, model)
            seen["cases"] += 1
            seen["rows"] += len(strong.row_lower) - len(model.row_lower)
            try:
                kept(model, strong, seen)
            except TooManyError:
                assume(False)

    keeps()
    assert seen["rows"] > seen["cases"] / 4  # there was something that could have cut
    assert seen["fit"] > seen["cases"]


def kept(model: Model, strong: Model, seen: Counter[str]) -> None:
    rest, rest_of_strong = Rest(model), Rest(strong)
    for each in (rest, rest_of_strong):
        each.costs(np.zeros(len(model.column_lower)))
    for whole in assignments(model, rest):
        rest.costs(np.zeros(len(model.column_lower)))
        if rest.least(whole) is not None:
            seen["fit"] += 1
            assert rest_of_strong.least(whole) is not None
