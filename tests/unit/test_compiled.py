"""What is compiled gives what Python gives, but for divisions by zero."""

import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from moonwright.compiled import compiled, inlined


@inlined
def quotient(above: float, below: float) -> float:
    return above / below


@compiled
def summed(values: np.ndarray, below: float) -> float:
    total = 0.0
    for value in values:
        total += quotient(value, below)
    return total


def test_compiled_functions_call_inlined_ones() -> None:
    assert summed(np.array([1.0, 2.0, 3.0]), 2.0) == 3.0


def test_division_by_zero_gives_infinity_as_in_numpy() -> None:
    assert summed(np.array([1.0]), 0.0) == math.inf


def test_code_is_made_anew_when_a_function_it_calls_has_changed_in_another_file(tmp_path: Path) -> None:
    """numba alone would keep the caller's old code: its own file has not changed."""
    package = tmp_path / "probe"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "caller.py").write_text(
        "from moonwright.compiled import compiled\n"
        "from probe.callee import half\n"
        "@compiled\n"
        "def quarter(x):\n"
        "    return half(half(x))\n"
    )
    found = []
    for factor in ("0.5", "0.25"):
        (package / "callee.py").write_text(
            f"from moonwright.compiled import compiled\n@compiled\ndef half(x):\n    return {factor} * x\n"
        )
        program = "from probe.caller import quarter; print(quarter(16.0))"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        found.append(float(ran.stdout))
    assert found == [4.0, 1.0]
