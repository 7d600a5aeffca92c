# SPDX-License-Identifier: MIT
"""Every example in the module, its README and its program does what it says."""
import contextlib
import doctest
import importlib
import io
import os
import pkgutil
import shlex
import subprocess
import sys
import unittest
from pathlib import Path

import cnicalc

HERE = Path(os.environ.get("CNICALC_ROOT", ".")).resolve() / "examples" / "python"


def capacity(*arguments, text=""):
    """Exit status, standard output and standard error of the program."""
    run = subprocess.run([sys.executable, "capacity.py", *arguments], cwd=HERE, input=text,
                         capture_output=True, text=True, check=False)
    return run.returncode, run.stdout, run.stderr


class Docs(unittest.TestCase):
    def doctested(self, run):
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown):
            failed, tried = run()
        self.assertEqual(failed, 0, shown.getvalue())
        return tried

    def test_docstrings(self):
        modules = [importlib.import_module(f"cnicalc.{module.name}")
                   for module in pkgutil.iter_modules(cnicalc.__path__)]
        tried = sum(self.doctested(lambda module=module: doctest.testmod(
            module, optionflags=doctest.ELLIPSIS)) for module in (cnicalc, *modules))
        self.assertGreater(tried, 25)

    def test_readme(self):
        tried = self.doctested(lambda: doctest.testfile(
            str(HERE / "README.md"), module_relative=False, optionflags=doctest.ELLIPSIS))
        self.assertGreater(tried, 35)

    def test_everything_public_is_documented(self):
        for name in cnicalc.__all__:
            thing = getattr(cnicalc, name)
            if getattr(thing, "__module__", "").startswith("cnicalc"):
                self.assertTrue(thing.__doc__, name)

    def test_transcripts(self):
        """Lines after "    $ " in the README are run, and they print the lines below."""
        blocks = (HERE / "README.md").read_text().split("    $ ")[1:]
        self.assertTrue(blocks)
        for block in blocks:
            command, *rest = block.split("\n")
            expected = []
            for line in rest:
                if not line.startswith("    "):
                    break
                expected.append(line[4:] + "\n")
            words = shlex.split(command)
            self.assertEqual(words[:2], ["python3", "capacity.py"])
            self.assertEqual(capacity(*words[2:]), (0, "".join(expected), ""))

    def test_capacity(self):
        answer = capacity("ecs.c7.4xlarge", "ecs.c6.4xlarge")
        self.assertEqual(capacity("-", text="ecs.c7.4xlarge\necs.c6.4xlarge\n"), answer)
        self.assertEqual(answer[0], 0)
        for arguments in (("ecs.c7.4xlarge", "no.such"), ("--catalog", "no/such/file", "x"), ()):
            code, out, error = capacity(*arguments)
            self.assertEqual((code, out), (2, ""), arguments)
            self.assertIn("capacity.py: ", error)

    def test_capacity_of_a_catalog(self):
        path = Path(os.environ["B"]).resolve() / "check-python" / "catalog.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("instance_type\teni_quantity\teni_private_ip_address_quantity\n"
                        "my.big\t8\t30\nmy.unknown\t8\t-\n")
        code, out, error = capacity("--catalog", str(path), "my.big", "my.unknown")
        self.assertEqual((code, error), (0, ""))
        self.assertEqual([line.split() for line in out.splitlines()[1:]],
                         [["my.big", "-", "-", "210", "210", "7", "3248"],
                          ["my.unknown", "-", "-", "-", "-", "7", "-"]])


if __name__ == "__main__":
    unittest.main()
