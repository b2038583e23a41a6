#!/usr/bin/env python3
"""scipy's solve_ivp with RK45 (Dormand-Prince), numpy's product."""
import sys

import numpy as np
from rival import read_case, serve
from scipy.integrate import solve_ivp


def main() -> int:
    case = read_case()

    def rates(_t: float, u: np.ndarray) -> np.ndarray:
        return case.weights @ np.tanh(case.gain * u) - u

    def solve(t_end: float) -> np.ndarray:
        found = solve_ivp(rates, (0.0, t_end), case.start, method="RK45", rtol=case.rtol, atol=case.atol,
                          t_eval=[t_end])
        return found.y[:, -1]

    return serve(solve)


if __name__ == "__main__":
    sys.exit(main())
