"""Times the command as a user runs it, each run a process of its own, against its promises; then the packing of manifests.

    make bench                                    all promises
    .venv/bin/python benchmarks/run.py plan-iss   those whose name begins so

Prints a table, writes it to benchmarks/results.md when all were run, and exits 1 if a promise is broken.
"""

import json
import math
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from campaign import campaign

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results.md"
MOONWRIGHT = [sys.executable, "-m", "moonwright"]
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
# The solver stops by its own clock; reading, replaying and writing the report come on top of it.
SLACK_S = 15.0


@dataclass(frozen=True)
class Promise:
    """A command and its limits; a gap_allowed makes it a plan, which must also be certified."""

    name: str
    arguments: tuple[str, ...]
    wall_allowed_s: float
    gap_allowed: float | None = None
    first_allowed_s: float = math.inf
    peak_allowed_gb: float = 2.0
    repeat: int = 1


@dataclass(frozen=True)
class Measured:
    """One process: its exit code, standard output, seconds on the wall and peak resident gigabytes."""

    code: int
    output: str
    wall_s: float
    peak_gb: float


def plan(example: str, wall_allowed_s: float, gap_allowed: float) -> Promise:
    options = ("--json", "--time-limit", f"{wall_allowed_s:.0f}", "--gap", str(gap_allowed))
    name = f"plan-{example}-{wall_allowed_s:.0f}s"
    return Promise(
        name, ("plan", f"examples/{example}.yaml", *options), wall_allowed_s + SLACK_S, gap_allowed
    )


def made_up(
    years: int, partners: int, wall_allowed_s: float, gap_allowed: float, first_allowed_s: float
) -> Promise:
    """A plan of a made-up campaign, which `measure` writes where the command can read it."""
    options = ("--json", "--time-limit", f"{wall_allowed_s:.0f}", "--gap", str(gap_allowed))
    return Promise(
        f"plan-{years}y-{partners}p-{wall_allowed_s:.0f}s",
        ("plan", f"{years}y-{partners}p.yaml", *options),
        wall_allowed_s + SLACK_S,
        gap_allowed,
        first_allowed_s,
        peak_allowed_gb=1.5,
    )


PROMISES = (
    Promise("help", ("--help",), wall_allowed_s=0.3, repeat=5),
    *(
        Promise(f"check-{e}", ("check", f"examples/{e}.yaml"), 1.0, repeat=3)
        for e in ("ilrs", "iss", "artemis")
    ),
    plan("ilrs", 60, gap_allowed=0.025),
    plan("ilrs-permanent", 60, gap_allowed=0.01),
    plan("iss", 120, gap_allowed=0.02),
    plan("artemis", 60, gap_allowed=0.01),
    made_up(5, 4, 30, gap_allowed=0.01, first_allowed_s=30),
    made_up(15, 4, 120, gap_allowed=0.02, first_allowed_s=30),
    made_up(15, 4, 300, gap_allowed=0.01, first_allowed_s=30),
)


# Eighty flights with a thousand items, in every case of manifests.py; the slowest one counts.
MANIFESTS = Promise("manifests", (), wall_allowed_s=5.0)


def measure(arguments: tuple[str, ...]) -> Measured:
    """Run the command once. os.wait4 gives the peak memory of this one child."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as output:
        target = ("-o", str(Path(folder) / "run")) if arguments[0] == "plan" else ()
        given = tuple(_written(Path(folder), argument) for argument in arguments)
        start = time.perf_counter()
        child = subprocess.Popen([*MOONWRIGHT, *given, *target], cwd=ROOT, stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        wall_s = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        return Measured(child.returncode, output.read(), wall_s, usage.ru_maxrss * RSS_UNIT_BYTES / 1e9)


def packed() -> tuple[Measured, list[str]]:
    """The slowest case of manifests.py, packed in this very process, and what is broken."""
    # Only now: what this process holds counts in the peak of those that it starts.
    from manifests import CASES, placed, timed  # noqa: PLC0415

    found = [timed(placed, case, math.inf) for case in CASES]
    unpacked = sum(one.packed < case.groups for one, case in zip(found, CASES, strict=True))
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT_BYTES / 1e9
    got = Measured(0, "", max(one.wall_s for one in found), peak_gb)
    return got, [*faults(MANIFESTS, got), *([f"{unpacked} cases not packed"] if unpacked else [])]


def _written(folder: Path, argument: str) -> str:
    """The argument; where it names a made-up campaign, the path of a file that holds it."""
    named = re.fullmatch(r"(\d+)y-(\d+)p\.yaml", argument)
    if named is None:
        return argument
    file = folder / argument
    file.write_text(yaml.safe_dump(campaign(int(named[1]), int(named[2]))), encoding="utf-8")
    return str(file)


def faults(promise: Promise, got: Measured) -> Iterator[str]:
    """What is broken, in words; nothing if the promise holds."""
    if got.code != 0:
        yield f"exit code {got.code}"
        return
    if got.wall_s > promise.wall_allowed_s:
        yield f"over {promise.wall_allowed_s:g} s"
    if got.peak_gb > promise.peak_allowed_gb:
        yield f"over {promise.peak_allowed_gb:g} GB"
    if promise.gap_allowed is not None:
        result = json.loads(got.output)
        if not result["certified"]:
            yield "not certified"
        if result["first_plan_s"] is None or result["first_plan_s"] > promise.first_allowed_s:
            yield f"first plan after {promise.first_allowed_s:g} s"
        if result["gap"] is None or result["gap"] > promise.gap_allowed:
            yield f"gap over {promise.gap_allowed:.1%}"


def row(promise: Promise, got: Measured, broken: list[str]) -> str:
    result = {} if promise.gap_allowed is None or got.code else json.loads(got.output)
    gap = "" if result.get("gap") is None else f"{result['gap']:.2%}"
    first = "" if result.get("first_plan_s") is None else f"{result['first_plan_s']:.1f}"
    verdict = ", ".join(broken) or "holds"
    return f"| {promise.name} | {first} | {got.wall_s:.2f} | {got.peak_gb:.2f} | {gap} | {verdict} |"


def main(prefix: str = "") -> int:
    lines = [
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores",
        "",
        "| run | first plan s | wall s | peak GB | gap | promise |",
        "|---|---|---|---|---|---|",
    ]
    print("\n".join(lines))
    all_hold = True
    for promise in (p for p in PROMISES if p.name.startswith(prefix)):
        # Of several runs one failure counts; else the quickest: the rest is what else the machine did.
        got = min(
            (measure(promise.arguments) for _ in range(promise.repeat)), key=lambda m: (m.code == 0, m.wall_s)
        )
        broken = list(faults(promise, got))
        all_hold = all_hold and not broken
        lines.append(row(promise, got, broken))
        print(lines[-1], flush=True)
    if MANIFESTS.name.startswith(prefix):
        got, broken = packed()
        all_hold = all_hold and not broken
        lines.append(row(MANIFESTS, got, broken))
        print(lines[-1], flush=True)
    if not prefix:
        RESULTS.write_text("# Results of `make bench`\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
