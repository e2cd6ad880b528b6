"""Messages beside another reader of them, the package `oem` (pip install --group exchange), which accepts them."""

from pathlib import Path

import numpy as np
import pytest

import moonwright
from moonwright.interop.oem import send
from moonwright.interop.oem_read import read

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.filterwarnings("ignore:ERFA function")  # years in which leap seconds are not known
@pytest.mark.parametrize("name", ["iss", "artemis"])
def test_another_reader_finds_the_same_states(name: str, tmp_path: Path) -> None:
    referee = pytest.importorskip("oem")
    files = send(name, moonwright.load(EXAMPLES / f"{name}.yaml"), None).files
    assert files
    for title, data in files.items():
        path = tmp_path / title
        path.write_bytes(data)
        message = referee.OrbitEphemerisMessage.open(path)
        for ours, theirs in zip(read(title, data), message, strict=True):
            states = list(theirs.states)
            places = np.array([state.position for state in states]) * 1000.0
            assert np.abs(places - ours.states[:, :3]).max() < 1e-3
            middle = theirs(states[20].epoch + 0.5 * (states[21].epoch - states[20].epoch)).position
            assert 1000.0 * np.linalg.norm(middle) < 1.1 * np.abs(places).max() * np.sqrt(3.0)
