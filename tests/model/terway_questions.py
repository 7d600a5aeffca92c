# SPDX-License-Identifier: MIT
"""Questions about Terway clusters: one, two and three zones, small ones address by address."""
import itertools
import random
import sys
from ctypes import byref, c_size_t

import _cnicalc_abi as abi
import node_model
import node_questions
import terway_model
import terway_node_model
from answers import Refused
from terway_cluster import (MOST, TOPIC, ask_both_ways, ask_fit, ask_solve, node_of, pack_cluster,
                            pack_vswitches, place_of, pool_of, vswitches_of, zone_numbers)
from terway_zone_model import (BOTH, NODE, POD, Load, Vswitch, Zone, holds_by_hand, most_nodes,
                               most_nodes_by_hand, usable)

MOST_32 = 2**32 - 1
QUOTAS = ("node_quota", "pod_quota", "ipvlan_pod_quota", "vpc_address_quota")
STATUSES = ("OK", "FLAG", "EDITION", "NODE_MODE", "QUOTA_UNKNOWN", "OVERFLOW", "CIDR_FAMILY",
            "CIDR_INVALID", "CIDR_PREFIX_LEN", "CIDR_HOST_BITS", "VSWITCH_FAMILY",
            "VSWITCH_MASK", "VSWITCH_ROLES", "VSWITCH_USED",
            "VSWITCH_OVERLAP", "TERWAY_POOL_ZONE", "CAPACITY")


# ---- Small clusters, address by address ----


def agree(vswitches, node, load):
    """Ends the run where the two ways of the model differ in a zone."""
    nodes_have_vswitches = any(v.roles & NODE for v in vswitches)
    for number in zone_numbers(vswitches):
        here = [v for v in vswitches if v.zone == number]
        zone = Zone(here, nodes_have_vswitches)
        by_hand = (most_nodes_by_hand(here, node, nodes_have_vswitches),
                   holds_by_hand(here, load, nodes_have_vswitches))
        if by_hand != (most_nodes(zone, node), zone.holds(load)):
            sys.exit(f"{TOPIC}: the model differs from itself: {here} {node} {load} {by_hand}")


def draw_vswitches(rng, lengths, zones):
    described = []
    for prefix_len in lengths:
        room = usable(prefix_len)
        described.append((prefix_len, rng.randrange(zones), rng.choice((POD, POD, NODE, BOTH, BOTH)),
                          rng.choice((0, room, rng.randint(0, room), rng.randint(0, room)))))
    return vswitches_of(*described)


def ask_small(compare, rng, draws):
    """Small vSwitches of every mask, role and use, filled by hand as well."""
    for _ in range(draws):
        lengths = [rng.choice((25, 26, 26, 27, 27, 28, 29)) for _ in range(rng.randint(1, 3))]
        vswitches = draw_vswitches(rng, lengths, zones=2)
        node = node_of(rng.randint(2, 20), rng.choice((0, 0, 1, 2)))
        if node["prefixes"]:
            node["addresses"] = rng.randint(0, 6)
        load = Load(rng.randint(0, 20), rng.randint(0, 40), rng.randint(0, 6))
        agree(vswitches, node, load)
        ask_both_ways(compare, vswitches, node, {})


def ask_small_corners(compare):
    """One zone of one or two vSwitches: every mask x role x use around each block x mode."""
    nodes = (node_of(3), node_of(1), node_of(1, 1), node_of(0, 2), node_of(17, 1), node_of(2, mode=3))
    load = Load(2, 3, 1)
    for prefix_len, roles in itertools.product(range(26, 30), (POD, NODE, BOTH)):
        room = usable(prefix_len)
        for used in {step for step in (0, 1, 11, 12, 13, 27, 28, 29, 44, 45, room - 1, room)
                     if step <= room}:
            for other, node in itertools.product((None, (27, 0, POD, 28), (29, 0, NODE, 1)), nodes):
                described = [(prefix_len, 0, roles, used)] + ([other] if other else [])
                vswitches = vswitches_of(*described)
                agree(vswitches, node, load)
                ask_both_ways(compare, vswitches, node, {})


# ---- Larger ones ----


