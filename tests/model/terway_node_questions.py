# SPDX-License-Identifier: MIT
"""Questions about what one Terway node takes: every type in every mode with idle addresses."""
import itertools
import random
from ctypes import POINTER, byref, cast, create_string_buffer

import _cnicalc_abi as abi
import node_model
import node_questions
import terway_node_model
from answers import Refused
from layout import fields

TOPIC = "terway node"
MOST = 2**64 - 1
IDLE = (0, 1, 5, MOST)
# What changes the pods that run, or the addresses that the ENIs have.
CORNERS = [{}, {"ip_stack": 2}, {"ip_stack": 3}, {"erdma": 1}, {"windows": 1}, {"max_eni": 1},
           {"ipv4_prefix_count": 1}, {"ipv4_prefix_count": 3, "kubelet_max_pods": 110},
           {"kubelet_max_pods": 2**32 - 1}, {"kubelet_max_pods": 2, "host_network_pods": 5},
           {"kubelet_max_pods": 20, "host_network_pods": 0}, {"min_pods_to_join": 2**32 - 1}]
RESULT = abi.TerwayNode()


def typed(structure, packed):
    """Packed bytes as a pointer to a struct."""
    return cast(create_string_buffer(packed, len(packed)), POINTER(structure))


def answer(status):
    return status, fields(RESULT) if status == "OK" else None


def ask_from_type(compare, t, overrides, idle, pods=0):
    library, o = compare.library, {**node_model.OPTIONS, **overrides}
    status = library.ask("cnicalc_terway_node_from_type",
                         typed(abi.Instance, library.pack_instance(t)),
                         typed(abi.NodeOptions, library.pack_node_options(o)), pods, idle,
                         byref(RESULT), outputs=[RESULT])
    compare.same(TOPIC, (t, overrides, idle, pods),
                 lambda: terway_node_model.from_type(t, o, idle, pods),
                 answer(status))


def ask_planned(compare, t, overrides):
    """Pods that are planned: few, as many as the ENIs have addresses for, one more, the most."""
    try:
        most = node_model.solve(t, {**node_model.OPTIONS, **overrides})["max_pods"]
    except Refused:
        most = 10
    for pods, idle in itertools.product({1, max(1, most), most + 1, MOST}, (0, 5)):
        ask_from_type(compare, t, overrides, idle, pods)


def ask_from_pods(compare, *question):
    status = compare.library.ask("cnicalc_terway_node_from_pods", *question, byref(RESULT),
                                 outputs=[RESULT])
    compare.same(TOPIC, question, lambda: terway_node_model.from_pods(*question), answer(status))


def ask(compare, draws):
    kinds = {tuple({**t, "vcpus": None, "memory_mib": None}.items())
             for t, _ in node_questions.kinds_of_types(compare.library)}
    for t, mode, corner, idle in itertools.product(sorted(kinds, key=str), node_questions.MODES,
                                                   CORNERS, IDLE):
        ask_from_type(compare, dict(t), {"mode": mode, **corner}, idle)
    for t, mode in itertools.product(sorted(kinds, key=str), node_questions.MODES):
        ask_planned(compare, dict(t), {"mode": mode})
        ask_planned(compare, dict(t), {"mode": mode, "kubelet_max_pods": 1000})
    counts = (0, 1, 50, MOST - 1, MOST)
    for question in itertools.product(counts, (*range(6), 2**32 - 1), counts):
        ask_from_pods(compare, *question)
    draw = random.Random(20260705).choice
    for _ in range(draws // 4):
        overrides = {name: draw(pool) for name, pool in node_questions.POOLS.items()}
        ask_from_type(compare, node_questions.draw_instance(draw), overrides,
                      draw((0, 1, 5, 100, 2**32, MOST)), draw((0, 0, 1, 2, 30, 200, 2**32)))
    compare.require(TOPIC, ("OK", "NODE_MODE", "TERWAY_PODS_PER_NODE", "LIMITS_UNKNOWN", "OVERFLOW"))
