#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints how many pods fit on a node, for a list of instance types and every Terway mode.

    capacity.py [--catalog FILE] TYPE...
    capacity.py -                           types from standard input, one a line

"-" is a number that is not published, and "*" follows the pods of a node that ACK refuses
because they are too few. Introduces find(), node(), catalog_parse() and Error.
Exits 2, with nothing on standard output, when a type is unknown.
"""
import argparse
import sys
from typing import List, Optional

import cnicalc

MODES = ["shared", "trunk", "exclusive", "prefix"]


def table(types: List[str], catalog: Optional[cnicalc.Catalog]) -> List[List[str]]:
    """A header and one row for each type."""
    find = cnicalc.find if catalog is None else catalog.find
    lines = [["instance type", "vCPUs", "memory MiB", *MODES]]
    for row in [find(name) for name in types]:
        lines.append([row.name, shown(row.vcpus), shown(row.memory_mib),
                      *(pods(row, mode) for mode in MODES)])
    return lines


def pods(row: cnicalc.Instance, mode: str) -> str:
    """The cell of one type in one mode."""
    try:
        answer = cnicalc.node(row, mode)
    except cnicalc.Error as error:
        if error.code != cnicalc.StatusCode.ERR_LIMITS_UNKNOWN:
            raise
        return "-"
    return f"{answer.max_pods}" if answer.joins else f"{answer.max_pods}*"


def shown(value: Optional[int]) -> str:
    return "-" if value is None else str(value)


def print_table(lines: List[List[str]]) -> None:
    """Numbers to the right, the name to the left."""
    widths = [max(map(len, column)) for column in zip(*lines)]
    for name, *cells in lines:
        print(name.ljust(widths[0]), *(cell.rjust(width) for cell, width in
                                       zip(cells, widths[1:])), sep="  ")


def main() -> int:
    parser = argparse.ArgumentParser(description="Pods per node in every Terway mode.")
    parser.add_argument("types", nargs="+", metavar="TYPE", help="ecs.c7.4xlarge, or - for stdin")
    parser.add_argument("--catalog", metavar="FILE", help="a TSV of types in place of the table")
    options = parser.parse_args()
    types = sys.stdin.read().split() if options.types == ["-"] else options.types
    try:
        catalog = None
        if options.catalog:
            with open(options.catalog, "rb") as file:
                catalog = cnicalc.catalog_parse(file.read())
        lines = table(types, catalog)
    except (cnicalc.Error, OSError) as error:
        print(f"capacity.py: {error}", file=sys.stderr)
        return 2
    print_table(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
