# SPDX-License-Identifier: MIT
"""Questions about what one Terway node takes: every type in every mode with idle addresses."""
import itertools
import random
from ctypes import POINTER, byref, cast, create_string_buffer

from cnicalc import abi
import node_model
import node_questions
import terway_node_model
from answers import Refused
from comparison import thinned
from layout import fields

TOPIC = "terway node"
USE = terway_node_model.USE
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


def ask_from_type(compare, t, overrides, **use):
    library, o, use = compare.library, {**node_model.OPTIONS, **overrides}, {**USE, **use}
    status = library.ask("cnicalc_terway_node_from_type",
                         typed(abi.Instance, library.pack_instance(t)),
                         typed(abi.NodeOptions, library.pack_node_options(o)),
                         byref(abi.TerwayUse(**use)), byref(RESULT), outputs=[RESULT])
    return compare.same(TOPIC, (t, overrides, use),
                        lambda: terway_node_model.from_type(t, o, use), answer(status))


def ask_planned(compare, t, overrides):
    """Pods that are planned: few, as many as the ENIs have addresses for, one more, the most."""
    try:
        most = node_model.solve(t, {**node_model.OPTIONS, **overrides})["max_pods"]
    except Refused:
        most = 10
    for pods, idle in itertools.product({1, max(1, most), most + 1, MOST}, (0, 5)):
        ask_from_type(compare, t, overrides, idle_addresses=idle, pods_per_node=pods)
    for pods, burst, least in itertools.product({1, max(1, most // 2), most}, (1, 3, 40), (0, 1, 9)):
        ask_from_type(compare, t, overrides, pods_per_node=pods, burst_pods=burst,
                      min_pool_size=least, idle_addresses=least)


def ask_from_pods(compare, mode, **use):
    use = {**USE, **use}
    status = compare.library.ask("cnicalc_terway_node_from_pods", byref(abi.TerwayUse(**use)), mode,
                                 byref(RESULT), outputs=[RESULT])
    compare.same(TOPIC, (mode, use), lambda: terway_node_model.from_pods(use, mode), answer(status))


def ask_published(compare):
    """c7.4xlarge, 8 ENIs of 30 addresses: what prefixes take, and what a burst does."""
    t = node_questions.row(eni_quantity=8, eni_private_ip_address_quantity=30)
    for count, taken in ((0, 0), (5, 81), (14, 2 + 14 * 16), (16, 258)):
        node = ask_from_type(compare, t, {"mode": 4, "ipv4_prefix_count": count})
        assert node["addresses"] + 16 * node["prefixes"] == taken, node
    node = ask_from_type(compare, t, {}, pods_per_node=30, burst_pods=10)
    assert (node["addresses"], node["addresses_with_pool"], node["addresses_in_burst"]) == (30, 35, 50)
    assert ask_from_type(compare, t, {})["enis"] == 8


def ask(compare, draws):
    ask_published(compare)
    kinds = {tuple({**t, "vcpus": None, "memory_mib": None}.items())
             for t, _ in node_questions.kinds_of_types(compare.library)}
    questions = itertools.product(sorted(kinds, key=str), node_questions.MODES, CORNERS, IDLE)
    for t, mode, corner, idle in thinned(questions, draws, 5):
        ask_from_type(compare, dict(t), {"mode": mode, **corner}, idle_addresses=idle)
    questions = itertools.product(sorted(kinds, key=str), node_questions.MODES)
    for t, mode in thinned(questions, draws, 3):
        ask_planned(compare, dict(t), {"mode": mode})
        ask_planned(compare, dict(t), {"mode": mode, "kubelet_max_pods": 1000})
        ask_planned(compare, dict(t), {"mode": mode, "ipv4_prefix_count": 12})
    counts = (0, 1, 50, MOST - 1, MOST)
    for pods, mode, idle in itertools.product(counts, (*range(6), 2**32 - 1), counts):
        ask_from_pods(compare, mode, pods_per_node=pods, idle_addresses=idle)
    for pods, mode, burst, least in itertools.product(counts, (1, 2, 3, 4), (*counts, 2**63), counts):
        ask_from_pods(compare, mode, pods_per_node=pods, burst_pods=burst, min_pool_size=least)
    draw = random.Random(20260705).choice
    for _ in range(draws // 4):
        overrides = {name: draw(pool) for name, pool in node_questions.POOLS.items()}
        ask_from_type(compare, node_questions.draw_instance(draw), overrides,
                      idle_addresses=draw((0, 1, 5, 100, 2**32, MOST)),
                      pods_per_node=draw((0, 0, 1, 2, 30, 200, 2**32)),
                      burst_pods=draw((0, 0, 1, 7, 2**32, 2**63, MOST)),
                      min_pool_size=draw((0, 0, 1, 7, MOST)))
    compare.require(TOPIC, ("OK", "NODE_MODE", "TERWAY_PODS_PER_NODE", "LIMITS_UNKNOWN", "OVERFLOW"))
