#!/usr/bin/env python3
"""A rival of basin_bench_ensemble: many cues of one circuit by classical Runge-Kutta steps, batched.

    ensemble_rk4.py LIBRARY FOLDER      LIBRARY: numpy, jax or torch

Reads problem.json, weights.f32 and starts.f32 of FOLDER. For each byte on standard input it integrates all cues once in
single precision on one thread, answers with the CPU seconds (a double) and leaves states.f32 in FOLDER. The byte says
how: "w", the whole in one batch; "s", in smaller batches that stay in the cache, of the size that was the fastest the
first time.
"""
import json
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

SMALLER = [128, 256, 1024]
Integrate = Callable[[np.ndarray], np.ndarray]   # starts, a row a cue -> states at the end


def numpy_rival(weights: np.ndarray, gain: float, h: float, steps: int) -> Integrate:
    transposed = np.ascontiguousarray(weights.T)
    gain, h = np.float32(gain), np.float32(h)

    def integrate(starts: np.ndarray) -> np.ndarray:
        u = starts.copy()
        y, v, total = np.empty_like(u), np.empty_like(u), np.empty_like(u)
        slopes = np.empty_like(u)

        def slope(state: np.ndarray) -> None:
            np.multiply(state, gain, out=v)
            np.tanh(v, out=v)
            np.matmul(v, transposed, out=slopes)
            np.subtract(slopes, state, out=slopes)

        for _ in range(steps):
            slope(u)
            total[:] = slopes
            for factor, weight in ((h / 2, 2), (h / 2, 2), (h, 1)):
                np.multiply(slopes, np.float32(factor), out=y)
                y += u
                slope(y)
                np.multiply(slopes, np.float32(weight), out=v)
                np.add(total, v, out=total)
            total *= h / np.float32(6)
            u += total
        return u

    return integrate


def jax_rival(weights: np.ndarray, gain: float, h: float, steps: int) -> Integrate:
    import jax
    import jax.numpy as jnp

    transposed = jnp.asarray(weights.T)

    def slope(u: jax.Array) -> jax.Array:
        return jnp.tanh(gain * u) @ transposed - u

    def step(_: int, u: jax.Array) -> jax.Array:
        k1 = slope(u)
        k2 = slope(u + h / 2 * k1)
        k3 = slope(u + h / 2 * k2)
        k4 = slope(u + h * k3)
        return u + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    compiled = jax.jit(lambda u: jax.lax.fori_loop(0, steps, step, u))
    return lambda starts: np.asarray(compiled(starts).block_until_ready())


def torch_rival(weights: np.ndarray, gain: float, h: float, steps: int) -> Integrate:
    import torch

    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    transposed = torch.from_numpy(weights.T.copy())

    def slope(u: "torch.Tensor") -> "torch.Tensor":
        return torch.tanh(gain * u) @ transposed - u

    def integrate(starts: np.ndarray) -> np.ndarray:
        u = torch.from_numpy(starts)
        for _ in range(steps):
            k1 = slope(u)
            k2 = slope(u + h / 2 * k1)
            k3 = slope(u + h / 2 * k2)
            k4 = slope(u + h * k3)
            u = u + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        return u.numpy()

    return integrate


RIVALS = {"numpy": numpy_rival, "jax": jax_rival, "torch": torch_rival}


def run(integrate: Integrate, starts: np.ndarray, batch: int) -> tuple[float, np.ndarray]:
    begin = time.process_time()
    parts = [integrate(starts[k:k + batch]) for k in range(0, len(starts), batch)]
    return time.process_time() - begin, np.concatenate(parts)


def fastest_batch(integrate: Integrate, starts: np.ndarray) -> int:
    def seconds(batch: int) -> float:
        run(integrate, starts, batch)   # compiles
        return run(integrate, starts, batch)[0]
    return min(SMALLER, key=seconds)


def main(argv: list[str]) -> int:
    library, folder = argv[0], Path(argv[1])
    problem = json.loads((folder / "problem.json").read_text(encoding="utf-8"))
    neurons, cues = problem["neurons"], problem["cues"]
    weights = np.fromfile(folder / "weights.f32", np.float32).reshape(neurons, neurons)
    starts = np.fromfile(folder / "starts.f32", np.float32).reshape(cues, neurons)
    integrate = RIVALS[library](weights, problem["gain"], problem["step"], problem["steps"])
    batches = {b"w": cues}
    while how := sys.stdin.buffer.read(1):
        if how not in batches:
            batches[how] = fastest_batch(integrate, starts)
        seconds, states = run(integrate, starts, batches[how])
        states.astype(np.float32).tofile(folder / "states.f32")
        sys.stdout.buffer.write(struct.pack("d", seconds))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
