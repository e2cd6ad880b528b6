"""A thousand SpaceNet files that are broken in some way: each is refused in clear words, or read and run.

Made from our own examples by seeded mutation. Whatever happens, no other exception comes out, no word of a library that
the author has never heard of, and no long wait.
"""

import copy
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from laws.interop.spacenet_files import ARTEMIS, TUG, small, written
from moonwright.errors import ScenarioError
from moonwright.interop.spacenet.own_file import write_campaign
from moonwright.interop.spacenet.read import read_bytes
from moonwright.interop.spacenet.rules import EXACT, spacenets
from moonwright.interop.spacenet.run import run
from moonwright.interop.spacenet.to_scenario import to_scenario
from moonwright.interop.spacenet.write import write_spacenet

COUNT = 1_000  # a tenth of them where it is not `make proof`
SECONDS_ALLOWED = 5.0  # of this process's own work, for reading, writing, asking and running one file
LIBRARY_WORDS = re.compile(
    r"pydantic|validation error|Traceback|expat|Input should|KeyError|\bdict\b|NoneType"
)
PLACE = re.compile(r"^broken(:\d+)?: ")

JSONS = (ARTEMIS.read_bytes(), written(small()))
XML = TUG.read_bytes()
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1e308, 10**18, "", "x", "P1M", "=cmd()", "\x00", [], {}, [[]], [None], {"id": 1},
    "74404f2b-76ea-5028-8867-4a2116025e74", "é" * 300,
)  # fmt: skip

Mutation = Callable[[random.Random], bytes]


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values."""
    found = [path] if path else []
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return found + [one for step, value in below for one in places(value, (*path, step))]


def changed(dice: random.Random, change: Callable[[Any, Any], None]) -> bytes:
    """A file with a few of its values changed: `change` is given what holds a value, and the value's key."""
    data = json.loads(dice.choice(JSONS))
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        *way, last = dice.choice(places(data))
        holder = data
        for step in way:
            holder = holder[step]
        change(holder, last)
    return json.dumps(data, indent=1).encode()


def removed(dice: random.Random) -> bytes:
    return changed(dice, lambda holder, key: holder.pop(key))


def replaced(dice: random.Random) -> bytes:
    return changed(dice, lambda holder, key: holder.__setitem__(key, copy.deepcopy(dice.choice(ODD))))


def misspelt(dice: random.Random) -> bytes:
    def change(holder: Any, key: Any) -> None:
        if isinstance(holder, dict):
            holder[key[:-1] if dice.random() < 0.5 else key + "s"] = holder.pop(key)

    return changed(dice, change)


def swapped(dice: random.Random) -> bytes:
    """Values that change places: ids of other kinds, numbers where texts stand."""
    found: list[Any] = []

    def change(holder: Any, key: Any) -> None:
        if found:
            holder[key], other = found.pop(), holder[key]
            found.append(other)
        else:
            found.append(holder[key])

    return changed(dice, change)


def doubled(dice: random.Random) -> bytes:
    def change(holder: Any, key: Any) -> None:
        if isinstance(holder, list):
            holder.append(holder[key])
        elif isinstance(holder[key], list):
            holder[key] = holder[key] * 3

    return changed(dice, change)


def deep(dice: random.Random) -> bytes:
    bracket = dice.choice(("[", '{"a":'))
    return changed(dice, lambda holder, key: holder.__setitem__(key, "@@")).replace(
        b'"@@"', (bracket * dice.choice((30, 100_000))).encode(), 1
    )


def bytes_spoilt(dice: random.Random) -> bytes:
    data = bytearray(dice.choice((*JSONS, XML)))
    for _ in range(dice.choice((1, 3, 20))):
        spot = dice.randrange(len(data))
        match dice.randrange(3):
            case 0:
                data[spot] = dice.randrange(256)
            case 1:
                del data[spot : spot + dice.randrange(1, 40)]
            case _:
                data[spot:spot] = bytes(dice.choice(b'{}[]",:<>&/0e-') for _ in range(dice.randrange(1, 4)))
    return bytes(data)


def cut(dice: random.Random) -> bytes:
    data = dice.choice((*JSONS, XML))
    return data[: dice.randrange(len(data))]


def xml_spoilt(dice: random.Random) -> bytes:
    """Elements without content, references that lead elsewhere, numbers that are none."""
    text = XML.decode()
    old, new = dice.choice(
        (
            (r'reference="[^"]*"', f'reference="{"../" * dice.randrange(30)}x[{dice.randrange(9)}]"'),
            (r'reference="([^"]*)"', 'reference="../.."'),
            (r">[\d.]+<", f">{dice.choice(('nan', '1e999', '-1', '', 'many', '9' * 500))}<"),
            (r"<(\w+)>[^<]*</\1>", ""),
            (r"domain\.element\.\w+", "domain.element.Unheard"),
            (r"event\.\w+Event", "event.UnheardEvent"),
            (r"(EARTH|MOON|OMS|Burn|ACTIVE|COS\d+)", dice.choice(("", "X", "MOON", "COS"))),
        )
    )
    spots = list(re.finditer(old, text))
    for found in sorted(
        dice.sample(spots, min(len(spots), dice.choice((1, 1, 4)))), key=lambda m: -m.start()
    ):
        text = text[: found.start()] + found.expand(new) + text[found.end() :]
    return text.encode()


def xml_bombed(dice: random.Random) -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, dice.choice((3, 12))))
    outside = '<!ENTITY a0 SYSTEM "file:///etc/hostname">' if dice.random() < 0.5 else '<!ENTITY a0 "x">'
    return f"<!DOCTYPE s [{outside}{levels}]><scenario><name>&a2;</name></scenario>".encode()


MUTATIONS: tuple[Mutation, ...] = (
    removed, replaced, replaced, misspelt, swapped, doubled, deep, bytes_spoilt, cut, xml_spoilt, xml_spoilt, xml_bombed,
)  # fmt: skip


def refused_with(data: bytes) -> str | None:
    """The words in which a file is refused; None where it is read, asked for, run and written."""
    try:
        made = read_bytes("broken", data).campaign
    except ScenarioError as refused:
        return str(refused)
    to_scenario(made)
    for rules in (EXACT, spacenets(made)):
        run(made, rules)
    write_campaign(made)
    read_bytes("again", write_spacenet(made, "again").files["again"])
    return None


def test_broken_files_are_refused_in_clear_words_or_read_and_run(proof: bool) -> None:
    seen: Counter[str] = Counter()
    for seed in range(COUNT if proof else COUNT // 10):
        dice = random.Random(seed)
        mutation = MUTATIONS[seed % len(MUTATIONS)]
        data = mutation(dice)
        began = time.process_time()
        refusal = refused_with(data)
        if refusal is None:
            seen["read"] += 1
        else:
            seen["refused"] += 1
            for told in refusal.splitlines():
                assert PLACE.match(told), f"seed {seed}: {told}"
                assert not LIBRARY_WORDS.search(told), f"seed {seed}: {told}"
                assert len(told) < 1500, f"seed {seed}: {told}"
                assert told.isprintable(), f"seed {seed}: {told!r}"
        took_s = time.process_time() - began
        assert took_s < SECONDS_ALLOWED, f"seed {seed}: {took_s:.1f} s"
    assert seen["refused"] > 5 * seen["read"] / 4  # else the files are hardly broken
    assert seen["read"] > 0
