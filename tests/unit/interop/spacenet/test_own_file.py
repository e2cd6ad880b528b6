"""Our own file of a campaign: it holds everything, and what is wrong in it is told with its line."""

from pathlib import Path

import pytest

from laws.interop.spacenet_files import ARTEMIS, TUG, campaign, ident, small
from moonwright.errors import ScenarioError
from moonwright.interop.spacenet.own_file import read_campaign, write_campaign
from moonwright.interop.spacenet.read import read


@pytest.mark.parametrize("file", [ARTEMIS, TUG], ids=lambda file: file.name)
def test_it_holds_everything(file: Path, tmp_path: Path) -> None:
    made = read(file).campaign
    (tmp_path / "campaign.json").write_bytes(write_campaign(made))
    assert read_campaign(tmp_path / "campaign.json") == made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not JSON: the text ends here"),
        ("[]", "no object"),
        ("{}", "name: missing"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_campaign_is_told(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "campaign.json").write_text(text)
    with pytest.raises(ScenarioError, match=told):
        read_campaign(tmp_path / "campaign.json")


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ('"dv_m_s": 1000.0', '"dv_m_s": "fast"', "network.edges[0].burns[0].dv_m_s", "a number, at least 0"),
        (
            '"dv_m_s": 1000.0',
            '"dv_ms": 1000.0',
            "network.edges[0].burns[0].dv_m_s",
            'write "dv_m_s" for "dv_ms"',
        ),
        ('"at_d": 1.0', '"at_d": "P1D"', "missions[0].events[3].at_d", "a number of days"),
        (
            f'"edge": "{ident("way")}"',
            f'"edge": "{ident("x")}"',
            "missions[0].events[3].edge",
            "no edge has the id",
        ),
        (
            f'"burn": "{ident("first")}"',
            f'"burn": "{ident("x")}"',
            "missions[0].events[3].sequence[0].burn",
            "no burn",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    old: str, new: str, place: str, told: str, tmp_path: Path
) -> None:
    text = write_campaign(campaign(small())).decode()
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    (tmp_path / "campaign.json").write_text(text.replace(old, new, 1))
    with pytest.raises(ScenarioError) as refused:
        read_campaign(tmp_path / "campaign.json")
    fault = refused.value.faults[0]
    assert (fault.path, told in str(fault)) == (place, True)
    assert fault.line == line or "missing" in fault.found
