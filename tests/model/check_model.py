# SPDX-License-Identifier: MIT
"""Compares the library with the model: check_model.py LIBRARY ROOT [DRAWS]

DRAWS random node questions (default 20,000; the seed is fixed) come after the systematic ones.
"""
import itertools
import json
import random
import re
import sys
from fractions import Fraction
from ipaddress import IPv4Network
from math import trunc
from pathlib import Path

import flannel_model
import node_model
from library import Library

MOST = 2**32 - 2
NODE_CORNERS = [
    {}, {"ip_stack": 2}, {"ip_stack": 3}, {"erdma": 1}, {"erdma": 1, "max_eni": 1}, {"windows": 1},
    {"max_eni": 4}, {"max_eni": 2**32 - 1}, {"eni_cap_shift": -1}, {"eni_cap_shift": 1},
    {"eni_cap_shift": -2**31}, {"eni_cap_shift": 2**31 - 1},
    {"eni_cap_ratio_numerator": 0, "eni_cap_ratio_denominator": 1000},
    {"eni_cap_ratio_numerator": 333, "eni_cap_ratio_denominator": 1000},
    {"eni_cap_ratio_numerator": 3, "eni_cap_ratio_denominator": 2, "eni_cap_shift": -2},
    {"eni_cap_ratio_numerator": 1, "eni_cap_ratio_denominator": 2**32 - 1},
    {"eni_cap_ratio_denominator": 0}, {"ipv4_prefix_count": 1}, {"ipv4_prefix_count": 2**32 - 1},
    {"kubelet_max_pods": 110}, {"kubelet_max_pods": 2, "host_network_pods": 5},
    {"kubelet_max_pods": 2**32 - 1, "host_network_pods": 0}, {"host_network_pods": 2**32 - 1},
    {"min_pods_to_join": 1}, {"min_pods_to_join": 2**32 - 1}, {"erdma": 2}, {"windows": 2**32 - 1},
    {"ip_stack": 0}, {"ip_stack": 4}, {"mode": 0}, {"mode": 5}, {"mode": 2**32 - 1},
    {"erdma": 1, "ip_stack": 2},
]
# What random questions are drawn from.
QUANTITIES = (None, 0, 1, 2, 3, 7, 8, 9, 16, 30, 2**16, 2**28, 2**30 + 2, MOST)
OPTION_POOLS = {
    "mode": (1, 2, 3, 4, 4), "ip_stack": (1, 1, 1, 2, 3), "erdma": (0, 0, 1), "windows": (0, 0, 0, 1),
    "eni_cap_ratio_numerator": (0, 1, 1, 2, 500, 999, 2**32 - 1),
    "eni_cap_ratio_denominator": (1, 1, 2, 3, 1000, 2**32 - 1),
    "eni_cap_shift": (0, 0, 1, -1, 5, -5, 2**31 - 1, -2**31), "max_eni": (0, 0, 1, 2, 7, 2**32 - 1),
    "ipv4_prefix_count": (0, 0, 1, 10, 2**32 - 1), "host_network_pods": (3, 0, 5, 2**32 - 1),
    "kubelet_max_pods": (0, 0, 1, 110, 2**32 - 1), "min_pods_to_join": (0, 0, 1, 100, 2**32 - 1),
}


def evaluate(formula):
    """The exact value of what stands left of the last " = ", and the number right of it."""
    text, answer = formula.rsplit(" = ", 1)
    assert re.fullmatch(r"[0-9()+*/, -]+", re.sub(r"\b(min|max|trunc)\(", "(", text)), formula
    exact = re.sub(r"\d+", r"number(\g<0>)", text)
    return eval(exact, {"min": min, "max": max, "trunc": trunc, "number": Fraction}), int(answer)


class Check:
    def __init__(self, library):
        self.library = library
        self.counts = {}
        self.statuses = set()
        self.bounds = set()

    def same(self, name, model, answer, question):
        self.counts[name] = self.counts.get(name, 0) + 1
        try:
            expected = ("OK", model())
        except (node_model.Refused, flannel_model.Refused) as refused:
            expected = (refused.args[0], None)
        self.statuses.add(expected[0])
        if expected != answer:
            sys.exit(f"{name}: {question}\nmodel   {expected}\nlibrary {answer}")
        return expected[1]

    def node(self, name, t, overrides):
        o = {**node_model.OPTIONS, **overrides}
        r = self.same(name, lambda: node_model.solve(t, o), self.library.node(t, o), (t, overrides))
        if r is None:
            return None
        self.bounds.add(r["bound_by"])
        formula = self.library.formula(t, o)
        value, answer = evaluate(formula)
        if not value == answer == r["max_pods"]:
            sys.exit(f"{name}: {formula} is {value}, not {r['max_pods']}: {t} {overrides}")
        if "max(0" in formula and answer != 0:
            sys.exit(f"{name}: needless max() in {formula}")
        return r

    def flannel(self, name, network, overrides):
        o = {**flannel_model.OPTIONS, **overrides}
        self.same(name, lambda: flannel_model.solve(network, o), self.library.flannel(network, o),
                  (network, overrides))

    def fit(self, name, nodes, pods, overrides):
        o = {**flannel_model.OPTIONS, **overrides}
        self.same(name, lambda: flannel_model.fit(nodes, pods, o),
                  self.library.flannel_fit(nodes, pods, o), (nodes, pods, overrides))


def row(**quantities):
    return {**dict.fromkeys(node_model.INSTANCE_FIELDS), **quantities}


