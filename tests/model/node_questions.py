# SPDX-License-Identifier: MIT
"""Questions about the pods of one node: every type in every mode in every corner of the options."""
import itertools
import json
import random
import re
import sys
from collections import defaultdict
from fractions import Fraction
from functools import cache
from math import trunc

import kubelet_model
import node_model
from comparison import LONG, thinned

TOPIC = "node"
MODES = (1, 2, 3, 4)
MOST = 2**32 - 1
# 0, 1 and the largest number of each option's type, beside what its enum or flag allows.
EXTREMES = {
    "mode": (0, 1, 2, 3, 4, 5, MOST), "ip_stack": (0, 1, 2, 3, 4, MOST), "erdma": (0, 1, 2, MOST),
    "windows": (0, 1, 2, MOST), "eni_cap_ratio_numerator": (0, 1, MOST),
    "eni_cap_ratio_denominator": (0, 1, MOST), "eni_cap_shift": (0, 1, -1, -2**31, 2**31 - 1),
    "max_eni": (0, 1, MOST), "ipv4_prefix_count": (None, 0, 1, MOST - 1),
    "host_network_pods": (0, 1, MOST), "kubelet_max_pods": (0, 1, MOST),
    "min_pods_to_join": (0, 1, MOST), "erdma_ipam": (0, 1, 2, 3, MOST),
    "kubernetes_minor": (0, 1, 21, 22, 27, 28, MOST), "memory_capacity_kib": (0, 1, 2**64 - 1),
}
# Settings that a user would choose, and such that only together reach a corner.
SETTINGS = [
    {"erdma": 1, "max_eni": 1}, {"erdma": 1, "ip_stack": 2}, {"max_eni": 4},
    {"eni_cap_ratio_numerator": 0, "eni_cap_ratio_denominator": 1000},
    {"eni_cap_ratio_numerator": 333, "eni_cap_ratio_denominator": 1000},
    {"eni_cap_ratio_numerator": 3, "eni_cap_ratio_denominator": 2, "eni_cap_shift": -2},
    {"kubelet_max_pods": 110}, {"kubelet_max_pods": 2, "host_network_pods": 5},
    {"kubelet_max_pods": MOST, "host_network_pods": 0}, {"min_pods_to_join": 100},
    {"ip_stack": 2, "ipv4_prefix_count": 10}, {"ipv4_prefix_count": 14, "max_eni": 1},
    {"erdma": 1, "erdma_ipam": 2}, {"erdma": 1, "erdma_ipam": 2, "max_eni": 3},
    {"memory_capacity_kib": 7925980, "kubernetes_minor": 26},
    {"windows": 1, "kubernetes_minor": 26, "memory_capacity_kib": 31555380},
]
CORNERS = [{}] + SETTINGS + [{name: value} for name, values in EXTREMES.items()
                             for value in values if name != "mode"]
# What random questions are drawn from, where the extremes alone would seldom give an answer.
QUANTITIES = (None, 0, 1, 2, 3, 7, 8, 9, 16, 30, 2**16, 2**28, 2**30 + 2, MOST - 1)
POOLS = {
    **EXTREMES, "mode": (1, 2, 3, 4, 4), "ip_stack": (1, 1, 1, 2, 3), "erdma": (0, 0, 1),
    "windows": (0, 0, 0, 1), "eni_cap_ratio_numerator": (0, 1, 1, 2, 500, 999, MOST),
    "eni_cap_ratio_denominator": (1, 1, 2, 3, 1000, MOST),
    "eni_cap_shift": (0, 0, 1, -1, 5, -5, 2**31 - 1, -2**31), "max_eni": (0, 0, 1, 2, 7, MOST),
    "host_network_pods": (3, 0, 5, MOST), "kubelet_max_pods": (0, 0, 1, 110, MOST),
    "ipv4_prefix_count": (None, None, 0, 1, 10, 11, 200, MOST - 1),
    "min_pods_to_join": (0, 0, 1, 100, MOST), "erdma_ipam": (1, 1, 1, 2, 2, 2, 0),
    "kubernetes_minor": (0, 0, 0, 21, 22, 26, 27, 28, 34),
    "memory_capacity_kib": (0, 0, 1024, 4096 * 1024 + 1023, 31555380, 2112881480, 2**64 - 1),
}
STATUSES = ("OK", "FLAG", "NODE_MODE", "NODE_IP_STACK", "NODE_RATIO", "NODE_ERDMA_DUAL_STACK",
            "NODE_WINDOWS_MODE", "NODE_ERDMA_IPAM", "NODE_LINGJUN_MODE", "LIMITS_UNKNOWN",
            "OVERFLOW")


