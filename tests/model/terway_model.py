# SPDX-License-Identifier: MIT
"""How many nodes a Terway cluster holds, slowly and plainly: zone by zone, then added.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
"""
from functools import cache, lru_cache
from ipaddress import IPv4Network

import quota_model
from answers import (NO_LIMIT, UNBOUNDED, as_word, check_64_bits, counting, first_least, limit_rows,
                     refuse_if)
from terway_zone_model import (BLOCK, BOTH, NODE, POD, Zone, aligned_blocks, as_used, free_of,
                               most_nodes, most_on_enis, need_of, supplies, usable)

# What each limit counts, in the order that decides equals.
ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "NODES", "POD_VSWITCH_PREFIXES": "NODES",
               "POD_VSWITCH_ENIS": "NODES", "NODE_VSWITCH_ADDRESSES": "NODES",
               "ZONE_ADDRESSES": "NODES"}
LIMITS = {**ZONE_LIMITS, "VPC_ADDRESS_QUOTA": "NODES", "SECURITY_GROUP_QUOTA": "NODES",
          "NODE_QUOTA": "NODES", "MIN_PODS_TO_JOIN": "NODES", "POD_QUOTA": "PODS",
          "IPVLAN_POD_QUOTA": "PODS"}
OPTIONS = {**quota_model.CEILINGS, "ipvlan": 0, "surge": 0, "max_unavailable": 1}
EXCLUSIVE, PREFIX_MODE = 3, 4
# What a node holds at other times, by the field that says it.
POOL, BURST = "addresses_with_pool", "addresses_in_burst"


# ---- What is malformed ----


def fault_of_cidr(cidr):
    """cidr.h: the first of its statuses; then what a vSwitch may be."""
    hi, lo, family, prefix_len = cidr
    if family not in (4, 6):
        return "CIDR_FAMILY"
    width = 32 if family == 4 else 128
    if prefix_len > width:
        return "CIDR_PREFIX_LEN"
    address = hi << 64 | lo
    if address >= 2**width:
        return "CIDR_INVALID"
    if address % 2**(width - prefix_len):
        return "CIDR_HOST_BITS"
    if family != 4:
        return "VSWITCH_FAMILY"
    return None if 16 <= prefix_len <= 29 else "VSWITCH_MASK"


@cache
def fault_of_vswitch(vswitch):
    fault = fault_of_cidr(vswitch.cidr)
    if fault:
        return fault
    if not 1 <= vswitch.roles <= BOTH:
        return "VSWITCH_ROLES"
    if vswitch.reserved > aligned_blocks(vswitch.cidr[3]):
        return "VSWITCH_RESERVATION"
    return "VSWITCH_USED" if vswitch.used > usable(vswitch.cidr[3]) else None


@cache
def network(vswitch):
    return IPv4Network((vswitch.cidr[1], vswitch.cidr[3]))


def check_vswitches(vswitches):
    """Refused with the index of the first at fault, and of the one that it overlaps."""
    for index, vswitch in enumerate(vswitches):
        fault = fault_of_vswitch(vswitch)
        refuse_if(fault, fault, ("VSWITCHES", index, None))
        for other in range(index):
            refuse_if(network(vswitch).overlaps(network(vswitches[other])), "VSWITCH_OVERLAP",
                      ("VSWITCHES", index, other))


def check_options(o):
    refuse_if(o["ipvlan"] not in (0, 1), "FLAG")
    quota_model.check(o)


def check_node(node, place=None):
    refuse_if(any(node[flag] not in (0, 1) for flag in ("joins", "dual_stack", "needs_pod_vswitch")),
              "FLAG", place)
    refuse_if(node["mode"] not in (1, 2, 3, 4), "NODE_MODE", place)
    for then in (node, at_time(node, POOL), at_time(node, BURST)):
        if then:
            check_64_bits((1 + then["addresses"]) * (1 + node["dual_stack"])
                          + BLOCK * node["prefixes"], place)


# ---- Quotas ----


def ceiling_of(o, limit):
    return quota_model.ceiling_of(o, quota_model.TERWAY, limit)


def bounds_nothing(quota):
    """A ceiling that is not published."""
    return UNBOUNDED if quota is None else quota


def pod_quotas(o):
    ipvlan = ceiling_of(o, "IPVLAN_POD_QUOTA") if o["ipvlan"] else None
    return {"POD_QUOTA": bounds_nothing(ceiling_of(o, "POD_QUOTA")),
            "IPVLAN_POD_QUOTA": bounds_nothing(ipvlan)}


def free_vpc_addresses(vswitches, o):
    """No quota stays none, whatever others hold."""
    return max(0, ceiling_of(o, "VPC_ADDRESS_QUOTA") - sum(v.used for v in vswitches))


def addresses_of(node):
    """t: what the pods of one node take."""
    return node["addresses"] + BLOCK * node["prefixes"]


def is_basic(o):
    return o["security_group"] == quota_model.BASIC_GROUP


