# SPDX-License-Identifier: MIT
"""Python's ipaddress on the benchmark's inputs: prints "case<TAB>peer<TAB>ns" lines.

    peer_ipaddress.py INPUTS [SET_SIZE]

INPUTS is the directory that `bench --write-inputs` filled. A figure is the median of 7 rounds, but
for the sets of 100,000 blocks and more: they take minutes, and one round has to do.
"""
import ipaddress
import random
import statistics
import sys
import time
from typing import Callable, List, Sequence

ROUNDS = 7
SAMPLE = 4096  # texts of the many: a pass in C takes milliseconds, one here would take seconds


def report(case: str, ns: float) -> None:
    print(f"{case}\tipaddress\t{ns:.1f}", flush=True)


def time_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - start)
    return statistics.median(times)


def lines_of(path: str) -> List[str]:
    with open(path, encoding="ascii") as file:
        return file.read().split()[:SAMPLE]


def parse(texts: Sequence[str]) -> None:
    for text in texts:
        ipaddress.ip_network(text)


def parse_mask_format(texts: Sequence[str]) -> None:
    for text in texts:
        str(ipaddress.ip_network(text, strict=False))


def collapse(count: int) -> float:
    draw = random.Random(1)
    nets = [ipaddress.ip_network((draw.getrandbits(32), draw.randrange(24, 32)), strict=False)
            for _ in range(count)]
    return time_of(lambda: list(ipaddress.collapse_addresses(nets)), 1 if count > 10000 else ROUNDS)


def main() -> None:
    inputs, set_size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for family in ["ipv4", "ipv6"]:
        blocks = lines_of(f"{inputs}/{family}.txt")
        report(f"parse_{family}", time_of(lambda: parse(blocks)) / len(blocks))
        hosts = lines_of(f"{inputs}/{family}_hosts.txt")
        report(f"text_{family}", time_of(lambda: parse_mask_format(hosts)) / len(hosts))
    count = 10000
    while count <= set_size:
        ns = collapse(count)
        report(f"merge_{count}", ns)
        report(f"first_overlap_{count}", ns)
        count *= 10


main()
