"""Rules: each is a function that yields what it finds broken, and its name is the name of the violation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import NamedTuple, ParamSpec

from moonwright.simulate.run import Violation

P = ParamSpec("P")


class Broken(NamedTuple):
    """What a rule finds: on which day, where ("flights.crew-2", "nodes.base"), in one sentence."""

    day_d: float
    where: str
    text: str


RULES: dict[str, str] = {}  # name -> what the rule asks, the first line of its docstring; filled by `rule`


def rule(check: Callable[P, Iterator[Broken]]) -> Callable[P, tuple[Violation, ...]]:
    """Make a rule of a generator of findings: each becomes a Violation under the function's own name."""
    RULES[check.__name__] = (check.__doc__ or "").strip().split("\n")[0]

    @wraps(check)
    def checked(*args: P.args, **kwargs: P.kwargs) -> tuple[Violation, ...]:
        return tuple(Violation(check.__name__, *found) for found in check(*args, **kwargs))

    return checked
