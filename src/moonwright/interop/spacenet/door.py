"""A SpaceNet file in, a SpaceNet file out, and the campaign in a folder of ours."""

from __future__ import annotations

from pathlib import Path

from moonwright.choose.result import PLAN, SCENARIO
from moonwright.errors import MoonwrightError
from moonwright.interop.carried import Carried
from moonwright.interop.spacenet.campaign import Campaign
from moonwright.interop.spacenet.from_plan import from_plan
from moonwright.interop.spacenet.own_file import CAMPAIGN_FILE, read_campaign, write_campaign
from moonwright.interop.spacenet.read import read
from moonwright.interop.spacenet.to_scenario import to_scenario
from moonwright.interop.spacenet.write import write_spacenet
from moonwright.plan import read_plan
from moonwright.scenario.dump import write_scenario
from moonwright.scenario.load import load
from moonwright.world.observe import observe

LEFT_FILE = "not-carried-over.txt"


class NoCampaignError(MoonwrightError):
    """A folder holds neither a campaign that was brought nor a plan of ours."""


def bring(file: Path) -> Carried:
    """What a SpaceNet file holds: `campaign.json` (who flies, burns and is staged when), and `scenario.yaml`.

    The campaign is what the file says; the scenario asks for the same flights, for planning them anew. What either
    of them has no place for is listed.
    """
    found = read(file)
    scenario, unsaid = to_scenario(found.campaign)
    left = (*found.left_behind, *(f"not in scenario.yaml: {what}" for what in unsaid))
    files = {CAMPAIGN_FILE: write_campaign(found.campaign)}
    if scenario is not None:
        files[SCENARIO] = write_scenario(scenario).encode()
    if left:
        files[LEFT_FILE] = ("\n".join(left) + "\n").encode()
    return Carried(files, left)


def send(folder: Path) -> Carried:
    """The campaign in a folder of ours, as a SpaceNet JSON file."""
    campaign, left = campaign_in(folder)
    sent = write_spacenet(campaign, f"{folder.resolve().name}.spacenet.json")
    return Carried(sent.files, (*left, *sent.left_behind))


def campaign_in(folder: Path) -> tuple[Campaign, tuple[str, ...]]:
    """The campaign in a folder, and what could not be told of it. Raises NoCampaignError where there is none."""
    if (folder / CAMPAIGN_FILE).is_file():
        return read_campaign(folder / CAMPAIGN_FILE), ()
    if not all((folder / name).is_file() for name in (SCENARIO, PLAN)):
        raise NoCampaignError(
            f"{folder}: no campaign and no plan; name a folder that `moonwright import spacenet FILE -o FOLDER` "
            f"or `moonwright plan FILE -o FOLDER` wrote"
        )
    return from_plan(read_plan(folder / PLAN), observe(load(folder / SCENARIO)))
