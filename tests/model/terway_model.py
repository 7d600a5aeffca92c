# SPDX-License-Identifier: MIT
"""A Terway cluster, slowly and plainly: zone by zone, then added.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
"""
from functools import cache
from ipaddress import IPv4Network

import quota_model
from answers import UNBOUNDED, Refused, as_word, ceiling, check_64_bits, refuse_if
from terway_zone_model import NODE, POD, Load, Zone, load_of, most_nodes, usable

LIMITS = ("NONE", "POD_VSWITCH", "POD_PREFIXES", "NODE_VSWITCH", "ZONES", "VPC_ADDRESSES", "EDITION",
          "JOIN_FLOOR", "EDITION_PODS", "IPVLAN_PODS")
ON_NODES, ON_PODS = LIMITS[1:8], LIMITS[8:]
OPTIONS = {"edition": quota_model.PRO, "raised": 0, "ipvlan": 0, "node_quota": 0, "pod_quota": 0,
           "ipvlan_pod_quota": 0, "vpc_address_quota": 0}


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
        return "TERWAY_VSWITCH_FAMILY"
    return None if 16 <= prefix_len <= 29 else "TERWAY_VSWITCH_MASK"


@cache
def fault_of_vswitch(vswitch):
    fault = fault_of_cidr(vswitch.cidr)
    if fault:
        return fault
    if not 1 <= vswitch.roles <= POD | NODE:
        return "TERWAY_VSWITCH_ROLES"
    return "TERWAY_VSWITCH_USED" if vswitch.used > usable(vswitch.cidr[3]) else None


@cache
def network(vswitch):
    return IPv4Network((vswitch.cidr[1], vswitch.cidr[3]))


def fault_of_vswitches(vswitches):
    """None, or (status, index of the first at fault, index of the one it overlaps or its own)."""
    for index, vswitch in enumerate(vswitches):
        fault = fault_of_vswitch(vswitch)
        if fault:
            return fault, index, index
        for other in range(index):
            if network(vswitch).overlaps(network(vswitches[other])):
                return "TERWAY_VSWITCH_OVERLAP", index, other
    return None


def check(vswitches, nodes, o):
    """Statuses in the order of the header."""
    refuse_if(o["raised"] not in (0, 1) or o["ipvlan"] not in (0, 1), "FLAG")
    refuse_if(any(node["joins"] not in (0, 1) for node in nodes), "FLAG")
    refuse_if(o["edition"] not in quota_model.EDITIONS, "EDITION")
    refuse_if(any(node["mode"] not in (1, 2, 3, 4) for node in nodes), "NODE_MODE")
    fault = fault_of_vswitches(vswitches)
    if fault:
        raise Refused(fault[0])
    refuse_if(node_quota(o) is None, "QUOTA_UNKNOWN")


# ---- Quotas ----


def published(o, what):
    return quota_model.published(o["edition"], quota_model.TERWAY, what, o["raised"])


def node_quota(o):
    return ceiling(o["node_quota"], published(o, quota_model.NODES))


def bounds_nothing(quota):
    """A ceiling that is not published."""
    return UNBOUNDED if quota is None else quota


def pod_quotas(o):
    ipvlan = UNBOUNDED
    if o["ipvlan"]:
        ipvlan = bounds_nothing(ceiling(o["ipvlan_pod_quota"], published(o, quota_model.IPVLAN_PODS)))
    return {"EDITION_PODS": bounds_nothing(ceiling(o["pod_quota"], published(o, quota_model.PODS))),
            "IPVLAN_PODS": ipvlan}


def free_vpc_addresses(vswitches, o):
    """No quota stays none, whatever others hold."""
    quota = ceiling(o["vpc_address_quota"], published(o, quota_model.VPC_ADDRESSES))
    return max(0, quota - sum(v.used for v in vswitches))


def addresses_of(node):
    """t: what the pods of one node take."""
    return node["addresses"] + 16 * node["prefixes"]


# ---- Zones ----


def zones_of(vswitches):
    """Zones by number, in the order in which they first appear."""
    nodes_have_vswitches = any(v.roles & NODE for v in vswitches)
    numbers = dict.fromkeys(v.zone for v in vswitches)
    return {number: Zone([v for v in vswitches if v.zone == number], nodes_have_vswitches)
            for number in numbers}


def shared_out(available, share):
    """How many nodes have their share; a share of nothing bounds nothing."""
    if share == 0 or available == UNBOUNDED:
        return UNBOUNDED
    return available // share


def first_least(limits, names):
    """(limit, its name): the first of equals."""
    return min((limits[name], names.index(name), name) for name in names)[::2]


def limits_of_zone(zone, node):
    """Nodes by each limit alone, and by all together, ZONES."""
    by_addresses = shared_out(zone.pod_addresses, addresses_of(node)) if zone.has_pod_vswitch else 0
    return {"POD_VSWITCH": by_addresses,
            "POD_PREFIXES": shared_out(zone.pod_prefixes, node["prefixes"]),
            "NODE_VSWITCH": zone.node_addresses, "ZONES": most_nodes(zone, node)}


def zone_answer(number, zone, limits):
    most, bound_by = first_least(limits, LIMITS[1:5])
    return {"zone": number, "bound_by": bound_by, "usable_addresses": zone.pod_addresses,
            "usable_prefixes": zone.pod_prefixes, "node_addresses": as_word(zone.node_addresses),
            "max_nodes": as_word(most)}


# ---- How many nodes ----


def total(zones, name):
    return sum(getattr(zone, name) for zone in zones.values())


