"""Tables on a terminal: columns aligned, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence

GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Rows under a head; the first `left` columns start at the left, the others end at the right."""
    told = [list(head), *map(list, rows)]
    widths = [max(len(row[column]) for row in told) for column in range(len(head))]
    lines = [_line(row, widths, left) for row in told]
    return "\n".join([lines[0], "-" * len(lines[0].rstrip()), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = [
        text.ljust(width) if column < left else text.rjust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    return GAP.join(cells).rstrip()


def clipped(text: str, most: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 3]}..."
