#!/usr/bin/env python3
"""Largest Lyapunov exponents of two chaotic circuits, by NumPy 2 without Basin: the two-trajectory method of Benettin with
classical Runge-Kutta steps, many starts side by side.

    tests/data/chaos/write_expected.py > tests/data/chaos/expected.json
"""
import json
import sys

import numpy as np

CASES = [
    {"name": "chaos3", "weights": [[2.0, -1.2, 0.0], [1.9, 1.71, 1.15], [-4.75, 0.0, 1.1]], "tau": [1, 1, 1], "dt": 0.02,
     "transient": 400, "duration": 1600},
    {"name": "chaos4", "weights": [[1, 0.5, -3, -1], [0, 2, 3, 0], [3, -3, 1, 0], [1, 0, 0, 1.7]], "tau": [1, 1, 1, 0.01],
     "dt": 0.005, "transient": 100, "duration": 400},
]
STARTS = 96
DISTANCE = 1e-7


def step(u: np.ndarray, w: np.ndarray, tau: np.ndarray, dt: float) -> np.ndarray:
    def rate(x: np.ndarray) -> np.ndarray:
        return (-x + np.tanh(x) @ w.T) / tau

    a = rate(u)
    b = rate(u + dt / 2 * a)
    c = rate(u + dt / 2 * b)
    return u + dt / 6 * (a + 2 * b + 2 * c + rate(u + dt * c))


def exponents(case: dict) -> np.ndarray:
    """λ1 of every start."""
    w, tau, dt = np.array(case["weights"], float), np.array(case["tau"], float), case["dt"]
    random = np.random.default_rng(1)
    u = random.uniform(-1, 1, (STARTS, len(tau)))
    v = u + DISTANCE * np.ones(len(tau)) / np.sqrt(len(tau))
    sums, every = np.zeros(STARTS), round(1 / dt)
    for k in range(round((case["transient"] + case["duration"]) / dt)):
        both = step(np.concatenate([u, v]), w, tau, dt)
        u, v = both[:STARTS], both[STARTS:]
        if (k + 1) % every == 0:
            apart = np.linalg.norm(v - u, axis=1)
            if k * dt > case["transient"]:
                sums += np.log(apart / DISTANCE)
            v = u + (v - u) * (DISTANCE / apart)[:, None]
    return sums / case["duration"]


def main() -> int:
    cases = []
    for case in CASES:
        found = exponents(case)
        chaotic = found[found > 0.02]   # starts in the basin of a cycle have 0
        cases.append({**case, "starts": STARTS, "chaotic": int(chaotic.size), "lyapunov": float(chaotic.mean()),
                      "standard_error": float(chaotic.std(ddof=1) / np.sqrt(chaotic.size)), "scatter": float(chaotic.std(ddof=1))})
    print(json.dumps({"cases": cases}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