def in_group(node, o):
    """What a node takes of its security group: a basic one counts every address of both families,
    the node's own too, and every prefix; an advanced one counts ENIs, 0 where they are not known."""
    if is_basic(o):
        return (1 + node["addresses"]) * (1 + node["dual_stack"]) + node["prefixes"]
    return node["enis"]


# ---- A node at other times ----


def at_time(node, name):
    """The node with the addresses that it holds then, at least those at rest; None: not known."""
    if node[name] == NO_LIMIT:
        return None
    return {**node, "addresses": max(node["addresses"], node[name])}


def restarted(node):
    """Addresses of its pods when they start elsewhere. Prefixes are held already."""
    return 0 if node["mode"] == PREFIX_MODE else node["pods_per_node"]


def replacing(node, o, unavailable):
    """Addresses beside those at rest while nodes are replaced."""
    return o["surge"] * (1 + addresses_of(node)) + unavailable * restarted(node)


# ---- Zones ----


def zones_of(vswitches, falls_back):
    """Zones by number, in the order in which they first appear. falls_back(number): whether pods
    may use the vSwitches of nodes there."""
    nodes_have_vswitches = any(v.roles & NODE for v in vswitches)
    zones = {}
    for number in dict.fromkeys(v.zone for v in vswitches):
        here = [v for v in vswitches if v.zone == number]
        zone = Zone(as_used(here) if falls_back(number) else here, nodes_have_vswitches)
        zone.falls_back = int(falls_back(number) and not any(v.roles & POD for v in here))
        zones[number] = zone
    return zones


def shared_out(available, share):
    """How many nodes have their share; a share of nothing bounds nothing."""
    if share == 0 or available == UNBOUNDED:
        return UNBOUNDED
    return available // share


def is_best_case(zone, nodes):
    """Several vSwitches, of which an ENI takes one. An ENI with one address loses nothing."""
    several = len([f for f in zone.frees if f.roles & POD and f.blocks + f.reserved + f.loose]) > 1
    return int(several and any(n["mode"] != EXCLUSIVE and addresses_of(n) for n in nodes))


def answer_of_zone(number, zone, nodes):
    """What every answer about a zone says of its addresses."""
    return {"zone": number, "usable_addresses": zone.pod_addresses,
            "usable_prefixes": zone.pod_prefixes, "node_addresses": as_word(zone.node_addresses),
            "falls_back": zone.falls_back, "best_case": is_best_case(zone, nodes)}


def by_enis(zone, node):
    kind, need = need_of(node)
    return UNBOUNDED if need is None else most_on_enis(supplies(zone, kind), need)


def hold_zone(number, zone, node):
    """How many nodes a zone holds. With prefixes ZONE_ADDRESSES is that, and not a limit alone."""
    enis, taken = by_enis(zone, node), addresses_of(node)
    placed = most_nodes(zone, node)
    together = UNBOUNDED
    if zone.is_shared:
        together = placed if node["prefixes"] else sum(zone.addresses.values()) // (1 + taken)
    limits = {"POD_VSWITCH_ADDRESSES": min(shared_out(zone.pod_addresses, taken),
                                           shared_out(zone.pod_singles, node["addresses"]))
              if zone.has_pod_vswitch else 0,
              "POD_VSWITCH_PREFIXES": shared_out(zone.pod_prefixes, node["prefixes"]),
              "POD_VSWITCH_ENIS": enis,
              "NODE_VSWITCH_ADDRESSES": zone.node_addresses, "ZONE_ADDRESSES": together}
    return {**answer_of_zone(number, zone, [node]), "fits": 1, "nodes": 0,
            "max_nodes": as_word(min(placed, enis)),
            "bound_by": first_least(limits, ZONE_LIMITS)[1],
            "limits": limit_rows(ZONE_LIMITS, limits)}


def solve_zones(vswitches, node):
    """cnicalc_terway_zones()."""
    check_node(node)
    check_vswitches(vswitches)
    return hold_zones(tuple(vswitches), tuple(node.items()))


@lru_cache(maxsize=4)
def hold_zones(vswitches, node):
    node = dict(node)
    zones = zones_of(vswitches, lambda number: not node["needs_pod_vswitch"])
    return [hold_zone(number, zone, node) for number, zone in zones.items()]


# ---- How many nodes ----


def total(answers, name):
    return sum(answer[name] for answer in answers)


def node_addresses(vswitches, answers):
    """Without any node vSwitch the nodes' own addresses do not limit."""
    if not any(v.roles & NODE for v in vswitches):
        return UNBOUNDED
    return total(answers, "node_addresses")


def add_up(values):
    """Without end where one of them has no end."""
    return UNBOUNDED if NO_LIMIT in values else sum(values)


def available_by(limit, answers):
    return add_up([row[3] for answer in answers for row in answer["limits"] if row[0] == limit])


def nodes_by(limit, answers):
    """What the zones would hold by a limit alone, of ZONE_ADDRESSES what they do hold."""
    if limit == "ZONE_ADDRESSES":
        return add_up([answer["max_nodes"] for answer in answers])
    return available_by(limit, answers)


