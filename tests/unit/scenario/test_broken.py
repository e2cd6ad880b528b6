"""Some hundred broken scenarios, made from the examples by seeded mutation.

A mutation knows which line it broke. Each broken file must be refused with a fault that names that line, and
with nothing else: no other exception, no words of a library that the author has never heard of, no long wait.
"""

import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moonwright import cli
from moonwright.errors import ScenarioError
from moonwright.scenario.load import load

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.yaml"))
SECONDS_ALLOWED = 2.0  # of this process's own work, so that a busy machine does not matter
SAMPLE = 3  # broken files of each kind from each example

QUANTITY = r"(?<=[:\[] )(\d[\d.]*) (t|kg|km/s|m/s/yr|d|MUSD|/yr|kg/d|h/d)(?=[,}\]]|$)"
DATE = r"(?<=: )\d{4}-\d{2}-\d{2}(?=[,}]|$)"
KEY = (
    r"(?<=[{ ])(owner|site|cadence|dry_mass|tank|capacity|isp|node|mission|resource|amount|legs|library"
    r"|duration|storage|supply_class|arrived|every|cover|element|start|colour|route|carrying|minimise)(?=: )"
)
NAME = r"(?<=[{ ])(owner|site|node|mission|resource|vehicle|element|route|library|by): (?=[a-z])[\w-]+"


@dataclass(frozen=True)
class Broken:
    """A broken file: its bytes, the line (from 1) that is wrong, and what the fault there must say of it."""

    kind: str
    example: str
    line: int
    data: bytes
    words: str

    def __str__(self) -> str:
        """The name of the test."""
        return f"{self.kind}, {self.example}:{self.line}".replace(" ", "-")


Lines = list[str]
Mutation = Callable[[Lines], Iterator[tuple[int, Lines | bytes, str]]]  # (line, broken file, words)


def written(lines: Lines) -> bytes:
    return "\n".join(lines).encode()