def layouts():
    """One, two and three zones, with and without vSwitches for nodes, shared and apart."""
    yield []
    yield vswitches_of((19, 7, POD, 0))
    yield vswitches_of((16, 0, BOTH, 100))
    yield vswitches_of((16, MOST_32, POD, 0), (29, MOST_32, NODE, 0))
    yield vswitches_of((19, 1, POD, 0), (19, 2, POD, 8188))
    yield vswitches_of((20, 1, POD, 5), (24, 1, NODE, 0), (20, 2, BOTH, 0))
    yield vswitches_of((20, 1, POD, 0), (20, 2, POD, 0), (24, 1, NODE, 1))
    yield vswitches_of((18, 3, POD, 1000), (19, 1, BOTH, 29), (22, 2, POD, 28), (25, 2, NODE, 0),
                       (26, 3, NODE, 60))
    yield vswitches_of((16, 5, POD, 65532), (17, 4, POD, 1), (18, 3, NODE, 0), (18, 4, BOTH, 0))


def ask_types(compare):
    """The node of every kind of type in every mode, in every layout."""
    kinds = {tuple({**t, "vcpus": None, "memory_mib": None}.items())
             for t, _ in node_questions.kinds_of_types(compare.library)}
    nodes = []
    for t, mode, idle in itertools.product(sorted(kinds, key=str), node_questions.MODES, (0, 5)):
        try:
            o = {**node_model.OPTIONS, "mode": mode}
            node = terway_node_model.from_type(dict(t), o, idle)
        except Refused:
            continue
        if node not in nodes:
            nodes.append(node)
    for vswitches, node in itertools.product(layouts(), nodes):
        ask_both_ways(compare, vswitches, node, {})


def ask_quotas(compare):
    """Own quotas at their extremes in every edition and in none, where addresses are in use and not."""
    free = vswitches_of((16, 0, BOTH, 0), (16, 1, BOTH, 0))
    used = vswitches_of((16, 0, POD, 40), (22, 0, NODE, 3))
    for values in itertools.product((0, 1, MOST), repeat=len(QUOTAS)):
        o = dict(zip(QUOTAS, values))
        for edition, raised, ipvlan in itertools.product(range(7), (0, 1), (0, 1)):
            o.update(edition=edition, raised=raised, ipvlan=ipvlan)
            vswitches = used if edition in (1, 4) else free
            ask_solve(compare, vswitches, node_of(10), o)
            ask_fit(compare, vswitches, [pool_of(node_of(10), 300, 0)], o)
    for name in ("edition", "raised", "ipvlan"):
        for value in (0, 1, 2, 6, MOST_32):
            ask_solve(compare, used, node_of(10), {name: value})
            ask_fit(compare, used, [pool_of(node_of(10), 300, 0)], {name: value})


def ask_extreme_nodes(compare):
    """Every field of a node at its extremes, in pools of extreme counts."""
    counts = (0, 1, 2**60 - 1, 2**60, MOST - 16, MOST)
    modes = ((1, 1), (4, 0), (0, 1), (5, 1), (MOST_32, 1), (2, 2), (2, MOST_32))
    shapes = (vswitches_of((24, 0, POD, 0)), vswitches_of((24, 0, BOTH, 0)),
              vswitches_of((24, 0, POD, 0), (29, 1, NODE, 0)), vswitches_of((24, 0, NODE, 0)), [])
    for addresses, prefixes, pods in itertools.product(counts, counts, (0, 1, 2**40, MOST)):
        for vswitches, (mode, joins) in itertools.product(shapes, modes):
            if vswitches is not shapes[0] and mode not in (1, 4):
                continue
            node = node_of(addresses, prefixes, pods, mode, joins)
            for quota in (0, MOST):
                o = dict.fromkeys(QUOTAS, quota)
                ask_solve(compare, vswitches, node, o)
                if mode in (1, 4) and joins < 2:
                    for count in (0, 1, MOST):
                        ask_fit(compare, vswitches, [pool_of(node, count, 0)], o)


# ---- Malformed ones ----


def ask_check(compare, vswitches):
    """Which vSwitch is at fault; solve and fit refuse it alike."""
    fault = abi.Fault()
    status = compare.library.ask("cnicalc_vswitch_check", pack_vswitches(vswitches), len(vswitches),
                                 byref(fault), outputs=[], documented=[fault])
    compare.same(TOPIC, vswitches, lambda: terway_model.check_vswitches(vswitches),
                 (status, None if status == "OK" else place_of(fault)))
    ask_solve(compare, vswitches, node_of(10), {})
    ask_fit(compare, vswitches, [pool_of(node_of(10), 1, 0)], {})


