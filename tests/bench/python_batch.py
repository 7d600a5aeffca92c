# SPDX-License-Identifier: MIT
"""Nodes from Python: one call for all of them, and one call each. Prints a "bench" line.

    PYTHONPATH=examples/python python_batch.py [COUNT]

One call each is measured on a part of the nodes: all would take minutes.
"""
import random
import statistics
import sys
import time
from array import array
from typing import Callable

import cnicalc

ROUNDS = 7
EACH = 20000


def time_of(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - start)
    return statistics.median(times)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
    names = [row.name for row in cnicalc.instances()]
    draw = random.Random(1)
    indexes = array("I", [draw.randrange(len(names)) for _ in range(count)])
    modes = array("I", [draw.randint(1, 4) for _ in range(count)])
    asked = [(names[index], cnicalc.Mode(mode)) for index, mode in zip(indexes, modes)][:EACH]

    def one_call_each() -> None:
        for name, mode in asked:
            try:
                cnicalc.node(name, mode)
            except cnicalc.Error:
                pass

    ours = time_of(lambda: cnicalc.node_batch(indexes, modes)) / count
    each = time_of(one_call_each) / len(asked)
    verdict = "meets" if each >= 50 * ours else "misses"
    print(f"bench\tpython_node\t{ours:.1f}\tone-call-each\t{each:.1f}\t{each / ours:.2f}"
          f"\t{verdict} 50.00")


main()
