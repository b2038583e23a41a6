"""The network of a certificate: what check_certificate, check_runs and check_bounds prove things of."""
import hashlib
from fractions import Fraction
from operator import mul

from certificate_arithmetic import (CURVATURE, ONE, P, curvature, enclosed, fields, need, number, over, power_within, shape,
                                    table_within, times, up, vector, whole)


class Network:
    """−u + W g(λu) + b in core coordinates: |g| ≤ 1, no thresholds."""

    def __init__(self, document: object, design: str) -> None:
        names = ("id", "neurons", "visible", "weights", "bias", "gain", "tau", "activations", "activation_of")
        identity, self.n, self.visible, weights, bias, gain, tau, kinds, selectors = fields(document, *names)
        need(type(self.n) is int and type(self.visible) is int and 0 < self.visible <= self.n, "neurons and visible are counts")
        need(isinstance(weights, list) and len(weights) == self.n, f"{self.n} rows of weights are needed")
        self.w = [vector(row, self.n) for row in weights]
        self.b, self.gain, self.tau = vector(bias, self.n), vector(gain, self.n), vector(tau, self.n)
        need(min(self.gain) > 0 and min(self.tau) > 0, "gain and tau are not positive")
        need(isinstance(kinds, list) and isinstance(selectors, list) and len(selectors) == self.n
             and all(type(k) is int and 0 <= k < len(kinds) for k in selectors), "activation_of names one a neuron")
        activations = [self.activation(kind) for kind in kinds]
        self.activation_of, self.kind_of = selectors, [activations[k] for k in selectors]
        words = [design, str(self.n), str(self.visible), *(x for row in weights for x in row), *bias, *gain, *tau]
        words += map(str, selectors)
        words += [x for kind in kinds for x in (kind["kind"], kind["exponent"], *(x for p in kind["points"] for x in p))]
        need(identity == hashlib.sha256("\n".join(words).encode()).hexdigest(),
             "the id is not that of these numbers and this design")
        self.plus = [[max(x, 0) for x in row] for row in self.w]
        self.minus = [[min(x, 0) for x in row] for row in self.w]
        self.sizes = [[max(x, 0) if i == j else abs(x) for j, x in enumerate(row)] for i, row in enumerate(self.w)]

    @staticmethod
    def activation(document: object) -> tuple:
        kind, exponent, points = fields(document, "kind", "exponent", "points")
        power, rows = number(exponent), [[number(x) for x in point] for point in points]
        need(kind in ("clipped-linear", "table", "power", *CURVATURE), f"{kind!r} is no activation that can be checked")
        need(power >= 1 and power.denominator == 1 and (kind == "table") == bool(rows),
             "a whole power and the points of a table are needed")
        rising = all(x[0] < y[0] and x[1] <= y[1] for x, y in zip(rows, rows[1:]))
        need(rising and all(len(x) == 2 and abs(x[1]) <= 1 for x in rows), "points do not rise")
        return kind, int(power), [[-1, -1], [1, 1]] if kind == "clipped-linear" else rows

    def neuron(self, i: int, u: tuple) -> tuple:
        """Of all u in an interval that may be endless: V and dV/du, and an upper bound of |d²V/du²| (None: a corner)."""
        kind, power, rows = self.kind_of[i]
        gain = self.gain[i]
        z = [end if isinstance(end, float) else end * gain + (ONE - 1) * k >> P for k, end in enumerate(u)]
        if kind in CURVATURE:
            (low, first), (high, last) = (((ONE, ONE), (0, 0)) if isinstance(end, float) else shape(kind, abs(end))
                                          for end in z)
            values = low[0] if z[0] >= 0 else -low[1], high[1] if z[1] >= 0 else -high[0]
            slopes = min(first[0], last[0]), ONE if z[0] <= 0 <= z[1] else max(first[1], last[1])
            bend = curvature(kind, z, values, slopes[1])
        else:
            z = [end if isinstance(end, float) else Fraction(end, ONE) for end in z]
            values, slopes, bend = power_within(power, *z) if kind == "power" else table_within(rows, *z)
            values, slopes = ((enclosed(min(x))[0], enclosed(max(x))[1]) for x in (values, slopes))
            bend = bend if bend is None else enclosed(bend)[1]
        return values, times((gain, gain), slopes), bend if bend is None else up(up(gain * gain) * bend)

    def neurons(self, box: list) -> list:
        return list(zip(*(self.neuron(i, u) for i, u in enumerate(box))))

    def drives(self, outputs: list) -> list:
        low, high = [v[0] for v in outputs], [v[1] for v in outputs]
        return [(b + (sum(map(mul, p, low)) + sum(map(mul, m, high)) >> P), b + up(sum(map(mul, p, high)) + sum(map(mul, m,
                                                                                                                    low))))
                for p, m, b in zip(self.plus, self.minus, self.b)]

    def check_contraction(self, document: object, slopes: list) -> None:
        """With these slopes a logarithmic norm is negative, or a Hessian has positive pivots."""
        method, weights = fields(document, "method", "weights")
        weights, top = vector(weights, self.n), [s[1] for s in slopes]
        need(min(weights) > 0, "weights are not positive")
        if method == "log-norm":
            weighted = [up(s * d) for s, d in zip(top, weights)]
            need(all(up(sum(map(mul, row, weighted))) < d for row, d in zip(self.sizes, weights)),
                 "the logarithmic norm is not negative")
            return
        need(method == "hessian", f"{method!r} is no method")
        sums = [[weights[i] * self.w[i][j] + weights[j] * self.w[j][i] for j in range(i)] for i in range(self.n)]
        rows = [[(-up(x + 1 >> 1), -(x >> P + 1)) for x in row] for row in sums]
        for i, row in enumerate(rows):
            own = over((weights[i],) * 2, (max(top[i], 1),) * 2)
            row.append((own[0] - up(weights[i] * self.w[i][i]), own[1] - (weights[i] * self.w[i][i] >> P)))
        for k in range(self.n):
            need(rows[k][k][0] > 0, "the Hessian is not proved positive definite")
            for i in range(k + 1, self.n):
                factor = over(rows[i][k], rows[k][k])
                for j in range(k + 1, i + 1):
                    product = times(factor, rows[j][k])
                    rows[i][j] = (rows[i][j][0] - product[1], rows[i][j][1] - product[0])
