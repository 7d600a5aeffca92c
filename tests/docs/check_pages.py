# SPDX-License-Identifier: MIT
"""Holds the pages to the headers: cnicalc.3 has every function and every status with its sentence,
README.md every family of statuses, and no page or comment names what does not exist.

--program prints the C program of cnicalc.3, --output what the page says that it prints."""
import re
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Set

import headers
from answers import lib

MANUAL = Path("lib/cnicalc.3")
DOCUMENTS = [Path("README.md"), Path("CHANGES.md"), *Path("examples").glob("**/*.md"),
             *Path("lib").glob("**/*.md"), *Path("lib").glob("**/*.[1-8]"),
             *Path("examples").glob("**/*.[1-8]")]
NO_STATUS = "CNICALC_ERR_UNKNOWN"  # what cnicalc_status_name() calls a value that is none


def manual_faults(manual: str) -> Iterator[str]:
    """What cnicalc.3 lacks, repeats or makes up."""
    listed = re.findall(r"^\.It Fn (\w+)$", manual, re.M)
    declared = headers.declarations()
    for name in sorted(set(declared) - set(listed)):
        yield f"{MANUAL}: {name} is missing"
    for name in sorted(set(listed) - set(declared)):
        yield f"{MANUAL}: {name} is not in the headers"
    for name in sorted(set(listed)):
        if listed.count(name) > 1:
            yield f"{MANUAL}: {name} stands there {listed.count(name)} times"
    for header in headers.HEADERS:
        if f".In cnicalc/{header.name} " not in manual:
            yield f"{MANUAL}: {header.name} is missing"


def status_faults(manual: str) -> Iterator[str]:
    """Statuses of cnicalc.3 that are missing, or have another number or sentence."""
    entries = re.findall(r"^\.It Dv (CNICALC_\w+) Pq (\d+)\n((?:[^.\n].*\n)+)", manual, re.M)
    known = headers.statuses()
    listed: Dict[str, str] = {}
    for name, value, lines in entries:
        sentence = " ".join(lines.split()).replace("\\&", "")
        listed[name] = sentence
        if known.get(name) != int(value):
            yield f"{MANUAL}: {name} is {known.get(name)}, not {value}"
        elif sentence.lower() != lib.cnicalc_status_string(int(value)).decode().lower() + ".":
            yield f"{MANUAL}: {name} means something else: {sentence}"
    for name in known:
        if name not in listed:
            yield f"{MANUAL}: {name} is missing"


def family_faults() -> Iterator[str]:
    """The table of README's Errors against the enum: each error in one family, each family used,
    and as many families as the enum has headings."""
    section = Path("README.md").read_text(encoding="utf-8").partition("\n## Errors\n")[2]
    table = section.partition("\n## ")[0]
    ranges = [range(int(low), int(high) + 1)
              for low, high in re.findall(r"^\| (\d+)-(\d+) \|", table, re.M)]
    errors = [value for value in headers.statuses().values() if value]
    for value in errors:
        if sum(value in family for family in ranges) != 1:
            yield f"README.md: {value} is not in one family of errors"
    for family in ranges:
        if not any(value in family for value in errors):
            yield f"README.md: no error is in {family.start}-{family.stop - 1}"
    base = Path("include/cnicalc/base.h").read_text(encoding="utf-8")
    enum = base.partition("enum cnicalc_status_code {")[2].partition("};")[0]
    if enum.count("/*") != len(ranges):
        yield f"README.md: {len(ranges)} families of errors, base.h has {enum.count('/*')}"


def type_names() -> Set[str]:
    """The structs, enums and typedefs of the headers."""
    text = "".join(header.read_text(encoding="utf-8") for header in headers.HEADERS)
    return set(re.findall(r"\b(?:struct|enum|int32_t) (cnicalc_\w+)", text))


def unknown_names(text: str, known: List[str]) -> List[str]:
    """The names of the text that nothing defines. `cnicalc_cidr_*` stands for all that begin so,
    a name without its `cnicalc_` prefix is not looked at."""
    found = []
    for name, star in re.findall(r"(?<![\w./-])((?:cnicalc|CNICALC)_\w+)(\*?)", text):
        if not (any(other.startswith(name) for other in known) if star else name in known):
            found.append(name + star)
    return sorted(set(found))


def name_faults() -> Iterator[str]:
    """Names in pages, and in comments of headers, that nothing defines."""
    known = [*headers.declarations(), *headers.names(), *type_names(), NO_STATUS,
             "CNICALC_LIBRARY"]
    for document in DOCUMENTS:
        for name in unknown_names(document.read_text(encoding="utf-8"), known):
            yield f"{document}: {name} is not in the headers"
    for header in headers.HEADERS:
        comments = re.findall(r"/\*.*?\*/", header.read_text(encoding="utf-8"), re.S)
        for name in unknown_names("\n".join(comments), known):
            yield f"{header}: {name} is not in the headers"


def reference_faults() -> Iterator[str]:
    """References to manual pages of ours that are not in the tree."""
    pages = {document.name for document in DOCUMENTS}
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        found = re.findall(r"^\.Xr (cnicalc\S*) (\d)", text, re.M)
        found += re.findall(r"\b(cnicalc[\w-]*)\(([1-8])\)", text)
        for name, section in sorted(set(found)):
            if f"{name}.{section}" not in pages:
                yield f"{document}: there is no page {name}({section})"


def literal(manual: str, index: int) -> str:
    """A literal block of EXAMPLES as it is displayed."""
    blocks = re.findall(r"^\.Bd -literal[^\n]*\n(.*?)^\.Ed$",
                        manual.partition(".Sh EXAMPLES")[2], re.S | re.M)
    return blocks[index].replace("\\e", "\\")


def main() -> int:
    """1 when anything is at fault."""
    manual = MANUAL.read_text(encoding="utf-8")
    if sys.argv[1:] in (["--program"], ["--output"]):
        sys.stdout.write(literal(manual, sys.argv[1] == "--output"))
        return 0
    faults = [*manual_faults(manual), *status_faults(manual), *family_faults(), *name_faults(),
              *reference_faults()]
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
