# SPDX-License-Identifier: MIT
"""Questions about plans: whether the check finds a shortage exactly where the model places nothing.

The blocks of these plans are legal and disjoint and no quota binds, so that nothing but vSwitches,
the pod CIDR and routes can be short.
"""
import itertools
import random
import sys
from collections import namedtuple
from ctypes import byref, c_size_t, sizeof

from cnicalc import abi
import plan_zone_model
from answers import NO_LIMIT, UNBOUNDED
from comparison import thinned
from layout import limit_name
from library import UNKNOWN, as_struct, ceilings, plan_node
from plan_zone_model import nodes_by_hand, nodes_of, pods_by_hand, pods_of, zones_of
from quota_model import CEILINGS, FLANNEL, TERWAY
from terway_cluster import vswitches_of
from terway_zone_model import BOTH, NODE, POD, Load, Zone, aligned_blocks, as_used, usable

TOPIC = "plan"
ROLES = {POD: abi.PlanRole.POD_VSWITCH, NODE: abi.PlanRole.NODE_VSWITCH, BOTH: abi.PlanRole.VSWITCH}
NO_QUOTAS = {**CEILINGS, **{name: NO_LIMIT for name in CEILINGS if name.endswith("quota")}}
Finding = namedtuple("Finding", "is_error code zone limit value bound")
FINDINGS = (abi.PlanFinding * 1024)()


# ---- Asking the library ----


def cidr(first, prefix_len):
    return abi.Cidr(0, first, 4, prefix_len)


def network_blocks(vpc, service_cidr, *others):
    return [abi.PlanBlock(cidr(*block), role, UNKNOWN)
            for block, role in ((vpc, abi.PlanRole.VPC),
                                (service_cidr, abi.PlanRole.SERVICE_CIDR), *others)]


VPC, SERVICE_CIDR = (10 << 24, 8), (172 << 24 | 21 << 16, 20)


def vswitch_blocks(vswitches):
    return [abi.PlanBlock(abi.Cidr(*v.cidr), ROLES[v.roles], v.zone, v.used, v.reserved)
            for v in vswitches]


def in_other_words(vswitches):
    """The same plan: a vSwitch for both as two entries, and IPv6 vSwitches, which hold nothing."""
    blocks = []
    for v in vswitches:
        blocks += vswitch_blocks([v._replace(roles=role) for role in (POD, NODE) if v.roles & role])
    for zone, role in ((0, POD), (0, NODE), (9, BOTH)):
        ipv6 = abi.Cidr(0x24084000 << 32 | zone << 8 | role, 0, 6, 64)
        blocks.append(abi.PlanBlock(ipv6, ROLES[role], zone))
    return blocks[::-1]


def findings_of(compare, blocks, plugin, nodes, pods, **options):
    """All that the check says, of a plan without quotas but those in options."""
    quotas = {**NO_QUOTAS, **{k: v for k, v in options.items() if k in NO_QUOTAS}}
    own = {k: v for k, v in options.items() if k not in NO_QUOTAS}
    packed = as_struct(abi.PlanCheckOptions, {
        "struct_size": sizeof(abi.PlanCheckOptions), "plugin": plugin, "nodes": nodes,
        "pods": pods, **own, **ceilings(quotas)})
    plan, count = abi.Plan((abi.PlanBlock * len(blocks))(*blocks), len(blocks)), c_size_t()
    status = compare.library.ask("cnicalc_plan_check", byref(plan), byref(packed), FINDINGS,
                                 len(FINDINGS), byref(count), None, outputs=[], documented=[count])
    if status != "OK":
        sys.exit(f"{TOPIC}: a well-formed plan has status {status}")
    return [Finding(f.severity == abi.PlanSeverity.ERROR, abi.PlanCode(f.code).name, f.zone,
                    limit_name(f.limit), f.value, f.bound) for f in FINDINGS[:count.value]]


def rows_of(findings, code):
    """(zone, limit, needed, available)."""
    return sorted(finding[2:] for finding in findings if finding.code == code)


# ---- Terway ----


def model_answer(vswitches, nodes, pods, surge, burst):
    return {"short": sorted(plan_zone_model.shortages(vswitches, nodes, pods) or []),
            "short of twice": sorted(plan_zone_model.twice(vswitches, nodes, pods)),
            "short of surge": sorted(plan_zone_model.surge(vswitches, nodes, pods, surge)),
            "short of burst": sorted(plan_zone_model.burst(vswitches, nodes, pods, burst)),
            "is placed": plan_zone_model.shortages(vswitches, nodes, pods) is None,
            "zones hold": held_of_wanted(vswitches, nodes, pods)}


