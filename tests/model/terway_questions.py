# SPDX-License-Identifier: MIT
"""Questions about Terway clusters: one, two and three zones, small ones address by address."""
import itertools
import random
import sys
from ctypes import byref, c_size_t

from cnicalc import abi
import node_model
import node_questions
import terway_model
import terway_node_model
from answers import Refused
from comparison import thinned
from terway_cluster import (MOST, TOPIC, ask_both_ways, ask_fit, ask_solve, node_of, pack_cluster,
                            pack_vswitches, place_of, pool_of, vswitches_of, zone_numbers)
from terway_zone_model import (BOTH, NODE, POD, Load, Need, Vswitch, Zone, aligned_blocks, as_used,
                               holds_by_hand, holds_on_enis, most_nodes, most_nodes_by_hand,
                               most_on_enis, usable)

MOST_32 = 2**32 - 1
QUOTAS = ("node_quota", "pod_quota", "ipvlan_pod_quota", "vpc_address_quota")
STATUSES = ("OK", "FLAG", "EDITION", "NODE_MODE", "OVERFLOW", "CIDR_FAMILY",
            "CIDR_INVALID", "CIDR_PREFIX_LEN", "CIDR_HOST_BITS", "VSWITCH_FAMILY",
            "VSWITCH_MASK", "VSWITCH_ROLES", "VSWITCH_USED", "VSWITCH_RESERVATION",
            "VSWITCH_OVERLAP", "TERWAY_POOL_ZONE", "SECURITY_GROUP", "CAPACITY")


# ---- Small clusters, address by address ----


def agree(vswitches, node, load):
    """Ends the run where the two ways of the model differ in a zone."""
    nodes_have_vswitches = any(v.roles & NODE for v in vswitches)
    for number in zone_numbers(vswitches):
        here = as_used([v for v in vswitches if v.zone == number])
        zone = Zone(here, nodes_have_vswitches)
        by_hand = (most_nodes_by_hand(here, node, nodes_have_vswitches),
                   holds_by_hand(here, load, nodes_have_vswitches))
        if by_hand != (most_nodes(zone, node), zone.holds(load)):
            sys.exit(f"{TOPIC}: the model differs from itself: {here} {node} {load} {by_hand}")


