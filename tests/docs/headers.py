# SPDX-License-Identifier: MIT
"""What the public headers declare and say: functions, statuses, constants, Example lines."""
import re
from pathlib import Path
from typing import Dict, List, NamedTuple

from cnicalc import abi

HEADERS = sorted(Path("include/cnicalc").glob("*.h"))

_DECLARATION = re.compile(
    r"(?P<comment>/\*\*(?:(?!\*/).)*\*/)?\s*^CNICALC_API\b[^;]*?\b(?P<name>cnicalc_\w+)\([^;]*;",
    re.S | re.M)


class Example(NamedTuple):
    """One Example line: the function below it, and what is around its arrow."""
    function: str
    question: str
    answer: str
    place: str


def declarations() -> Dict[str, str]:
    """The comment above each public function, without its frame."""
    found = {}
    for header in HEADERS:
        for match in _DECLARATION.finditer(header.read_text(encoding="utf-8")):
            frame = re.sub(r"^[ ]?\*[ ]?", "", (match["comment"] or "")[3:-2], flags=re.M)
            found[match["name"]] = frame
    return found


def examples() -> List[Example]:
    """Every Example line; one that goes on in the next line is joined by single blanks."""
    found = []
    for function, comment in declarations().items():
        for text in re.findall(r"^Example: (.*?)(?=^Example:|^\s*$|\Z)", comment, re.S | re.M):
            joined = " ".join(text.split())
            question, arrow, answer = joined.partition(" -> ")
            if not arrow:
                raise SystemExit(f"{function}: no arrow in Example: {joined}")
            found.append(Example(function, question, answer, f"{function}: Example: {joined}"))
    return found


def count_of_examples() -> int:
    """How often "Example:" occurs in the headers at all, whatever its form."""
    return sum(header.read_text(encoding="utf-8").count("Example:") for header in HEADERS)


def constants() -> Dict[str, int]:
    """Every enumerator and numeric macro by name."""
    found = {}
    for header in HEADERS:
        text = header.read_text(encoding="utf-8")
        for name, value in re.findall(r"^\s+(CNICALC_\w+) = (\d+)\b", text, re.M):
            found[name] = int(value)
    found.update({f"CNICALC_{name}": value for name, value in vars(abi).items()
                  if isinstance(value, int)})
    return found


def statuses() -> Dict[str, int]:
    """The members of enum cnicalc_status_code, from base.h alone."""
    text = Path("include/cnicalc/base.h").read_text(encoding="utf-8")
    body = re.search(r"enum cnicalc_status_code \{(.*?)\};", text, re.S)
    assert body
    return {name: int(value)
            for name, value in re.findall(r"(CNICALC_\w+) = (\d+)", body[1])}


def names() -> List[str]:
    """Every CNICALC_ name that the headers define, macros with arguments included."""
    text = "".join(header.read_text(encoding="utf-8") for header in HEADERS)
    return re.findall(r"(?:^#define |^\s+)(CNICALC_\w+)(?=\(| = |\s)", text, re.M)
