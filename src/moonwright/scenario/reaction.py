"""What people do when things go otherwise: standing rules, as data that a user can change.

The planner reads none of this. The library has a set of rules by name; a scenario's rule of the same name replaces
it, one of a new name is added, and `do: nothing` puts one out of force.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from moonwright.scenario.datum import Count, Duration, datum
from moonwright.scenario.noun import Noun

_NODE = "left out: at every node"
_MISSION = "left out: of every mission"


class TouchedReserve(Noun):
    """A crew is about to leave for a node whose reserve is not full.

    use reserves: it goes, so long as the stock covers `down_to`. hold the crew: it waits until the reserve is full.
    """

    when: Literal["reserve is touched"]
    do: Literal["use reserves", "hold the crew", "nothing"]
    node: str | None = Field(None, description=_NODE)
    down_to: Duration = Field(
        datum(0.0), description="cover beneath which nobody is sent; for `use reserves`"
    )


class ShortStock(Noun):
    """The stock of something covers less than `below` at the gross use of those present.

    cargo first: the next flight with goods for the node goes before others of its launcher. cut the crew: no more
    people go there than the stock carries until the next cargo. bring home: the crew leaves with what waits there.
    """

    when: Literal["stock is short"]
    do: Literal["cargo first", "cut the crew", "bring home", "nothing"]
    below: Duration = Field(description="days of gross use; recovery does not count")
    node: str | None = Field(None, description=_NODE)
    resources: tuple[str, ...] = Field((), description="none: all that are life-critical")


class LateFlight(Noun):
    """A flight leaves later than planned by more than `by`.

    skip the cycle: it is not flown; the next flight of its mission takes its turn, and those it was to relieve stay.
    """

    when: Literal["flight is late"]
    do: Literal["skip the cycle", "nothing"]
    by: Duration
    mission: str | None = Field(None, description=_MISSION)


class LostFlight(Noun):
    """A flight is lost on the way.

    fly again: what was aboard is provided once more `lead` later, from stock or newly made, and flown as soon as a
    launcher is free, at most `most` times; people are not.
    """

    when: Literal["flight is lost"]
    do: Literal["fly again", "nothing"]
    lead: Duration = Field(datum(0.0), description="until vehicle and goods are there again")
    most: Count = Field(datum(1), description="reflights of one flight")
    mission: str | None = Field(None, description=_MISSION)


Reaction = Annotated[
    TouchedReserve | ShortStock | LateFlight | LostFlight,
    Field(discriminator="when"),
]
