#!/usr/bin/env python3
"""Writes enclosures.csv: g, g′ and g″ of every smooth activation at many z, by mpmath at 60 digits.

    python3 make_enclosures.py >enclosures.csv

A row: kind, z, then for each of g, g′, g″ the largest double below and the smallest above the value (the value twice where it
is a double), all as hexadecimal numbers, so that no digit is lost. g is written down from its definition and differentiated by
mpmath, not by hand.
"""
import random
from fractions import Fraction

from mpmath import atan, diff, erf, mp, mpf, pi, sqrt, tanh

mp.dps = 60
KINDS = {
    "tanh": tanh,
    "erf": lambda z: erf(sqrt(pi) / 2 * z),
    "algebraic": lambda z: z / sqrt(1 + z * z),
    "arctan": lambda z: 2 / pi * atan(pi / 2 * z),
    "power2.5": lambda z: 2 * z ** mpf(2.5) - 1,
    "power3": lambda z: 2 * z**3 - 1,
}


def exact(value: mpf) -> Fraction:
    sign, mantissa, exponent, _ = value._mpf_
    return Fraction(-mantissa if sign else mantissa) * Fraction(2) ** exponent


def neighbours(value: mpf) -> tuple[float, float]:
    import math

    nearest = float(value)
    if Fraction(nearest) == exact(value):
        return nearest, nearest
    if Fraction(nearest) < exact(value):
        return nearest, math.nextafter(nearest, math.inf)
    return math.nextafter(nearest, -math.inf), nearest


def main() -> None:
    draws = random.Random(20)
    wide = [0.25, 0.5, 1.0, 1.5, 3.0, 5.5, 8.0] + [draws.uniform(0, 4) for _ in range(15)] + [10 ** draws.uniform(-4, 0)
                                                                                              for _ in range(5)]
    for kind, g in KINDS.items():
        power = kind.startswith("power")
        for z in [draws.uniform(0.01, 0.99) for _ in range(20)] if power else wide + [-z for z in wide]:
            values = [g(mpf(z))] + [diff(g, mpf(z), n) for n in (1, 2)]
            print(",".join([kind, z.hex()] + [end.hex() for value in values for end in neighbours(value)]))


if __name__ == "__main__":
    main()
