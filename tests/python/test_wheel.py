# SPDX-License-Identifier: MIT
"""The platform that a wheel says it is for, by auditwheel's rules."""
import os
import struct
import unittest
from pathlib import Path
from unittest import mock

import make_wheel

X86_64 = (2, 1, 62)  # class, byte order and machine in the header of an ELF file
S390X = (2, 2, 22)


class Platform(unittest.TestCase):
    def tags(self, elf, libraries, versions):
        """Tags of a file with this header that needs these libraries and versions."""
        bits, order, machine = elf
        header = b"\x7fELF" + bytes([bits, order]) + bytes(10) + struct.pack(
            "<HH" if order == 1 else ">HH", 3, machine)
        path = Path(os.environ["B"]) / "check-python" / "elf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(header)
        with mock.patch.object(make_wheel, "needs", lambda _path: (set(libraries), set(versions))):
            return make_wheel.platforms(path)

    def test_glibc(self):
        for versions, expected in (
                (["GLIBC_2.2.5"], ["manylinux_2_5_x86_64", "manylinux1_x86_64"]),
                (["GLIBC_2.2.5", "GLIBC_2.6"], ["manylinux_2_12_x86_64", "manylinux2010_x86_64"]),
                (["GLIBC_2.14", "GLIBC_2.2.5"],
                 ["manylinux_2_17_x86_64", "manylinux2014_x86_64"]),
                (["GLIBC_2.3.4", "GLIBC_2.33"], ["manylinux_2_33_x86_64"])):
            self.assertEqual(self.tags(X86_64, ["libc.so.6"], versions), expected, versions)

    def test_machines(self):
        for elf, expected in ((S390X, ["manylinux_2_17_s390x", "manylinux2014_s390x"]),
                              ((1, 1, 3), ["manylinux_2_5_i686", "manylinux1_i686"]),
                              ((2, 1, 183), ["manylinux_2_17_aarch64", "manylinux2014_aarch64"]),
                              ((2, 1, 243), ["manylinux_2_31_riscv64"])):
            self.assertEqual(self.tags(elf, ["libc.so.6"], ["GLIBC_2.2"]), expected)

    def test_what_manylinux_does_not_promise(self):
        for libraries, versions in ((["libc.so.6", "libasan.so.8"], ["GLIBC_2.2.5"]),
                                    (["libc.so.6"], ["GLIBC_2.2.5", "GLIBC_ABI_DT_RELR"]),
                                    (["libc.so"], []), ([], [])):
            self.assertEqual(self.tags(X86_64, libraries, versions), ["linux_x86_64"])

    def test_needs(self):
        """readelf is read right: a C library, and versions of no other kind."""
        libraries, versions = make_wheel.needs(Path(os.environ["CNICALC_LIBRARY"]))
        self.assertEqual(libraries, {"libc.so.6"})
        self.assertTrue(versions)
        for version in versions:
            self.assertRegex(version, r"^GLIBC_2\.[0-9.]+$")


if __name__ == "__main__":
    unittest.main()
