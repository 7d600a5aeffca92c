# SPDX-License-Identifier: MIT
"""Nodes from Python: one call for all of them, one call each, and numpy columns beside the solver
alone. Prints "bench" lines.

    PYTHONPATH=examples/python python_batch.py [COUNT]

One call each is measured on a part of the nodes: all would take minutes.
"""
import random
import statistics
import sys
import time
from array import array
from ctypes import POINTER, byref, c_int32, c_uint32, c_uint64, cast, sizeof
from typing import Callable, List

import cnicalc

ROUNDS = 7
EACH = 20000
MOST_BESIDE = 2.0  # ns a row that Python may cost beside the solver


def times_of(*works: Callable[[], object]) -> List[float]:
    """Median times of works that take turns, so that a busy machine slows all of them."""
    times: List[List[int]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times):
            start = time.process_time_ns()
            work()
            taken.append(time.process_time_ns() - start)
    return [statistics.median(taken) for taken in times]


def numpy_columns(count: int) -> None:
    """The same columns through node_batch() and through the function of the library alone."""
    try:
        import numpy
    except ImportError:
        print("# numpy is not installed: columns are skipped")
        return
    draw = numpy.random.default_rng(1)
    indexes = draw.integers(0, len(cnicalc.instances()), count, "u4")
    modes = draw.integers(1, 5, count, "u4")
    out = {"max_pods": numpy.zeros(count, "u8"), "bound_by": numpy.zeros(count, "u4"),
           "status": numpy.zeros(count, "i4")}
    options = cnicalc.abi.NodeOptions()
    cnicalc.lib.cnicalc_node_options_init(byref(options), sizeof(options))
    question = cnicalc.abi.NodeColumns(
        count=count, instance_index=cast(indexes.ctypes.data, POINTER(c_uint32)),
        mode=cast(modes.ctypes.data, POINTER(c_uint32)),
        **{f"out_{name}": cast(out[name].ctypes.data, POINTER(kind)) for name, kind in
           (("max_pods", c_uint64), ("bound_by", c_uint32), ("status", c_int32))})
    alone, ours = times_of(
        lambda: cnicalc.lib.cnicalc_node_solve_batch(byref(options), byref(question)),
        lambda: cnicalc.node_batch(indexes, modes, out=out))
    verdict = "meets" if ours - alone <= MOST_BESIDE * count else "misses"
    print(f"bench\tnumpy_columns\t{ours / count:.2f}\tsolver-alone\t{alone / count:.2f}"
          f"\t{alone / ours:.2f}\t{verdict} +{MOST_BESIDE} ns")


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

    ours, each = times_of(
        lambda: cnicalc.node_batch(indexes, modes, columns=["max_pods", "bound_by"]), one_call_each)
    ours, each = ours / count, each / len(asked)
    verdict = "meets" if each >= 50 * ours else "misses"
    print(f"bench\tpython_node\t{ours:.1f}\tone-call-each\t{each:.1f}\t{each / ours:.2f}"
          f"\t{verdict} 50.00")
    numpy_columns(count * 10)


main()
