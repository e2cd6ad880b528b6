"""What an ensemble may be asked."""

from typing import Any

import pytest

from moonwright.ensemble.ensemble import Asked
from moonwright.errors import EnsembleError


@pytest.mark.parametrize(
    "asked", [{"trials": 0}, {"seed": -1}, {"seed": 2**63}, {"without": -1}, {"sobol": -3}]
)
def test_numbers_that_make_no_sense_are_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(EnsembleError, match="at least one trial is needed, a seed from 0"):
        Asked(**{"trials": 10, **asked})
