"""The lines that docs/how-to/when-there-is-no-plan.md shows are those that a user sees."""

from pathlib import Path

import moonwright
from moonwright.cli.why_not import in_words
from moonwright.explain.change import put
from moonwright.explain.ladder import why_not
from moonwright.scenario.datum import Datum

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "when-there-is-no-plan.md").read_text(encoding="utf-8")
SHOWN = 2  # lines of each of the two blocks that the page quotes


def test_the_page_shows_what_is_said() -> None:
    toy = moonwright.load(ROOT / "examples" / "toy.yaml")
    flood = put(toy, ("demands", "water arrives", "amount"), Datum(170_000.0))
    said = in_words(why_not(flood, time_limit_s=120.0)).splitlines()
    mends = next(n for n, line in enumerate(said) if line.startswith("Any of these"))
    for line in (*said[:SHOWN], *said[mends : mends + SHOWN]):
        assert f"    {line}\n" in PAGE
