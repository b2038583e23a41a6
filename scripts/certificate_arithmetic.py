"""Numbers, intervals, and what the activations are within them: the arithmetic of check_certificate.

An interval (lo, hi) of integers holds a number in units of 2^-256; every operation rounds lo downwards and hi upwards. The
shapes g and their slopes are those of docs/math.md, Activations.
"""
import re
from decimal import ROUND_CEILING, Context, Decimal
from fractions import Fraction
from math import inf, isqrt

P = 256
ONE = 1 << P
# What is largest of |g″| of the smooth shapes, rounded up: 4/(3√3), √(π/2)/√e, 48/5^(5/2), 9π/(16√3).
CURVATURE = {"tanh": "0.76980036", "erf": "0.76017346", "algebraic": "0.85865011", "arctan": "1.02026215"}
NUMBER = re.compile(r"-?0x[01](\.[0-9a-f]+)?p[+-][0-9]{1,4}", re.ASCII)


class NoProof(Exception):
    """The file does not have the form of a certificate, or a claim does not hold."""


def need(truth: bool, what: str) -> None:
    if not truth:
        raise NoProof(what)


def unique(pairs: list) -> dict:
    need(len(dict(pairs)) == len(pairs), "a name stands twice in one object")
    return dict(pairs)


def fields(value: object, *names: str) -> list:
    need(isinstance(value, dict) and value.keys() == set(names), f"an object with {', '.join(names)} is needed")
    return [value[name] for name in names]


def number(text: object, endless: bool = False) -> Fraction | float:
    if endless and text in ("inf", "-inf"):
        return float(text)
    need(isinstance(text, str) and bool(NUMBER.fullmatch(text)), f"{text!r} is no hexadecimal number")
    return Fraction(float.fromhex(text))


def whole(text: object, endless: bool = False) -> int | float:
    """The number in units of 2^-256, which it must be a multiple of."""
    value = number(text, endless)
    if isinstance(value, float):
        return value
    need(ONE % value.denominator == 0, f"{text} is finer than 2^-{P}")
    return value.numerator * (ONE // value.denominator)


def vector(texts: object, length: int) -> list[int]:
    need(isinstance(texts, list) and len(texts) == length, f"a list of {length} numbers is needed")
    return [whole(text) for text in texts]


def up(a: int) -> int:
    return -(-a >> P)


def times(a: tuple, b: tuple) -> tuple:
    products = (a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1])
    return min(products) >> P, up(max(products))


