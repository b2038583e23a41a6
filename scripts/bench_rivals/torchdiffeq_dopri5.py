#!/usr/bin/env python3
"""torchdiffeq's dopri5 on one CPU thread."""
import sys

import numpy as np
import torch
from rival import read_case, serve
from torchdiffeq import odeint


def main() -> int:
    torch.set_num_threads(1)
    case = read_case()
    weights, start = torch.from_numpy(case.weights), torch.from_numpy(case.start)

    def rates(_t: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
        return weights @ torch.tanh(case.gain * u) - u

    def solve(t_end: float) -> np.ndarray:
        with torch.no_grad():
            times = torch.tensor([0.0, t_end], dtype=torch.float64)
            return odeint(rates, start, times, rtol=case.rtol, atol=case.atol, method="dopri5")[-1].numpy()

    return serve(solve)


if __name__ == "__main__":
    sys.exit(main())
