#!/usr/bin/env python3
"""Writes slice.csv and ring.json of this folder with SciPy alone, from the text of the two circuits below.

    make_labels.py

slice.csv: `cell,signs`, every fourth cell of every fourth row of the plane through three memories of a Hebb network, and the
signs of where du/dt = -u + W tanh(10u) goes from there (DOP853, rtol 1e-9, to t = 200). ring.json: period of three inverters in a
ring, du_i/dt = -u_i - tanh(3 u_(i+1)).
"""
import json
import sys
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

PATTERNS = ["-+-+++++-++-", "---------+++", "-+-----+---+"]
CELLS, EVERY, AMPLITUDE, GAIN, MARGIN = 81, 4, 0.5, 10.0, 0.3


def ends_of_cells() -> list[tuple[int, str]]:
    x = np.array([[1.0 if c == "+" else -1.0 for c in text] for text in PATTERNS])
    w = x.T @ x / x.shape[1]
    np.fill_diagonal(w, 0.0)
    a, b, c = AMPLITUDE * x
    across = (b - a) / np.linalg.norm(b - a)
    up = (c - a) - (c - a) @ across * across
    up /= np.linalg.norm(up)
    marks = np.array([[(p - a) @ across, (p - a) @ up] for p in (a, b, c)])
    low, high = marks.min(axis=0), marks.max(axis=0)
    side = (1 + 2 * MARGIN) * (high - low).max()
    left, bottom = (low + high - side) / 2
    rows = []
    for row in range(0, CELLS, EVERY):
        for column in range(0, CELLS, EVERY):
            u0 = (a + (left + (column + 0.5) * side / CELLS) * across + (bottom + side - (row + 0.5) * side / CELLS) * up)
            end = solve_ivp(lambda _, u: -u + w @ np.tanh(GAIN * u), (0, 200), u0, method="DOP853", rtol=1e-9, atol=1e-12).y[:, -1]
            rows.append((row * CELLS + column, "".join("+" if u > 0 else "-" for u in end)))
    return rows


def ring_period() -> float:
    def rising(_, u):
        return u[0]
    rising.direction = 1
    found = solve_ivp(lambda _, u: -u - np.tanh(3.0 * np.roll(u, -1)), (0, 200), [0.1, -0.2, 0.05], method="DOP853", rtol=1e-11,
                      atol=1e-13, events=rising)
    times = found.t_events[0]
    return float((times[-1] - times[-11]) / 10)


def main() -> int:
    folder = Path(__file__).parent
    lines = [f"{cell},{signs}" for cell, signs in ends_of_cells()]
    (folder / "slice.csv").write_text("cell,signs\n" + "\n".join(lines) + "\n")
    (folder / "ring.json").write_text(json.dumps({"gain": 3.0, "period": ring_period()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
