#!/usr/bin/env python3
"""diffrax's Dopri5 with its PID controller, compiled by jax.jit for one CPU thread."""
import os
import sys

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"

import diffrax  # noqa: E402
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy as np  # noqa: E402
from rival import read_case, serve  # noqa: E402

jax.config.update("jax_enable_x64", True)


def main() -> int:
    case = read_case()
    weights, start = jnp.asarray(case.weights), jnp.asarray(case.start)
    term = diffrax.ODETerm(lambda t, u, args: weights @ jnp.tanh(case.gain * u) - u)
    controller = diffrax.PIDController(rtol=case.rtol, atol=case.atol)

    @jax.jit
    def trajectory(t_end: jax.Array) -> jax.Array:
        return diffrax.diffeqsolve(term, diffrax.Dopri5(), t0=0.0, t1=t_end, dt0=0.02, y0=start,
                                   stepsize_controller=controller, saveat=diffrax.SaveAt(t1=True),
                                   max_steps=4096).ys[0]

    return serve(lambda t_end: np.asarray(trajectory(t_end).block_until_ready()))


if __name__ == "__main__":
    sys.exit(main())
