"""What passes through a door, either way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Carried:
    """Files by name (within a folder), and in a sentence each what they could not carry over."""

    files: Mapping[str, bytes]
    left_behind: tuple[str, ...] = ()
