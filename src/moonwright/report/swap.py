"""Putting a new folder in the place of an old one in a single step, where the system can."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_AT_FDCWD = -100  # linux/fcntl.h: paths count from the working directory
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS sys/stdio.h


def swap(new: Path, place: Path) -> Path | None:
    """Put the folder `new` at `place`; returns where the folder that stood there is now, or None if none did.

    Linux and macOS exchange two folders at one stroke. Elsewhere, and on file systems that cannot, the old
    one steps aside first: a run killed between the two renames leaves it beside `place`, whole.
    """
    if not place.exists():
        new.rename(place)
        return None
    if _exchanged(new, place):
        return new
    aside = Path(tempfile.mkdtemp(prefix=f".{place.name}-old-", dir=place.parent)) / place.name
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        aside.parent.rmdir()
        raise
    return aside.parent


def _exchanged(one: Path, other: Path) -> bool:
    """True where the system exchanged the two; False where it cannot: the renames then tell what is wrong."""
    call = _system_call()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


def _system_call() -> Callable[[bytes, bytes], int] | None:
    """What exchanges two paths and returns 0, or None on a system that has no such thing."""
    if sys.platform == "win32":
        return None
    system = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(system, "renamex_np"):
        return lambda one, other: int(system.renamex_np(one, other, _RENAME_SWAP))
    if hasattr(system, "renameat2"):
        return lambda one, other: int(system.renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _RENAME_EXCHANGE))
    return None
