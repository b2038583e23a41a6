#!/usr/bin/env python3
"""Integrates the circuit of rule "sequence" (docs/math.md, Sequences) by SciPy and writes when it passes its memories.

Made from the formulas of that page with NumPy alone; needs numpy and scipy. Usage: write_expected.py > expected.json
"""
import json

import numpy as np
from scipy.integrate import solve_ivp

NEURONS, MEMORIES, GAIN = 64, 5, 4.0


def circuit(x: np.ndarray, tau_slow: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """W, b, λ and τ of the neurons and the slow units after them."""
    m, n = x.shape
    dual = np.linalg.inv(x @ x.T) @ x
    w = x.T @ dual
    np.fill_diagonal(w, 0.0)
    push = 1.25 * np.abs(w).sum(1).max()
    v = x.copy()
    for _ in range(5000):
        v = np.tanh(GAIN * (v @ w))
    threshold = 0.6 * np.diag(v @ dual.T).min()
    weights = np.zeros((n + m, n + m))
    bias = np.zeros(n + m)
    weights[:n, :n] = w
    weights[:n, n:] = push / 2 * np.roll(x, -1, axis=0).T
    bias[:n] = push / 2 * x.sum(0)
    scale = (np.abs(weights).sum(1) + np.abs(bias)).max() / (np.abs(dual).sum(1).max() + threshold)
    weights[n:, :n] = scale * dual
    bias[n:] = -scale * threshold
    gain = np.concatenate([np.full(n, GAIN), np.full(m, 4.0 * tau_slow / scale)])
    tau = np.concatenate([np.ones(n), np.full(m, tau_slow)])
    return weights, bias, gain, tau


def passed(x: np.ndarray, tau_slow: float, flipped: int) -> list[dict]:
    """Memories passed from memory 0 with its first `flipped` neurons wrong, u = ½ξ, slow units at their bias."""
    m, n = x.shape
    w, b, gain, tau = circuit(x, tau_slow)
    start = b.copy()
    start[:n] = 0.5 * x[0]
    start[:flipped] *= -1.0

    def rhs(_: float, u: np.ndarray) -> np.ndarray:
        return (-u + w @ np.tanh(gain * u) + b) / tau

    end = 5.0 * m * tau_slow
    run = solve_ivp(rhs, (0.0, end), start, method="DOP853", rtol=1e-11, atol=1e-13, dense_output=True)

    def shown(t: float) -> int:
        hits = np.flatnonzero((x * run.sol(t)[:n] > 0).all(1))
        return int(hits[0]) if len(hits) else -1

    visits: list[dict] = []
    grid = np.arange(0.0, end, 0.01)
    for before, after in zip(grid, grid[1:]):
        memory = shown(after)
        if memory < 0 or (visits and visits[-1]["memory"] == memory):
            continue
        low, high = before, after
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (low, middle) if shown(middle) == memory else (middle, high)
        visits.append({"memory": memory, "t": high})
    return visits


def main() -> int:
    cases = []
    for seed, tau_slow in ((1, 8.0), (2, 16.0), (3, 64.0)):
        x = np.random.default_rng(seed).choice([-1.0, 1.0], size=(MEMORIES, NEURONS))
        visits = passed(x, tau_slow, 4)
        # What a start leaves over shrinks a hundredfold a round.
        last = {}
        for visit in visits:
            last.setdefault(visit["memory"], []).append(visit["t"])
        period = last[1][-1] - last[1][-2]
        cases.append({"seed": seed, "tau_slow": tau_slow, "flipped": 4, "period": period, "visits": visits,
                      "patterns": ["".join("+" if v > 0 else "-" for v in row) for row in x]})
    print(json.dumps({"gain": GAIN, "cases": cases}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
