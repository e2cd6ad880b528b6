"""The report in a real browser: it draws all, complains of nothing, runs nothing that a scenario says."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from moonwright.report.page import POLICY, embedded, report_html

ATTACK = "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
CHARTS = ("bat", "builds", "stays", "presence", "stocks", "power", "night", "cost", "mass", "tornado")

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--enable-logging=stderr", "--window-size=1280,900", "--virtual-time-budget=4000", "--dump-dom",
)  # fmt: skip


def html_of(campaign: Any) -> str:
    return report_html(campaign.scenario, campaign.plan, campaign.run, campaign.record)


def opened(chromium: Path, page: str, folder: Path) -> tuple[str, list[str]]:
    """The document as the browser ends up with it, and what its console says."""
    file = folder / "report.html"
    file.write_text(page, encoding="utf-8")
    command = [str(chromium), *FLAGS, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def test_it_draws_every_chart_and_complains_of_nothing(campaign: Any, chromium: Path, tmp_path: Path) -> None:
    document, console = opened(chromium, html_of(campaign), tmp_path)
    assert console == []
    for chart in CHARTS:
        home = document.index(f'id="chart-{chart}"')
        assert "<svg" in document[home : home + 2000], chart


def test_a_broken_plan_is_red_on_top(campaign: Any, chromium: Path, tmp_path: Path) -> None:
    document, console = opened(chromium, html_of(campaign.broken()), tmp_path)
    assert console == []
    assert (
        document.index("Not certified")
        < document.index("oxygen is 12.4 kg below")
        < document.index("Shortfalls")
    )


def test_an_empty_plan_still_makes_a_page(campaign: Any, chromium: Path, tmp_path: Path) -> None:
    document, console = opened(chromium, html_of(campaign.empty()), tmp_path)
    assert console == []
    assert "The plan needs no flight." in document


def test_what_a_scenario_says_never_runs(make: Any, chromium: Path, tmp_path: Path) -> None:
    page = html_of(make(poisoned()))
    document, console = opened(chromium, page, tmp_path)
    assert console == []
    assert re.search("<title>(.*?)</title>", document, re.DOTALL)[1].startswith("&lt;/script&gt;")  # type: ignore[index]
    parser = Loads()
    parser.feed(document)
    assert parser.tags.count("script") == 3  # the data, the chart library, our own
    assert "img" not in parser.tags
    assert "javascript:" not in re.findall(r'href="([^"]*)"', page)


def poisoned() -> dict[str, Any]:
    """The scenario with markup in every text that an author may choose."""
    text = (Path(__file__).with_name("campaign.yaml")).read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    told["name"] = told["description"] = ATTACK
    for nouns in ("nodes", "launchers", "vehicles", "missions", "resources", "elements", "crew"):
        for entry in told[nouns].values():
            entry["name"] = entry["note"] = ATTACK
    for partner in told["partners"].values():
        partner["name"] = ATTACK
    for source in told["sources"].values():
        source["title"], source["url"] = ATTACK, "javascript:alert(1)"
    told["demands"]["habitat-by-2036"]["note"] = ATTACK
    return told


class Loads(HTMLParser):
    """What a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.policy: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        if tag in {"link", "iframe", "object", "embed", "base", "form"} or "src" in told:
            self.fetched.append(f"{tag} {told}")
        if told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"]


def test_it_is_one_file_that_fetches_nothing(campaign: Any) -> None:
    page = html_of(campaign)
    parser = Loads()
    parser.feed(page)
    assert parser.fetched == []
    assert (
        parser.policy
        == POLICY
        == "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
    )
    assert "@import" not in page
    assert len(page.encode()) < 4e6


def test_the_same_inputs_give_the_same_report(campaign: Any) -> None:
    assert html_of(campaign) == html_of(campaign)


@pytest.mark.parametrize("text", ["</script>", "<!--", "&amp;", "\u2028", "]]>"])
def test_json_in_a_page_cannot_end_its_element_and_reads_back(text: str) -> None:
    told = str(embedded({"text": text}))
    assert not set("<>&\u2028") & set(told)
    assert json.loads(told) == {"text": text}


def test_numbers_that_json_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        embedded({"mass": float("nan")})
