"""`moonwright deal` as a user meets it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import moonwright
from moonwright.cli import commands
from moonwright.scenario.dump import as_yaml
from moonwright.stress.deal.proposal import read_proposals
from unit.stress.deal.markets import market

ROOT = Path(__file__).parents[2]
PROPOSALS = "proposals: {fair: {transfers: [{from: buyer, to: seller, amount: 40 MUSD}]}}\n"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of the small market, and a proposal beside them."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "market.yaml").write_text(as_yaml(market()), encoding="utf-8")
    (folder / "fair.yaml").write_text(PROPOSALS, encoding="utf-8")
    assert run("plan", folder / "market.yaml", "-o", folder / "out").exit_code == 0
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)))


def test_the_sheet_to_lay_on_the_table_is_the_same_for_any_number_of_workers(planned: Path) -> None:
    told = []
    for workers in ("1", "2"):
        done = run(
            "deal", planned / "out", "--proposals", planned / "fair.yaml", "--workers", workers,
            "-o", planned / workers, "--json",
        )  # fmt: skip
        assert done.exit_code == 0, done.output
        told.append(done.stdout)
    assert told[0] == told[1]
    offers = json.loads(told[0])["offers"]
    nets = [offer["deal"]["stakes"]["seller"]["account"] for offer in offers]
    assert [one["received_musd"] - one["cost_musd"] for one in nets] == [-20.0, 20.0]


def test_what_is_told_and_written(planned: Path) -> None:
    """Once more from kept answers, through the other command; then in place of what stands there."""
    done = run(
        "stress", planned / "out", "--proposals", planned / "fair.yaml", "--workers", "1", "-o", planned / "1"
    )
    assert done.exit_code == 0, done.output
    assert "All together: 70 MUSD." in done.stdout
    assert "No demand is said to be worth anything to: seller." in done.stdout
    assert "seller would gain by going: 20 MUSD." in done.stdout
    written = {path.name for path in (planned / "1" / "deal" / "tables").glob("*.csv")}
    assert written == {
        "coalitions.csv", "partners.csv", "shares.csv", "leaving.csv", "staying.csv", "sure.csv", "ledger.csv",
        "proposals.csv",
    }  # fmt: skip


def test_what_leaving_on_a_date_means(planned: Path) -> None:
    """From April on nothing is spent yet: the deal is what it is from the start. Without trucks there is no price."""
    arguments = ("deal", planned / "out", "--on", "2030-04-01", "--leaves", "2030-07-01", "-o", planned / "1")
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["buyer", "2030-07-01", "no", "limit", "10", "0.00"] in lines
    assert ["seller", "2030-07-01", "40", "20", "0.00"] in lines
    assert json.loads((planned / "1" / "deal" / "deal.json").read_text())["offers"][0]["deal"]["leverage"][0][
        "price"
    ] == {"low": "inf", "found": "inf", "high": "inf"}


def test_a_date_that_is_none(planned: Path) -> None:
    done = run("deal", planned / "out", "--leaves", "soon")
    assert done.exit_code != 0
    assert "--leaves soon: write a date like 2030-01-01" in done.output


def test_the_proposals_that_the_recipe_shows_can_be_read(tmp_path: Path) -> None:
    """Those of docs/how-to/weigh-a-deal.md, of the lunar station."""
    recipe = (ROOT / "docs" / "how-to" / "weigh-a-deal.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^(proposals:\n.+?)```", recipe, flags=re.DOTALL | re.MULTILINE)
    (tmp_path / "proposals.yaml").write_text(shown, encoding="utf-8")
    paid, moved = read_proposals(
        tmp_path / "proposals.yaml", moonwright.load(ROOT / "examples" / "ilrs.yaml")
    )
    assert paid.received == {"cnsa": -3000.0, "roscosmos": 3000.0, "ilrs-partners": 0.0}
    assert moved.scenario.elements["fsp-reactor"].owner == "cnsa"