def limits_on_nodes(vswitches, node, o):
    answers = solve_zones(vswitches, node)
    limits = {limit: nodes_by(limit, answers) for limit in ZONE_LIMITS}
    if node["prefixes"] == 0:
        limits["POD_VSWITCH_PREFIXES"] = UNBOUNDED
    need = need_of(node)[1]
    if need is None or need.units == 0:
        limits["POD_VSWITCH_ENIS"] = UNBOUNDED
    limits["NODE_VSWITCH_ADDRESSES"] = node_addresses(vswitches, answers)
    limits["VPC_ADDRESS_QUOTA"] = shared_out(free_vpc_addresses(vswitches, o),
                                             1 + addresses_of(node))
    limits["SECURITY_GROUP_QUOTA"] = shared_out(ceiling_of(o, "SECURITY_GROUP_QUOTA"),
                                                in_group(node, o))
    limits["NODE_QUOTA"] = bounds_nothing(ceiling_of(o, "NODE_QUOTA"))
    limits["MIN_PODS_TO_JOIN"] = UNBOUNDED if node["joins"] else 0
    return limits


def nodes_at_time(vswitches, node, o, name):
    then = at_time(node, name)
    if then is None:
        return NO_LIMIT
    return first_least(limits_on_nodes(vswitches, then, o), counting(LIMITS, "NODES"))[0]


def nodes_beside_surge(vswitches, r, node, o):
    """Nodes that leave room for the surge, and for the pods of nodes that are taken out: addresses of
    the pod vSwitches, of all vSwitches where those of nodes count, of the VPC and of a basic group,
    wherever they are."""
    elsewhere, taken = o["max_unavailable"] * restarted(node), addresses_of(node)
    in_basic = elsewhere * (1 + node["dual_stack"]) if is_basic(o) else 0
    limits = [as_word(r["max_nodes"]) - o["surge"] if r["max_nodes"] != UNBOUNDED else UNBOUNDED]
    all_free = UNBOUNDED
    if any(v.roles & NODE for v in vswitches):
        all_free = sum(BLOCK * (f.blocks + f.reserved) + f.loose for f in map(free_of, vswitches))
    for free, each, more in ((r["pod_addresses"], taken, elsewhere),
                             (all_free, 1 + taken, elsewhere),
                             (free_vpc_addresses(vswitches, o), 1 + taken, elsewhere),
                             (ceiling_of(o, "SECURITY_GROUP_QUOTA"), in_group(node, o), in_basic)):
        left = free if free == UNBOUNDED else max(0, free - o["surge"] * each - more)
        limits.append(shared_out(left, each))
    return max(0, min(limits))


def solve(vswitches, node, o):
    """The fields of cnicalc_terway_result by name."""
    check_options(o)
    answers = solve_zones(vswitches, node)
    limits = {**limits_on_nodes(vswitches, node, o), **pod_quotas(o)}
    r = {"pods_per_node": node["pods_per_node"],
         "pod_addresses": total(answers, "usable_addresses"),
         "pod_prefixes": total(answers, "usable_prefixes"),
         "node_addresses": node_addresses(vswitches, answers)}
    r["max_nodes"], r["bound_by"] = first_least(limits, counting(LIMITS, "NODES"))
    r["max_pods"], r["max_pods_bound_by"] = most_pods(r, limits)
    r["max_nodes_with_default_pool"] = nodes_at_time(vswitches, node, o, POOL)
    r["max_nodes_with_burst"] = nodes_at_time(vswitches, node, o, BURST)
    r["max_nodes_with_surge"] = nodes_beside_surge(vswitches, r, node, o)
    r.update(held_by(as_word(r["max_nodes"]), node, o))
    return {**{name: as_word(value) for name, value in r.items()}, "zone_count": len(answers),
            "best_case": int(any(answer["best_case"] for answer in answers)),
            "limits": limit_rows(LIMITS, limits)}


def held_by(nodes, node, o):
    """Addresses that so many nodes hold at rest, and beside that."""
    burst = at_time(node, BURST)
    held = {"held_addresses": nodes * (1 + addresses_of(node)),
            "burst_addresses": NO_LIMIT if burst is None
            else nodes * (burst["addresses"] - node["addresses"]),
            "surge_addresses": replacing(node, o, o["max_unavailable"]),
            "security_group_held": nodes * in_group(node, o)}
    for value in held.values():
        check_64_bits(value)
    return held


def most_pods(r, limits):
    """(pods, what bounds them): max_nodes * pods_per_node, at most the limits on pods.

    The product is that of the two fields as they are written, so that twice CNICALC_NO_LIMIT nodes
    exceed 64 bits.
    """
    pods = as_word(r["max_nodes"]) * r["pods_per_node"]
    check_64_bits(pods)
    least, name = first_least(limits, counting(LIMITS, "PODS"))
    return (least, name) if least < pods else (pods, r["bound_by"])
