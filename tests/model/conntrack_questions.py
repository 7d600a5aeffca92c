# SPDX-License-Identifier: MIT
"""Questions about connection tables: every option at its extremes, memory around each clamp."""
import itertools
import random
from ctypes import byref, sizeof

from cnicalc import abi
import conntrack_model
from layout import fields

TOPIC = "conntrack"
GIB = 2**30
MOST_32, MOST = 2**32 - 1, 2**64 - 1
RATIOS = (0, 1, 2, 2499, 2500, 2501, 333333, 999999, 1000000, 1000001, MOST_32)
# Around the extremes of the type and of the products ratio * memory and default * budget.
MEMORIES = (0, 1, 399, 400, 401, GIB, 8 * GIB, 16 * GIB - 1, 16 * GIB, 2**44 - 1, 2**44, 2**45,
            2**63 - 1, 2**63, MOST - 1, MOST)
BY_HAND = [f"{name}_entries" for name in conntrack_model.TABLES]
RESULT = abi.ConntrackResult()


def ask_solve(compare, overrides):
    o = {**conntrack_model.OPTIONS, **overrides}
    options = abi.ConntrackOptions(struct_size=sizeof(abi.ConntrackOptions), **o)
    status = compare.library.ask("cnicalc_conntrack_solve", byref(options), byref(RESULT),
                                 outputs=[RESULT])
    result = None
    if status == "OK":
        result = fields(RESULT)
        for name in conntrack_model.TABLES:
            result[f"{name}_bound_by"] = conntrack_model.LIMITS[result[f"{name}_bound_by"]]
    compare.same(TOPIC, overrides, lambda: conntrack_model.solve(o), (status, result))


def clamped_memories(ratio_millionths):
    """Memory around the one at which a table's share reaches its least or its most entries."""
    tables = conntrack_model.TABLES.values()
    whole = sum(entries * entry_bytes for entries, entry_bytes, _ in tables)
    for default, _, least in tables:
        for entries in (least, conntrack_model.MOST_ENTRIES, conntrack_model.MOST_ENTRIES + 1):
            budget = -(-entries * whole // default)
            memory = -(-budget * 1000000 // ratio_millionths)
            yield from (memory + step for step in range(-2, 3) if memory + step <= MOST)


def ask_corners(compare):
    for ratio, memory, pods in itertools.product(RATIOS, MEMORIES, (0, 1, 210, MOST)):
        ask_solve(compare, {"ratio_millionths": ratio, "memory_bytes": memory, "max_pods": pods})
    for ratio in RATIOS[1:-2]:
        for memory in clamped_memories(ratio):
            ask_solve(compare, {"ratio_millionths": ratio, "memory_bytes": memory})


def ask_sizes_by_hand(compare):
    """Every set of sizes by hand, each at its extremes: the others stay as they are."""
    for sizes in itertools.product((0, 1, MOST), repeat=len(BY_HAND)):
        for memory, pods in itertools.product((0, 1, 16 * GIB, MOST), (0, 1, 7, MOST)):
            ask_solve(compare, {"memory_bytes": memory, "max_pods": pods,
                                **dict(zip(BY_HAND, sizes))})


def ask(compare, draws):
    ask_corners(compare)
    ask_sizes_by_hand(compare)
    rng = random.Random(20260703)
    for _ in range(draws // 4):
        o = {name: rng.choice((0, 0, rng.getrandbits(rng.randint(1, 64)))) for name in BY_HAND}
        o.update(ratio_millionths=rng.randint(1, 1000000), max_pods=rng.randrange(300),
                 memory_bytes=rng.getrandbits(rng.randint(1, 64)))
        ask_solve(compare, o)
    compare.require(TOPIC, ("OK", "CONNTRACK_RATIO", "CONNTRACK_MEMORY"))
    compare.require(TOPIC, set(conntrack_model.LIMITS) - {"NONE"})
