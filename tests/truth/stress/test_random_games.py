"""Fifty random games of two to six players, solved by others (design/games tells how): nucleoli by their definition, with
SCIP; Shapley values and least cores by tucoopy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from moonwright.stress.game.core import least_core
from moonwright.stress.game.game import Game, from_table
from moonwright.stress.game.nucleolus import nucleolus
from moonwright.stress.game.shapley import shapley

GAMES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("games.json").read_text(encoding="utf-8"))
CLOSE = 1e-6  # worths go up to a few hundred


@pytest.fixture(params=GAMES, ids=lambda told: f"{told['kind']} {len(told['shapley'])}")
def told(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


@pytest.fixture
def game(told: dict[str, Any]) -> Game:
    return from_table("abcdef"[: len(told["shapley"])], told["worth"])


def test_there_are_fifty() -> None:
    assert len(GAMES) == 50


def test_nucleolus(told: dict[str, Any], game: Game) -> None:
    assert nucleolus(game) == pytest.approx(told["nucleolus"], abs=CLOSE)


def test_shapley(told: dict[str, Any], game: Game) -> None:
    assert shapley(game) == pytest.approx(told["shapley"], abs=CLOSE)


def test_least_core(told: dict[str, Any], game: Game) -> None:
    assert least_core(game).excess == pytest.approx(told["least_core"], abs=CLOSE)
