# SPDX-License-Identifier: MIT
"""Runs every Example line of the public headers and says which ones do not hold."""
import re
import sys
from pathlib import Path
from typing import Iterator

from cnicalc import abi
import answers
import headers
from questions import QUESTIONS


def run(example: headers.Example) -> None:
    """Asks the library and compares."""
    parts = answers.split(example.answer)
    ask = QUESTIONS.get((example.function, example.question))
    if ask:
        status, outputs = ask()
    else:
        status, outputs = answers.call(example.function, example.question, len(parts))
    answers.check(status, outputs, parts)


def table_faults() -> Iterator[str]:
    """The table of cidr.h says which text is at fault for what, and leaves no parser status out."""
    text = Path("include/cnicalc/cidr.h").read_text(encoding="utf-8")
    rows = re.findall(r'^ [*]      (CNICALC_ERR_CIDR_\w+) .*?  ((?:"[^"]*" ?)+)$', text, re.M)
    if len(rows) < 11:
        yield f"cidr.h: {len(rows)} rows in the table of faulty texts"
    for status, quoted in rows:
        for block in re.findall('"([^"]*)"', quoted):
            found = answers.lib.cnicalc_cidr_parse(block.encode(), len(block), abi.Cidr())
            if found != headers.statuses()[status]:
                yield f"cidr.h: {block!r} gives {found}, not {status}"


def main() -> int:
    """1 when anything is at fault."""
    faults = list(table_faults())
    examples = headers.examples()
    if len(examples) != headers.count_of_examples():
        faults.append(f"{headers.count_of_examples()} times Example:, {len(examples)} of them read")
    for example in examples:
        try:
            run(example)
        except (ValueError, SyntaxError, KeyError) as error:
            faults.append(f"{example.place}: {error}")
    asked = {(example.function, example.question) for example in examples}
    faults += [f"questions.py: {key} is no Example of a header" for key in QUESTIONS
               if key not in asked]
    shown = {example.function for example in examples}
    faults += [f"{name}: has no Example" for name in headers.declarations()
               if name not in shown]
    for fault in faults:
        print(fault)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
