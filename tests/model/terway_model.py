# SPDX-License-Identifier: MIT
"""A Terway cluster, slowly and plainly: zone by zone, then added.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
"""
from functools import cache, lru_cache
from ipaddress import IPv4Network

import quota_model
from answers import (NO_LIMIT, UNBOUNDED, Refused, as_word, check_64_bits, counting, first_exceeded,
                     first_least, limit_rows, refuse_if)
from terway_zone_model import BOTH, NODE, POD, Load, Zone, load_of, most_nodes, usable

# What each limit counts, in the order that decides equals.
ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "NODES", "POD_VSWITCH_PREFIXES": "NODES",
               "NODE_VSWITCH_ADDRESSES": "NODES", "ZONE_ADDRESSES": "NODES"}
LIMITS = {**ZONE_LIMITS, "VPC_ADDRESS_QUOTA": "NODES", "NODE_QUOTA": "NODES",
          "MIN_PODS_TO_JOIN": "NODES", "POD_QUOTA": "PODS", "IPVLAN_POD_QUOTA": "PODS"}
# The same where given nodes are judged.
FIT_ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "ADDRESSES", "POD_VSWITCH_PREFIXES": "PREFIXES",
                   "NODE_VSWITCH_ADDRESSES": "ADDRESSES", "ZONE_ADDRESSES": "ADDRESSES"}
FIT_LIMITS = {"POD_VSWITCH_ADDRESSES": "ADDRESSES", "POD_VSWITCH_PREFIXES": "PREFIXES",
              "NODE_VSWITCH_ADDRESSES": "ADDRESSES", "ZONES": "ZONES",
              "VPC_ADDRESS_QUOTA": "ADDRESSES", "NODE_QUOTA": "NODES", "MIN_PODS_TO_JOIN": "NODES",
              "POD_QUOTA": "PODS", "IPVLAN_POD_QUOTA": "PODS"}
OPTIONS = {**quota_model.CEILINGS, "ipvlan": 0}


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
    refuse_if(ceiling_of(o, "NODE_QUOTA") is None, "QUOTA_UNKNOWN")


def check_node(node, place=None):
    refuse_if(node["joins"] not in (0, 1), "FLAG", place)
    refuse_if(node["mode"] not in (1, 2, 3, 4), "NODE_MODE", place)
    check_64_bits(1 + addresses_of(node), place)


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
    return node["addresses"] + 16 * node["prefixes"]


# ---- Zones ----


def zones_of(vswitches):
    """Zones by number, in the order in which they first appear."""
    return zones_of_tuple(tuple(vswitches))


@lru_cache(maxsize=16)
def zones_of_tuple(vswitches):
    nodes_have_vswitches = any(v.roles & NODE for v in vswitches)
    numbers = dict.fromkeys(v.zone for v in vswitches)
    return {number: Zone([v for v in vswitches if v.zone == number], nodes_have_vswitches)
            for number in numbers}


def shared_out(available, share):
    """How many nodes have their share; a share of nothing bounds nothing."""
    if share == 0 or available == UNBOUNDED:
        return UNBOUNDED
    return available // share


def answer_of_zone(number, zone):
    """What every answer about a zone says of its addresses."""
    return {"zone": number, "usable_addresses": zone.pod_addresses,
            "usable_prefixes": zone.pod_prefixes, "node_addresses": as_word(zone.node_addresses)}


def hold_zone(number, zone, node):
    """How many nodes a zone holds. With prefixes ZONE_ADDRESSES is that, and not a limit alone."""
    most = most_nodes(zone, node)
    together = UNBOUNDED
    if zone.is_shared:
        together = most if node["prefixes"] else zone.all_addresses // (1 + addresses_of(node))
    limits = {"POD_VSWITCH_ADDRESSES": shared_out(zone.pod_addresses, addresses_of(node))
              if zone.has_pod_vswitch else 0,
              "POD_VSWITCH_PREFIXES": shared_out(zone.pod_prefixes, node["prefixes"]),
              "NODE_VSWITCH_ADDRESSES": zone.node_addresses, "ZONE_ADDRESSES": together}
    return {**answer_of_zone(number, zone), "fits": 1, "nodes": 0, "max_nodes": as_word(most),
            "bound_by": first_least(limits, ZONE_LIMITS)[1],
            "limits": limit_rows(ZONE_LIMITS, limits)}


