# SPDX-License-Identifier: MIT
"""The ctypes mirror against the headers, the compiler's layout and the library."""
import ctypes
import enum
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace

from cnicalc import _core as core
import cnicalc
import make_abi
from cnicalc import abi

ROOT = Path(os.environ.get("CNICALC_ROOT", "."))
HEADERS = sorted((ROOT / "include" / "cnicalc").glob("*.h"))


def enums():
    return [kind for kind in vars(abi).values() if isinstance(kind, type)
            and issubclass(kind, enum.IntEnum) and kind is not enum.IntEnum
            or isinstance(kind, type) and issubclass(kind, enum.IntFlag)
            and kind is not enum.IntFlag]


class Headers(unittest.TestCase):
    def test_mirror_is_up_to_date(self):
        checked_in = (ROOT / "examples" / "python" / "cnicalc" / "_abi.py").read_text()
        self.assertEqual(make_abi.generate(HEADERS), checked_in,
                         "run examples/python/make_abi.py as its README says")

    def test_every_prototype_has_argtypes(self):
        """The names by another reading of the headers than the generator's."""
        declared = set()
        for header in HEADERS:
            text = re.sub(r"/\*.*?\*/|^#.*?[^\\]$", "", header.read_text(), flags=re.S | re.M)
            for statement in text.split(";"):
                if "CNICALC_API" in statement:
                    declared.add(re.findall(r"(cnicalc_\w+)\s*\(", statement)[0])
        self.assertGreater(len(declared), 90)
        for name in declared | set(abi.PROTOTYPES):
            function = getattr(cnicalc.lib, name)
            self.assertIsNotNone(function.argtypes, name)
            self.assertIn(name, declared)
            self.assertIn(name, abi.PROTOTYPES)

    def test_generator_refuses_what_it_does_not_know(self):
        scratch = Path(os.environ["B"]) / "check-python"
        scratch.mkdir(parents=True, exist_ok=True)
        for text in ("typedef struct cnicalc_a {\n    long x;\n} cnicalc_a;",
                     "enum cnicalc_a { CNICALC_A_B };",
                     "CNICALC_API uint32_t cnicalc_a(void (*call)(void));",
                     "CNICALC_API uint32_t cnicalc_a(double x);",
                     "CNICALC_API uint32_t not_ours(void);",
                     "#define CNICALC_A (CNICALC_B + 1)"):
            header = scratch / "a.h"
            header.write_text(text + "\n")
            with self.subTest(text), self.assertRaises(SystemExit):
                make_abi.generate([header])


class Layout(unittest.TestCase):
    """tests/abi/layout.txt is what the compiler says; check_abi.sh holds it to the headers."""

    def setUp(self):
        self.lines = [line.split() for line in
                      (ROOT / "tests" / "abi" / "layout.txt").read_text().splitlines()]

    def test_structs_and_fields(self):
        seen = 0
        for kind, name, *rest in self.lines:
            if kind == "struct":
                self.assertEqual(ctypes.sizeof(abi.STRUCTS[name]), int(rest[1]), name)
            elif kind == "field":
                struct, field = name.split(".")
                mirrored = getattr(abi.STRUCTS[struct], field)
                self.assertEqual((mirrored.offset, mirrored.size), (int(rest[1]), int(rest[3])),
                                 name)
            seen += kind == "field"
        self.assertGreater(seen, 60)

    def test_enumerators(self):
        values = {name: int(rest[0]) for kind, name, *rest in self.lines if kind == "value"}
        mirrored = {}
        for kind in enums():
            first = next(iter(kind.__members__))
            prefixes = [name[:-len(first)] for name in values if name.endswith(first)]
            fitting = [prefix for prefix in prefixes
                       if all(values.get(prefix + name) == member.value
                              for name, member in kind.__members__.items())]
            for prefix in fitting:
                mirrored.update((prefix + name, kind) for name in kind.__members__)
            if values:
                self.assertTrue(fitting, kind)
        self.assertEqual(set(values) - set(mirrored), set())

    def test_macros(self):
        for kind, name, *rest in self.lines:
            if kind == "macro":
                self.assertEqual(getattr(abi, name[len("CNICALC_"):]), int(rest[0]), name)


