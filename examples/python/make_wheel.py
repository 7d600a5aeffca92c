#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the wheel: the package cnicalc, with the library in it.

    make_wheel.py VERSION LIBRARY DIRECTORY

`make wheel` runs this, and pip calls build_wheel(), which runs `make wheel`. The same library
gives the same wheel, byte for byte; SOURCE_DATE_EPOCH is the time of its files.
"""
import base64
import hashlib
import os
import re
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, List, Set, Tuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

METADATA = """\
Metadata-Version: 2.1
Name: cnicalc
Version: {version}
Summary: Pods per node and nodes per cluster of ACK Kubernetes, before the cluster exists
License: MIT
Requires-Python: >=3.9
Classifier: License :: OSI Approved :: MIT License
Classifier: Operating System :: POSIX :: Linux
Classifier: Programming Language :: Python :: 3
Classifier: Typing :: Typed
Description-Content-Type: text/markdown

"""

# ---- The platform ----

# Class (1: 32 bits, 2: 64) and e_machine of an ELF file; the name, and the oldest glibc that
# auditwheel has a policy for.
MACHINES = {
    (2, 62): ("x86_64", 5), (1, 3): ("i686", 5), (2, 183): ("aarch64", 17), (1, 40): ("armv7l", 17),
    (2, 21): ("ppc64le", 17), (2, 22): ("s390x", 17), (2, 243): ("riscv64", 31)}
# Policies that pip before 20.3 knows by another name; later ones are manylinux_2_N (PEP 600).
NAMED = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}


def platforms(library: Path) -> List[str]:
    """Platform tags of a library, by what auditwheel asks of it: manylinux of the newest glibc
    that a symbol needs, if it needs no other library; else plain linux."""
    header = library.read_bytes()[:20]
    order = "<" if header[5] == 1 else ">"
    machine, oldest = MACHINES[header[4], struct.unpack_from(order + "H", header, 18)[0]]
    libraries, versions = needs(library)
    numbers = [re.fullmatch(r"GLIBC_2\.(\d+)(?:\.\d+)?", version) for version in versions]
    if libraries != {"libc.so.6"} or not numbers or not all(numbers):
        return [f"linux_{machine}"]
    minor = max(oldest, *(int(number[1]) for number in numbers if number))
    minor = min((policy for policy in NAMED if policy >= minor), default=minor)
    named = [f"{NAMED[minor]}_{machine}"] if minor in NAMED else []
    return [f"manylinux_2_{minor}_{machine}", *named]


def needs(library: Path) -> Tuple[Set[str], Set[str]]:
    """The libraries and the versions of symbols that a library asks for."""
    shown = subprocess.run(["readelf", "-W", "-d", "-V", str(library)], check=True, text=True,
                           stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}).stdout
    return (set(re.findall(r"\(NEEDED\).*\[(.*)\]", shown)),
            set(re.findall(r"Name: (\S+) +Flags: \S+ +Version: ", shown)))


# ---- The file ----


def metadata(version: str) -> bytes:
    return METADATA.format(version=version).encode() + (HERE / "README.md").read_bytes()


def contents(version: str, library: Path, tags: List[str]) -> Dict[str, bytes]:
    """All files of the wheel but RECORD, by name."""
    info = f"cnicalc-{version}.dist-info"
    soname = re.sub(r"(\.so\.\d+).*", r"\1", library.name)
    files = {f"cnicalc/{path.name}": path.read_bytes()
             for path in (HERE / "cnicalc").iterdir() if path.suffix in (".py", ".typed")}
    files[f"cnicalc/{soname}"] = library.read_bytes()
    files[f"{info}/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    files[f"{info}/METADATA"] = metadata(version)
    files[f"{info}/WHEEL"] = "".join(f"{line}\n" for line in [
        "Wheel-Version: 1.0", "Generator: cnicalc", "Root-Is-Purelib: false",
        *(f"Tag: py3-none-{tag}" for tag in tags)]).encode()
    return files


def record(name: str, data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def write(version: str, library: Path, directory: Path) -> Path:
    """Writes the wheel of a library, in place of any other one."""
    tags = platforms(library)
    files = contents(version, library, tags)
    names = f"cnicalc-{version}.dist-info/RECORD"
    lines = [record(name, files[name]) for name in sorted(files)]
    files[names] = "".join([*lines, f"{names},,\n"]).encode()
    directory.mkdir(parents=True, exist_ok=True)
    for old in directory.glob("cnicalc-*.whl"):
        old.unlink()
    wheel = directory / f"cnicalc-{version}-py3-none-{'.'.join(tags)}.whl"
    made = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600")))[:6]
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in sorted(files, key=lambda name: (".dist-info/" in name, name)):
            entry = zipfile.ZipInfo(name, made)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whose modes these are
            entry.external_attr = (0o100755 if ".so." in name else 0o100644) << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return wheel


# ---- What pip calls (PEP 517) ----


def prepare_metadata_for_build_wheel(metadata_directory: str, _config_settings: Any = None) -> str:
    """Without this, pip would build twice."""
    header = (ROOT / "include" / "cnicalc" / "base.h").read_text()
    version = re.findall(r'VERSION_STRING +"(.*)"', header)[0]
    info = f"cnicalc-{version}.dist-info"
    Path(metadata_directory, info).mkdir()
    Path(metadata_directory, info, "METADATA").write_bytes(metadata(version))
    return info


def build_wheel(wheel_directory: str, _config_settings: Any = None,
                _metadata_directory: Any = None) -> str:
    """Nothing but Python's bytecode is written into the source tree."""
    with TemporaryDirectory() as scratch:
        subprocess.run([os.environ.get("MAKE", "make"), "-C", str(ROOT), f"-j{os.cpu_count()}",
                        f"B={scratch}", f"PYTHON={sys.executable}", "wheel"], check=True)
        wheel = next(Path(scratch, "dist").glob("*.whl"))
        shutil.copy(wheel, wheel_directory)
        return wheel.name


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: make_wheel.py VERSION LIBRARY DIRECTORY")
    print(write(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