def row(**quantities):
    """An instance type of which nothing else is known."""
    return {**dict.fromkeys(node_model.INSTANCE_FIELDS), **quantities}


@cache
def evaluate(formula):
    """The exact value of what is left of the last " = ", and the number right of it."""
    text, answer = formula.rsplit(" = ", 1)
    assert re.fullmatch(r"[0-9()+*/, -]+", re.sub(r"\b(min|max|trunc)\(", "(", text)), formula
    exact = re.sub(r"\d+", r"number(\g<0>)", text)
    return eval(exact, {"min": min, "max": max, "trunc": trunc, "number": Fraction}), int(answer)


def check_formula(formula, max_pods, question):
    """node.h: what is left of " = " has the value right of it; max(0, ) only where needed."""
    value, answer = evaluate(formula)
    if not value == answer == max_pods:
        sys.exit(f"node: {formula} is {value}, not {max_pods}: {question}")
    if "max(0" in formula and answer != 0:
        sys.exit(f"node: needless max() in {formula}: {question}")


def ask_rows(compare, rows, t, overrides, formula=True):
    """Rows of equal quantities t, which must all have the same answer, the model's."""
    library, question = compare.library, (t, overrides)
    o = {**node_model.OPTIONS, **overrides}
    options = library.pack_node_options(o)
    answers = {library.node_bytes(instance, options) for instance in rows}
    if len(answers) != 1:
        sys.exit(f"node: types with equal quantities have different answers: {question}")
    r = compare.same(TOPIC, question, lambda: node_model.solve(t, o),
                     library.node_fields(answers.pop()), len(rows))
    if r and formula:
        check_formula(library.formula(rows[0], options), r["max_pods"], question)
    return r


def ask_node(compare, t, overrides):
    return ask_rows(compare, [compare.library.pack_instance(t)], t, overrides)


def kinds_of_types(library):
    """The built-in types by their quantities: [(quantities, rows)]."""
    kinds = defaultdict(list)
    for instance, t in library.table():
        kinds[tuple(t.items())].append(instance)
    return [(dict(quantities), rows) for quantities, rows in kinds.items()]


def ask_table(compare, is_long):
    """Every type x mode x corner; in a short run one in seven of them, each type, mode and corner
    among them. A formula reads neither vCPUs nor memory: one for all that differ in them."""
    with_formula = set()
    for t, rows in kinds_of_types(compare.library):
        network = tuple({**t, "vcpus": None, "memory_mib": None}.values())
        formula = network not in with_formula
        with_formula.add(network)
        for place, (mode, corner) in enumerate(itertools.product(MODES, CORNERS)):
            if is_long or (place + len(with_formula)) % 7 == 0:
                ask_rows(compare, rows, t, {"mode": mode, **corner}, formula)


def ask_pairs_of_extremes(compare, modes_at_once):
    """Every two options at every two of their extremes, for a type of each sort.

    A short run asks each of them in one mode, which take turns.
    """
    plain = row(vcpus=16, memory_mib=32768, eni_quantity=8, eni_private_ip_address_quantity=30, eri_quantity=2,
                eni_ipv6_address_quantity=30, eni_total_quantity=20, eni_trunk_supported=1)
    largest = row(**{name: MOST - 1 for name in node_model.INSTANCE_FIELDS[:8]})
    sorts = (plain, {**plain, "eni_quantity": 1}, {**plain, "eni_total_quantity": None}, largest,
             row(leni_quota=9), row(high_dense_quantity=40, leni_quota=MOST - 1))
    turn = itertools.cycle(MODES + (1,))
    for one, two in itertools.combinations(EXTREMES, 2):
        for a, b, t in itertools.product(EXTREMES[one], EXTREMES[two], sorts):
            for mode in itertools.islice(turn, modes_at_once):
                ask_node(compare, t, {"mode": mode, one: a, two: b})


def ask_small_grid(compare, draws):
    """Few ENIs and addresses, where differences pass 0, under the limits on ENIs."""
    enis, addresses = (0, 1, 2, 3, 7, 8, 16, MOST - 1), (0, 1, 2, 30, MOST - 1)
    questions = itertools.product(enis, addresses, (0, 1, 2, 4), (1, 3, 4), (0, 1, 2), (0, 1, 2))
    for e, i, r, mode, ipam, max_eni in thinned(questions, draws, 7):
        t = row(eni_quantity=e, eni_private_ip_address_quantity=i, eri_quantity=r,
                eni_ipv6_address_quantity=1)
        ask_node(compare, t, {"mode": mode, "erdma": int(ipam > 0), "erdma_ipam": ipam or 1,
                              "max_eni": max_eni})


