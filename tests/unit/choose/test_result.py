"""Results read back from folders."""

from pathlib import Path

import pytest

from moonwright.choose.result import names_of, read_result
from moonwright.errors import PlanError


def test_a_folder_without_results_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="no results; name a folder"):
        read_result(tmp_path)


def test_names_are_as_short_as_they_can_be() -> None:
    assert names_of([Path("a/toy"), Path("a/ilrs")]) == ["toy", "ilrs"]
    assert names_of([Path("a/toy"), Path("b/toy")]) == ["a/toy", "b/toy"]
    assert names_of([Path("a/toy"), Path("a/toy")]) == ["toy", "toy"]
