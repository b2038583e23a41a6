#!/usr/bin/env python3
"""`basin certify --epsilon` and scripts/check_bounds together: what the one claims, the other re-checks, and nothing else.

    test_certify_bounds.py PROGRAM SOURCE_TREE
"""
import copy
import json
import math
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True   # the tree stays as it is
from certificates import identity, run, scaled

PROGRAM, TREE = Path(sys.argv[1]), Path(sys.argv[2])
CHECKER = TREE / "scripts" / "check_bounds"
PATTERNS = "patterns = [[1, 1, 1, 1, -1, -1, 1, -1], [1, -1, 1, -1, 1, 1, -1, -1]]"
TABLE = "[[-1.5, -1], [-0.3, -0.4], [0.8, 0.6], [1.2, 1]]"
SHAPES = '["tanh", "algebraic", "clipped-linear", "arctan", "arctan", "tanh", "tanh", "algebraic"]'
SLOW, STEEP = "[1, 2, 1.3, 1, 2.6, 1, 1.7, 1]", "[3, 4, 3.1, 3.7, 4, 3.3, 3, 3.9]"
# What the error of a core depends on: shapes, corners, words of gain and time constant, order, table of both signs, factors.
DESIGNS = {
    "gains and time constants": (f"gain = {STEEP}\ntau = {SLOW}", "hebb", 'step = "1/32"'),
    "erf": ('gain = 3\nactivation = "erf"', "hebb", 'step = "1/32"'),
    "order 1": ("gain = 3", "hebb", 'step = "1/64"\norder = 1\nstate = "s16.12"\nactivation_table = 32\noutput = 10'),
    "shapes": (f"gain = 4\nactivation = {SHAPES}", "hebb", 'step = "1/32"'),
    "table": (f'gain = 2\nactivation = "table"\nactivation_table = {TABLE}', "pseudo-inverse", 'step = "1/32"'),
    "clipped": ('gain = 3\nactivation = "clipped-linear"', "hebb", 'step = "1/32"'),
    "powers": ("gain = 6", "polynomial", 'step = "1/32"'),
    "factors": ("gain = 3", "pseudo-inverse", 'step = "1/32"\nform = "factored"'),
    "one equilibrium": ("gain = 0.5", "hebb", 'step = "1/32"\nstate = "s20.16"'),
}


def linear(order: int, gain_word: bool) -> tuple[dict, float]:
    """The certificate of u̇ = −u + w u + b on [0, 1/2] in a core whose one segment is the line that its unit is, and the least E.

    |u̇| is at most p, |ü| at most (1 + w)p; LSB_u = 2^-12, h = 1/16, codes to ±127: (1 − w)E is half a code times w, half an LSB over h and
    Taylor's remainder; a gain word, of ratio 1/2, rounds the table's input by half a unit.
    """
    unit, h, lsb = 2.0**-20, 1 / 16, 2.0**-12
    weight, bias, ratio = 4128, 104857, 0.5 if gain_word else 1.0
    w, b = weight * 127 * unit, bias * unit
    p = max(0.5 - b, 0.5 * w + b)
    local = h * (1 + w) * p / 2 if order == 1 else 5 / 12 * (h * (1 + w))**2 * p + h * h * (1 + w) * p / 2
    output = 0.5 / 127 + (0.5 * lsb / ratio if gain_word else 0.0)
    least = (w * output + 0.5 * lsb / h + local) / (1 - w)
    network = {"id": "", "neurons": 1, "visible": 1, "weights": [[w.hex()]], "bias": [b.hex()], "gain": [(1.0).hex()],
               "tau": [(1.0).hex()], "activations": [{"kind": "clipped-linear", "exponent": (1.0).hex(), "points": []}],
               "activation_of": [0]}
    network["id"] = identity({"design": {"id": "linear"}, "network": network})
    core = {"lsb": lsb.hex(), "dt": h.hex(), "state_shift": 8, "state_bits": 16, "output_bits": 8, "order": order, "step": 4,
            "weights": [[weight]], "biases": [bias], "taus": [], "gains": [[1, 255]] if gain_word else [], "selectors": [],
            "table_domain": 11 if gain_word else 12, "table_odd": True, "tables": [[[0, 127]]]}
    sets = [{"name": "line", "states": [[(0.0).hex(), (0.5).hex()]], "error": [least.hex()]}]
    entry = {"formats": "own", "bound": (1.0).hex(), "network": network, "core": core, "sets": sets}
    return {"certificate": "basin bounds 1", "design": {"id": "linear"}, "epsilon": (1.0).hex(), "cores": [entry]}, least


