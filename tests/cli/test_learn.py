#!/usr/bin/env python3
"""`basin learn` and scripts/check_impossibility together: what the one proves, the other re-checks.

    test_learn.py PROGRAM SOURCE_TREE
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, TREE = Path(sys.argv[1]), Path(sys.argv[2])
PARITY = TREE / "examples" / "parity"


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, check=False)


class Learn(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.out = Path(self.folder.name)

    def tearDown(self) -> None:
        self.folder.cleanup()

    def learn(self, design: Path, *more: str) -> tuple[subprocess.CompletedProcess, dict]:
        found = run(PROGRAM, "learn", design, "--json", "--out", self.out, *more)
        return found, json.loads(found.stdout) if found.stdout else {}

    def design(self, rows: list[list[int]], more: str = "") -> Path:
        file = self.out / "set.toml"
        file.write_text(f'[circuit]\nunits = "normalised"\n[memory]\nrule = "any"\npatterns = {rows}\n{more}\n')
        return file

    def check(self, document: object) -> subprocess.CompletedProcess:
        file = self.out / "checked.json"
        file.write_text(json.dumps(document))
        return run(sys.executable, TREE / "scripts" / "check_impossibility", file)

    def test_parity_takes_one_hidden_unit_and_its_proof_is_rechecked(self) -> None:
        found, document = self.learn(PARITY)
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertEqual(document["hidden"], {"count": 1, "proved_least": 1})
        self.assertTrue(all(memory["stored"] and memory["certified"] for memory in document["memories"]))
        self.assertEqual(run(sys.executable, TREE / "scripts" / "check_impossibility", self.out / "results.json").returncode, 0)

    def test_visible_only_ends_with_one_and_the_proof(self) -> None:
        pair = [[1, 1, -1, 1], [1, 1, 1, 1]]
        found, document = self.learn(self.design(pair, "visible_only = true"))
        self.assertEqual(found.returncode, 1)
        self.assertEqual(document["status"], "fail")
        self.assertIs(document["impossibility"]["certified"], True)
        self.assertEqual(self.check(document).returncode, 0)
        simulated = run(PROGRAM, "simulate", self.out / "set.toml", "--out", self.out)
        self.assertEqual(simulated.returncode, 1)
        self.assertIn("memory.visible_only", simulated.stderr)

    def test_storable_patterns_take_none_and_have_no_proof(self) -> None:
        found, document = self.learn(self.design([[1, 1, 1, 1], [1, -1, 1, -1]], "visible_only = true"))
        self.assertEqual(found.returncode, 0, found.stderr)
        self.assertEqual(document["hidden"], {"count": 0, "proved_least": 0})
        self.assertEqual(self.check(document).returncode, 2)

    def test_an_altered_proof_is_refused(self) -> None:
        _, document = self.learn(PARITY)
        certificate = document["impossibility"]["certificate"]
        for alter in (lambda c: c["multipliers"].pop(),
                      lambda c: c["multipliers"][0].update(value="2/3"),
                      lambda c: [part.update(value="-1") for part in c["multipliers"]],
                      lambda c: [part.update(value="0") for part in c["multipliers"]],
                      lambda c: c["memories"].update({"011": "+++"})):
            altered = json.loads(json.dumps(certificate))
            alter(altered)
            self.assertEqual(self.check(altered).returncode, 1, altered)

    def test_a_malformed_proof_ends_with_two_and_one_line(self) -> None:
        _, document = self.learn(PARITY)
        certificate = document["impossibility"]["certificate"]
        first = certificate["multipliers"][0]
        entries = ["no", 1, None, [], {}, {**first, "memory": []}, {**first, "memory": "no"}, {**first, "neuron": 3}, {**first, "neuron": True},
                   {**first, "value": None}, {**first, "value": "1/0"}, {**first, "value": "1e999999999"}, {**first, "value": 0.5}]
        broken = [{}, [], None, 3, {**certificate, "memories": {}}, {**certificate, "memories": ["---"]}, {**certificate, "memories": {"000": 1}},
                  {**certificate, "memories": {"000": "---", "011": "-+"}}, {**certificate, "multipliers": 7},
                  {**certificate, "multipliers": {"a": 1}}, {**certificate, "symmetric": "no"},
                  {"impossibility": None}] + [{**certificate, "multipliers": [entry]} for entry in entries]
        for text in [json.dumps(each) for each in broken] + ["", "{", "[" * 100000, '{"symmetric": NaN}', "\x00"]:
            file = self.out / "broken.json"
            file.write_text(text)
            found = run(sys.executable, TREE / "scripts" / "check_impossibility", file)
            self.assertEqual(found.returncode, 2, text[:200])
            self.assertEqual(found.stdout, "", text[:200])
            self.assertEqual(len(found.stderr.splitlines()), 1, found.stderr)
        for missing in (self.out / "missing.json", self.out):
            found = run(sys.executable, TREE / "scripts" / "check_impossibility", missing)
            self.assertEqual((found.returncode, len(found.stderr.splitlines())), (2, 1), found.stderr)

    def test_multipliers_may_have_any_number_of_digits(self) -> None:
        _, document = self.learn(PARITY)
        for part in document["impossibility"]["certificate"]["multipliers"]:
            part["value"] += "0" * 5000
        self.assertEqual(self.check(document).returncode, 0)

    def test_every_rule_reports_its_learning_and_any_alone_its_hidden_units(self) -> None:
        settings = {"any": [], "hebb": [], "perceptron": [], "max-margin": ["memory.weight_bits=4", "memory.symmetric=false"]}
        file = self.design([[1, 1, 1, 1, 1], [1, -1, 1, -1, -1]])
        for rule, more in settings.items():
            _, document = self.learn(file, "--set", f"memory.rule={rule}", *[word for key in more for word in ("--set", key)])
            self.assertEqual("hidden" in document, rule == "any", rule)
            self.assertEqual(document["learning"]["rule"], rule)
            self.assertEqual("mistakes" in document["learning"], rule == "perceptron")
            self.assertEqual(len(document["learning"]["remarks"]), 1 if rule == "max-margin" else 0)

    def test_a_refusal_leaves_every_condition_of_its_certificate(self) -> None:
        patterns = [[1 if m >> i & 1 else -1 for i in range(4)] for m in range(16)]
        for verb in ("learn", "simulate"):
            found = run(PROGRAM, verb, self.design(patterns), "--json", "--out", self.out, "--set", "memory.rule=max-margin",
                        "--set", "memory.topology=band", "--set", "memory.radius=3")
            self.assertEqual(found.returncode, 1, found.stderr)
            for part in json.loads(found.stdout)["learning"]["contradiction"]:
                self.assertIn(f'{part["times"]} × (neuron {part["neuron"]}, memory {part["memory"]})', found.stderr)

    def test_keys_that_do_not_belong_are_bad_input(self) -> None:
        for setting, words in {"memory.diagonal=keep": "memory.diagonal", "memory.margin=0.5": "memory.margin",
                               "circuit.input_current=1e-9": "circuit.input_current", "circuit.threshold=0.1": "circuit.threshold",
                               "memory.hidden=all": "memory.hidden"}.items():
            found, _ = self.learn(PARITY, "--set", setting)
            self.assertEqual(found.returncode, 2, setting)
            self.assertIn(words, found.stderr)
        found, _ = self.learn(PARITY, "--set", "memory.rule=hebb", "--set", "memory.visible_only=true")
        self.assertEqual(found.returncode, 2)
        found, _ = self.learn(self.design([[1, -1], [1, -1]]))
        self.assertEqual(found.returncode, 2)
        self.assertIn("repeating row 1", found.stderr)

    def test_every_line_fits_eighty_columns(self) -> None:
        for more in ([], ["--set", "memory.visible_only=true"]):
            found = run(PROGRAM, "learn", PARITY, "--out", self.out, *more)
            self.assertEqual([line for line in found.stdout.splitlines() if len(line) > 80], [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
