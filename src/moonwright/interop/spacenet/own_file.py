"""A Campaign as a file of our own: every stack and sequence, times in days, masses in kg. It may be changed by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from moonwright.errors import Fault, ScenarioError
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.check import check
from moonwright.interop.spacenet.findings import OURS, findings_of
from moonwright.interop.spacenet.json_text import SIZE_LIMIT, read_json
from moonwright.scenario.document import plain
from moonwright.scenario.finding import FAULTS_SHOWN, Finding, located

CAMPAIGN_FILE = "campaign.json"


def write_campaign(campaign: Campaign) -> bytes:
    """The campaign as a file of ours, which `read_campaign` reads back equal."""
    data = campaign.model_dump(mode="json", exclude_none=True)
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def read_campaign(path: Path) -> Campaign:
    """The campaign in a file of ours. Raises ScenarioError with every fault found."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise ScenarioError((Fault(str(path), 0, "", f"cannot be read: {error.strerror}", "", ""),)) from None
    tree, faults = read_json(str(path), data)
    campaign, found = _made(plain(tree))
    faults += tuple(located(finding, tree) for finding in found[:FAULTS_SHOWN])
    if campaign is None or faults:
        raise ScenarioError(faults)
    return campaign


def _made(told: object) -> tuple[Campaign | None, list[Finding]]:
    try:
        campaign = Campaign.model_validate(told, by_alias=False, by_name=True)
    except ValidationError as error:
        wrong, unknown = findings_of(error, told)
        return None, [*wrong, *(replace(finding, found="an unknown key") for finding in unknown)]
    return campaign, [_in_our_keys(finding) for finding in check(campaign)]


def _in_our_keys(finding: Finding) -> Finding:
    """A finding of the check, which speaks in SpaceNet's keys."""
    return replace(
        finding, path=tuple(OURS.get(step, step) if isinstance(step, str) else step for step in finding.path)
    )
