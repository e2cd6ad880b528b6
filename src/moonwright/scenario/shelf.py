"""The library: reading its data files, and the entries that a scenario borrows (`library: name`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter

from moonwright.errors import InternalError, ScenarioError
from moonwright.scenario.document import Tree, Value, brief, plain, read
from moonwright.scenario.extends import merged
from moonwright.scenario.finding import Finding, did_you_mean, located
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario, Source
from moonwright.scenario.shape import Shape, root

NOUNS = ("partners", "nodes", "routes", "launchers", "vehicles", "missions", "resources", "elements", "crew")
BORROWED_LIMIT = 1000  # each stands for some forty values; the library itself has about two hundred entries
_PROVENANCE = ("source", "assumed")


@cache
def shelf(noun: str) -> dict[str, Tree]:
    """The library's entries of one noun, by name, as they stand in its file."""
    name = f"{noun}.yaml"
    text = files("moonwright.scenario.library").joinpath(name)
    try:
        tree, faults = read(f"library/{name}", text.read_bytes())
    except ScenarioError as error:
        raise InternalError(f"the library cannot be read: {error}") from error
    if faults or not isinstance(tree.value, dict):
        raise InternalError(f"the library cannot be read: {'; '.join(map(str, faults)) or name}")
    return tree.value


def whole(noun: str) -> dict[str, Any]:
    """All of one file of the library as plain data."""
    return {name: plain(tree) for name, tree in shelf(noun).items()}


def entry(noun: str, name: str) -> Noun:
    """One entry of the library as a model. Raises KeyError where there is no such entry."""
    made = TypeAdapter(_annotation(noun)).validate_python(
        plain(shelf(noun)[name]), by_alias=True, by_name=False
    )
    if not isinstance(made, Noun):
        raise InternalError(f"the library's {noun}.{name} is no entry")
    return made


def source(key: str) -> Source:
    """A source of the library. Raises KeyError where there is no such source."""
    return Source.model_validate(plain(shelf("sources")[key]))


def borrow(tree: Tree) -> tuple[Tree, tuple[Finding, ...]]:
    """The tree with every `library: name` replaced by that entry under the author's own keys.

    A borrowed number keeps the library's provenance, whatever `source` or `assumed` the author's entry says.
    The sources that are then needed are added to the scenario's.
    """
    if not isinstance(tree.value, dict):
        return tree, ()
    top, findings, names = dict(tree.value), [], _names(tree)
    borrowed, cited = 0, dict[str, Tree]()
    for noun in NOUNS:
        entries = top[noun].value if noun in top else None
        if not isinstance(entries, dict):
            continue
        filled = dict(entries)
        for name, mine in entries.items():
            wish = mine.value.get("library") if isinstance(mine.value, dict) else None
            if wish is None:
                continue
            borrowed += 1
            if borrowed > BORROWED_LIMIT:
                raise ScenarioError((located(_too_many(noun, name), tree),))
            if not isinstance(wish.value, str) or wish.value not in shelf(noun):
                findings.append(_unknown(noun, name, wish))
                continue
            filled[name] = _filled(noun, mine, wish, names)
            cited |= dict.fromkeys(_sources(filled[name]), wish)
        top[noun] = Tree(filled, top[noun].file, top[noun].line)
    top["sources"], clashes = _with_sources(top.get("sources"), cited, tree)
    return Tree(top, tree.file, tree.line), (*findings, *clashes)


def _filled(noun: str, mine: Tree, wish: Tree, names: dict[str, set[str]]) -> Tree:
    assert isinstance(mine.value, dict)
    own = Tree({key: child for key, child in mine.value.items() if key != "library"}, mine.file, mine.line)
    return merged(_placed(_fitted(noun, _taken(noun, str(wish.value)), names), wish), own)


@cache
def _taken(noun: str, name: str) -> Tree:
    """An entry of the library whose numbers each say where they come from."""
    shape = root().below(noun, None)
    return _with_provenance(shelf(noun)[name], shape.below("", None) if shape else None, {})


