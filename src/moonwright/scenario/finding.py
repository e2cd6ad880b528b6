"""What is found wrong with a scenario, before it is known in which file and line that stands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from moonwright.errors import Fault
from moonwright.scenario.document import Path, Tree, printable, spelt, standing

FAULTS_SHOWN = 200  # nobody repairs more at a time, and a hostile file may have a hundred thousand
_COMPARED = 300  # names; more would take too long in a hostile file
LIKE = 0.6  # share of letters in common from which two names are like each other; difflib's own choice


@dataclass(frozen=True)
class Finding:
    """One thing wrong at a path: what was found there, what is allowed, what to do."""

    path: Path
    found: str
    allowed: str = ""
    todo: str = ""


def located(finding: Finding, tree: Tree) -> Fault:
    """The finding with the file and line where its path stands, or the nearest thing above it that exists."""
    place = standing(tree, finding.path)
    told = (printable(words) for words in (finding.found, finding.allowed, finding.todo))
    return Fault(place.file, place.line, spelt(finding.path), *told)


def close(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Those of `names` that `name` is like, the likest first; of two that are as like, the one named first."""
    matcher = difflib.SequenceMatcher(b=name.lower()[:100])
    like: dict[str, float] = {}
    for other in islice(names, _COMPARED):
        matcher.set_seq1(other.lower()[:100])
        if other not in like and matcher.quick_ratio() >= LIKE:
            like[other] = matcher.ratio()
    ranked = sorted(like, key=lambda other: -like[other])
    return [other for other in ranked if like[other] >= LIKE][:most]


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` is most like, if any is like it at all."""
    return next(iter(close(name, names, most=1)), None)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A question for the author who wrote `name`; empty where nothing is like it."""
    near = nearest(name, names)
    return f"did you mean {near!r}?" if near else ""
