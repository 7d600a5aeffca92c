# SPDX-License-Identifier: MIT
"""examples/python/fleet_audit.py with one Dask worker and with two. Prints a "bench" line.

    PYTHONPATH=examples/python python_fleet.py DIRECTORY [ROWS]

Files of random nodes are written to DIRECTORY. The time is that of all tasks by the clock, without
the start of the workers; the load of the machine is printed, because two workers need two cores.
"""
import os
import random
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import List

import cnicalc

ROUNDS = 5
FILES = 16
LEAST = 1.7  # times faster


def write_fleet(folder: Path, rows: int) -> List[str]:
    names = [row.name for row in cnicalc.instances()]
    modes = ["shared", "trunk", "prefix", "exclusive"]
    draw = random.Random(1)
    paths = [folder / f"nodes-{number:02}.csv" for number in range(FILES)]
    for path in paths:
        lines = (f"c{draw.randrange(50)},{draw.choice(names)},{draw.choice(modes)},"
                 f"{draw.randrange(10, 250)}\n" for _ in range(rows // FILES))
        path.write_text("cluster,instance_type,mode,max_pods\n" + "".join(lines))
    return list(map(str, paths))


def main() -> None:
    try:
        import distributed  # noqa: F401
        from fleet_audit import audit_files, workers
    except ImportError as error:
        print(f"# {error}: the audit of a fleet is skipped")
        return
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 4000000
    paths = write_fleet(Path(sys.argv[1]), rows)
    with ExitStack() as stack:
        clients = [stack.enter_context(workers(count)) for count in (1, 2)]
        times: List[List[float]] = [[], []]
        for _ in range(ROUNDS + 1):  # the first one warms up
            for client, taken in zip(clients, times):
                start = time.perf_counter_ns()
                audit_files(client, paths)
                taken.append(time.perf_counter_ns() - start)
    one, two = (statistics.median(taken[1:]) / rows for taken in times)
    verdict = "meets" if one >= LEAST * two else "misses"
    print(f"bench\tfleet_audit_2_workers\t{two:.0f}\tone-worker\t{one:.0f}\t{one / two:.2f}"
          f"\t{verdict} {LEAST:.2f}\n# load {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