def node_addresses(vswitches, zones):
    """Without any node vSwitch the nodes' own addresses do not limit."""
    if not any(v.roles & NODE for v in vswitches):
        return UNBOUNDED
    return total(zones, "node_addresses")


def solve(vswitches, node, o):
    """The fields of cnicalc_terway_result by name, and those of each zone."""
    check(vswitches, [node], o)
    check_64_bits(1 + addresses_of(node))
    zones = zones_of(vswitches)
    by_zone = {number: limits_of_zone(zone, node) for number, zone in zones.items()}
    limits = {name: sum(limits[name] for limits in by_zone.values()) for name in LIMITS[1:5]}
    if node["prefixes"] == 0:
        limits["POD_PREFIXES"] = UNBOUNDED
    limits["NODE_VSWITCH"] = node_addresses(vswitches, zones)
    limits["VPC_ADDRESSES"] = shared_out(free_vpc_addresses(vswitches, o), 1 + addresses_of(node))
    limits["EDITION"] = node_quota(o)
    limits["JOIN_FLOOR"] = UNBOUNDED if node["joins"] else 0
    limits.update(pod_quotas(o), NONE=UNBOUNDED)
    r = {"pods_per_node": node["pods_per_node"], "pod_addresses": total(zones, "pod_addresses"),
         "pod_prefixes": total(zones, "pod_prefixes"),
         "node_addresses": node_addresses(vswitches, zones)}
    r["max_nodes"], r["bound_by"] = first_least(limits, ON_NODES)
    r["max_pods"], r["max_pods_bound_by"] = most_pods(r, limits)
    r = {name: as_word(value) for name, value in r.items()}
    r["limits"] = [as_word(limits[name]) for name in LIMITS]
    r["zones"] = [zone_answer(number, zone, by_zone[number]) for number, zone in zones.items()]
    return r


def most_pods(r, limits):
    """(pods, what bounds them): max_nodes * pods_per_node, at most the limits on pods.

    The product is that of the two fields as they are written, so that twice CNICALC_NO_LIMIT nodes
    exceed 64 bits.
    """
    pods = as_word(r["max_nodes"]) * r["pods_per_node"]
    check_64_bits(pods)
    least, name = first_least(limits, ON_PODS)
    return (least, name) if least < pods else (pods, r["bound_by"])


# ---- Whether pools fit ----


def load_of_pools(pools):
    loads = [load_of(pool["node"], pool["count"]) for pool in pools]
    return Load(*(sum(part) for part in zip(*loads))) if loads else Load(0, 0, 0)


def fit_zone(number, zone, pools):
    load = load_of_pools([pool for pool in pools if pool["zone"] == number])
    addresses = load.singles + 16 * load.prefixes
    exceeded = [name for name, over in (
        ("POD_VSWITCH", addresses > zone.pod_addresses
         or load.nodes and not zone.has_pod_vswitch),
        ("POD_PREFIXES", load.prefixes > zone.pod_prefixes),
        ("NODE_VSWITCH", load.nodes > zone.node_addresses),
        ("ZONES", not zone.holds(load))) if over]
    return {"zone": number, "fits": int(not exceeded), "bound_by": exceeded[0] if exceeded else "NONE",
            "nodes": load.nodes, "needed_addresses": addresses,
            "available_addresses": zone.pod_addresses, "needed_prefixes": load.prefixes,
            "available_prefixes": zone.pod_prefixes, "node_addresses": as_word(zone.node_addresses)}


def count_of(pools, wanted=lambda pool: True):
    return sum(pool["count"] for pool in pools if wanted(pool))


def fit(vswitches, pools, o):
    """The fields of cnicalc_terway_fit_result by name, and those of each zone."""
    check(vswitches, [pool["node"] for pool in pools], o)
    zones = zones_of(vswitches)
    refuse_if(any(pool["count"] and pool["zone"] not in zones for pool in pools), "TERWAY_POOL_ZONE")
    load = load_of_pools(pools)
    nodes, addresses = load.nodes, load.singles + 16 * load.prefixes
    pods = sum(pool["count"] * pool["node"]["pods_per_node"] for pool in pools)
    for count in (nodes + addresses, pods, *(addresses_of(pool["node"]) for pool in pools)):
        check_64_bits(count)
    answers = [fit_zone(number, zone, pools) for number, zone in zones.items()]
    quotas = pod_quotas(o)
    in_use = [answer for answer in answers if answer["nodes"]]
    # name: (needed, available)
    compared = {
        "NONE": (0, UNBOUNDED), "POD_VSWITCH": (addresses, total(zones, "pod_addresses")),
        "POD_PREFIXES": (load.prefixes, total(zones, "pod_prefixes")),
        "NODE_VSWITCH": (nodes, node_addresses(vswitches, zones)),
        "ZONES": (len(in_use), sum(answer["fits"] for answer in in_use)),
        "VPC_ADDRESSES": (nodes + addresses, free_vpc_addresses(vswitches, o)),
        "EDITION": (nodes, node_quota(o)),
        "JOIN_FLOOR": (nodes, count_of(pools, lambda pool: pool["node"]["joins"])),
        "EDITION_PODS": (pods, quotas["EDITION_PODS"]), "IPVLAN_PODS": (pods, quotas["IPVLAN_PODS"])}
    exceeded = [name for name in LIMITS if compared[name][0] > compared[name][1]]
    return {"nodes": nodes, "pods": pods, "fits": int(not exceeded),
            "bound_by": exceeded[0] if exceeded else "NONE",
            "needed": [compared[name][0] for name in LIMITS],
            "available": [as_word(compared[name][1]) for name in LIMITS], "zones": answers}
