#!/usr/bin/env python3
"""Writes unequal.json: three neurons whose outputs take 0, 0.7 and 1.3 τ, by classical Runge-Kutta at a fixed step that divides
every delay, its past interpolated by cubic Hermite polynomials. The step is halved once, and the difference written beside it."""
import json
import math
import pathlib

W = [[0.3, -1.1, 0.4], [0.9, 0.0, -1.2], [-0.7, 1.5, 0.2]]
B = [0.1, -0.2, 0.05]
TAU = [1.0, 0.5, 2.0]
GAIN = [2.0, 3.0, 1.5]
DELAY = [0.0, 0.7, 1.3]
U0 = [0.4, -0.3, 0.2]
TIMES = [0.5, 1.0, 2.0, 5.0, 10.0, 20.0]


def run(per_tenth):
    h = 0.1 / per_tenth
    lag = [round(d / h) for d in DELAY]
    us, fs = [U0], []

    def past(j, k, c):
        """u_j at (k + c - lag_j) h, c in {0, 1/2, 1}, of a neuron with a delay."""
        n = k - lag[j] + (1 if c == 1.0 else 0)
        if n < 0:
            return U0[j]
        if c != 0.5:
            return us[n][j]
        return 0.5 * (us[n][j] + us[n + 1][j]) + h / 8.0 * (fs[n][j] - fs[n + 1][j])

    def slope(u, k, c):
        seen = [u[j] if lag[j] == 0 else past(j, k, c) for j in range(3)]
        v = [math.tanh(GAIN[j] * seen[j]) for j in range(3)]
        return [(-u[i] + sum(W[i][j] * v[j] for j in range(3)) + B[i]) / TAU[i] for i in range(3)]

    found = []
    for k in range(round(TIMES[-1] / h) + 1):
        u = us[k]
        k1 = slope(u, k, 0.0)
        fs.append(k1)
        if any(abs(k * h - t) < 0.5 * h for t in TIMES):
            found.append(u)
        k2 = slope([a + 0.5 * h * b for a, b in zip(u, k1)], k, 0.5)
        k3 = slope([a + 0.5 * h * b for a, b in zip(u, k2)], k, 0.5)
        k4 = slope([a + h * b for a, b in zip(u, k3)], k, 1.0)
        us.append([a + h / 6.0 * (p + 2 * q + 2 * r + s) for a, p, q, r, s in zip(u, k1, k2, k3, k4)])
    return found


coarse, fine = run(100), run(200)
text = json.dumps({"W": W, "b": B, "tau": TAU, "gain": GAIN, "delay": DELAY, "u0": U0, "t": TIMES, "u": fine,
                   "difference_of_twice_the_step": max(abs(a - b) for p, q in zip(coarse, fine) for a, b in zip(p, q))}, indent=1)
pathlib.Path(__file__).with_name("unequal.json").write_text(text + "\n", encoding="utf-8")
