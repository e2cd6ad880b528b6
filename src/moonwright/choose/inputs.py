"""What two scenarios ask differently, entry by entry and number by number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from moonwright.scenario.datum import KEYS
from moonwright.scenario.document import Path, spelt
from moonwright.scenario.scenario import Scenario

ABSENT = None  # stands for what a scenario does not have


@dataclass(frozen=True)
class Input:
    """A place in the scenario and what stands there in each: a value as a file writes it, None where there is nothing."""

    path: str
    values: tuple[object, ...]


def inputs_that_differ(scenarios: Sequence[Scenario]) -> tuple[Input, ...]:
    """Every place whose value is not the same in all scenarios. Where a number comes from is not compared.

    An entry that some scenario lacks is one place, not one for each of its keys.
    """
    told = [scenario.model_dump(mode="json", by_alias=True, exclude={"sources"}) for scenario in scenarios]
    return tuple(_differ((), [_bare(one) for one in told]))


def _bare(data: Any) -> Any:
    """Plain data with every number that is written in full reduced to its value."""
    if isinstance(data, dict):
        if "value" in data and set(data) <= set(KEYS):
            return data["value"]
        return {key: _bare(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_bare(value) for value in data]
    return data


def _differ(path: Path, values: Sequence[Any]) -> Iterator[Input]:
    if all(value == values[0] for value in values):
        return
    if all(isinstance(value, dict) for value in values):
        for key in dict.fromkeys(key for value in values for key in value):
            yield from _differ((*path, key), [value.get(key) for value in values])
    elif all(isinstance(value, list) for value in values) and any(map(_nested, values)):
        for place in range(max(map(len, values))):
            there = [value[place] if place < len(value) else ABSENT for value in values]
            yield from _differ((*path, place), there)
    else:
        yield Input(spelt(path), tuple(values))


def _nested(values: list[Any]) -> bool:
    return any(isinstance(value, dict) for value in values)
