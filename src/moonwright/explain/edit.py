"""One datum of a scenario, read and changed by its path in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moonwright.scenario.document import Path
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario


def value_at(scenario: Scenario, path: Path) -> Any:
    """What stands at a path. Raises KeyError, IndexError or AttributeError where nothing can."""
    found: Any = scenario
    for part in path:
        if isinstance(found, tuple):
            found = found[int(part)]
        else:
            found = found[part] if isinstance(found, Mapping) else getattr(found, str(part))
    return found


def with_value(scenario: Scenario, path: Path, value: object) -> Scenario:
    """The scenario with another value at a path. It is not checked again: whoever asks what if knows what is possible."""
    changed: Scenario = _changed(scenario, path, value)
    return changed


def _changed(here: Any, path: Path, value: object) -> Any:
    if not path:
        return value
    part, rest = path[0], path[1:]
    if isinstance(here, Mapping):
        return {**here, part: _changed(here.get(part), rest, value)}
    if isinstance(here, tuple):
        index = int(part)
        return (*here[:index], _changed(here[index], rest, value), *here[index + 1 :])
    assert isinstance(here, Noun)
    return here.model_copy(update={str(part): _changed(getattr(here, str(part)), rest, value)})