def solve_zones(vswitches, node):
    """cnicalc_terway_zones()."""
    check_node(node)
    check_vswitches(vswitches)
    return hold_zones(tuple(vswitches), tuple(node.items()))


@lru_cache(maxsize=2)
def hold_zones(vswitches, node):
    return [hold_zone(number, zone, dict(node)) for number, zone in zones_of(vswitches).items()]


# ---- How many nodes ----


def total(zones, name):
    return sum(getattr(zone, name) for zone in zones.values())


def node_addresses(vswitches, zones):
    """Without any node vSwitch the nodes' own addresses do not limit."""
    if not any(v.roles & NODE for v in vswitches):
        return UNBOUNDED
    return total(zones, "node_addresses")


def add_up(values):
    """Without end where one of them has no end."""
    return UNBOUNDED if NO_LIMIT in values else sum(values)


def nodes_by(limit, answers):
    """What the zones would hold by a limit alone, of ZONE_ADDRESSES what they do hold."""
    if limit == "ZONE_ADDRESSES":
        return add_up([answer["max_nodes"] for answer in answers])
    return add_up([row[3] for answer in answers for row in answer["limits"] if row[0] == limit])


def solve(vswitches, node, o):
    """The fields of cnicalc_terway_result by name."""
    check_options(o)
    answers = solve_zones(vswitches, node)
    zones = zones_of(vswitches)
    limits = {limit: nodes_by(limit, answers) for limit in ZONE_LIMITS}
    if node["prefixes"] == 0:
        limits["POD_VSWITCH_PREFIXES"] = UNBOUNDED
    limits["NODE_VSWITCH_ADDRESSES"] = node_addresses(vswitches, zones)
    limits["VPC_ADDRESS_QUOTA"] = shared_out(free_vpc_addresses(vswitches, o),
                                             1 + addresses_of(node))
    limits["NODE_QUOTA"] = ceiling_of(o, "NODE_QUOTA")
    limits["MIN_PODS_TO_JOIN"] = UNBOUNDED if node["joins"] else 0
    limits.update(pod_quotas(o))
    r = {"pods_per_node": node["pods_per_node"], "pod_addresses": total(zones, "pod_addresses"),
         "pod_prefixes": total(zones, "pod_prefixes"),
         "node_addresses": node_addresses(vswitches, zones)}
    r["max_nodes"], r["bound_by"] = first_least(limits, counting(LIMITS, "NODES"))
    r["max_pods"], r["max_pods_bound_by"] = most_pods(r, limits)
    return {**{name: as_word(value) for name, value in r.items()}, "zone_count": len(zones),
            "limits": limit_rows(LIMITS, limits)}


def most_pods(r, limits):
    """(pods, what bounds them): max_nodes * pods_per_node, at most the limits on pods.

    The product is that of the two fields as they are written, so that twice CNICALC_NO_LIMIT nodes
    exceed 64 bits.
    """
    pods = as_word(r["max_nodes"]) * r["pods_per_node"]
    check_64_bits(pods)
    least, name = first_least(limits, counting(LIMITS, "PODS"))
    return (least, name) if least < pods else (pods, r["bound_by"])


# ---- Whether pools fit ----


def load_of_pools(pools):
    loads = [load_of(pool["node"], pool["count"]) for pool in pools]
    return Load(*(sum(part) for part in zip(*loads))) if loads else Load(0, 0, 0)


def pod_addresses_of(load):
    return load.singles + 16 * load.prefixes


def pods_of(pools):
    return sum(pool["count"] * pool["node"]["pods_per_node"] for pool in pools)


