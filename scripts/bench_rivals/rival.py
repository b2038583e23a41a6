"""What the rivals of scripts/bench share: reading the case, and answering the program that times them.

A request is t_end (a raw double on standard input); the answer is the CPU seconds of one trajectory, then u(t_end).
"""
import json
import os
import struct
import sys
import time
from pathlib import Path
from typing import Any, Callable


class Case:
    """dudt = -u + W tanh(gain u) from `start`, and the tolerances to integrate with."""

    def __init__(self, folder: Path) -> None:
        import numpy as np
        numbers = json.loads((folder / "case.json").read_text())
        self.neurons: int = numbers["neurons"]
        self.gain: float = numbers["gain"]
        self.rtol: float = numbers["rtol"]
        self.atol: float = numbers["atol"]
        self.weights = np.fromfile(folder / "weights.f64").reshape(self.neurons, self.neurons)
        self.start = np.fromfile(folder / "start.f64")


def read_case() -> Case:
    """The case in the folder named on the command line. Called before a library starts threads: they run on one core with the
    main one, for what a thread has just done on another is not always counted yet when the clock is read."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return Case(Path(sys.argv[1]))


def serve(solve: Callable[[float], Any], clock: Callable[[], float] = time.process_time) -> int:
    """Answers requests until the input ends; `solve(t_end)` returns u(t_end) once it is there, as an array of doubles."""
    solve(1.0)   # compiles what there is to compile
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(request := requests.read(8)) == 8:
        (t_end,) = struct.unpack("<d", request)
        begin = clock()
        state = solve(t_end)
        seconds = clock() - begin
        answers.write(struct.pack("<d", seconds) + state.astype("<f8").tobytes())
        answers.flush()
    return 0
