#!/usr/bin/env python3
"""`basin certify` and scripts/check_certificate together: what the one claims, the other re-checks, and nothing else.

    test_certify.py PROGRAM SOURCE_TREE [NETWORKS]

NETWORKS random ones are certified (default 10): four of five are to be certified, one of five is impossible.
"""
import copy
import json
import math
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True   # the tree stays as it is
from certificates import identity, run, scaled

PROGRAM, TREE = Path(sys.argv[1]), Path(sys.argv[2])
NETWORKS = int(sys.argv[3]) if len(sys.argv) > 3 else 10
CHECKER = TREE / "scripts" / "check_certificate"
FLIPFLOP = TREE / "examples" / "flipflop"
sys.path.append(str(TREE / "scripts"))
from certificate_arithmetic import ONE, P, curvature, shape   # noqa: E402

# A corner beside smooth units: proofs hold near the equilibrium alone.
MIXED = """
name = "mixed"
[circuit]
units = "normalised"
gain = 4.0
weights = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]
activation = ["{}", "clipped-linear", "{}"]
[memory]
patterns = [[1, 1, 1]]
"""
POLYNOMIAL = """
name = "polynomial"
[circuit]
units = "normalised"
gain = 6.0
[memory]
rule = "polynomial"
degree = {}
patterns = [[1, 1, 1, 1, -1, -1, 1, -1], [1, -1, 1, -1, 1, 1, -1, -1]]
"""
SHAPES = ["tanh", "erf", "algebraic", "arctan", "clipped-linear", "logistic"]


