"""A number, date or word of a scenario, read and put at its path. The scenario itself never changes: a new one is made."""

from __future__ import annotations

from typing import Any

from moonwright.scenario.document import Path
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario


def at(scenario: Scenario, path: Path) -> Any:
    """What stands at a path, as the models hold it: Datum, date, text, entry, tuple, or None."""
    here: Any = scenario
    for step in path:
        here = below(here, step)
    return here


def put(scenario: Scenario, path: Path, value: Any) -> Scenario:
    """The scenario with `value` at a path. It is not checked: it must be what the models hold there."""
    changed: Scenario = _put(scenario, path, value)
    return changed


def below(here: Any, step: str | int) -> Any:
    """What stands one step below an entry, a mapping or a list."""
    if isinstance(here, Noun):
        return getattr(here, _field(here, step))
    if isinstance(here, dict):
        return here[_key(here, step)]
    return here[step]


def _put(here: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    if isinstance(here, Noun):
        name = _field(here, step)
        return here.model_copy(update={name: _put(getattr(here, name), tuple(rest), value)})
    if isinstance(here, dict):
        key = _key(here, step)
        return {**here, key: _put(here.get(key), tuple(rest), value)}
    return tuple(_put(one, tuple(rest), value) if n == step else one for n, one in enumerate(here))


def _field(noun: Noun, step: str | int) -> str:
    """The name of a field by its key in the file: `from` stands for `starts`."""
    fields = type(noun).model_fields
    return next(name for name, field in fields.items() if step in (field.alias, name))


def _key(here: dict[Any, Any], step: str | int) -> Any:
    """A key of a mapping; years are whole numbers there."""
    return step if step in here or not str(step).isdigit() else int(step)
