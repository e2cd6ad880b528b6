"""`extends: other.yaml`: a scenario that says only how it differs from another one."""

from __future__ import annotations

import difflib
from pathlib import Path

from moonwright.errors import Fault, ScenarioError
from moonwright.scenario.document import SIZE_LIMIT, Tree, brief, plain, read

CHAIN_LIMIT = 8  # files that extend each other in a row


def assemble(path: Path, data: bytes | None = None) -> tuple[Tree, tuple[Fault, ...]]:
    """The tree of a file over all that it extends, and the faults that did not keep it from being read.

    `data` is the file's content where it does not stand on the disk (yet); what it extends is looked for
    beside `path` all the same. Raises ScenarioError where a file cannot be read at all.
    """
    folder = path.parent.resolve()
    chain = [folder / path.name]
    tree, faults = read(str(path), contents(path) if data is None else data)
    while (wish := _extended(tree)) is not None:
        try:
            target = _target(wish, chain, folder)
            beneath, more = read(str(target), _extended_contents(target, wish))
        except ScenarioError as error:
            raise ScenarioError(faults + error.faults) from None
        chain.append(target.resolve())
        faults += more
        tree = merged(beneath, _without_extends(tree))
    return tree, faults


def merged(beneath: Tree, above: Tree) -> Tree:
    """`above` laid over `beneath`: mappings merge, a null removes what it covers, everything else replaces.

    A mapping with a `value` is a number in full. It replaces the one beneath, with its source and its range.
    """
    if not isinstance(beneath.value, dict) or not isinstance(above.value, dict) or "value" in above.value:
        return above
    entries = dict(beneath.value)
    for key, child in above.value.items():
        if key not in entries:
            entries[key] = child
        elif child.value is None:
            del entries[key]
        else:
            entries[key] = merged(entries[key], child)
    return Tree(entries, above.file, above.line)


def contents(path: Path) -> bytes:
    """The bytes of a file, at most SIZE_LIMIT and one more. Raises ScenarioError where they cannot be had."""
    try:
        if path.is_dir():
            raise _unread(path, "a folder", "a file", "name the scenario file in it")
        if not path.exists():
            raise _unread(path, "no such file", "an existing file", _nearest_file(path))
        if not path.is_file():
            raise _unread(path, "not a regular file", "a file on the disk", "")
        with path.open("rb") as stream:
            return stream.read(SIZE_LIMIT + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise _unread(path, f"cannot be read ({why})", "a readable file", "") from None


def _extended(tree: Tree) -> Tree | None:
    return tree.value.get("extends") if isinstance(tree.value, dict) else None


def _without_extends(tree: Tree) -> Tree:
    if not isinstance(tree.value, dict) or "extends" not in tree.value:
        return tree
    kept = {key: child for key, child in tree.value.items() if key != "extends"}
    return Tree(kept, tree.file, tree.line)


def _target(wish: Tree, chain: list[Path], folder: Path) -> Path:
    """The file that an `extends` names, as the user would write it."""
    name = wish.value
    if not isinstance(name, str) or not name.strip():
        raise _refused(wish, brief(plain(wish)), "the name of a file")
    target = Path(wish.file).parent / name
    try:
        real = target.resolve()
    except (OSError, RuntimeError, ValueError):
        raise _refused(wish, brief(name), "the name of a file") from None
    if not real.is_relative_to(folder):
        raise _refused(
            wish, f"{brief(name)} lies outside the scenario's folder", "a file in that folder or below"
        )
    if real in chain:
        circle = " -> ".join(file.name for file in [*chain[chain.index(real) :], real])
        raise _refused(wish, f"a circle: {circle}", "files that do not extend each other")
    if len(chain) >= CHAIN_LIMIT:
        raise _refused(wish, "too many files that extend each other", f"at most {CHAIN_LIMIT}")
    return target


def _refused(wish: Tree, found: str, allowed: str, todo: str = "") -> ScenarioError:
    return ScenarioError((Fault(wish.file, wish.line, "extends", found, allowed, todo),))


def _extended_contents(target: Path, wish: Tree) -> bytes:
    try:
        return contents(target)
    except ScenarioError as error:
        fault = error.faults[0]
        todo = "" if target.exists() else _nearest_file(target, other_than=Path(wish.file).name)
        raise _refused(wish, f"{brief(plain(wish))}: {fault.found}", fault.allowed, todo) from None


def _unread(path: Path, found: str, allowed: str, todo: str) -> ScenarioError:
    return ScenarioError((Fault(str(path), 0, "", found, allowed, todo),))


def _nearest_file(path: Path, other_than: str = "") -> str:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    others = [other.name for other in path.parent.glob("*.y*ml") if other.name != other_than]
    near = difflib.get_close_matches(path.name, others, n=1)
    return f"did you mean {str(path.parent / near[0])!r}?" if near else ""
