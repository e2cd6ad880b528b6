"""Proposals: what if somebody gave or paid something else? Each is read from a file and weighed beside the deal as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from moonwright.choose.onward import onward
from moonwright.choose.result import Result, replayed
from moonwright.errors import Fault, ScenarioError, StressError
from moonwright.network.expand import expand
from moonwright.optimise.highs import Limits
from moonwright.optimise.optimise import optimise
from moonwright.plan import Plan, digest
from moonwright.scenario.datum import Money
from moonwright.scenario.document import Tree, brief, plain, read, spelt, standing
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.extends import contents, merged
from moonwright.scenario.finding import did_you_mean
from moonwright.scenario.load import made
from moonwright.scenario.noun import Noun
from moonwright.scenario.scenario import Scenario
from moonwright.stress.board import key_of
from moonwright.stress.replan import opening
from moonwright.world.habitat import lived_in
from moonwright.world.observe import observe


class Transfer(Noun):
    """Money that one partner hands to another: what a seat, a share or a licence is paid with."""

    giver: str = Field(alias="from")
    taker: str = Field(alias="to")
    amount: Money
    what: str | None = Field(None, alias="for", description="what it is paid for, in words")


class Proposal(Noun):
    """`changes` are laid over the scenario as a file that extends it would be; `transfers` are handed over besides.

    `plan`: `anew` for the changed scenario, or `kept` as it stands, where only owners, shares or prices change.
    """

    changes: dict[str, Any] = Field({}, description="laid over the scenario")
    plan: Literal["anew", "kept"] = "anew"
    transfers: tuple[Transfer, ...] = ()


class _File(Noun):
    proposals: dict[str, Proposal] = Field(min_length=1)


@dataclass(frozen=True)
class Proposed:
    """A proposal with the scenario that it makes, and what each partner receives, or gives (below nought), MUSD."""

    name: str
    proposal: Proposal
    scenario: Scenario
    received: dict[str, float]


def read_proposals(path: Path, scenario: Scenario) -> tuple[Proposed, ...]:
    """The proposals of a YAML file. Raises ScenarioError with every fault found, in the words of its author."""
    tree, faults = read(str(path), contents(path))
    try:
        file = _File.model_validate(plain(tree), by_alias=True, by_name=False)
    except ValidationError as error:
        raise ScenarioError((*faults, *_told(error, tree))) from None
    found: list[Proposed] = []
    beneath, _ = read("scenario.yaml", write_scenario(scenario).encode())
    for name, proposal in file.proposals.items():
        faults += tuple(_strangers(name, proposal, scenario, tree))
        changed = scenario
        if proposal.changes:
            try:
                changed = lived_in(made(merged(beneath, standing(tree, ("proposals", name, "changes")))))
            except ScenarioError as error:
                faults += error.faults
                continue
        found.append(Proposed(name, proposal, changed, _received(proposal, changed)))
    if faults:
        raise ScenarioError(faults)
    return tuple(found)


def _told(error: ValidationError, tree: Tree) -> Iterator[Fault]:
    """pydantic's errors as faults of the file."""
    for detail in error.errors(include_url=False):
        path = tuple(step for step in detail["loc"] if step != "[key]")
        place = standing(tree, path)
        model = _KEYS.get(len(path), ())
        todo = did_you_mean(str(path[-1]), model) if detail["type"] == "extra_forbidden" else ""
        found = "missing" if detail["type"] == "missing" else brief(detail["input"])
        if detail["type"] == "extra_forbidden":
            found = "not a key here"
        yield Fault(place.file, place.line, spelt(path), found, _allowed(detail, model), todo)


_KEYS: dict[int, tuple[str, ...]] = {
    1: ("proposals",),
    3: ("changes", "plan", "transfers", "note"),
    5: ("from", "to", "amount", "for", "note"),
}


def _allowed(detail: Any, keys: Sequence[str]) -> str:
    return ", ".join(keys) if detail["type"] == "extra_forbidden" else str(detail["msg"])


def _strangers(name: str, proposal: Proposal, scenario: Scenario, tree: Tree) -> Iterator[Fault]:
    """Partners that the scenario does not know."""
    for number, transfer in enumerate(proposal.transfers):
        for key, partner in (("from", transfer.giver), ("to", transfer.taker)):
            if partner not in scenario.partners:
                path = ("proposals", name, "transfers", number, key)
                place = standing(tree, path)
                todo = did_you_mean(partner, scenario.partners)
                yield Fault(
                    place.file, place.line, spelt(path), brief(partner), ", ".join(scenario.partners), todo
                )


def _received(proposal: Proposal, scenario: Scenario) -> dict[str, float]:
    totals = dict.fromkeys(scenario.partners, 0.0)
    for transfer in proposal.transfers:
        for partner, sign in ((transfer.giver, -1.0), (transfer.taker, 1.0)):
            totals[partner] = totals.get(partner, 0.0) + sign * float(transfer.amount)
    return totals


class Planned(BaseModel):
    """The plan found for a proposal; None where there is none within limits."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")

    proposal: str
    status: str
    plan: Plan | None


@dataclass(frozen=True)
class Asked:
    """The plan of a proposal is asked for, with all that it depends on."""

    base: Result
    proposed: Proposed
    on: date | None
    limits: Limits

    @property
    def key(self) -> str:
        """What names its answer on disk."""
        return key_of(self.base, self.limits, "proposal", digest(self.proposed.scenario), str(self.on))

    def answer(self) -> Planned:
        """Plan anew, from the start or from a date on."""
        scenario = self.proposed.scenario
        if self.on is None:
            found = optimise(expand(observe(scenario)), self.limits)
        else:
            found = onward(scenario, self.base.plan, opening(self.base.scenario, self.on), self.limits)
        return Planned(proposal=self.proposed.name, status=found.status, plan=found.plan)


def anew(base: Result, proposed: Proposed) -> bool:
    """True where a proposal must be planned for."""
    return proposed.proposal.plan == "anew" and digest(proposed.scenario) != digest(base.scenario)


def carried_out(base: Result, proposed: Proposed, planned: Planned | None) -> Result:
    """The plan that a proposal leads to, in its scenario. Raises StressError where it has none."""
    if planned is not None and planned.plan is None:
        raise StressError(
            f"proposal {proposed.name!r}: no plan ({planned.status}); allow more time, or change less"
        )
    plan = base.plan if planned is None or planned.plan is None else planned.plan
    named = plan.model_copy(update={"scenario_digest": digest(proposed.scenario)})
    return replayed(proposed.name, proposed.scenario, named)
