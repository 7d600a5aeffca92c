# SPDX-License-Identifier: MIT
"""Holds the pages to the headers: README.md has every family of statuses, and no page or comment
names what does not exist."""
import re
import sys
from pathlib import Path
from typing import Iterator, List, Set

import headers

PAGES = [*Path("lib").glob("**/*.[1-8]"), *Path("examples").glob("**/*.[1-8]")]
# Those of section 3 are made of the headers; CHANGES.md names what is gone.
DOCUMENTS = [Path("README.md"), *Path("examples").glob("**/*.md"),
             *Path("lib").glob("**/*.md"), Path("lib/man/cnicalc.3.in"),
             *(page for page in PAGES if page.suffix != ".3")]
NO_STATUS = "CNICALC_ERR_UNKNOWN"  # what cnicalc_status_name() calls a value that is none


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


def sql_names() -> Set[str]:
    """What the extension for SQLite adds."""
    text = "".join(source.read_text(encoding="utf-8")
                   for source in Path("examples/sqlite").glob("*.c"))
    return set(re.findall(r'"(cnicalc_\w+)"', text))


def unknown_names(text: str, known: List[str]) -> List[str]:
    """The names of the text that nothing defines. `cnicalc_cidr_*` means all that begin so,
    a name without its `cnicalc_` prefix is not looked at, nor a metric for Prometheus."""
    found = []
    text = re.sub(r"^(# (TYPE|HELP) )?cnicalc_\w+(\{.*\} \d+| gauge| [A-Z].*)$", "", text, flags=re.M)
    for name, star in re.findall(r"(?<![\w./-])((?:cnicalc|CNICALC)_(?!\d)\w+)(\*?)", text):
        if not (any(other.startswith(name) for other in known) if star else name in known):
            found.append(name + star)
    return sorted(set(found))


def name_faults() -> Iterator[str]:
    """Names in pages, and in comments of headers, that nothing defines."""
    known = [*headers.declarations(), *headers.names(), *type_names(), NO_STATUS,
             "CNICALC_LIBRARY"]
    for document in DOCUMENTS:
        for name in unknown_names(document.read_text(encoding="utf-8"), [*known, *sql_names()]):
            yield f"{document}: {name} is not in the headers"
    for header in headers.HEADERS:
        comments = re.findall(r"/\*.*?\*/", header.read_text(encoding="utf-8"), re.S)
        for name in unknown_names("\n".join(comments), known):
            yield f"{header}: {name} is not in the headers"


def reference_faults() -> Iterator[str]:
    """References to manual pages of ours that are not in the tree."""
    pages = {page.name for page in PAGES}
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        found = re.findall(r"^\.Xr (cnicalc\S*) (\d)", text, re.M)
        found += re.findall(r"\b(cnicalc[\w-]*)\(([1-8])\)", text)
        for name, section in sorted(set(found)):
            if f"{name}.{section}" not in pages:
                yield f"{document}: there is no page {name}({section})"


def main() -> int:
    """1 when anything is at fault."""
    faults = [*family_faults(), *name_faults(), *reference_faults()]
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