class Library(unittest.TestCase):
    def test_status_names(self):
        for status in abi.StatusCode:
            if status:
                self.assertEqual(cnicalc.lib.cnicalc_status_name(status), "CNICALC_" + status.name)
            self.assertNotEqual(cnicalc.lib.cnicalc_status_string(status), "unknown status")

    def test_names(self):
        """Every enum that the library can name, by name; no two members share one."""
        for kind in enums():
            names = [cnicalc.name_of(member) for member in kind]
            self.assertEqual(len(set(names)), len(names), kind)
            self.assertNotIn("unknown", names)
            function = f"cnicalc_{re.sub('(?<!^)(?=[A-Z])', '_', kind.__name__).lower()}_name"
            if function in abi.PROTOTYPES:
                self.assertEqual(names, [getattr(cnicalc.lib, function)(m) for m in kind])
        self.assertEqual(cnicalc.name_of(abi.IpStack.DUAL), "dual")
        self.assertEqual(cnicalc.name_of(abi.StatusCode.ERR_NULL), "CNICALC_ERR_NULL")

    def test_everything_is_offered(self):
        for name in cnicalc.__all__:
            self.assertTrue(hasattr(cnicalc, name), name)
        self.assertEqual(len(set(cnicalc.__all__)), len(cnicalc.__all__))
        for kind in enums():
            self.assertIn(kind.__name__, cnicalc.__all__)

    def test_every_status_function_raises_and_answers_return(self):
        text = b"10.0.0.0"
        offset = ctypes.c_size_t()
        self.assertEqual(cnicalc.lib.cnicalc_cidr_fault(text, 8, ctypes.byref(offset)), 28)
        self.assertEqual(offset.value, 8)
        with self.assertRaises(cnicalc.Error) as caught:
            cnicalc.lib.cnicalc_cidr_parse(text, 8, ctypes.byref(abi.Cidr()))
        self.assertEqual(caught.exception.code, cnicalc.StatusCode.ERR_CIDR_NO_PREFIX)
        self.assertEqual(caught.exception.name, "CNICALC_ERR_CIDR_NO_PREFIX")
        with self.assertRaises(cnicalc.Error):
            cnicalc.lib.cnicalc_cidr_parse(None, 8, ctypes.byref(abi.Cidr()))

    def test_bytes_are_no_output_buffer(self):
        with self.assertRaises(ctypes.ArgumentError):
            cnicalc.lib.cnicalc_source_format(1, b"12345", 5)

    def test_unknown_status_of_a_newer_library(self):
        error = cnicalc.Error(9999)
        self.assertEqual((error.code, error.name), (9999, "CNICALC_ERR_UNKNOWN"))

    def test_another_version_is_refused(self):
        name = "other.so"
        for number, ok in ((abi.VERSION_MAJOR * 10000 + abi.VERSION_MINOR * 100 + 99, True),
                           (abi.VERSION_MAJOR * 10000 + abi.VERSION_MINOR * 100 + 100, False),
                           (abi.VERSION_MAJOR * 10000 + abi.VERSION_MINOR * 100 - 1, False),
                           ((abi.VERSION_MAJOR + 1) * 10000, False)):
            other = SimpleNamespace(_name=name, cnicalc_version_number=lambda n=number: n)
            if ok:
                core._check_version(other)
            else:
                with self.assertRaisesRegex(ImportError, "has version"):
                    core._check_version(other)
        with self.assertRaisesRegex(ImportError, "no libcnicalc"):
            core._check_version(SimpleNamespace(_name=name))

    def test_another_layout_is_refused(self):
        class Longer(ctypes.Structure):
            _fields_ = [("cidr", abi.Cidr), ("more", ctypes.c_uint32)]

        original = abi.STRUCTS["cnicalc_cidr"]
        abi.STRUCTS["cnicalc_cidr"] = Longer
        try:
            with self.assertRaisesRegex(ImportError, "cnicalc_cidr has 24 bytes"):
                core._check_layout(cnicalc.lib)
        finally:
            abi.STRUCTS["cnicalc_cidr"] = original

    def test_a_missing_function_is_refused(self):
        abi.PROTOTYPES["cnicalc_no_such"] = (abi.STATUS,)
        try:
            with self.assertRaisesRegex(ImportError, "has no function cnicalc_no_such"):
                core._declare(cnicalc.lib)
        finally:
            del abi.PROTOTYPES["cnicalc_no_such"]

    def test_which_library(self):
        def imported(**more):
            environment = {**os.environ, **more}
            run = subprocess.run([sys.executable, "-c", "import cnicalc; print(cnicalc.lib._name)"],
                                 env=environment, capture_output=True, text=True, check=False)
            return run.returncode, (run.stdout + run.stderr).strip()

        self.assertEqual(imported(), (0, os.environ["CNICALC_LIBRARY"]))
        code, text = imported(CNICALC_LIBRARY="no/such/libcnicalc.so")
        self.assertEqual(code, 1)
        self.assertRegex(text, "ImportError: no/such/libcnicalc.so: .*CNICALC_LIBRARY")

    def test_built_and_installed_library(self):
        """Without CNICALC_LIBRARY: the package's own library, else the build of the tree that it
        is in, else the SONAME, by the loader's own path."""
        tree = Path(os.environ["B"]) / "check-python" / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        package = tree / "examples" / "python" / "cnicalc"
        shutil.copytree(ROOT / "examples" / "python" / "cnicalc", package,
                        ignore=shutil.ignore_patterns("__pycache__"))
        environment = {**os.environ, "PYTHONPATH": str(package.parent), "CNICALC_LIBRARY": "",
                       "LD_LIBRARY_PATH": os.path.dirname(os.environ["CNICALC_LIBRARY"])}
        soname = "libcnicalc.so." + os.environ["CNICALC_SOVER"]
        for expected in (Path(soname), tree / "build" / "libcnicalc.so", package / soname):
            if expected.name != str(expected):
                expected.parent.mkdir(exist_ok=True)
                expected.symlink_to(os.environ["CNICALC_LIBRARY"])
            run = subprocess.run(
                [sys.executable, "-c", "import cnicalc; print(cnicalc.lib._name)"],
                env=environment, capture_output=True, text=True, check=False)
            self.assertEqual(run.stderr, "")
            self.assertEqual(run.stdout.strip(), str(expected))


if __name__ == "__main__":
    unittest.main()
