"""The checks of scripts/ themselves: each must turn red on a tree that breaks its rule, and only then."""
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def verdict(check: str, name: str, text: str) -> tuple[int, str]:
    """Exit code and output of a check on a small git tree that holds this file."""
    with tempfile.TemporaryDirectory() as folder:
        for file, content in {name: text, "models/design/ok.hpp": "#pragma once\n"}.items():
            path = Path(folder, file)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        subprocess.run(["git", "init", "-q", folder], check=True)
        subprocess.run(["git", "-C", folder, "add", "-A"], check=True)
        done = subprocess.run([str(SCRIPTS / check), folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Dependencies(unittest.TestCase):
    def broken(self, name: str, line: str) -> None:
        code, said = verdict("check_dependencies", name, line + "\n")
        self.assertEqual(code, 1, said)
        self.assertIn(f"{name}:1: ", said)

    def kept(self, name: str, line: str) -> None:
        code, said = verdict("check_dependencies", name, line + "\n")
        self.assertEqual(code, 0, said)

    def test_a_lower_folder_may_not_include_a_higher_one(self) -> None:
        self.broken("models/design/a.hpp", '#include "models/circuit/circuit.hpp"')
        self.broken("models/ode/a.hpp", '#include "models/learning/rule.hpp"')
        self.broken("sim/golden/a.cpp", '#include "sim/compare/verification.hpp"')
        self.broken("sim/synth/a.cpp", '#include "sim/cli/verb.hpp"')

    def test_models_may_include_neither_sim_nor_tests_nor_files(self) -> None:
        self.broken("models/design/a.cpp", '#include "sim/engine.hpp"')
        self.broken("models/design/a.cpp", '#include "tests/support/a.hpp"')
        self.broken("models/design/a.cpp", "#include <fstream>")
        self.broken("models/design/a.cpp", " # include <filesystem>")

    def test_rtl_may_include_only_the_generated_header_and_its_own(self) -> None:
        self.broken("rtl/core/a.sv", '`include "models/a.svh"')
        self.kept("rtl/core/a.sv", '`include "basin_cfg.svh"')

    def test_a_relative_include_is_refused(self) -> None:
        self.broken("models/design/a.cpp", '#include "../circuit/circuit.hpp"')

    def test_only_the_verilated_engines_include_generated_headers(self) -> None:
        self.kept("sim/verilator/a.cpp", '#include "Vbasin_core.h"')
        self.kept("sim/systemc/a.cpp", '#include "Vbasin_core.h"')
        self.broken("sim/compare/a.cpp", '#include "Vbasin_core.h"')

    def test_the_allowed_direction_passes(self) -> None:
        self.kept("models/fixed/a.cpp", '#include "models/circuit/circuit.hpp"')
        self.kept("sim/cli/a.cpp", '#include "sim/synth/synthesis.hpp"')
        self.kept("tests/unit/a.cpp", '#include "sim/cli/verb.hpp"')


class Text(unittest.TestCase):
    def broken(self, name: str, text: str, said_part: str) -> None:
        code, said = verdict("check_text", name, text)
        self.assertEqual(code, 1, said)
        self.assertIn(said_part, said)

    def test_unfinished_work_is_named_with_its_line(self) -> None:
        self.broken("a.cpp", "int a;\n// TO" + "DO later\n", "a.cpp:2: ")

    def test_a_path_of_one_machine_is_found(self) -> None:
        self.broken("a.md", "see /ro" + "ot/.cache\n", "a path of one machine")

    def test_a_test_that_is_switched_off_is_found(self) -> None:
        self.broken("t.cpp", "TEST(A, DIS" + "ABLED_B) {}\n", "cannot fail")

    def test_a_long_file_needs_a_reason(self) -> None:
        self.broken("a.cpp", "int a;\n" * 401, "401 lines")
        code, said = verdict("check_text", "a.cpp", "// long file: one table\n" + "int a;\n" * 401)
        self.assertEqual(code, 0, said)

    def test_blanks_at_the_end_and_a_missing_newline_are_found(self) -> None:
        self.broken("a.cpp", "int a; \n", "trailing blank")
        self.broken("a.cpp", "int a;", "no newline")


if __name__ == "__main__":
    unittest.main()