def check_terway_vectors(check, root):
    """What Terway's own tests assert, by model and library both. Nothing differs."""
    for vector in json.loads((root / "tests/vectors/terway_limits.json").read_text()):
        api, e = vector["api"], vector["expected"]
        t = row(eni_quantity=api["EniQuantity"], eri_quantity=api["EriQuantity"],
                eni_private_ip_address_quantity=api["EniPrivateIpAddressQuantity"],
                eni_ipv6_address_quantity=api["EniIpv6AddressQuantity"],
                eni_total_quantity=api["EniTotalQuantity"],
                eni_trunk_supported=int(api["EniTrunkSupported"]))
        name = "terway vectors"
        shared = check.node(name, t, {"mode": 1})
        trunk = check.node(name, t, {"mode": 2})
        exclusive = check.node(name, t, {"mode": 3})
        erdma = check.node(name, t, {"mode": 3, "erdma": 1})
        got = (shared["max_pods"], exclusive["max_pods"], trunk["trunk_pods"],
               trunk["max_trunk_pods"], exclusive["max_pods"] - erdma["max_pods"],
               bool(exclusive["dual_stack"]), bool(shared["dual_stack"]))
        want = tuple(e[key] for key in ("shared_pods", "exclusive_pods", "trunk_pods",
                                        "max_trunk_pods", "erdma_enis", "support_ipv6",
                                        "support_multi_ip_ipv6"))
        if got != want:
            sys.exit(f"{vector['name']}: {got}, Terway has {want}")


def check_node(check, draws):
    seen = set()
    for name, t in check.library.table():
        for mode in (1, 2, 3, 4):
            check.node("table x modes", t, {"mode": mode})
        limits = tuple(t.values())[1:]
        if limits in seen:
            continue
        seen.add(limits)
        for mode, corner in itertools.product((1, 2, 3, 4), NODE_CORNERS):
            if mode == 1 or len(seen) % 8 == 0 or corner.get("ip_stack") == 3:
                check.node("kinds of types x corners", t, {"mode": mode, **corner})
    for quantity in itertools.product((0, 1, 2, 3, 7, 8, 16, MOST), (0, 1, 2, 30, MOST), (0, 1, 2, 4)):
        t = row(**dict(zip(("eni_quantity", "eni_private_ip_address_quantity", "eri_quantity"),
                           quantity)), eni_ipv6_address_quantity=1)
        for mode, erdma, max_eni in itertools.product((1, 3, 4), (0, 1), (0, 1, 2)):
            check.node("small grid", t, {"mode": mode, "erdma": erdma, "max_eni": max_eni})
    draw = random.Random(20260701).choice
    for _ in range(draws):
        t = {name: draw(QUANTITIES) for name in node_model.INSTANCE_FIELDS}
        if draw(range(8)):
            t["leni_quota"] = t["high_dense_quantity"] = None
        t["eni_trunk_supported"] = draw((None, 0, 1, 1))
        o = {name: draw(pool) for name, pool in OPTION_POOLS.items()}
        check.node("random nodes", t, o)


def check_flannel(check, deep):
    pairs = list(itertools.product(range(33), range(33)))
    routes = (0, 100, 200, 2**64 - 1) if deep else (0, 190)
    for start, (pod_mask, node_mask) in itertools.product((0x0A000000, 0xAC100000), pairs):
        network = IPv4Network((start & -1 << 32 - pod_mask, pod_mask))
        for edition, raised, used in itertools.product(range(1, 6), (0, 1), routes):
            check.flannel("flannel masks", network, {"node_mask": node_mask, "edition": edition,
                                                     "raised": raised, "routes_used": used})
    for text, pods in itertools.product(("192.168.0.0/16", "192.168.0.0/27", "192.169.0.0/20",
                                         "172.32.0.0/16", "11.0.0.0/8", "192.168.0.0/15"),
                                        (0, 1, 15, 16, 17, 32, 64, 100, 128, 255, 256, 257, 2**32 - 1)):
        for node_mask in (0, 23, 24, 26, 28, 29, 2**32 - 1):
            check.flannel("flannel pods", IPv4Network(text),
                          {"pods_per_node": pods, "node_mask": node_mask})
    for quota in itertools.product((0, 1, 64, 2**64 - 1), repeat=4):
        o = dict(zip(("routes_used", "route_quota", "node_quota", "pod_quota"), quota))
        for edition, raised in itertools.product(range(7), range(3)):
            o.update(edition=edition, raised=raised, node_mask=26)
            check.flannel("flannel quotas", IPv4Network("172.16.0.0/14"), o)
            check.fit("flannel fit", 65, 60, o)
    nodes = (0, 1, 2, 10, 11, 128, 129, 200, 201, 1000, 1001, 65536, 65537, 2**20, 2**20 + 1, 2**64 - 1)
    pods = (0, 1, 16, 17, 32, 33, 64, 65, 128, 129, 256, 257, 2**64 - 1)
    for n, p, edition, own in itertools.product(nodes, pods, range(1, 6), (0, 2**64 - 1)):
        check.fit("flannel fit", n, p, {"edition": edition, "node_quota": own, "route_quota": own})


def main():
    root = Path(sys.argv[2])
    draws = int(sys.argv[3]) if len(sys.argv) > 3 else 20000
    check = Check(Library(sys.argv[1], root / "include/cnicalc/base.h"))
    check_terway_vectors(check, root)
    check_node(check, draws)
    check_flannel(check, draws > 100000)
    missing = set(node_model.LIMITS) - {"NONE", "KUBELET"} - check.bounds
    assert not missing, f"no question was bound by {missing}"
    for status in ("OVERFLOW", "LIMITS_UNKNOWN", "NODE_LINGJUN_MODE", "FLANNEL_POD_MASK"):
        assert status in check.statuses, f"no question gave {status}"
    print(", ".join(f"{count} {name}" for name, count in check.counts.items()))


main()
