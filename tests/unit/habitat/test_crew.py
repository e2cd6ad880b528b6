"""A person is a balance, too; and somebody has to be in a suit."""

from dataclasses import replace

import pytest

from moonwright.errors import InternalError
from moonwright.habitat.crew import NOMINAL, walk


def test_a_person_cannot_make_mass() -> None:
    with pytest.raises(InternalError, match="takes in"):
        replace(NOMINAL, co2_kg=2.0)


def test_a_spacewalk_needs_somebody() -> None:
    with pytest.raises(InternalError):
        walk(0, 6.0)
