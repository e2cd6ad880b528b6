"""Random scenarios as the schema allows them, with every key and every awkward text, whether or not they make sense.

Drawn from the shapes that the models have, so that a key which is added is drawn as well.
"""

from __future__ import annotations

import math
import random
import re
from datetime import date, timedelta
from typing import Any, get_args, get_origin

from moonwright.scenario.shape import Shape, bound, keys, kinds_of, root, shape

TEXTS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "'", "'=1", '"', '""', '"a"', "(none)", "(null)", "", " a", "a ", "a,b",
    "a, b", 'a"b', ",", "a\nb", "a\r\nb", "\r", "\x07", "_x0041_", "_", "_x", "1", "1.0", "1e5", "2031-01-01", "TRUE",
    "no", "null", "é", "月面基地", "🌙", "<b>&amp;", "]]>", "\u2028", "#REF!", "x" * 300, "(text 1)",
    "\r" * 40_000, "=" * 5_000, "a", "b", "c", "kg", "\ufffe",
]  # fmt: skip
PATTERNS = {"#": "#a0B1c2", r"\d": "3 months"}  # by what a pattern begins with


def anything(seed: int) -> dict[str, Any]:
    """A scenario file's content that the models accept, as plain data."""
    made: dict[str, Any] = _value(random.Random(seed), root())
    return made


def _value(dice: random.Random, here: Shape) -> Any:
    if here.quantity:
        return _number(dice, here)
    if here.discriminator:
        kind, model = dice.choice(sorted(kinds_of(here).items()))
        return {**_entry(dice, Shape(model)), here.discriminator: kind}
    if here.options:
        return _value(dice, dice.choice(here.options))
    if here.model:
        return _entry(dice, here)
    return _several(dice, here) if get_origin(here.type) in (dict, tuple) else _scalar(dice, here)


def _several(dice: random.Random, here: Shape) -> Any:
    parts, least = get_args(here.type), bound(here, "min_length") or 0
    if get_origin(here.type) is dict:
        return {_key(dice, parts[0]): _value(dice, shape(parts[1])) for _ in range(dice.randint(least, 2))}
    many = [parts[0]] * dice.randint(least, 3) if parts[-1] is ... else parts
    return [_value(dice, shape(part)) for part in many]


def _entry(dice: random.Random, here: Shape) -> dict[str, Any]:
    assert here.model is not None
    made = {}
    for name, field in here.model.model_fields.items():
        if field.is_required() or dice.random() < 0.4:
            key = field.alias or name
            optional = not field.is_required() and field.default is None
            made[key] = None if optional and dice.random() < 0.1 else _value(dice, keys(here.model)[key])
    return made


def _key(dice: random.Random, kind: type) -> str:
    return str(dice.randint(2000, 2100)) if kind is int else dice.choice([text for text in TEXTS if text])


def _number(dice: random.Random, here: Shape) -> Any:
    quantity = here.quantity
    assert quantity is not None
    most = min(quantity.at_most, dice.choice([1.0, 1e3, 1e12]))
    values = sorted(dice.uniform(quantity.at_least, max(most, quantity.at_least)) for _ in range(3))
    if quantity.whole:
        values = [float(math.floor(value)) for value in values]
    unit = quantity.dimension.unit
    low, value, high = (f"{one!r} {unit}" if unit else one for one in values)
    if dice.random() < 0.5:
        return value
    told = {
        "source": dice.choice(TEXTS),
        "assumed": dice.choice(TEXTS),
        "note": dice.choice(TEXTS),
        "low": low,
        "high": high,
    }
    return {"value": value, **{key: one for key, one in told.items() if dice.random() < 0.5}}


def _scalar(dice: random.Random, here: Shape) -> Any:
    if words := get_args(here.type):
        return dice.choice(words)
    if here.type is date:
        return (date(1890, 1, 1) + timedelta(days=dice.randint(0, 80_000))).isoformat()
    if here.type is bool:
        return dice.random() < 0.5
    if here.type is int:
        return dice.randint(bound(here, "ge") or 1900, bound(here, "le") or 2100)
    if pattern := bound(here, "pattern"):
        made = next(text for begins, text in PATTERNS.items() if pattern.removeprefix("^").startswith(begins))
        assert re.fullmatch(pattern, made)
        return made
    return dice.choice(TEXTS)