def ask_terway_vectors(compare, root):
    """What Terway's own tests assert, by model and library both. Nothing differs."""
    for vector in json.loads((root / "tests/vectors/terway_limits.json").read_text()):
        api, e = vector["api"], vector["expected"]
        t = row(eni_quantity=api["EniQuantity"], eri_quantity=api["EriQuantity"],
                eni_private_ip_address_quantity=api["EniPrivateIpAddressQuantity"],
                eni_ipv6_address_quantity=api["EniIpv6AddressQuantity"],
                eni_total_quantity=api["EniTotalQuantity"],
                eni_trunk_supported=int(api["EniTrunkSupported"]))
        shared = ask_node(compare, t, {"mode": 1})
        trunk = ask_node(compare, t, {"mode": 2})
        exclusive = ask_node(compare, t, {"mode": 3})
        erdma = ask_node(compare, t, {"mode": 1, "erdma": 1, "erdma_ipam": node_model.DAEMON})
        got = (shared["max_pods"], exclusive["max_pods"], trunk["trunk_pods"],
               trunk["max_trunk_pods"], shared["secondary_enis"] - erdma["secondary_enis"],
               bool(shared["dual_stack"]))
        want = tuple(e[key] for key in ("shared_pods", "exclusive_pods", "trunk_pods",
                                        "max_trunk_pods", "erdma_enis", "support_multi_ip_ipv6"))
        if got != want:
            sys.exit(f"{vector['name']}: {got}, Terway has {want}")


def ask_cores_and_memory(compare):
    """What kubelet keeps at every number of cores, and around every step of the memory."""
    steps = (0, 3, 4, 1023, 4096, 8192, 10392, 10396, 16384, 131072, 8388608, MOST - 1)
    memory = sorted({mib + more for mib in steps for more in range(-3, 4) if 0 <= mib + more < MOST})
    for minor, cores in itertools.product((0, 27), (*range(260), 1024, MOST - 1)):
        ask_node(compare, row(vcpus=cores, eni_quantity=8, eni_private_ip_address_quantity=30),
                 {"kubernetes_minor": minor})
    for minor, mib, kib in itertools.product((0, 27), memory, (0, 1)):
        ask_node(compare, row(memory_mib=mib, eni_quantity=8, eni_private_ip_address_quantity=30),
                 {"kubernetes_minor": minor, "memory_capacity_kib": kib * (mib * 1024 + 1023)})


def ask_prefix_counts(compare):
    """Every number of prefixes that a node can take, and one more than it can."""
    for e, i in itertools.product((1, 2, 3, 8), (0, 1, 2, 10, 11, 12, 30)):
        t = row(eni_quantity=e, eni_private_ip_address_quantity=i)
        for count in range((e - 1) * max(0, i - 1) + 2):
            ask_node(compare, t, {"mode": 4, "ipv4_prefix_count": count})


def ask_storage(compare):
    """The disk that kubelet leaves, around every power of two and for some of any size."""
    draw = random.Random(20260702).randrange
    powers = [2**bits + more for bits in range(65) for more in (-1, 0, 1)]
    for capacity in [c for c in powers if 0 <= c < 2**64] + [draw(2**64) for _ in range(1000)]:
        left = compare.library.function("cnicalc_node_allocatable_storage_bytes")(capacity)
        compare.same(TOPIC, capacity, lambda: kubelet_model.allocatable_storage(capacity),
                     ("OK", left))


def draw_instance(draw):
    t = {name: draw(QUANTITIES) for name in node_model.INSTANCE_FIELDS}
    if draw(range(8)):
        t["leni_quota"], t["high_dense_quantity"] = draw((None, 0)), draw((None, 0))
    t["eni_trunk_supported"] = draw((None, 0, 1, 1))
    return t


def ask(compare, draws, root):
    ask_terway_vectors(compare, root)
    ask_table(compare, draws >= LONG)
    ask_pairs_of_extremes(compare, 5 if draws >= LONG else 1)
    ask_small_grid(compare, draws)
    ask_cores_and_memory(compare)
    ask_prefix_counts(compare)
    ask_storage(compare)
    draw = random.Random(20260701).choice
    for _ in range(draws):
        ask_node(compare, draw_instance(draw), {name: draw(pool) for name, pool in POOLS.items()})
    compare.require(TOPIC, STATUSES)
    compare.require(TOPIC, {*node_model.LIMITS, "NONE"})