def _with_provenance(tree: Tree, here: Shape | None, told: dict[str, Tree]) -> Tree:
    """The tree with what its entries say of their numbers' provenance said of each number instead."""
    if here is None:
        return tree
    if here.quantity:
        return _number_with_provenance(tree, told)
    chosen = here.chosen(plain(tree))
    value: Value = tree.value
    if isinstance(value, dict):
        own = {key: value[key] for key in _PROVENANCE if key in value} if chosen and chosen.model else {}
        rest = {key: child for key, child in value.items() if key not in own}
        bare = plain(tree)
        value = {
            key: _with_provenance(child, here.below(key, bare), own or told) for key, child in rest.items()
        }
    elif isinstance(value, list):
        bare = plain(tree)
        value = [
            _with_provenance(child, here.below(number, bare), told) for number, child in enumerate(value)
        ]
    return Tree(value, tree.file, tree.line)


def _number_with_provenance(tree: Tree, told: dict[str, Tree]) -> Tree:
    full = tree.value if isinstance(tree.value, dict) else {"value": tree}
    if not told or any(key in full for key in _PROVENANCE):
        return tree
    return Tree({**full, **told}, tree.file, tree.line)


def _fitted(noun: str, taken: Tree, names: dict[str, set[str]]) -> Tree:
    """A borrowed entry without what it knows of places and partners that do not occur in this scenario."""
    entries = dict(taken.value) if isinstance(taken.value, dict) else {}
    payload = entries.get("payload")
    if noun == "launchers" and payload and isinstance(payload.value, dict):
        kept = {node: mass for node, mass in payload.value.items() if node in names["nodes"]}
        entries["payload"] = Tree(kept, payload.file, payload.line)
    for ban in ("may_not_carry", "may_not_fly_with"):
        banned = entries.get(ban)
        if noun == "partners" and banned and isinstance(banned.value, list):
            present = [other for other in banned.value if other.value in names["partners"]]
            entries[ban] = Tree(present, banned.file, banned.line)
    return Tree(entries, taken.file, taken.line)


def _names(tree: Tree) -> dict[str, set[str]]:
    top = tree.value if isinstance(tree.value, dict) else {}
    value = {noun: top[noun].value if noun in top else None for noun in ("nodes", "partners")}
    return {noun: set(entries) if isinstance(entries, dict) else set() for noun, entries in value.items()}


def _placed(tree: Tree, at: Tree) -> Tree:
    """The tree, standing where it is borrowed: there the author can do something about it."""
    value: Value = tree.value
    if isinstance(value, dict):
        value = {key: _placed(child, at) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_placed(child, at) for child in value]
    return Tree(value, at.file, at.line)


def _sources(tree: Tree) -> Iterator[str]:
    if isinstance(tree.value, dict):
        for key, child in tree.value.items():
            if key == "source" and isinstance(child.value, str) and child.value in shelf("sources"):
                yield child.value
            yield from _sources(child)
    elif isinstance(tree.value, list):
        for child in tree.value:
            yield from _sources(child)


def _with_sources(mine: Tree | None, cited: dict[str, Tree], top: Tree) -> tuple[Tree, list[Finding]]:
    """The scenario's sources with the library's that are cited; and where one key means two publications."""
    mine = mine or Tree({}, top.file, top.line)
    if not isinstance(mine.value, dict):
        return mine, []
    clashes = []
    for key in cited:
        if key in mine.value and plain(mine.value[key]) != plain(shelf("sources")[key]):
            found = f"{key!r} is also the library's name for another source, which a borrowed entry cites"
            clashes.append(
                Finding(("sources", key), found, "one publication for each key", "choose another key")
            )
    added = {
        key: _placed(shelf("sources")[key], wish) for key, wish in cited.items() if key not in mine.value
    }
    return Tree({**mine.value, **added}, mine.file, mine.line), clashes


def _too_many(noun: str, name: str) -> Finding:
    return Finding((noun, name, "library"), "too many borrowed entries", f"at most {BORROWED_LIMIT}")


def _unknown(noun: str, name: str, wish: Tree) -> Finding:
    path = (noun, name, "library")
    if not isinstance(wish.value, str):
        return Finding(path, brief(plain(wish)), f"the name of one of the library's {noun}")
    allowed = f"one of the library's {noun}, as `moonwright library` lists them"
    return Finding(path, brief(wish.value), allowed, did_you_mean(wish.value, shelf(noun)))


def _annotation(noun: str) -> Any:
    return Scenario.model_fields[noun].annotation.__args__[1]  # type: ignore[union-attr]  # dict[str, noun]
