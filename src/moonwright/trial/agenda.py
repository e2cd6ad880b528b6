"""What is still to happen, earliest first: a binary heap in a table."""

from __future__ import annotations

from typing import Final

import numpy as np

from moonwright.compiled import compiled
from moonwright.trial.tables import Rows

# What happens at one moment happens in this order.
COME, REACH, REPAIR, EXPIRE, STAND, COMMISSION, ENTER, GO, FAIL, MEND = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9

EVENT: Final = np.dtype(
    [("day_d", np.float64), ("order", np.int64), ("kind", np.int64), ("subject", np.int64)]
)


@compiled
def book(agenda: Rows, size: Rows, day_d: float, kind: int, subject: int) -> None:
    """Put something on the agenda. What is booked first comes first among equals. A full agenda takes no more."""
    row = size[0]
    if row >= len(agenda):
        size[2] += 1
        return
    size[0] += 1
    size[1] += 1
    order = kind * (1 << 40) + size[1]
    while row > 0:
        above = (row - 1) // 2
        if agenda[above].day_d < day_d or (agenda[above].day_d == day_d and agenda[above].order < order):
            break
        agenda[row] = agenda[above]
        row = above
    agenda[row].day_d = day_d
    agenda[row].order = order
    agenda[row].kind = kind
    agenda[row].subject = subject


@compiled
def take(agenda: Rows, size: Rows) -> tuple[float, int, int]:
    """Take what comes first off the agenda: day, kind and subject. The agenda must not be empty."""
    first = (agenda[0].day_d, agenda[0].kind, agenda[0].subject)
    size[0] -= 1
    last = size[0]
    day_d, order = agenda[last].day_d, agenda[last].order
    kind, subject = agenda[last].kind, agenda[last].subject
    row = 0
    while True:
        below = 2 * row + 1
        if below >= last:
            break
        other = below + 1
        if other < last and (
            agenda[other].day_d < agenda[below].day_d
            or (agenda[other].day_d == agenda[below].day_d and agenda[other].order < agenda[below].order)
        ):
            below = other
        if day_d < agenda[below].day_d or (day_d == agenda[below].day_d and order < agenda[below].order):
            break
        agenda[row] = agenda[below]
        row = below
    agenda[row].day_d = day_d
    agenda[row].order = order
    agenda[row].kind = kind
    agenda[row].subject = subject
    return first
