"""Every constraint family has its heading, with its equation, in docs/model/constraints.md."""

from pathlib import Path

import pytest

from moonwright.optimise.model import FAMILIES, Family

PAGE = Path(__file__).parents[3] / "docs" / "model" / "constraints.md"


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_the_page_tells_of_every_family_in_its_own_words(family: Family) -> None:
    equation = (family.__doc__ or "").strip().splitlines()[0]
    assert f"### {family.__name__}\n\n    {equation}\n" in PAGE.read_text(encoding="utf-8")