def check_pools(vswitches, pools):
    """Refused with the index of the first pool that is at fault, or with which a sum overflows."""
    zones = {v.zone for v in vswitches}
    for index, pool in enumerate(pools):
        place = "POOLS", index, None
        refuse_if(pool["count"] and pool["zone"] not in zones, "TERWAY_POOL_ZONE", place)
        check_node(pool["node"], place)
        load = load_of_pools(pools[:index + 1])
        check_64_bits(load.nodes + pod_addresses_of(load), place)
        check_64_bits(pods_of(pools[:index + 1]), place)


def fit_zone(number, zone, load):
    """Whether a zone holds a load. A zone without a pod vSwitch lacks an address for each node.

    The last row is exceeded where the zone does not hold the load and no other limit says why; how
    much of it prefixes can use is left to the library.
    """
    addresses = pod_addresses_of(load)
    needed = {"POD_VSWITCH_ADDRESSES": addresses, "POD_VSWITCH_PREFIXES": load.prefixes,
              "NODE_VSWITCH_ADDRESSES": load.nodes, "ZONE_ADDRESSES": load.nodes + addresses}
    if not zone.has_pod_vswitch and not addresses:
        needed["POD_VSWITCH_ADDRESSES"] = load.nodes
    available = {"POD_VSWITCH_ADDRESSES": zone.pod_addresses,
                 "POD_VSWITCH_PREFIXES": zone.pod_prefixes,
                 "NODE_VSWITCH_ADDRESSES": zone.node_addresses,
                 "ZONE_ADDRESSES": zone.all_addresses if zone.is_shared else UNBOUNDED}
    rows = limit_rows(FIT_ZONE_LIMITS, available, needed)
    fits = zone.holds(load)
    bound_by = first_exceeded(rows) if not fits else "NONE"
    return {**answer_of_zone(number, zone), "fits": int(fits), "nodes": load.nodes, "max_nodes": 0,
            "bound_by": "ZONE_ADDRESSES" if bound_by == "NONE" and not fits else bound_by,
            "limits": rows}


def fit_zones(vswitches, pools):
    """cnicalc_terway_fit_zones()."""
    check_vswitches(vswitches)
    check_pools(vswitches, pools)
    return [fit_zone(number, zone, load_of_pools([p for p in pools if p["zone"] == number]))
            for number, zone in zones_of(vswitches).items()]


def fit(vswitches, pools, o):
    """The fields of cnicalc_terway_fit_result by name."""
    check_options(o)
    answers = fit_zones(vswitches, pools)
    in_use = [answer for answer in answers if answer["nodes"]]
    zones, load, pods = zones_of(vswitches), load_of_pools(pools), pods_of(pools)
    addresses = pod_addresses_of(load)
    joining = sum(pool["count"] for pool in pools if pool["node"]["joins"])
    needed = {"POD_VSWITCH_ADDRESSES": addresses, "POD_VSWITCH_PREFIXES": load.prefixes,
              "NODE_VSWITCH_ADDRESSES": load.nodes, "ZONES": len(in_use),
              "VPC_ADDRESS_QUOTA": load.nodes + addresses, "NODE_QUOTA": load.nodes,
              "MIN_PODS_TO_JOIN": load.nodes, "POD_QUOTA": pods, "IPVLAN_POD_QUOTA": pods}
    available = {"POD_VSWITCH_ADDRESSES": total(zones, "pod_addresses"),
                 "POD_VSWITCH_PREFIXES": total(zones, "pod_prefixes"),
                 "NODE_VSWITCH_ADDRESSES": node_addresses(vswitches, zones),
                 "ZONES": sum(answer["fits"] for answer in in_use),
                 "VPC_ADDRESS_QUOTA": free_vpc_addresses(vswitches, o),
                 "NODE_QUOTA": ceiling_of(o, "NODE_QUOTA"), "MIN_PODS_TO_JOIN": joining,
                 **pod_quotas(o)}
    rows = limit_rows(FIT_LIMITS, available, needed)
    bound_by = first_exceeded(rows)
    return {"nodes": load.nodes, "pods": pods, "fits": int(bound_by == "NONE"),
            "bound_by": bound_by, "zone_count": len(zones), "limits": rows}
