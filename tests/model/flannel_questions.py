# SPDX-License-Identifier: MIT
"""Questions about the Flannel split: every pair of masks, every corner of the options, the inverse."""
import itertools
import random
from ipaddress import IPv4Network

import flannel_model
from comparison import LONG, thinned

TOPIC = "flannel"
EDITIONS = range(1, 6)
MOST_32, MOST = 2**32 - 1, 2**64 - 1
STARTS = ("10.0.0.0", "172.16.0.0", "192.168.0.0")
NODE_COUNTS = (0, 1, 2, 10, 11, 128, 129, 200, 201, 1000, 1001, 65536, 65537, 2**20, 2**20 + 1, MOST)
POD_COUNTS = (0, 1, 16, 17, 32, 33, 64, 65, 128, 129, 256, 257, MOST)
QUOTAS = ("routes_used", "route_quota", "node_quota", "pod_quota")
STATUSES = ("OK", "FLAG", "EDITION", "FLANNEL_POD_CIDR_RANGE", "FLANNEL_NODE_MASK",
            "FLANNEL_POD_MASK", "FLANNEL_PODS_PER_NODE", "FLANNEL_NODES")


def ask_solve(compare, network, overrides):
    o = {**flannel_model.OPTIONS, **overrides}
    compare.same(TOPIC, (network, overrides), lambda: flannel_model.solve(network, o),
                 compare.library.flannel(network, o))


def ask_fit(compare, nodes, pods, overrides):
    o = {**flannel_model.OPTIONS, **overrides}
    compare.same(TOPIC, (nodes, pods, overrides), lambda: flannel_model.fit(nodes, pods, o),
                 compare.library.flannel_fit(nodes, pods, o))


def ask_masks(compare, routes, starts_at_once):
    """Pod masks 0..32 x node masks 0..32 x editions x raised x routes in use, in each range.

    A short run asks each of them in one range, which take turns.
    """
    turn = itertools.cycle(STARTS)
    for pod_mask, node_mask in itertools.product(range(33), range(33)):
        for start, edition, raised, used in itertools.product(
                list(itertools.islice(turn, starts_at_once)), EDITIONS, (0, 1), routes):
            network = IPv4Network(f"{start}/{pod_mask}", strict=False)
            ask_solve(compare, network, {"node_mask": node_mask, "edition": edition,
                                         "raised": raised, "routes_used": used})


def ask_pods_per_node(compare):
    """Block sizes, alone and beside a node mask, in pod CIDRs inside and outside the ranges."""
    networks = ("192.168.0.0/16", "192.168.0.0/27", "192.169.0.0/20", "172.32.0.0/16",
                "11.0.0.0/8", "192.168.0.0/15")
    sizes = (0, 1, 15, 16, 17, 32, 64, 100, 128, 255, 256, 257, MOST_32)
    masks = (0, 1, 23, 24, 26, 28, 29, MOST_32)
    for text, pods, node_mask in itertools.product(networks, sizes, masks):
        ask_solve(compare, IPv4Network(text), {"pods_per_node": pods, "node_mask": node_mask})


def ask_quotas(compare, draws):
    """Own quotas and routes in use at their extremes, in every edition and in none, both ways."""
    questions = itertools.product((*range(7), MOST_32), (0, 1, 2, MOST_32),
                                  *[(0, 1, 64, MOST)] * len(QUOTAS))
    for edition, raised, *values in thinned(questions, draws, 5):
        o = {**dict(zip(QUOTAS, values)), "edition": edition, "raised": raised, "node_mask": 26}
        ask_solve(compare, IPv4Network("172.16.0.0/14"), o)
        ask_fit(compare, 65, 60, o)


def ask_requests(compare):
    """The inverse, around every block size, every ceiling and the largest pod CIDR."""
    for nodes, pods, edition, raised, own in itertools.product(NODE_COUNTS, POD_COUNTS, EDITIONS,
                                                               (0, 1), (0, MOST)):
        ask_fit(compare, nodes, pods, {"edition": edition, "raised": raised, "node_quota": own,
                                       "route_quota": own})


def ask(compare, draws):
    routes = (0, 100, 199, 200, 1000, MOST) if draws > 100000 else (0, 199)
    ask_masks(compare, routes, 3 if draws >= LONG else 1)
    ask_pods_per_node(compare)
    ask_quotas(compare, draws)
    ask_requests(compare)
    rng = random.Random(20260702)
    for _ in range(draws // 10):
        o = {name: rng.choice((0, 0, 1, rng.randrange(2000), rng.getrandbits(64))) for name in QUOTAS}
        o.update(edition=rng.choice(EDITIONS), raised=rng.randrange(2), node_mask=rng.randint(24, 28))
        ask_solve(compare, IPv4Network((0x0A000000, rng.randint(8, 28))), o)
        ask_fit(compare, rng.getrandbits(rng.randint(1, 64)), rng.randint(1, 300), o)
    compare.require(TOPIC, STATUSES)
    compare.require(TOPIC, flannel_model.LIMITS)
