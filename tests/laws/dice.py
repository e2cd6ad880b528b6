"""Draws in plain words, for whoever writes scenarios at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

Noun = dict[str, Any]
START = date(2030, 1, 1)


class Dice:
    """The same seed throws the same."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def pick(self, *options: Any) -> Any:
        """One of some options, each as likely."""
        return self.random.choice(options)

    def often(self, tenths: int) -> bool:
        """True in so many of ten throws."""
        return self.random.random() < tenths / 10

    def some(self, tenths: int, nouns: Mapping[str, Any]) -> Noun:
        """Each of some entries, or not."""
        return {key: value for key, value in nouns.items() if self.often(tenths)}

    def day(self, first: int = 0, last: int = 400) -> str:
        """A date so many days after the start; often the first of a month."""
        when = START + timedelta(days=self.random.randint(first, last))
        return (when.replace(day=1) if self.often(5) and first >= 0 else when).isoformat()