def draw_members(rng, addresses):
    """What else a node can have; its ENIs hold its addresses."""
    per_eni = rng.choice((2, 3, 10, 30))
    pod_enis = -(-addresses // per_eni) + rng.choice((0, 0, 1, 3))
    members = {"dual_stack": rng.randrange(2), "needs_pod_vswitch": int(rng.random() < 0.1),
               "addresses_with_pool": addresses + rng.choice((0, 0, 5)),
               "addresses_in_burst": addresses + rng.choice((0, 0, 8)), "enis": rng.randint(0, 9)}
    if rng.randrange(2):
        members.update(pod_enis=pod_enis, addresses_per_eni=per_eni,
                       trunk_pods=rng.choice((0, 0, 0, rng.randint(0, addresses))))
    if rng.random() < 0.05:
        members["addresses_in_burst"] = MOST
    return members


def draw_vswitches(rng, lengths, zones):
    described = []
    for prefix_len in lengths:
        room, blocks = usable(prefix_len), aligned_blocks(prefix_len)
        described.append((prefix_len, rng.randrange(zones), rng.choice((POD, POD, NODE, BOTH, BOTH)),
                          rng.choice((0, room, rng.randint(0, room), rng.randint(0, room))),
                          rng.choice((0, 0, 0, blocks, rng.randint(0, blocks)))))
    return vswitches_of(*described)


def ask_small(compare, rng, draws):
    """Small vSwitches of every mask, role and use, filled by hand as well."""
    for _ in range(draws):
        lengths = [rng.choice((25, 26, 26, 27, 27, 28, 29)) for _ in range(rng.randint(1, 3))]
        vswitches = draw_vswitches(rng, lengths, zones=2)
        node = node_of(rng.randint(2, 20), rng.choice((0, 0, 1, 2)))
        if node["prefixes"]:
            node["addresses"] = rng.randint(0, 6)
        node.update(draw_members(rng, node["addresses"] or node["prefixes"]))
        load = Load(rng.randint(0, 20), rng.randint(0, 40), rng.randint(0, 6))
        agree(vswitches, node, load)
        ask_both_ways(compare, vswitches, node, draw_surge(rng))


def draw_surge(rng):
    return {"surge": rng.choice((0, 1, 2)), "max_unavailable": rng.choice((0, 1, 1, 3))}


def ask_enis(compare, rng, draws):
    """Small vSwitches and ENIs, all ways to place them tried: the answer is never less than what can
    be placed, and no more where each ENI is full, or one node is asked for."""
    sharp = 0
    for _ in range(draws):
        need = Need(rng.randint(1, 9), rng.randint(1, 3), rng.randint(1, 4))
        need = need._replace(units=min(need.units, need.enis * need.per_eni))
        free = tuple(sorted(rng.randint(0, 9) for _ in range(rng.randint(1, 4))))
        placed = 0
        while holds_on_enis(free, placed + 1, need):
            placed += 1
        most = most_on_enis(free, need)
        is_full = need.units == need.enis * need.per_eni
        if placed > most or (is_full and placed < most) or (placed == 0) != (most == 0):
            sys.exit(f"{TOPIC}: {free} holds {placed} nodes of {need}, not {most}")
        sharp += placed == most
        vswitches = vswitches_of(*((28, 0, POD, usable(28) - left) for left in free))
        node = node_of(need.units, pod_enis=need.enis, addresses_per_eni=need.per_eni)
        result, _ = ask_solve(compare, vswitches, node, {})
        assert result["max_nodes"] == most
        ask_both_ways(compare, vswitches, node, {})
    assert sharp > draws * 0.95, (sharp, draws)


def ask_small_corners(compare, draws):
    """One zone of one or two vSwitches: every mask x role x use around each block x mode."""
    nodes = (node_of(3), node_of(1), node_of(1, 1), node_of(0, 2), node_of(17, 1), node_of(2, mode=3))
    load = Load(2, 3, 1)
    steps = (0, 1, 11, 12, 13, 27, 28, 29, 44, 45, -1, -2)  # addresses in use; -1: all, -2: all but one
    others = (None, (27, 0, POD, 28), (29, 0, NODE, 1))
    questions = itertools.product(range(26, 30), (POD, NODE, BOTH), steps, others, nodes)
    for prefix_len, roles, step, other, node in thinned(questions, draws, 7):
        used = step if step >= 0 else usable(prefix_len) + step + 1
        if used <= usable(prefix_len):
            vswitches = vswitches_of((prefix_len, 0, roles, used), *([other] if other else []))
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


def ask_types(compare, draws):
    """The node of every kind of type in every mode, in every layout."""
    kinds = {tuple({**t, "vcpus": None, "memory_mib": None}.items())
             for t, _ in node_questions.kinds_of_types(compare.library)}
    nodes = []
    uses = ({}, {"idle_addresses": 5, "burst_pods": 6})
    for t, mode, use in itertools.product(sorted(kinds, key=str), node_questions.MODES, uses):
        try:
            o = {**node_model.OPTIONS, "mode": mode}
            node = terway_node_model.from_type(dict(t), o, {**terway_node_model.USE, **use})
        except Refused:
            continue
        if node not in nodes:
            nodes.append(node)
    for vswitches, node in thinned(itertools.product(layouts(), nodes), draws, 7):
        ask_both_ways(compare, vswitches, node, {})


def ask_quotas(compare):
    """Own quotas at their extremes in every edition and in none, where addresses are in use and not."""
    free = vswitches_of((16, 0, BOTH, 0), (16, 1, BOTH, 0))
    used = vswitches_of((16, 0, POD, 40), (22, 0, NODE, 3))
    for values in itertools.product((0, 1, MOST), repeat=len(QUOTAS)):
        o = dict(zip(QUOTAS, values), security_group=1 + values[0] % 2,
                 security_group_quota=values[1])
        for edition, raised, ipvlan in itertools.product(range(7), (0, 1), (0, 1)):
            o.update(edition=edition, raised=raised, ipvlan=ipvlan)
            vswitches = used if edition in (1, 4) else free
            ask_solve(compare, vswitches, node_of(10), o)
            ask_fit(compare, vswitches, [pool_of(node_of(10), 300, 0)], o)
    for name in ("edition", "raised", "ipvlan", "security_group", "surge", "max_unavailable"):
        for value in (0, 1, 2, 6, MOST_32):
            ask_solve(compare, used, node_of(10), {name: value})
            ask_fit(compare, used, [pool_of(node_of(10), 300, 0)], {name: value})


def ask_extreme_nodes(compare, draws):
    """Every field of a node at its extremes, in pools of extreme counts."""
    counts = (0, 1, 2**60 - 1, 2**60, MOST - 16, MOST)
    modes = ((1, 1), (4, 0), (0, 1), (5, 1), (MOST_32, 1), (2, 2), (2, MOST_32))
    shapes = (vswitches_of((24, 0, POD, 0)), vswitches_of((24, 0, BOTH, 0)),
              vswitches_of((24, 0, POD, 0), (29, 1, NODE, 0)), vswitches_of((24, 0, NODE, 0)), [])
    questions = itertools.product(counts, counts, (0, 1, 2**40, MOST), shapes, modes, (0, MOST))
    for addresses, prefixes, pods, vswitches, (mode, joins), quota in thinned(questions, draws, 13):
        node = node_of(addresses, prefixes, pods, mode, joins=joins)
        o = dict.fromkeys((*QUOTAS, "security_group_quota"), quota)
        ask_solve(compare, vswitches, node, o)
        if mode in (1, 4) and joins < 2:
            for count in (0, 1, MOST):
                ask_fit(compare, vswitches, [pool_of(node, count, 0)], o)


def ask_extreme_members(compare, draws):
    """Every other field of a node at its extremes, where zones and groups of either kind judge it."""
    values = {"addresses_with_pool": (0, 9, MOST - 2, MOST), "addresses_in_burst": (0, 9, MOST - 2, MOST),
              "trunk_pods": (0, 3, MOST), "enis": (0, 1, MOST), "pod_enis": (0, 1, 4, MOST_32),
              "addresses_per_eni": (0, 1, 2, MOST_32), "dual_stack": (0, 1, 2),
              "needs_pod_vswitch": (0, 1, 2, MOST_32)}
    shapes = (vswitches_of((24, 0, POD, 0), (25, 0, POD, 3)), vswitches_of((24, 0, NODE, 0)),
              vswitches_of((24, 0, BOTH, 0, 3), (24, 1, NODE, 0), (26, 0, POD, 0, 1)))
    bases = (node_of(4), node_of(1, 2), node_of(0), node_of(2**63), node_of(3, mode=3))
    others = ({}, {"pod_enis": 2, "addresses_per_eni": 2, "security_group": 1},
              {"surge": MOST_32, "max_unavailable": MOST_32})
    questions = [(*question, value) for question in itertools.product(values, bases, shapes, others)
                 for value in values[question[0]]]
    for name, base, vswitches, other, value in thinned(questions, draws, 5):
        node = {**base, **{key: other[key] for key in other if key in base}, name: value}
        o = {key: other[key] for key in other if key not in base}
        ask_solve(compare, vswitches, node, o)
        for count in (0, 1, MOST):
            ask_fit(compare, vswitches, [pool_of(node, count, 0), pool_of(base, 1, 0)], o)


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
    for prefix_len, reserved in itertools.product((16, 26, 27, 28, 29), (0, 1, 2, 3, 4094, 4095, MOST)):
        ask_check(compare, [Vswitch((0, start, 4, prefix_len), 0, POD, 3, reserved)])
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
        prefixes = rng.choice((1, 2, rng.randint(1, 40)))
        return node_of(rng.choice((0, 1, 7, rng.randint(1, 400))), prefixes,
                       **draw_members(rng, 2 * prefixes))
    addresses = rng.choice((1, 7, 19, 210, rng.randint(0, 3000)))
    return node_of(addresses, mode=rng.randint(1, 3), pods=rng.randint(0, 300),
                   joins=int(rng.random() < 0.9), **draw_members(rng, addresses))


def ask_random(compare, rng):
    lengths = [rng.randint(16, 29) for _ in range(rng.randint(1, 6))]
    vswitches = draw_vswitches(rng, lengths, zones=3)
    o = {name: rng.choice((0, 0, rng.randint(1, 400000), MOST))
         for name in (*QUOTAS, "security_group_quota")}
    o.update(edition=rng.choice((1, 1, 2, 3, 4, 5)), raised=rng.randrange(2), ipvlan=rng.randrange(2),
             security_group=rng.randint(1, 2), security_group_used=rng.choice((0, 0, 5000)),
             **draw_surge(rng))
    ask_both_ways(compare, vswitches, draw_node(rng), o)
    pools = [pool_of(draw_node(rng), rng.choice((0, 1, 5, rng.randint(0, 300))),
                     rng.choice(zone_numbers(vswitches))) for _ in range(rng.randint(1, 4))]
    ask_fit(compare, vswitches, pools, o)


def ask_published(compare):
    """The numbers of the published rules and of the plans that they found wrong."""
    c7 = {name: node_of(pods, pods=pods, enis=enis, pod_enis=enis - 1, addresses_per_eni=per_eni)
          for name, pods, enis, per_eni in (("2xlarge", 45, 4, 15), ("4xlarge", 210, 8, 30),
                                            ("16xlarge", 350, 8, 50))}

    def nodes(vswitches, node, **o):
        result, _ = ask_solve(compare, vswitches, node, o)
        return result["max_nodes"], result["bound_by"]

    wide = vswitches_of((16, 0, POD, 0), (16, 1, POD, 0))
    for name, most in (("2xlarge", 130), ("4xlarge", 28), ("16xlarge", 17)):
        assert nodes(wide, c7[name], security_group=1) == (most, "SECURITY_GROUP_QUOTA")
        assert nodes(wide, c7[name])[1] != "SECURITY_GROUP_QUOTA"
    # 7 ENIs of 20 addresses are 140; 42 prefixes a node in a /16, and in a /18 reserved in it
    assert nodes(vswitches_of(*[(24, 0, POD, 232)] * 11), c7["4xlarge"]) == (0, "POD_VSWITCH_ENIS")
    assert nodes(vswitches_of((16, 0, POD, 0)), node_of(3, 42))[0] == 97
    assert nodes(vswitches_of((16, 0, POD, 0, 2**(28 - 18))), node_of(3, 42))[0] == 24
    assert nodes(vswitches_of((16, 0, POD, 0)), node_of(2, 16))[0] == 254
    # I: a /19 beside a /24 for nodes; J: a /24 for nodes alone, which pods use too
    fallback = vswitches_of((19, 0, BOTH, 0), (24, 0, NODE, 0), (24, 1, NODE, 0))
    result, zones = ask_solve(compare, fallback, c7["4xlarge"], {})
    assert (result["max_nodes"], zones[1]["max_nodes"], zones[1]["falls_back"]) == (39, 1, 1)
    result, _ = ask_solve(compare, vswitches_of((19, 0, POD, 0)), node_of(30, addresses_with_pool=35),
                          {})
    assert (result["max_nodes"], result["max_nodes_with_default_pool"]) == (272, 233)
    fit = ask_fit(compare, vswitches_of((24, 0, BOTH, 0)), [pool_of(node_of(12), 20, 0)], {})
    assert (fit["bound_by"], *fit["limits"][4][2:]) == ("ZONE_ADDRESSES", 260, 252), fit


def ask(compare, draws):
    ask_published(compare)
    ask_small_corners(compare, draws)
    ask_types(compare, draws)
    ask_quotas(compare)
    ask_extreme_nodes(compare, draws)
    ask_extreme_members(compare, draws)
    ask_malformed(compare)
    ask_pools(compare)
    ask_capacity(compare)
    rng = random.Random(20260706)
    ask_enis(compare, rng, draws // 20)
    ask_small(compare, rng, draws // 40)
    for _ in range(draws // 20):
        ask_random(compare, rng)
    compare.require(TOPIC, STATUSES)
    compare.require(TOPIC, {*terway_model.LIMITS, "NONE"})