class Bounds(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name)
        cls.certificate = cls.bounds_of(*DESIGNS["gains and time constants"])

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    @classmethod
    def bounds_of(cls, circuit: str, rule: str, hardware: str) -> dict:
        design = cls.out / "design.toml"
        more = "degree = 3\n" if rule == "polynomial" else ""
        held = "[recall]\nhold = []\n" if rule == "polynomial" else ""
        design.write_text(f'[circuit]\nunits = "normalised"\n{circuit}\n[memory]\nrule = "{rule}"\n{more}{PATTERNS}\n{held}[hardware]\n{hardware}\n')
        found = run(PROGRAM, "certify", design, "--epsilon", "2e-2", "--out", cls.out)
        assert found.returncode in (0, 1), found.stderr
        return json.loads((cls.out / "bounds.json").read_text())

    def check(self, document: object, checker: Path = CHECKER) -> subprocess.CompletedProcess:
        file = self.out / "checked.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return run(sys.executable, checker, file)

    def test_what_is_claimed_holds(self) -> None:
        for name, design in DESIGNS.items():
            document = self.bounds_of(*design)
            found = self.check(document)
            with self.subTest(name):
                self.assertEqual([core["formats"] for core in document["cores"]], ["own", "chosen"])
                self.assertEqual(sum(len(core["sets"]) > 0 for core in document["cores"]), 2)
                self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    def test_an_error_is_accepted_from_that_of_the_closed_form_on(self) -> None:
        for order in (1, 2):
            for gain_word in (False, True):
                for factor, code in ((1 + 1e-9, 0), (1 - 1e-9, 1)):
                    document, least = linear(order, gain_word)
                    document["cores"][0]["sets"][0]["error"] = [(factor * least).hex()]
                    with self.subTest(order=order, gain_word=gain_word, factor=factor):
                        found = self.check(document)
                        self.assertEqual(found.returncode, code, found.stdout + found.stderr)

    def test_no_error_is_accepted_where_a_run_may_leave_its_set_or_its_word(self) -> None:
        for words, where, changed in (("leaves the set", "sets", {"states": [[(0.3).hex(), (0.5).hex()]]}),   # 0.2 is where it ends
                                      ("wider than its word", "core", {"state_bits": 12})):                  # |u| < 1/2
            document, least = linear(2, True)
            document["cores"][0]["sets"][0]["error"] = [(2.0 * least).hex()]
            self.assertEqual(self.check(document).returncode, 0)
            entry = document["cores"][0][where]
            (entry[0] if where == "sets" else entry).update(changed)
            found = self.check(document)
            with self.subTest(words):
                self.assertEqual(found.returncode, 1, found.stdout + found.stderr)
                self.assertIn(words, found.stdout)

    def test_tampering_is_found(self) -> None:
        own = self.certificate["cores"][0]

        def entry(document: dict) -> dict:
            return document["cores"][0]

        def core(**changed: object):
            return lambda d: entry(d)["core"].update(changed)

        def network(key: str, factor: float):
            def change(d: dict) -> None:
                values = entry(d)["network"][key]
                values = values[0] if key == "weights" else values
                k = next(k for k, x in enumerate(values) if float.fromhex(x) != 0.0)
                values[k] = scaled(values[k], factor)
                entry(d)["network"]["id"] = identity({**d, **entry(d)})
            return change

        def resized(values: list, factor: float) -> list:
            return [scaled(x, factor) for x in values]

        def bumped(values: list, by: int) -> list:
            return [values[0] + by, *values[1:]]

        def widened(d: dict) -> None:
            states = entry(d)["sets"][0]["states"]
            states[0] = [scaled(x, 0.5 if float.fromhex(x) > 0 else 2.0) for x in states[0]]

        tables = own["core"]["tables"][0]
        near_the_end = [[y, 0] if k == len(tables) - 1 else [y, d] for k, (y, d) in enumerate(tables)]
        shallow = [[y // 2, d // 2] for y, d in tables]
        narrow = math.floor(math.log2(0.5 / float.fromhex(own["core"]["lsb"])))   # holds |u| < 1/4
        changes = {
            "an error": lambda d: entry(d)["sets"][0].update(error=resized(entry(d)["sets"][0]["error"], 0.9)),
            "a set": widened,
            "a weight of the circuit": network("weights", 1.01), "a bias of the circuit": lambda d: (
                entry(d)["network"]["bias"].__setitem__(0, (0.1).hex()),
                entry(d)["network"].__setitem__("id", identity({**d, **entry(d)}))),
            "a gain of the circuit": network("gain", 1.01), "a time constant of the circuit": network("tau", 1.01),
            "a weight": core(weights=[bumped(own["core"]["weights"][0], 1), *own["core"]["weights"][1:]]),
            "a bias": core(biases=bumped(own["core"]["biases"], 500)),
            "a gain word": core(gains=[[0, 100], *own["core"]["gains"][1:]]),
            "a time-constant word": core(taus=bumped(own["core"]["taus"], -20)),
            "the step": core(step=own["core"]["step"] - 1), "the time of a step": core(dt=scaled(own["core"]["dt"], 1.01)),
            "the order": core(order=1), "the unit of the state": core(lsb=scaled(own["core"]["lsb"], 2.0)),
            "the unit of the sum": core(state_shift=own["core"]["state_shift"] + 1),
            "the width of a state": core(state_bits=narrow, table_domain=narrow - 1),
            "the width of an output": core(output_bits=own["core"]["output_bits"] + 1),
            "the span of a table": core(table_domain=own["core"]["table_domain"] - 1),
            "a table": core(tables=[shallow]), "the last segment of a table": core(tables=[near_the_end]),
            "which table": core(tables=[tables, shallow], selectors=[0] * 7 + [1]), "the sign of a table": core(table_odd=False),
            "epsilon": lambda d: d.update(epsilon=(1e-4).hex()),
        }
        for name, change in changes.items():
            document = copy.deepcopy(self.certificate)
            change(document)
            found = self.check(document)
            with self.subTest(name):
                self.assertNotEqual(document, self.certificate)
                self.assertEqual(found.returncode, 1, found.stdout + found.stderr)
                self.assertIn("DOES NOT HOLD", found.stdout)

    def test_what_has_no_such_form_is_refused(self) -> None:
        def own(d: dict) -> dict:
            return d["cores"][0]

        changes = [
            ("lists", lambda d: own(d)["core"].update(taus=False)),
            ("cannot be printed", lambda d: own(d)["sets"][0].update(name="0\nown formats, 1: holds")),
            ("out of order", lambda d: own(d)["sets"].append(own(d)["sets"][0])),
            ("out of order", lambda d: d.update(epsilon=(-1.0).hex())),
            ("no hexadecimal number", lambda d: own(d).update(bound=[])),
            ("with sets", lambda d: d["cores"][1].update(sets=[])),
            ("with sets", lambda d: d["cores"].append(d["cores"][1])),
            ("segments within the codes", lambda d: own(d)["core"]["tables"][0].pop()),
            ("too large for a proof", lambda d: own(d)["core"].update(step=1)),
        ]
        for words, change in changes:
            document = copy.deepcopy(self.certificate)
            change(document)
            found = self.check(document)
            with self.subTest(words):
                self.assertEqual(found.returncode, 2, found.stdout)
                self.assertIn(words, found.stderr)

    def test_a_design_is_not_compared(self) -> None:
        file = self.out / "checked.json"
        file.write_text(json.dumps(self.certificate))
        found = run(sys.executable, TREE / "scripts" / "check_certificate", file, "--design", self.out)
        self.assertEqual((found.returncode, found.stdout), (2, ""))
        self.assertIn("nothing was compared", found.stderr)

    def test_another_identity_is_no_certificate(self) -> None:
        document = copy.deepcopy(self.certificate)
        document["cores"][0]["network"]["weights"][0][1] = (0.5).hex()
        self.assertEqual(self.check(document).returncode, 2)

    def test_no_set_is_no_proof(self) -> None:
        self.assertEqual(self.check({**self.certificate, "cores": []}).returncode, 1)
        self.assertEqual(self.check("[]").returncode, 2)

    def test_the_checker_of_certificates_takes_them_too(self) -> None:
        found = self.check(self.certificate, TREE / "scripts" / "check_certificate")
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
        self.assertIn("sets have bounds that hold", found.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
