#!/usr/bin/env python3
"""`basin certify --runs` and scripts/check_runs together: what the one claims, the other re-checks, and nothing else.

    test_certify_runs.py PROGRAM SOURCE_TREE
"""
import copy
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True   # the tree stays as it is
from certificates import identity, run, scaled

PROGRAM, TREE = Path(sys.argv[1]), Path(sys.argv[2])
CHECKER = TREE / "scripts" / "check_runs"
MIXED = """
name = "mixed"
[circuit]
units = "normalised"
weights = [[-0.1, 0.9, 0.1], [0.9, 0.0, 0.2], [0.1, 0.2, 0.1]]
bias = [0.0, 0.1, 0.05]
gain = [2.0, 1.5, 2.5]
tau = [1.0, 1.5, 1.0]
activation = ["tanh", "algebraic", "arctan"]
initial = [0.5, 0.3, -0.2]
[memory]
patterns = [[1, 1, 1]]
[hardware]
step = "1/8"
"""


class Runs(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name)
        found = run(PROGRAM, "certify", TREE / "examples" / "flipflop", "--runs", 1, "--set", "hardware.step=1/8", "--json", "--out",
                    cls.out)
        assert found.returncode == 0, found.stderr
        cls.results = json.loads(found.stdout)
        cls.certificate = json.loads((cls.out / "runs-realised.json").read_text())

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def check(self, document: object) -> subprocess.CompletedProcess:
        file = self.out / "checked.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document))
        return run(sys.executable, CHECKER, file, "--jobs", 1)

    def test_results_name_both_versions(self) -> None:
        self.assertEqual([(r["version"], r["granted"]) for r in self.results["runs"]], [("realised", True), ("designed", True)])
        self.assertGreater(self.results["deviation"]["bound"], 0.0)
        self.assertLess(self.results["deviation"]["bound"], 0.1)

    def test_what_is_claimed_holds(self) -> None:
        for version in ("realised", "designed"):
            found = self.check((self.out / f"runs-{version}.json").read_text())
            self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
            self.assertIn("cue 0: holds", found.stdout)

    def test_other_shapes_gains_and_time_constants_hold(self) -> None:
        design = self.out / "mixed.toml"
        design.write_text(MIXED)
        found = run(PROGRAM, "certify", design, "--runs", 1, "--out", self.out / "mixed")
        self.assertIn(found.returncode, (0, 1), found.stderr)
        for version in ("realised", "designed"):
            checked = self.check((self.out / "mixed" / f"runs-{version}.json").read_text())
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_tampering_is_found(self) -> None:
        def moved(place: str, row: int, by: int):
            def change(document: dict) -> None:
                rows = document["runs"][0][place]
                (rows if place == "rest" else rows[row])[0 if place == "rest" else 1] += by
            return change

        def network(key: str, factor: float):
            def change(document: dict) -> None:
                values = document["network"][key]
                values = values[0] if key == "weights" else values
                values[1] = scaled(values[1], factor)
                document["network"]["id"] = identity(document)
            return change

        def resized(place: str, factor: float):
            def change(document: dict) -> None:
                document[place] = scaled(document[place], factor)
            return change

        def start(document: dict) -> None:
            document["runs"][0]["start"][1] = (float.fromhex(document["runs"][0]["start"][1]) + 0.01).hex()

        def dropped(document: dict) -> None:
            document["runs"][0]["radii"] = document["runs"][0]["radii"][:20]

        changes = {"state": moved("states", 5, 3), "radius": moved("radii", 9, -40), "rest": moved("rest", 0, -10**6),
                   "limit": moved("limits", -1, -10**6), "weight": network("weights", 1.01), "gain": network("gain", 1.01),
                   "tau": network("tau", 0.99), "lsb": resized("lsb", 1.02), "dt": resized("dt", 1.05), "unit": resized("unit", 0.5),
                   "start": start, "radii": dropped}
        for name, change in changes.items():
            with self.subTest(name):
                document = copy.deepcopy(self.certificate)
                change(document)
                found = self.check(document)
                self.assertEqual(found.returncode, 1, found.stdout + found.stderr)
                self.assertIn("DOES NOT HOLD", found.stdout)

    def test_another_identity_is_no_certificate(self) -> None:
        document = copy.deepcopy(self.certificate)
        document["network"]["weights"][0][1] = (0.5).hex()
        self.assertEqual(self.check(document).returncode, 2)

    def test_no_run_is_no_proof(self) -> None:
        self.assertEqual(self.check({**self.certificate, "runs": []}).returncode, 1)
        self.assertEqual(self.check("[]").returncode, 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