def held_of_wanted(vswitches, nodes, pods):
    """(held, wanted) where there are several zones that hold less; else None."""
    zones = zones_of(vswitches).values()
    each = -(-pods // nodes) if nodes else 0
    held = sum(nodes_of(zone, each) if nodes else pods_of(zone) for zone in zones)
    return (held, nodes or pods) if len(zones) > 1 and held < (nodes or pods) else None


def ask_terway(compare, vswitches, nodes, pods):
    """As many findings as rows, none exactly where the request is placed."""
    blocks = in_other_words(vswitches) if nodes % 3 == 1 else vswitch_blocks(vswitches)
    surge, burst = nodes % 4, (nodes + pods) % 3
    found = findings_of(compare, network_blocks(VPC, SERVICE_CIDR) + blocks, TERWAY, nodes, pods,
                        surge=surge, burst_pods=burst)
    rows = rows_of(found, "SHORTAGE")
    answer = {"short": rows, "short of twice": rows_of(found, "PODS_TWICE"), "is placed": not rows,
              "short of surge": rows_of(found, "SURGE"), "short of burst": rows_of(found, "BURST"),
              "zones hold": next((row[2:] for code in ("ZONES_NODES", "ZONES_PODS")
                                  for row in rows_of(found, code)), None)}
    question = vswitches, nodes, pods, surge, burst
    r = compare.same(TOPIC, question, lambda: model_answer(*question), ("OK", answer))
    compare.seen.update((TOPIC, row[1]) for row in r["short"])
    for what in ("twice", "surge", "burst"):
        compare.seen.update((TOPIC, f"{what} {row[1]}") for row in r[f"short of {what}"])
    compare.seen.update((TOPIC, "surge of all zones") for row in r["short of surge"]
                        if row[0] == UNKNOWN)


def agree(vswitches, pods_per_node):
    """Ends the run where a zone filled node by node holds another number."""
    for zone in zones_of(vswitches).values():
        by_hand = nodes_by_hand(zone, pods_per_node, 100), pods_by_hand(zone)
        if by_hand != (min(100, nodes_of(zone, pods_per_node)), pods_of(zone)):
            sys.exit(f"{TOPIC}: the model differs from itself: {vswitches} {pods_per_node}")


def capacity(vswitches, count):
    """What all zones hold, or a thousand where that has no end."""
    total = sum(count(zone) for zone in zones_of(vswitches).values())
    return 1000 if total == UNBOUNDED else total


def ask_around(compare, vswitches, pods_per_node):
    """One less than the zones hold, as many, one more and a share more; with pods, and each alone."""
    agree(vswitches, pods_per_node)
    most = capacity(vswitches, lambda zone: nodes_of(zone, pods_per_node))
    pods = capacity(vswitches, pods_of)
    for nodes in {max(1, most // 2), max(1, most - 1), max(1, most), most + 1, 2 * most + 3}:
        ask_terway(compare, vswitches, nodes, nodes * pods_per_node)
        ask_terway(compare, vswitches, nodes, max(0, (nodes * pods_per_node) - nodes + 1))
    for count in {max(1, pods // 2), pods // 2 + 1, max(1, pods), pods + 1}:
        ask_terway(compare, vswitches, 0, count)


def draw_vswitches(rng, longest):
    """One to six vSwitches in up to three zones, some of them full or nearly so.

    Pods have one of them at least: a plan without a pod vSwitch has a finding of its own.
    """
    described = []
    for index in range(rng.randint(1, 6)):
        roles = rng.choice((POD, POD, NODE, NODE, BOTH) if index else (POD, BOTH))
        prefix_len = rng.randint(longest if roles & POD else 16, 29)
        if roles & POD:
            prefix_len = min(prefix_len, 25)
        room = usable(prefix_len)
        used = rng.choice((0, 0, room, room - rng.randint(0, min(room, 40)), rng.randint(0, room)))
        described.append((prefix_len, rng.choice((0, 1, 7) * 6 + (UNKNOWN,)), roles, used))
    return vswitches_of(*described)


def ask_corners(compare, draws):
    """Two zones, each with any set of roles, full, nearly full and empty."""
    shapes = [roles for count in range(4) for roles in itertools.combinations((POD, NODE, BOTH), count)]
    questions = itertools.product(shapes, shapes, (0, 1, 4, 40))
    for one, two, left in thinned(questions, draws, 3):
        described = [(25 if roles & POD else 26, zone, roles,
                      max(0, usable(25 if roles & POD else 26) - left))
                     for zone, shape in ((3, one), (UNKNOWN - 1, two)) for roles in shape]
        vswitches = vswitches_of(*described)
        if any(v.roles & POD for v in vswitches):
            ask_around(compare, vswitches, 3)


# ---- Terway, nodes that take prefixes ----


def most_prefix_nodes(zone, prefixes, enis):
    """The most nodes that a zone has blocks, and addresses of ENIs and nodes, for."""
    low, high = 0, 70000
    while high - low > 1:
        middle = (low + high) // 2
        is_held = zone.holds(Load(middle, middle * (enis - 1), middle * prefixes))
        low, high = (middle, high) if is_held else (low, middle)
    return low


def model_prefixes(vswitches, nodes, prefixes, enis):
    if any(v.zone == UNKNOWN for v in vswitches):
        vswitches = [v._replace(zone=UNKNOWN) for v in vswitches]
    judges_nodes = any(v.roles & NODE for v in vswitches)
    used = as_used(vswitches)
    zones = [Zone([v for v in used if v.zone == number], judges_nodes)
             for number in {v.zone for v in used}]
    return {"is placed": sum(most_prefix_nodes(zone, prefixes, enis) for zone in zones) >= nodes}


def ask_prefixes(compare, rng, vswitches):
    """Whether the check finds a shortage exactly where the zones hold fewer nodes."""
    vswitches = [v._replace(reserved=rng.choice((0, rng.randint(0, aligned_blocks(v.cidr[3])))))
                 for v in vswitches]
    prefixes, enis = rng.choice((1, 5, 42, rng.randint(1, 60))), rng.randint(2, 8)
    for nodes in (1, rng.randint(1, 9), rng.randint(1, 200)):
        found = findings_of(compare, network_blocks(VPC, SERVICE_CIDR) + vswitch_blocks(vswitches),
                            TERWAY, nodes, nodes, **plan_node(prefixes, enis))
        question = vswitches, nodes, prefixes, enis
        r = compare.same(TOPIC, question, lambda: model_prefixes(*question),
                         ("OK", {"is placed": not rows_of(found, "SHORTAGE")}))
        compare.seen.add((TOPIC, f"prefixes {r['is placed']}"))


# ---- Flannel ----


def flannel_shortages(vswitches, pod_mask, node_mask, routes, nodes, pods):
    """Nodes as published, over all zones together; (zone, limit, needed, available)."""
    per_node = 2**(32 - node_mask)
    nodes = nodes or -(-pods // per_node)
    rows = [(UNKNOWN, "POD_CIDR", nodes, 2**(node_mask - pod_mask)),
            (UNKNOWN, "NODE_MASK", -(-pods // nodes), per_node),
            (UNKNOWN, "ROUTE_QUOTA", nodes, routes)]
    if any(v.roles & NODE for v in vswitches):
        rows.append((UNKNOWN, "NODE_VSWITCH_ADDRESSES", nodes,
                     sum(usable(v.cidr[3]) - v.used for v in vswitches if v.roles & NODE)))
    return {"short": sorted(row for row in rows if row[2] > row[3])}


def ask_flannel(compare, rng):
    vswitches = [v._replace(roles=NODE) for v in draw_vswitches(rng, 20)[:rng.randint(0, 4)]]
    node_mask = rng.randint(24, 28)
    pod_mask, routes = rng.randint(node_mask - 9, node_mask), rng.choice((1, 50, 200, 100000))
    nodes, pods = rng.choice((0, 1, 51, rng.randint(1, 600))), rng.choice((0, rng.randint(1, 60000)))
    if nodes + pods == 0:
        return
    blocks = network_blocks(VPC, SERVICE_CIDR, ((172 << 24 | 16 << 16, pod_mask),
                                                abi.PlanRole.POD_CIDR))
    found = findings_of(compare, blocks + vswitch_blocks(vswitches), FLANNEL, nodes, pods,
                        node_mask=node_mask, route_quota=routes)
    question = vswitches, pod_mask, node_mask, routes, nodes, pods
    r = compare.same(TOPIC, question, lambda: flannel_shortages(*question),
                     ("OK", {"short": rows_of(found, "SHORTAGE")}))
    compare.seen.update((TOPIC, f"flannel {row[1]}") for row in r["short"])


def ask(compare, draws):
    ask_corners(compare, draws)
    rng = random.Random(20260707)
    for _ in range(draws // 6):
        longest = rng.choice((16, 22, 25))
        ask_around(compare, draw_vswitches(rng, longest), rng.choice((0, 1, 2, 7, 30, 210)))
        ask_flannel(compare, rng)
        ask_prefixes(compare, rng, draw_vswitches(rng, longest))
    compare.require(TOPIC, ("POD_VSWITCH_ADDRESSES", "NODE_VSWITCH_ADDRESSES", "ZONE_ADDRESSES",
                            "twice POD_VSWITCH_ADDRESSES", "twice ZONE_ADDRESSES",
                            "surge POD_VSWITCH_ADDRESSES", "surge NODE_VSWITCH_ADDRESSES",
                            "surge ZONE_ADDRESSES", "surge of all zones",
                            "prefixes True", "prefixes False", "burst POD_VSWITCH_ADDRESSES", "burst ZONE_ADDRESSES",
                            "flannel POD_CIDR", "flannel NODE_MASK", "flannel ROUTE_QUOTA",
                            "flannel NODE_VSWITCH_ADDRESSES"))
