# SPDX-License-Identifier: MIT
"""Many nodes in one call: the pods of each row, and how the rows rank."""
import itertools
import random
import sys
from ctypes import byref, c_int32, c_uint32, c_uint64

from cnicalc import abi
import node_model
import node_questions
from comparison import answer_of, thinned
from library import UNKNOWN_COUNT
from terway_node_questions import typed

TOPIC = "node_batch"
# What moves the pods of a type, or refuses some of the modes.
CORNERS = [{}, {"max_eni": 2}, {"erdma": 1, "erdma_ipam": 2}, {"ipv4_prefix_count": 20},
           {"eni_cap_ratio_numerator": 1, "eni_cap_ratio_denominator": 2, "eni_cap_shift": 1},
           {"windows": 1}, {"ip_stack": 3}, {"erdma_ipam": 0}]


class Rows:
    """Types that a row can be of, by their index, and what each of them has by the model."""

    def __init__(self, types):
        self.types, self.known = types, {}

    def solve(self, index, o):
        """(status, pods or None)"""
        if index >= len(self.types):
            return "INDEX", None
        question = tuple(self.types[index].values()), tuple(o.items())
        if question not in self.known:
            status, r = answer_of(lambda: node_model.solve(self.types[index], o))
            self.known[question] = status, r["max_pods"] if status == "OK" else None
        return self.known[question]


def places_of(pods):
    """By the order of the header: most pods first, the earlier of equals, unknown ones last."""
    def key(row):
        return pods[row] is None, -(pods[row] or 0), row
    places = [0] * len(pods)
    for place, row in enumerate(sorted(range(len(pods)), key=key)):
        places[row] = place
    return places


def ask_rows(compare, rows, indexes, modes, overrides, instances=None):
    """modes: one for all rows, or a list. instances: the types packed; None: the built-in table."""
    count, o = len(indexes), {**node_model.OPTIONS, **overrides}
    if isinstance(modes, int):
        o["mode"], modes = modes, None
    pods, statuses, rank = (c_uint64 * count)(), (c_int32 * count)(), (c_uint32 * count)()
    question = abi.NodeColumns(
        instances=instances, instance_count=len(rows.types), count=count,
        instance_index=(c_uint32 * count)(*indexes),
        mode=None if modes is None else (c_uint32 * count)(*modes),
        out_max_pods=pods, out_status=statuses, out_rank=rank)
    options = typed(abi.NodeOptions, compare.library.pack_node_options(o))
    status = compare.library.ask("cnicalc_node_solve_batch", options, byref(question), outputs=[])
    assert status == "OK", status
    expected = [rows.solve(index, o if modes is None else {**o, "mode": modes[row]})
                for row, index in enumerate(indexes)]
    answers = [(compare.library.statuses[code], None if pods[row] == UNKNOWN_COUNT else pods[row])
               for row, code in enumerate(statuses)]
    places = places_of([r for _, r in expected])
    if answers != expected or list(rank) != places:
        row = next(row for row in range(count)
                   if (answers[row], rank[row]) != (expected[row], places[row]))
        sys.exit(f"{TOPIC}: row {row} of {indexes}, {modes}, {overrides}\n"
                 f"model   {expected[row]}, place {places[row]}\n"
                 f"library {answers[row]}, place {rank[row]}")
    compare.questions[TOPIC] += count
    compare.seen.update((TOPIC, status) for status, _ in expected)


def ask(compare, draws):
    table = Rows([t for _, t in compare.library.table()])
    rng = random.Random(20261130)
    everything = range(len(table.types))
    for mode, corner in thinned(itertools.product((*node_questions.MODES, 9), CORNERS), draws, 3):
        ask_rows(compare, table, everything, mode, corner)
    for corner in CORNERS:
        indexes = [rng.randrange(len(everything) + 5) for _ in range(3000)]
        ask_rows(compare, table, indexes, [rng.randrange(6) for _ in indexes], corner)
    for _ in range(max(20, draws // 20)):
        own = Rows([node_questions.draw_instance(rng.choice) for _ in range(rng.randrange(1, 60))])
        packed = typed(abi.Instance, b"".join(map(compare.library.pack_instance, own.types)))
        indexes = [rng.randrange(len(own.types) + 2) for _ in range(rng.randrange(100))]
        modes = [rng.randrange(1, 5) for _ in indexes]
        ask_rows(compare, own, indexes, modes, rng.choice(CORNERS), packed)
    compare.require(TOPIC, ("OK", "INDEX", "NODE_MODE", "LIMITS_UNKNOWN", "NODE_WINDOWS_MODE",
                            "NODE_ERDMA_IPAM", "NODE_LINGJUN_MODE"))