def ask_malformed(compare):
    start = 10 << 24
    cidrs = [(hi, lo, family, prefix_len) for hi, lo, family, prefix_len in itertools.product(
        (0, 1, 2**63), (start, start + 16, start + 1, 2**32, MOST), (0, 4, 5, 6, MOST_32),
        (0, 8, 15, 16, 28, 29, 30, 32, 33, 64, 128, 129, MOST_32))]
    good = vswitches_of((20, 0, POD, 0), (20, 0, NODE, 0))[1]
    for cidr in cidrs:
        ask_check(compare, [good, Vswitch(cidr, 0, POD, 0)])
    for prefix_len, roles in itertools.product((16, 28, 29), (0, 1, 2, 3, 4, 7, MOST_32)):
        room = usable(prefix_len)
        for used in (0, 1, room, room + 1, MOST):
            ask_check(compare, [good._replace(roles=POD),
                                Vswitch((0, start, 4, prefix_len), 0, roles, used)])
    for one, two in itertools.product((0, 16, 4096), repeat=2):
        for lengths in itertools.product((20, 28, 29), repeat=2):
            blocks = [(0, start + offset, 4, length) for offset, length in zip((one, two), lengths)]
            ask_check(compare, [good] + [Vswitch(cidr, 0, POD, 0) for cidr in blocks])


def ask_pools(compare):
    """Pools in zones without a vSwitch, none, and of several modes in one zone."""
    zones = vswitches_of((24, 1, POD, 0), (24, 2, BOTH, 0))
    for number, count in itertools.product((0, 1, 2, 3, MOST_32), (0, 1, MOST)):
        ask_fit(compare, zones, [pool_of(node_of(4), count, number)], {})
        ask_fit(compare, [], [pool_of(node_of(4), count, number)], {})
    for vswitches in layouts():
        ask_fit(compare, vswitches, [], {})
    good = pool_of(node_of(4), 1, 1)
    for bad in (pool_of(node_of(4), 1, 3), pool_of(node_of(4, mode=5), 1, 1),
                pool_of(node_of(MOST), 1, 1), pool_of(node_of(4), MOST, 1)):
        for place in range(3):
            ask_fit(compare, zones, [good] * place + [bad, good], {})


def ask_capacity(compare):
    """Too little room for zones: how many there are is written, and nothing else."""
    vswitches = vswitches_of((24, 1, POD, 0), (24, 2, POD, 0), (24, 1, NODE, 0))
    cluster, node = pack_cluster(vswitches), abi.TerwayNode(**node_of(4))
    for name, middle in (("zones", (byref(node),)), ("fit_zones", ())):
        for capacity in (0, 1):
            zones, count = (abi.TerwayZone * 2)(), c_size_t()
            status = compare.library.ask(f"cnicalc_terway_{name}", byref(cluster), *middle, zones,
                                         capacity, byref(count), None, outputs=[zones],
                                         documented=[count])
            compare.same(TOPIC, f"{name}, room for {capacity} of 2 zones", lambda: 2,
                         ("OK" if status == "CAPACITY" else status, count.value))
            compare.seen.add((TOPIC, status))


# ---- Random ones ----


def draw_node(rng):
    if rng.randrange(2):
        return node_of(rng.choice((0, 1, 7, rng.randint(1, 400))),
                       rng.choice((1, 2, rng.randint(1, 40))))
    return node_of(rng.choice((1, 7, 19, 210, rng.randint(0, 3000))), mode=rng.randint(1, 3),
                   pods=rng.randint(0, 300), joins=int(rng.random() < 0.9))


def ask_random(compare, rng):
    lengths = [rng.randint(16, 29) for _ in range(rng.randint(1, 6))]
    vswitches = draw_vswitches(rng, lengths, zones=3)
    o = {name: rng.choice((0, 0, rng.randint(1, 400000), MOST)) for name in QUOTAS}
    o.update(edition=rng.choice((1, 1, 2, 3, 4, 5)), raised=rng.randrange(2), ipvlan=rng.randrange(2))
    ask_both_ways(compare, vswitches, draw_node(rng), o)
    pools = [pool_of(draw_node(rng), rng.choice((0, 1, 5, rng.randint(0, 300))),
                     rng.choice(zone_numbers(vswitches))) for _ in range(rng.randint(1, 4))]
    ask_fit(compare, vswitches, pools, o)


def ask(compare, draws):
    ask_small_corners(compare)
    ask_types(compare)
    ask_quotas(compare)
    ask_extreme_nodes(compare)
    ask_malformed(compare)
    ask_pools(compare)
    ask_capacity(compare)
    rng = random.Random(20260706)
    ask_small(compare, rng, draws // 40)
    for _ in range(draws // 20):
        ask_random(compare, rng)
    compare.require(TOPIC, STATUSES)
    compare.require(TOPIC, {*terway_model.LIMITS, "ZONES", "NONE"})