def over(a: tuple, b: tuple) -> tuple:
    need(b[0] > 0, "a divisor is not proved to be positive")
    return min((x << P) // y for x in a for y in b), max(-((-x << P) // y) for x in a for y in b)


def root_of_one_and(a: tuple) -> tuple:
    return isqrt(ONE + a[0] << P), isqrt(ONE + a[1] << P) + 1


def enclosed(value: Fraction) -> tuple:
    return (value.numerator << P) // value.denominator, -((-value.numerator << P) // value.denominator)


def exp_end(x: int, upper: int) -> int:
    """Below e^x (upper 0) or above it (1), for 0 ≤ x ≤ 700: the series of x/4096 < 0.18, then twelve squares."""
    y, term, total, k = (x >> 12) + upper, ONE, ONE, 0
    while term:
        k += 1
        term = term * y // (k << P)
        total += term
    total += 300 * upper   # under 100 terms, each too small by less than 2; those left out are less than 1 together
    for _ in range(12):
        total = total * total + (ONE - 1) * upper >> P
    return total


def exp_minus(x: tuple) -> tuple:
    most = 700 * ONE
    return 0 if x[1] > most else ONE * ONE // exp_end(x[1], 1), -(-ONE * ONE // exp_end(min(x[0], most), 0))


def atan(x: tuple) -> tuple:
    """Of x ≥ 0: atan x = 2 atan(x/(1 + √(1 + x²))) three times, then the alternating series."""
    for _ in range(3):
        bottom = root_of_one_and(times(x, x))
        x = over(x, (ONE + bottom[0], ONE + bottom[1]))
    low, high, power, k, square = 0, 0, x, 0, times(x, x)
    while power[1] > 1:
        term = (power[0] // (2 * k + 1), -(-power[1] // (2 * k + 1)))
        low, high = (low + term[0], high + term[1]) if k % 2 == 0 else (low - term[1], high - term[0])
        power, k = times(power, square), k + 1
    return 8 * (low - 2), 8 * (high + 2)


PI = tuple(4 * end for end in atan((ONE, ONE)))


def shape(kind: str, z: int) -> tuple:
    """g and g′ of a smooth shape at z ≥ 0; those of −z are −g and g′."""
    x = (z, z)
    if z == 0:
        return (0, 0), (ONE, ONE)
    if kind == "tanh":   # (1 − e)/(1 + e) and 4e/(1 + e)², e = exp(−2z)
        e = exp_minus((2 * z, 2 * z))
        bottom = (ONE + e[0], ONE + e[1])
        return over((ONE - e[1], ONE - e[0]), bottom), over(over((4 * e[0], 4 * e[1]), bottom), bottom)
    if kind == "erf":    # g′ = exp(−q), g = g′z Σ (2q)^n/(2n + 1)!!, 1 − g ≤ exp(−q), q = πz²/4
        q = tuple(end // 4 + k for k, end in enumerate(times(PI, times(x, x))))
        slope, term, total, n = exp_minus(q), (ONE, ONE), (ONE, ONE), 0
        while z <= 10 * ONE and (term[1] > 1 or n < 400):   # by then terms halve: 2q < 160 and 2n + 1 > 800
            n += 1
            term = times(term, (2 * q[0] // (2 * n + 1), -(-2 * q[1] // (2 * n + 1))))
            total = (total[0] + term[0], total[1] + term[1])
        value = times(times(slope, x), (total[0], total[1] + 4))
        return (value[0], min(ONE, value[1])) if z <= 10 * ONE else (ONE - slope[1], ONE), slope
    if kind == "algebraic":
        bottom = root_of_one_and(times(x, x))
        return over(x, bottom), over((ONE, ONE), times(times(bottom, bottom), bottom))
    x = tuple(end // 2 + k for k, end in enumerate(times(PI, x)))
    square, angle = times(x, x), atan(x)
    return over((2 * angle[0], 2 * angle[1]), PI), over((ONE, ONE), (ONE + square[0], ONE + square[1]))


def curvature(kind: str, z: list, values: tuple, slope: int) -> int:
    """Above |g″| of a smooth shape within z, where g is within `values` and g′ at most `slope`."""
    most, size = enclosed(Fraction(CURVATURE[kind]))[1], max(abs(end) for end in z)
    if kind == "tanh":        # 2|g|g′
        return min(most, up(2 * max(values[1], -values[0]) * slope))
    if isinstance(size, float):
        return most
    if kind == "erf":         # (π/2)|z|g′
        return min(most, up(up(PI[1] * size) * slope) + 1 >> 1)
    if kind == "algebraic":   # 3|z|g′/(1 + z²), 1/(1 + z²) = 1 − g²
        least = max(0, values[0], -values[1])
        return min(most, up(3 * up(size * slope) * (ONE - (least * least >> P))))
    return min(most, up(up(up(PI[1] * PI[1]) * size) * up(slope * slope)) + 1 >> 1)   # (π²/2)|z|g′²


def power_within(p: int, z0: Fraction, z1: Fraction) -> tuple:
    low, high = (Fraction(min(max(end, 0), 1)) for end in (z0, z1))
    outside, inside = z1 < 0 or z0 > 1, (0 < z0 or p >= 2) and z1 < 1   # g′ has no jump at 0 where p ≥ 2
    slopes = [Fraction(0)] if outside else [2 * p * low ** (p - 1) * inside, 2 * p * high ** (p - 1)]
    bend = Fraction(0) if outside else 2 * p * (p - 1) * high ** max(p - 2, 0) if inside else None
    return [2 * low**p - 1, 2 * high**p - 1], slopes, bend


def table_within(rows: list, z0: Fraction, z1: Fraction) -> tuple:
    segments = [(a, b, Fraction(b[1] - a[1]) / Fraction(b[0] - a[0])) for a, b in zip(rows, rows[1:])]
    values = [Fraction(row[1]) for row in rows if z0 <= row[0] <= z1] + [
        Fraction(rows[0][1]) if z <= rows[0][0] else Fraction(rows[-1][1]) if z >= rows[-1][0]
        else next(a[1] + s * (z - a[0]) for a, b, s in segments if z <= b[0]) for z in (z0, z1)]
    slopes = [s for a, b, s in segments if z0 <= b[0] and z1 >= a[0]] + [Fraction(0)] * (z0 <= rows[0][0] or z1 >= rows[-1][0])
    return values, slopes, Fraction(0) if len(slopes) == 1 else None


def named(text: object) -> str:
    need(isinstance(text, str) and text.isprintable(), "a name has characters that cannot be printed")
    return text


def shown(x: int) -> str:
    """Three digits, rounded upwards."""
    return f"{Context(prec=3, rounding=ROUND_CEILING).divide(Decimal(x), Decimal(ONE)):g}"


def around(centre: list, radius: Fraction | float) -> list:
    if isinstance(radius, float):
        return [(-inf, inf)] * len(centre)
    r = enclosed(radius)[1]
    return [(c - r, c + r) for c in centre]


def inverse(a: list) -> list:
    """Nearly: of floats, by Gauss and Jordan. What is proved with it holds whatever it is."""
    n = len(a)
    rows = [row + [float(i == j) for j in range(n)] for i, row in enumerate(a)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        need(rows[pivot][k] != 0, "the Jacobian is singular")
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        rows = [row if i == k else [x - row[k] * y for x, y in zip(row, rows[k])] for i, row in enumerate(rows)]
    return [row[n:] for row in rows]


def inside(inner: list, outer: list, strictly: bool = False) -> bool:
    return all((o[0] <= x[0] and x[1] <= o[1]) and not (strictly and (x[0] == o[0] or x[1] == o[1])) for x, o in zip(inner,
                                                                                                                     outer))
