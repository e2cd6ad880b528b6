"""Rules and where they are told."""

import re
from pathlib import Path

import moonwright.simulate.replay  # noqa: F401  # with it, every rule is registered
from moonwright.simulate.rule import RULES, Broken, rule

ROOT = Path(__file__).parents[3]


def test_the_page_lists_every_rule() -> None:
    page = (ROOT / "docs" / "model" / "replay.md").read_text(encoding="utf-8")
    heads = re.findall(r"^- ((?:`\w+`(?:, )?)+):", page, flags=re.MULTILINE)
    assert sorted(name for head in heads for name in re.findall(r"\w+", head)) == sorted(RULES)


def test_every_rule_is_broken_by_a_test_of_its_own() -> None:
    tests = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in RULES if not re.search(rf'"{name}"', tests)] == []


def test_a_violation_is_named_after_its_function() -> None:
    before = dict(RULES)

    @rule
    def tidy(day_d: float):  # type: ignore[no-untyped-def]
        """Everything is tidy."""
        yield Broken(day_d, "nodes.base", "a sock lies about")

    assert RULES.pop("tidy") == "Everything is tidy."
    assert before == RULES
    (found,) = tidy(3.0)
    assert (found.rule, found.day_d, found.where, found.text) == (
        "tidy",
        3.0,
        "nodes.base",
        "a sock lies about",
    )
