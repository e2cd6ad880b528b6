"""Fifty random games, solved by others' code: the table that ours are held against. See README.md."""

from __future__ import annotations

import json

import numpy as np
from pyscipopt import Model, quicksum
from tucoopy import Game  # type: ignore[import-not-found]
from tucoopy.solutions.least_core import least_core  # type: ignore[import-not-found]
from tucoopy.solutions.nucleolus import nucleolus  # type: ignore[import-not-found]
from tucoopy.solutions.shapley import shapley_value  # type: ignore[import-not-found]

KINDS = ("any", "whole numbers", "superadditive", "savings", "simple")


def drawn(rng: np.random.Generator, size: int, kind: str) -> list[float]:
    """Worth by coalition. All have more together than each alone, so that there are shares to speak of."""
    full = (1 << size) - 1
    if kind == "simple":
        weights = rng.integers(1, 6, size)
        won = [
            2 * sum(w for i, w in enumerate(weights) if s >> i & 1) > weights.sum() for s in range(full + 1)
        ]
        return [float(w and s.bit_count() > 1) for s, w in enumerate(won)]  # nobody wins alone
    worth = [0.0, *rng.uniform(0.0, 100.0, full).tolist()]
    if kind == "whole numbers":
        worth = [float(rng.integers(0, 6)) if s else 0.0 for s in range(full + 1)]
    if kind == "savings":
        worth = [0.0 if s.bit_count() < 2 else w * s.bit_count() for s, w in enumerate(worth)]
    if kind == "superadditive":
        for s in range(1, full + 1):
            part = (s - 1) & s
            while part:
                worth[s] = max(worth[s], worth[part] + worth[s ^ part])
                part = (part - 1) & s
    worth[full] = max(worth[full], sum(worth[1 << i] for i in range(size)) + 1.0)
    return [round(w, 6) for w in worth]


def by_sums(size: int, worth: list[float]) -> list[float]:
    """The nucleolus by its definition, with SCIP: the sum of the k largest excesses is least, for k = 1, 2, 3, ...

    The sum of the k largest of e_j is the least of k t + sum of d_j, with d_j >= e_j - t and d_j >= 0 (Ogryczak and
    Tamir, Information Processing Letters 85, 2003).
    """
    full = (1 << size) - 1
    shares: list[float] = []
    kept: list[float] = []
    for most in range(1, full):
        model = Model()
        model.hideOutput()
        model.setParam("numerics/feastol", 1e-9)
        x = [model.addVar(lb=worth[1 << i]) for i in range(size)]
        model.addCons(quicksum(x) == worth[full])
        excess = [worth[s] - quicksum(x[i] for i in range(size) if s >> i & 1) for s in range(1, full)]
        for k in range(1, most + 1):
            t = model.addVar(lb=None)
            d = [model.addVar(lb=0.0) for _ in excess]
            for over, e in zip(d, excess, strict=True):
                model.addCons(t + over >= e)
            total = k * t + quicksum(d)
            if k < most:
                model.addCons(total <= kept[k - 1] + 1e-8)
        model.setObjective(total)
        model.optimize()
        kept.append(model.getObjVal())
        shares = [model.getVal(one) for one in x]
    return shares


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(20241124)
    told = []
    for number in range(50):
        size, kind = 2 + number % 5, KINDS[number // 5 % len(KINDS)]
        worth = drawn(rng, size, kind)
        game = Game(n_players=size, v=dict(enumerate(worth)))
        shares = by_sums(size, worth)
        told.append(
            {
                "kind": kind,
                "worth": worth,
                "nucleolus": [round(x, 7) for x in shares],
                "tucoopy agrees": bool(np.allclose(shares, nucleolus(game).x, atol=1e-5)),
                "shapley": list(shapley_value(game)),
                "least_core": float(least_core(game).epsilon),
            }
        )
    print("[\n" + ",\n".join(json.dumps(one) for one in told) + "\n]")


if __name__ == "__main__":
    main()
