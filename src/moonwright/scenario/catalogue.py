"""The library, for people to read: what is in it, and one entry with all that its numbers rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from moonwright.scenario import shelf
from moonwright.scenario.chance import library_noise, library_reactions
from moonwright.scenario.document import plain
from moonwright.scenario.dump import as_yaml
from moonwright.scenario.finding import close
from moonwright.scenario.walk import Number, numbers

_WORD = re.compile(r"[\w.-]*\w")
_WHOLE = ("noise", "reactions")  # nobody borrows from them: they hold wherever a scenario says nothing


def listing() -> str:
    """Every entry of the library by noun, one a line, with the name that people know it by."""
    blocks = []
    for noun in shelf.NOUNS:
        entries = {name: plain(tree) for name, tree in shelf.shelf(noun).items()}
        width = max(map(len, entries), default=0)
        lines = [f"  {name:{width}}  {entry.get('name', '')}".rstrip() for name, entry in entries.items()]
        blocks.append("\n".join([noun, *lines]))
    blocks += ["\n".join([whole, *(f"  {part}" for part in shelf.shelf(whole))]) for whole in _WHOLE]
    return "\n\n".join(blocks)


def shown(name: str) -> str:
    """The entry of that name as YAML, with the publications that it cites; or all of `noise` or `reactions`.

    It may be pasted into a scenario as it is. Raises KeyError where the library has no such entry; the
    message names those that are nearest.
    """
    nouns = [noun for noun in shelf.NOUNS if name in shelf.shelf(noun)]
    if not nouns and name not in _WHOLE:
        raise KeyError(_unknown(name))
    data = {noun: {name: plain(shelf.shelf(noun)[name])} for noun in nouns} or {name: shelf.whole(name)}
    cited = set(_words(data))
    sources = {key: plain(tree) for key, tree in shelf.shelf("sources").items() if key in cited}
    found = [number for noun in nouns for number in numbers(shelf.entry(noun, name), (noun, name))]
    found = found or _of_whole(name)
    head = f"# {_tally(found)}\n" if found else ""
    return (head + as_yaml(data | ({"sources": sources} if sources else {}), flow=None)).rstrip("\n")


def _of_whole(name: str) -> list[Number]:
    if name == "noise":
        return list(numbers(library_noise()))
    return [n for rule in library_reactions().values() for n in numbers(rule)] if name in _WHOLE else []


def _words(value: object) -> Iterator[str]:
    """Everything in the texts of an entry that may be a source's key: reasons and notes cite them too."""
    if isinstance(value, dict):
        for child in value.values():
            yield from _words(child)
    elif isinstance(value, list):
        for child in value:
            yield from _words(child)
    elif isinstance(value, str):
        yield from _WORD.findall(value)


def _tally(found: list[Number]) -> str:
    assumed = sum(number.source is None for number in found)
    told = [f"{len(found) - assumed} from a source"] if assumed < len(found) else []
    told += [f"{assumed} assumed, for the reason and within the range that stand beside"] if assumed else []
    return f"{len(found)} {'number' if len(found) == 1 else 'numbers'}: {', '.join(told)}"


def _unknown(name: str) -> str:
    near = close(name, [*_WHOLE, *(entry for noun in shelf.NOUNS for entry in shelf.shelf(noun))])
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "`moonwright library` lists them all"
    return f"the library has no {name!r}; {hint}"