def matter(lines: Lines, wanted: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where a pattern occurs outside comments and quoted texts, at most once a line."""
    for number, line in enumerate(lines):
        for found in re.finditer(wanted, line):
            before = line[: found.start()]
            if "#" not in before and before.count('"') % 2 == 0:
                yield number, found
                break


def replacing(wanted: str, new: Callable[[re.Match[str]], str], words: str = "") -> Mutation:
    """Every occurrence of a pattern, replaced one at a time. `words` may quote the match as {0}, {1} ..."""

    def mutate(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
        for number, found in matter(lines, wanted):
            line = lines[number][: found.start()] + new(found) + lines[number][found.end() :]
            told = words.format(found[0], *found.groups())
            yield number + 1, [*lines[:number], line, *lines[number + 1 :]], told

    return mutate


def inserting(text: str, words: str) -> Mutation:
    """A line of its own before each section but the first, where the file does not have that key already."""

    def mutate(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
        if not any(line.startswith(text.partition(":")[0]) for line in lines):
            for number, _ in list(matter(lines, r"^[a-z_]+:"))[1:]:
                yield number + 1, [*lines[:number], text, *lines[number:]], words

    return mutate


def twice(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """A section again before each later one."""
    name = next(number for number, line in enumerate(lines) if line.startswith("name:"))
    for number, _ in matter(lines, r"^[a-z_]+:"):
        if number > name:
            told = f"a second 'name'; allowed: each key once; the first is in line {name + 1}"
            yield number + 1, [*lines[:number], "name: once more", *lines[number:]], told


def doubled(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """A line of the form `key: {...}`, twice."""
    for number, found in matter(lines, r"^  (\w[\w -]*): \{.*\}$"):
        told = f"a second {found[1]!r}; allowed: each key once; the first is in line {number + 1}"
        yield number + 2, [*lines[: number + 1], lines[number], *lines[number + 1 :]], told


def unended(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """The last bracket of an entry, left out."""
    for number, _ in matter(lines, r"^  [\w-]+: \{[^{}]*\}$"):
        yield number + 1, [*lines[:number], lines[number][:-1], *lines[number + 1 :]], "a bracket is opened"


def bombed(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """A few lines whose aliases stand for a thousand million values. The fifth level is one too many."""
    levels = [
        f"  {b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    bomb = ["bomb:", "  a: &a [x, x, x, x, x, x, x, x, x, x]", *levels]
    # a holds 11 values, b 111, c 1,111, d 11,111, all in all 12,344; the eighth item of e goes beyond 100,000.
    yield len(lines) + 6, [*lines, *bomb], "too many values"


def nested(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    yield len(lines) + 1, [*lines, "deep: " + "[" * 3000 + "]" * 3000], "nested too deeply"


def garbled(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    for number in range(1, len(lines), 11):
        head, tail = written(lines[:number]), written(lines[number:])
        yield number + 1, head + b"\n\xff" + tail, "byte 0xff is not UTF-8"
        yield number + 1, head + b"\n\x00" + tail, "character U+0000"


def cyclic(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """Elements that come after themselves."""
    for number, found in matter(lines, r"^  ([\w-]+): \{(?!.*after:).*\}$"):
        section = next(line for line in reversed(lines[: number + 1]) if re.match(r"[a-z]", line))
        if section == "elements:":
            line = f"{lines[number][:-1]}, after: [{found[1]}]}}"
            yield (
                number + 1,
                [*lines[:number], line, *lines[number + 1 :]],
                f"a circle: {found[1]} after {found[1]}",
            )


def unreachable(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """Something delivered where nothing flies to."""
    if "nodes:" not in lines:  # an example that extends another
        return
    begins = lines.index("nodes:") + 1
    nowhere = (
        "  nowhere: {kind: surface, body: moon, latitude: 1 deg, longitude: 1 deg, assumed: illustrative}"
    )
    for number, _ in matter(lines, r"\{kind: (deliver|reserve)"):
        line = re.sub(r"node: [\w-]+", "node: nowhere", lines[number])
        yield (
            number + 2,
            [*lines[:begins], nowhere, *lines[begins:number], line, *lines[number + 1 :]],
            "'nowhere'",
        )


def unkeyed(lines: Lines) -> Iterator[tuple[int, Lines | bytes, str]]:
    """A key that an entry must have, left out."""
    if any(line.startswith("extends:") for line in lines):  # there it is inherited
        return
    wanted = r"^  [\w -]+: \{(?!library).*?\b((kind|owner|from|supply_class): [\w ]+, )"
    for number, found in matter(lines, wanted):
        line = lines[number].replace(found[1], "", 1)
        if found[2] in ("kind", "owner", "supply_class") or "to:" in line:
            yield number + 1, [*lines[:number], line, *lines[number + 1 :]], f"{found[2]}: missing"


MUTATIONS: dict[str, Mutation] = {
    "no unit": replacing(QUANTITY, lambda m: m[1], "needs a unit"),
    "wrong unit": replacing(QUANTITY, lambda m: f"{m[1]} parsec", "'parsec'"),
    "misspelt unit": replacing(
        r"(?<=: )(\d[\d.]*) MUSD(?=[,}])", lambda m: f"{m[1]} MUDS", "did you mean 'MUSD'?"
    ),
    "negative": replacing(QUANTITY, lambda m: f"-{m[0]}", "'-{0}'"),
    "not a number": replacing(QUANTITY, lambda _: ".nan", ".nan"),
    "infinite": replacing(QUANTITY, lambda m: f".inf {m[2]}", ".inf"),
    "1e400": replacing(QUANTITY, lambda m: f"1e400 {m[2]}", "1e400"),
    "bare 1e400": replacing(QUANTITY, lambda _: "1e400", "1e400"),
    "list for a number": replacing(QUANTITY, lambda m: f"[{m[0]}]", ""),
    "low above value": replacing(
        r"low: (\d[\d.]*) (t|kg|MUSD|d)(?=,)", lambda m: f"low: 1e9 {m[2]}", "between"
    ),
    "misspelt key": replacing(KEY, lambda m: m[1] + m[1][-1], "did you mean '{0}'?"),
    "misspelt name": replacing(NAME, lambda m: f"{m[0]}q", "q'"),
    "misspelt kind": replacing(r"kind: (deliver|surface|build|fly|reserve)\b", lambda m: f"{m[0]}s", "'{1}'"),
    "nothing": replacing(
        r"(?<=[{ ])(owner|node|resource|mission|kind): [\w-]+(?=[,}])", lambda m: f"{m[1]}: ", ""
    ),
    "no such day": replacing(DATE, lambda m: f"{m[0][:4]}-02-30", "-02-30"),
    "date as a person says it": replacing(DATE, lambda _: "1 May 2031", "1 May 2031"),
    "colon in a text": replacing(r"assumed: (?=[a-z])", lambda m: f"{m[0]} so: ", ""),
    "no space after colon": replacing(r"(?<=[{ ])(owner|kind|node): (?=[a-z])", lambda m: f"{m[1]}:", ""),
    "reserved character": replacing(r"owner: (?=[a-z])", lambda _: "owner: @", "'@'"),
    "tab": replacing(r"^  (?=[\w-]+: \{)", lambda _: "\t", "a tab"),
    "tag": replacing(
        r"(owner|node|library): (?=[a-z])", lambda m: f"{m[0]}!!python/name:os.system ", "the tag"
    ),
    "unknown alias": replacing(r"(owner|node|library): [\w-]+", lambda m: f"{m[1]}: *nobody", "*nobody"),
    "merge key": replacing(r"\{(?=owner|kind|library)", lambda _: "{<<: {}, ", "a merge key"),
    "section as a number": replacing(r"^(horizon|objective): \{.*\}$", lambda m: f"{m[1]}: 7", "7"),
    "stray section": inserting("vehicels: {}", "did you mean 'vehicles'?"),
    "section twice": twice,
    "extends out of the folder": inserting("extends: ../secrets.yaml", "outside the scenario's folder"),
    "extends an absolute path": inserting("extends: /etc/passwd", "outside the scenario's folder"),
    "extends itself": inserting("extends: broken.yaml", "a circle"),
    "extends a missing file": inserting("extends: brokn.yaml", "did you mean"),
    "second document": inserting("---", "a second document"),
    "bracket left open": unended,
    "entry twice": doubled,
    "bomb": bombed,
    "nested": nested,
    "not text": garbled,
    "cyclic prerequisites": cyclic,
    "unreachable node": unreachable,
    "missing key": unkeyed,
}


def broken_files() -> Iterator[Broken]:
    """Some of each kind from each example, always the same."""
    for example in EXAMPLES:
        lines = example.read_text(encoding="utf-8").rstrip("\n").split("\n")
        for kind, mutate in MUTATIONS.items():
            made = list(mutate(lines))
            chosen = random.Random(f"{example.stem}, {kind}").sample(made, min(SAMPLE, len(made)))
            for line, text, words in chosen:
                data = text if isinstance(text, bytes) else written(text)
                yield Broken(kind, example.stem, line, data, words)


BROKEN = list(broken_files())


def placed(broken: Broken, folder: Path) -> Path:
    """The broken file beside the examples, which it may extend."""
    for example in EXAMPLES:
        shutil.copy(example, folder)
    path = folder / "broken.yaml"
    path.write_bytes(broken.data)
    return path


@pytest.fixture
def watched() -> Iterator[None]:
    """Stops the test once it has worked for longer than allowed."""

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS_ALLOWED} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_ALLOWED)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


def test_there_are_two_hundred_and_every_kind_is_among_them() -> None:
    assert len({broken.data for broken in BROKEN}) >= 200
    assert {broken.kind for broken in BROKEN} == set(MUTATIONS)


@pytest.mark.parametrize("broken", BROKEN, ids=str)
@pytest.mark.usefixtures("watched")
def test_a_broken_file_is_refused_with_the_line_that_is_wrong(broken: Broken, tmp_path: Path) -> None:
    path = placed(broken, tmp_path)
    with pytest.raises(ScenarioError) as error:
        load(path)
    assert len(error.value.faults) == 1, str(error.value)  # one mistake, one message
    told = str(error.value)
    assert told.startswith(f"{path}:{broken.line}: ")
    assert broken.words in told
    assert "\n" not in told
    assert not re.search(r"pydantic|Input should|validation error|Traceback|<class|function-", told)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_the_command_tells_it_and_leaves_with_three(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = next(broken for broken in BROKEN if broken.kind == kind)
    path = placed(broken, tmp_path)
    monkeypatch.setattr(sys, "argv", ["moonwright", "check", str(path)])
    with pytest.raises(SystemExit) as leaving:
        cli.main()
    out, err = capsys.readouterr()
    assert leaving.value.code == 3
    assert not out
    assert f"{path}:{broken.line}: " in err
    assert "Traceback" not in err


def test_so_does_a_process_of_its_own(tmp_path: Path) -> None:
    broken = next(broken for broken in BROKEN if broken.kind == "misspelt key")
    path = placed(broken, tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "moonwright", "check", str(path)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert f"{path}:{broken.line}: " in done.stderr
    assert "Traceback" not in done.stderr
