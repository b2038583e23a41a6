#!/usr/bin/env python3
"""ngspice: a capacitor, a resistor and a controlled source a weight; the time is the child's."""
import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
from rival import read_case, serve


def netlist(case, t_end: float) -> str:
    lines = ["recall"]
    for i in range(case.neurons):
        lines += [f"C{i} u{i} 0 1 IC={float(case.start[i])!r}", f"R{i} u{i} 0 1",
                  f"B{i} v{i} 0 V=tanh({case.gain!r}*V(u{i}))"]
        lines += [f"G{i}_{j} 0 u{i} v{j} 0 {float(w)!r}" for j, w in enumerate(case.weights[i]) if w != 0.0]
    outputs = " ".join(f"u{i}" for i in range(case.neurons))
    return "\n".join(lines + [f".options reltol={case.rtol!r} abstol={case.atol!r} vntol={case.atol!r} numdgt=15",
                              f".tran {t_end / 100!r} {t_end!r} uic", ".control", "run", "set wr_singlescale",
                              "option numdgt=15", f"wrdata out.txt {outputs}", "quit", ".endc", ".end", ""])


def child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    case = read_case()
    folder = Path(sys.argv[1])

    def solve(t_end: float) -> np.ndarray:
        (folder / "recall.cir").write_text(netlist(case, t_end))
        subprocess.run(["ngspice", "-b", "recall.cir"], cwd=folder, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        row = np.loadtxt(folder / "out.txt")[-1]
        if row.size != case.neurons + 1 or abs(row[0] - t_end) > 1e-9 * t_end or not np.isfinite(row).all():
            raise RuntimeError("ngspice wrote no whole trajectory")
        return row[1:].copy()

    return serve(solve, child_seconds)


if __name__ == "__main__":
    sys.exit(main())
