"""What the documentation shows is so: commands run, programs run, what they print is what the page says they print.

A fence says how its block is checked:

    console           each line runs, in a folder that holds what GIVEN lays there, and leaves with 0 (exit=N: with N)
    console slow      only parses: the command and its options exist
    python            runs, after the python blocks above it on its page
    yaml              is YAML, of keys that a scenario has; a whole scenario loads
    text              what the block above it prints, in these lines and this order
    text slow         what a slow command printed once, and nobody prints anew in a test
    text checked-by=  is looked up by that test, which must name the page
    text figure       is a drawing

Whatever fits none of these fails.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import moonwright
from books import as_xml, book_of, packed
from golden.docs.blocks import PAGES, ROOT, Block, families, fenced, indented
from moonwright.cli.main import commands
from moonwright.interop.table_grid import Place
from moonwright.scenario.scenario import Scenario

TOY = (ROOT / "examples" / "toy.yaml").read_text(encoding="utf-8")
FLOOD = TOY.replace("amount: 1.7 t", "amount: 170 t")
MORE_WATER = TOY.replace("amount: 1.7 t", "amount: 2.7 t")
MASTS = (ROOT / "tests" / "masts.yaml").read_text(encoding="utf-8")
NO_UNIT = TOY.replace("dry_mass: 1.1 t", "dry_mass: 1.1")
SPOILT = (
    book_of(ROOT / "examples" / "toy.yaml")
    .changed("partners", Place(3, 5), '<c r="E3" t="str"><f>LOWER("#2E6F9E")</f><v>#2e6f9e</v></c>')
    .changed("missions.legs", Place(3, 5), as_xml(Place(3, 5), "ascnet"))
)

SOURCE = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src/moonwright/optimise").glob("*.py"))

# What a page supposes its reader to have.
GIVEN: dict[str, dict[str, str | bytes]] = {
    "bring-a-spacenet-campaign.md": {
        "artemis-3.spacenet.json": (ROOT / "examples" / "artemis-3.spacenet.json").read_text(encoding="utf-8")
    },
    "compare-and-choose.md": {"mine.yaml": TOY, "mine-changed.yaml": MORE_WATER},
    "exchange-files.md": {"mine.yaml": TOY, "broken.xlsx": packed(SPOILT.parts)},
    "fix-a-scenario.md": {"mine.yaml": NO_UNIT},
    "hedge-a-campaign.md": {"masts.yaml": MASTS},
    "hold-an-orbit.md": {"iss.yaml": (ROOT / "examples" / "iss.yaml").read_text(encoding="utf-8")},
    "model-file.md": {"base.yaml": TOY},
    "plan-from-python.md": {"mine.yaml": TOY},
    "results.md": {"base.yaml": TOY},
    "stress-a-partnership.md": {"masts.yaml": MASTS},
    "when-there-is-no-plan.md": {"mine.yaml": FLOOD},
}
PLANNED = (
    "ask-why.md",
    "compare-and-choose.md",
    "simulate-a-plan.md",
)  # they suppose the results of the toy, too

# Only named, since a test fetches nothing: what they read must be there.
INSTALLERS = ("uv", "python3", ".venv/bin/pip")

MARKS = {
    "console": {"", "slow", "exit"},
    "python": {""},
    "yaml": {""},
    "text": {"", "slow", "checked-by", "figure"},
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the toy example."""
    out = tmp_path_factory.mktemp("planned") / "out"
    _finished(_moonwright(["plan", str(ROOT / "examples" / "toy.yaml"), "-o", str(out)], out.parent), 0)
    return out


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_the_page_shows_is_so(page: Path, tmp_path: Path, results: Path) -> None:
    for name, text in GIVEN.get(page.name, {}).items():
        (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    if page.name in PLANNED:
        shutil.copytree(results, tmp_path / "out" / "mine")
    printed, above, program = "", "", ""
    for block in fenced(page):
        assert set(block.marks) or {""} <= MARKS.get(block.kind, set()), f"{block.place}: no rule for it"
        if block.kind == "console":
            printed = _commands(block, tmp_path)
        elif block.kind == "python":
            program += block.text
            printed = _finished(_run([sys.executable, "-W", "error", "-c", program], tmp_path), 0)
        elif block.kind == "yaml":
            _fragment(block, tmp_path)
        else:
            _shown(block, above, printed)
        above = f"{block.kind} {' '.join(block.marks)}".strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_nothing_is_indented_but_the_equation_of_a_family(page: Path) -> None:
    """Below `### name`, word for word the first line of the docstring of the function of that name."""
    if page.parent.name != "model":
        assert indented(page) == []
    for name, equation in families(page):
        assert f"def {name}(" in SOURCE
        assert re.search(rf'def {name}\([^"]*?"""{re.escape(equation)}\n?', SOURCE), f"{name}: {equation}"


def _commands(block: Block, folder: Path) -> str:
    """Run, or only parse, each line; what they print, all together."""
    code, printed = int(block.marks.get("exit", 0)), []
    for line in block.text.splitlines():
        words = shlex.split(line, comments=True)
        if "slow" in block.marks:
            assert words[0] == "moonwright", f"{block.place}: only Moonwright's own commands can be slow"
            _parses(words[1:], folder)
            continue
        assert words[0] in RULES, f"{block.place}: no rule for {words[0]}"
        printed.append(RULES[words[0]](words, folder, code))
    return "".join(printed)


def _program(words: list[str], folder: Path, code: int) -> str:
    """A command of Moonwright's, with or without a file that takes what it prints."""
    _, *arguments = words
    target = arguments[arguments.index(">") + 1] if ">" in arguments else None
    arguments = arguments[: arguments.index(">")] if target else arguments
    printed = _finished(_moonwright(arguments, folder), code)
    if target:
        (folder / target).write_text(printed, encoding="utf-8")
    return printed


def _target(words: list[str], _folder: Path, _code: int) -> str:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in words[1:]:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"no target {target}"
    return ""


def _installer(words: list[str], _folder: Path, _code: int) -> str:
    for file in (word for word in words if word.endswith(".txt")):
        assert (ROOT / file).is_file(), f"no file {file}"
    return ""


def _scip(words: list[str], folder: Path, _code: int) -> str:
    """SCIP reads the file of the model, and solves it."""
    from pyscipopt import Model

    model = Model()
    model.hideOutput()
    model.readProblem(str(folder / words[words.index("-f") + 1]))
    model.optimize()
    assert model.getStatus() == "optimal"
    return ""


RULES: dict[str, Callable[[list[str], Path, int], str]] = {
    "moonwright": _program,
    "make": _target,
    "scip": _scip,
    **dict.fromkeys(INSTALLERS, _installer),
}


def _parses(arguments: list[str], folder: Path) -> None:
    """The command exists and takes these options; folders of results that it names are taken to be there."""
    command = commands.commands[arguments[0]]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = [Path(word) for word in arguments if word.startswith("out/") and not Path(word).exists()]
        for directory in made:
            directory.mkdir(parents=True)
        command.make_context(arguments[0], arguments[1:])
        for directory in made:
            directory.rmdir()


def _fragment(block: Block, folder: Path) -> None:
    found = yaml.safe_load(block.text) or {}
    assert set(found) <= set(Scenario.model_fields), f"{block.place}: not keys of a scenario"
    if "horizon" in found:
        (folder / "shown.yaml").write_text(block.text, encoding="utf-8")
        moonwright.load(folder / "shown.yaml")


def _shown(block: Block, above: str, printed: str) -> None:
    """A text is what the block above it printed, or says who else checks it."""
    if "slow" in block.marks:
        assert above == "console slow", f"{block.place}: no slow command above it"
    elif test := block.marks.get("checked-by"):
        assert block.page.stem in (ROOT / test).read_text(encoding="utf-8"), f"{block.place}: {test} does not"
    elif "figure" not in block.marks:
        lines = iter(printed.splitlines())
        missing = [line for line in block.text.splitlines() if not any(line == other for other in lines)]
        assert missing == [], f"{block.place}: not in\n{printed}"


def _moonwright(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return _run([sys.executable, "-m", "moonwright", *arguments], folder)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def _finished(done: subprocess.CompletedProcess[str], code: int) -> str:
    """What a command prints for its user, on both streams. Faults of a file are told on the second."""
    assert done.returncode == code, f"{done.args}: left with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
