"""Labels as names that every LP and MPS reader takes, and back.

The LP format gives brackets, signs, colons and comparisons a meaning of their own; each of those that our labels use
has a stand-in that looks like it, and any other such character is written as %XX, byte by byte, as in a web address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from urllib.parse import unquote

STAND_INS = {"[": "(", "]": ")", "-": "~", "/": ".", ":": ";", ">": "}", "+": "&"}
_LONGEST = 255  # of a name, in the strictest reader; what is longer is cut and numbered
_BEHIND = 12  # room for what tells a name from others
_PLAIN = re.compile(r"[A-Za-z0-9_,#'@?]")
_MARK = "!"  # begins what was put behind a name to tell it from others, and never stands in one
_MEANT = str.maketrans({stand_in: meant for meant, stand_in in STAND_INS.items()})


def names(labels: Iterable[str]) -> list[str]:
    """A name for each label, no two alike: the second of several equal labels ends in !2, one too long in !cut."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for number, label in enumerate(labels):
        parts = [_written(character) for character in label]
        lengths = list(accumulate(map(len, parts)))
        name = "".join(parts)
        if len(name) > _LONGEST - 2 * _BEHIND:
            whole = bisect_right(lengths, _LONGEST - 2 * _BEHIND)  # characters that fit, none cut in two
            name = f"{''.join(parts[:whole])}{_MARK}cut{number}"
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}{_MARK}{seen[name]}")
    return found


def label_of(name: str) -> str:
    """The label that a name stands for; of one that was cut, its beginning."""
    return unquote(name.partition(_MARK)[0].translate(_MEANT))


def _written(character: str) -> str:
    if character in STAND_INS:
        return STAND_INS[character]
    if _PLAIN.fullmatch(character):
        return character
    return "".join(f"%{byte:02x}" for byte in character.encode())