class Certify(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.out = Path(self.folder.name)

    def tearDown(self) -> None:
        self.folder.cleanup()

    def certify(self, design: Path, *more: str) -> tuple[int, dict, dict]:
        found = run(PROGRAM, "certify", design, "--json", "--out", self.out, *more)
        self.assertIn(found.returncode, (0, 1), found.stderr)
        return found.returncode, json.loads(found.stdout), json.loads((self.out / "certificate.json").read_text())

    def test_formats_that_meet_an_epsilon_are_those_of_a_design_that_has_them(self) -> None:
        code, found, _ = self.certify(FLIPFLOP, "--epsilon", "1e-3")
        self.assertEqual(code, 0)
        chosen = found["a_priori"]["chosen"]
        self.assertLessEqual(chosen["bound"], 1e-3)
        lines = [f"hardware.{key}={json.dumps(chosen[name])}" for key, name in
                 [("step", "step"), ("state", "state"), ("activation_table", "table"), ("output", "output")]]
        code, again, _ = self.certify(FLIPFLOP, "--epsilon", "1e-3", *(part for line in lines for part in ("--set", line)))
        self.assertEqual(code, 0)
        own = again["a_priori"]
        self.assertEqual((own["bound"], own["step"], own["table"], own["output"]),
                         (chosen["bound"], chosen["step"], chosen["table"], chosen["output"]))
        self.assertEqual(own["chosen"], chosen)

    def test_an_epsilon_that_no_formats_meet_fails_with_the_reason(self) -> None:
        code, found, _ = self.certify(FLIPFLOP, "--epsilon", "1e-9")
        self.assertEqual(code, 1)
        self.assertIsNone(found["a_priori"]["chosen"])
        self.assertIn("at best", found["a_priori"]["reason"])

    def test_no_epsilon_is_met_where_neurons_are_held(self) -> None:
        refused = run(PROGRAM, "certify", TREE / "examples" / "parity", "--epsilon", "1e-3", "--out", self.out)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("recall.hold", refused.stderr)
        self.assertEqual(list(self.out.iterdir()), [])

    def check(self, document: object, *more: object) -> subprocess.CompletedProcess:
        file = self.out / "checked.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return run(sys.executable, CHECKER, file, *more)

    def random_design(self, k: int) -> tuple[Path, bool]:
        """Network k: memories of few enough patterns at a gain that holds them, or at one below the critical gain."""
        draws = random.Random(1000 + k)
        impossible = k % 5 == 4
        neurons = draws.randint(8, 28)
        memories = 1 if neurons < 16 else draws.randint(1, 2)
        patterns = [[draws.choice([-1, 1]) for _ in range(neurons)] for _ in range(memories)]
        shape = SHAPES[k // 5 % len(SHAPES)]
        gain = draws.uniform(0.2, 0.8) if impossible else draws.uniform(4.0, 8.0)
        rule = draws.choice(["hebb", "pseudo-inverse"]) if memories > 1 else "hebb"
        tau = [round(draws.uniform(0.5, 2.0), 3) for _ in range(neurons)]
        file = self.out / "random.toml"
        file.write_text(f'[circuit]\nunits = "normalised"\nactivation = "{shape}"\ngain = {gain:.4f}\ntau = {tau}\n'
                        f'[memory]\nrule = "{rule}"\npatterns = {patterns}\n[cues]\nflip = 0.1\n')
        return file, impossible

    def test_every_certificate_of_random_networks_rechecks(self) -> None:
        certified = impossible = 0
        for k in range(NETWORKS):
            file, _ = self.random_design(k)
            code, results, certificate = self.certify(file)
            checked = self.check(certificate)
            standings = [memory["standing"] for memory in results["memories"]]
            with self.subTest(network=k, standings=standings, check=checked.stdout + checked.stderr):
                self.assertEqual(code == 0, all(standing == "certified" for standing in standings))
                self.assertEqual(checked.returncode, 0 if set(standings) != {"not granted"} else 1)
            certified += all(standing == "certified" for standing in standings)
            impossible += all(standing == "impossible" for standing in standings)
        print(f"{NETWORKS} networks: {certified} certified, {impossible} impossible", file=sys.stderr)
        self.assertGreaterEqual(certified, 0.75 * NETWORKS)
        self.assertGreaterEqual(impossible, 0.1 * NETWORKS)

    def test_the_flip_flop_holds_and_its_design_is_read_again(self) -> None:
        code, results, certificate = self.certify(FLIPFLOP)
        self.assertEqual((code, results["status"]), (0, "pass"))
        # arccosh(√2)/2
        self.assertAlmostEqual(results["memories"][0]["contracting"]["from_state"], 0.4406867935097715, delta=1e-8)
        checked = self.check(certificate, "--design", FLIPFLOP)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.assertIn("set: certified holds", checked.stdout)

    def test_corners_beside_smooth_units_and_powers_recheck(self) -> None:
        mixed = [MIXED.format(*pair) for pair in (("tanh", "algebraic"), ("erf", "arctan"))]
        for text in mixed + [POLYNOMIAL.format(degree) for degree in (2, 3, 4)]:
            file = self.out / "design.toml"
            file.write_text(text)
            code, _, certificate = self.certify(file)
            checked = self.check(certificate)
            with self.subTest(design=text):
                self.assertEqual((code, checked.returncode), (0, 0), checked.stdout + checked.stderr)

    def test_the_curvature_that_the_checker_takes_is_that_of_the_shape(self) -> None:
        second = {"tanh": lambda z: 2 * math.tanh(z) / math.cosh(z)**2, "erf": lambda z: math.pi / 2 * z * math.exp(-math.pi * z * z / 4),
                  "algebraic": lambda z: 3 * z * (1 + z * z)**-2.5, "arctan": lambda z: math.pi**2 / 2 * z / (1 + (math.pi * z / 2)**2)**2}
        for kind, true in second.items():
            for low, high in ((0.25, 0.25), (0.5, 0.625), (2.0, 2.5), (-0.5, 0.25), (-3.0, -2.75)):
                least, most = min(abs(low), abs(high)) if low * high > 0 else 0.0, max(abs(low), abs(high))
                (at_least, steepest), (at_most, _) = (shape(kind, int(x * ONE)) for x in (least, most))
                values = (at_least[0], at_most[1]) if low > 0 else (-at_most[1], -at_least[0]) if high < 0 else (-at_most[1], at_most[1])
                bound = curvature(kind, [int(low * ONE), int(high * ONE)], values, steepest[1]) / (1 << P)
                largest = max(abs(true(low + (high - low) * k / 100)) for k in range(101))
                with self.subTest(kind=kind, low=low, high=high):
                    self.assertGreaterEqual(bound, largest * (1 - 1e-12))
                    self.assertLessEqual(bound, largest * (1 + 1e-12 if low == high else 2.6))

    def test_an_end_rounded_inwards_by_one_ulp_is_rejected(self) -> None:
        # tanh(2 · 1/2) = 0.761594155955764888119…, which the second box is to begin below and end above 1.
        _, _, certificate = self.certify(FLIPFLOP)
        self.assertEqual(certificate["network"]["gain"], ["0x1p+1"] * 2)
        below = 0.7615941559557649   # 0.761594155955764851…
        above, beyond = math.nextafter(below, 1.0), math.nextafter(1.0, 2.0)
        for low, high, code in ((below, beyond, 0), (above, beyond, 1), (below, 1.0, 1)):
            document = copy.deepcopy(certificate)
            memory = document["memories"][0]
            self.assertEqual(memory["signs"], "++")
            memory["claims"].pop("hamming")
            memory["claims"]["basin"]["boxes"] = [[[(0.5).hex(), "inf"]] * 2, [[low.hex(), high.hex()]] * 2]
            memory["claims"]["basin"]["weights"] = [(1.0).hex()] * 2
            found = self.check(document)
            with self.subTest(low=low, high=high):
                self.assertEqual(found.returncode, code, found.stdout)

    def test_a_defect_is_accepted_from_its_true_size_on(self) -> None:
        # With A the inverse of J, A f(u + δ e_0) = δ e_0 to within Z2 δ²/2 and what the certificate leaves of f(u).
        _, _, certificate = self.certify(self.random_design(0)[0])
        delta = 2.0**-30
        for claimed, code in ((1.001, 0), (0.999, 1)):
            document = copy.deepcopy(certificate)
            claims = document["memories"][0]["claims"]
            ball = claims["equilibrium"]
            self.assertLess(float.fromhex(ball["curvature"]) * delta, 1e-4)
            ball["centre"][0] = (float.fromhex(ball["centre"][0]) + delta).hex()
            ball["defect"], ball["inner"] = (claimed * delta).hex(), (1.01 * delta).hex()
            ball["outer"] = scaled(ball["outer"], 0.9)
            claims.pop("well")   # it counts on a smaller ball
            found = self.check(document)
            with self.subTest(claimed=claimed):
                self.assertEqual(found.returncode, code, found.stdout)
                self.assertEqual(code == 1, "a bound (defect" in found.stdout)

    def test_below_the_critical_gain_nothing_is_stored(self) -> None:
        code, results, certificate = self.certify(FLIPFLOP, "--set", "circuit.gain=0.9")
        self.assertEqual((code, results["status"]), (1, "fail"))
        self.assertEqual({memory["standing"] for memory in results["memories"]}, {"impossible"})
        self.assertEqual(self.check(certificate).returncode, 0)

    def test_a_bias_against_a_memory_excludes_it(self) -> None:
        code, results, certificate = self.certify(FLIPFLOP, "--set", "circuit.bias=[1.5, 1.5]")
        self.assertEqual([memory["standing"] for memory in results["memories"]], ["certified", "impossible"])
        self.assertEqual(code, 1)
        self.assertEqual(self.check(certificate).returncode, 0)

    def test_hard_units_are_refused(self) -> None:
        found = run(PROGRAM, "certify", FLIPFLOP, "--out", self.out, "--set", "circuit.activation=hard", "--set",
                    "hardware.step=1")
        self.assertEqual(found.returncode, 1, found.stderr)
        self.assertIn("hard units", found.stderr)

    def test_the_report_fits_80_columns(self) -> None:
        found = run(PROGRAM, "certify", FLIPFLOP, "--out", self.out)
        self.assertTrue(all(len(line) <= 80 for line in found.stdout.splitlines()))
        self.assertIn("certified", found.stdout)

    def test_tampering_is_rejected(self) -> None:
        file, _ = self.random_design(0)
        _, _, good = self.certify(file)
        self.assertEqual(self.check(good).returncode, 0)
        claims = lambda d: d["memories"][0]["claims"]
        network = lambda d: d["network"]

        def change(where: object, key: object, factor: float) -> None:
            where[key] = scaled(where[key], factor)

        def flip_weights(d: dict) -> None:   # with the id made to fit: the proofs themselves fail
            d["network"]["weights"][0] = [scaled(x, -1.0) for x in d["network"]["weights"][0]]
            d["network"]["id"] = identity(d)

        def swap_signs(d: dict) -> None:
            signs = d["memories"][0]["signs"]
            d["memories"][0]["signs"] = ("-" if signs[0] == "+" else "+") + signs[1:]

        def widen_box(d: dict) -> None:
            d["memories"][0]["claims"]["basin"]["boxes"][0] = [["-inf", "inf"] for _ in claims(d)["basin"]["boxes"][0]]

        def round_inwards(d: dict) -> None:   # the second box, as if the drives had been rounded the wrong way
            box = claims(d)["basin"]["boxes"][1]
            for pair in box:
                low, high = map(float.fromhex, pair)
                pair[0], pair[1] = (low + 1e-6).hex(), (high - 1e-6).hex()

        kinds = {
            "a weight": lambda d: change(network(d)["weights"][0], 1, 1.0 + 2**-52),
            "weights with an id to match": flip_weights,
            "a bias": lambda d: network(d)["bias"].__setitem__(0, "0x1.0p-3"),
            "a gain": lambda d: change(network(d)["gain"], 2, 1.5),
            "a time constant": lambda d: change(network(d)["tau"], 0, 2.0),
            "the activation": lambda d: network(d)["activations"][0].__setitem__("kind", "algebraic"),
            "the design's id": lambda d: d["design"].__setitem__("id", "0" * 64),
            "the inner radius": lambda d: change(claims(d)["equilibrium"], "inner", 1e-3),
            "the outer radius": lambda d: change(claims(d)["equilibrium"], "outer", 1.01),
            "the bound of the defect": lambda d: change(claims(d)["equilibrium"], "defect", 0.0),
            "the bound of the curvature": lambda d: change(claims(d)["equilibrium"], "curvature", 0.99),
            "the bound of the remainder": lambda d: change(claims(d)["equilibrium"], "remainder", 0.0),
            "the centre": lambda d: change(claims(d)["equilibrium"]["centre"], 0, 1.0 + 1e-9),
            "the signs": swap_signs,
            "a box": widen_box,
            "rounding inwards": round_inwards,
            "a norm's weight": lambda d: change(claims(d)["basin"]["weights"], 0, 1e-9),
            "a method": lambda d: claims(d)["stability"].__setitem__("method", "word of honour"),
            "the flips": lambda d: claims(d)["hamming"].__setitem__("flips", claims(d)["hamming"]["flips"] + 3),
            "a level": lambda d: claims(d)["hamming"]["levels"].__setitem__(0, "-0x1.0p+2"),
            "the starts of a well": lambda d: change(claims(d)["well"], "start", 1.01),
            "the depth of a well": lambda d: change(claims(d)["well"], "depth", 1.01),
            "the radius of a well": lambda d: change(claims(d)["well"], "radius", 0.9),
            "the standing": lambda d: d["memories"][0].__setitem__("standing", "impossible"),
            "what was not granted": lambda d: d["memories"][0].__setitem__("standing", "not granted"),
            "a claim left out": lambda d: claims(d).pop("stability"),
            "a field left out": lambda d: claims(d)["equilibrium"].pop("defect"),
            "a field too many": lambda d: network(d).__setitem__("trust", "me"),
            "not a number": lambda d: claims(d)["equilibrium"].__setitem__("inner", "nan"),
            "a decimal number": lambda d: claims(d)["equilibrium"].__setitem__("inner", 0.5),
            "an endless bound": lambda d: claims(d)["equilibrium"].__setitem__("defect", "inf"),
        }
        for kind, tamper in kinds.items():
            document = copy.deepcopy(good)
            tamper(document)
            with self.subTest(kind=kind):
                self.assertNotEqual(document, good)
                self.assertIn(self.check(document).returncode, (1, 2))
        twice = json.dumps(good).replace('"certificate":', '"certificate": "basin memories 1", "certificate":', 1)
        self.assertEqual(self.check(twice).returncode, 2)
        self.assertEqual(self.check(json.dumps(good).replace('"neurons": ', '"neurons": NaN, "x": ', 1)).returncode, 2)

    def test_each_condition_of_a_proof_is_asked_for(self) -> None:
        stored = self.certify(FLIPFLOP)[2]
        excluded = self.certify(FLIPFLOP, "--set", "circuit.bias=[0.7, 0.7]")[2]
        single = self.certify(FLIPFLOP, "--set", "circuit.gain=0.9", "--set", "circuit.bias=[0.5, 0.5]")[2]
        file = self.out / "mixed.toml"
        file.write_text(MIXED.format("tanh", "erf"))
        mixed = self.certify(file)[2]
        self.assertEqual(len(excluded["memories"][1]["claims"]["exclusion"]["boxes"]), 2)
        self.assertIn("only", single["memories"][1]["claims"])

        def claims(d: dict, memory: int = 0) -> dict:
            return d["memories"][memory]["claims"]

        def other(name: str):   # what holds of the other memory
            return lambda d: claims(d).__setitem__(name, claims(d, 1)[name])

        def activation(**changed: object):
            def change(d: dict) -> None:
                d["network"]["activations"][0].update(changed)
                d["network"]["id"] = identity(d)
            return change

        def alone(d: dict) -> None:   # a bistable circuit, said to have one equilibrium
            only = {"contraction": claims(d)["stability"], "neuron": 0}
            d["memories"][0].update(standing="impossible", claims={"equilibrium": claims(d)["equilibrium"], "only": only})

        def exclusion(d: dict) -> dict:
            return claims(d, 1)["exclusion"]

        falling = [["-0x1p+0", "0x1p+0"], ["0x1p+0", "-0x1p+0"]]
        changes = [
            (stored, "weights are not positive", lambda d: claims(d)["stability"].__setitem__("weights", ["0x1p+0", "-0x1p+0"])),
            (stored, "Hessian is not", lambda d: claims(d)["stability"].__setitem__("weights", ["0x1p+0", "0x1p+10"])),
            (stored, "Hessian is not", alone),
            (stored, "not in the one before", lambda d: claims(d)["basin"]["boxes"][1][0].__setitem__(0, "-0x1p+0")),
            (stored, "a lower and an upper end", lambda d: claims(d)["basin"]["boxes"][0][0].reverse()),
            (stored, "not in the box", other("basin")),
            (stored, "not in the contracting box", other("contracting")),
            (stored, "sizes of a well", lambda d: claims(d)["well"].__setitem__("start", scaled(claims(d)["well"]["radius"], 2.0))),
            (stored, "flips is a count", lambda d: claims(d)["hamming"].__setitem__("flips", -1)),
            (stored, "signs are + and -", lambda d: d["memories"][0].__setitem__("signs", "+0")),
            (stored, "points do not rise", activation(kind="table", points=falling)),
            (stored, "a whole power", activation(kind="power", exponent="0x1.8p+0")),
            (mixed, "a corner lies within reach", lambda d: claims(d)["equilibrium"].__setitem__("reach", "inf")),
            (single, "the sign at the neuron", lambda d: d["memories"][0].update(standing="impossible", claims=claims(d, 1))),
            (excluded, "leaves states", lambda d: exclusion(d)["boxes"][0][0].__setitem__(0, "-0x1p+0")),
            (excluded, "leaves out what", lambda d: exclusion(d)["boxes"][1][0].__setitem__(0, "-0x1p-4")),
            (excluded, "a state is left", lambda d: exclusion(d)["boxes"].pop()),
            (excluded, "neuron is one", lambda d: exclusion(d).__setitem__("neuron", 2)),
        ]
        for good, words, tamper in changes:
            self.assertEqual(self.check(good).returncode, 0)
            document = copy.deepcopy(good)
            tamper(document)
            found = self.check(document)
            with self.subTest(words=words):
                self.assertIn(found.returncode, (1, 2))
                self.assertIn(words, found.stdout + found.stderr)

    def test_another_design_is_noticed(self) -> None:
        _, _, certificate = self.certify(FLIPFLOP)
        other = self.out / "other.toml"
        other.write_text('[circuit]\nunits = "normalised"\nweights = [[0.0, 1.0], [0.999, 0.0]]\n')
        self.assertEqual(self.check(certificate, "--design", other).returncode, 2)

    def test_weights_that_a_rule_makes_are_not_compared_and_that_is_no_pass(self) -> None:
        file, _ = self.random_design(0)
        _, _, certificate = self.certify(file)
        found = self.check(certificate, "--design", file)
        self.assertEqual((found.returncode, found.stdout), (2, ""))
        self.assertIn("nothing was compared", found.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
