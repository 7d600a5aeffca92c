# SPDX-License-Identifier: MIT
"""Whether the pools of a Terway cluster fit, slowly and plainly: zone by zone, then all together.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
"""
import quota_model
from answers import NO_LIMIT, UNBOUNDED, check_64_bits, first_exceeded, limit_rows, refuse_if
from terway_model import (BURST, OPTIONS, POOL, add_up, addresses_of, answer_of_zone, at_time,
                          bounds_nothing, ceiling_of, check_node, check_options, check_vswitches,
                          free_vpc_addresses, in_group, is_basic, pod_quotas, replacing, restarted,
                          zones_of)
from terway_zone_model import BLOCK, NODE, Load, lack_on_enis, load_of, need_of, supplies

# What each limit counts, in the order that decides equals.
FIT_ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "ADDRESSES", "POD_VSWITCH_PREFIXES": "PREFIXES",
                   "POD_VSWITCH_ENIS": "ADDRESSES", "NODE_VSWITCH_ADDRESSES": "ADDRESSES",
                   "ZONE_ADDRESSES": "ADDRESSES"}
FIT_LIMITS = {**FIT_ZONE_LIMITS, "ZONES": "ZONES", "VPC_ADDRESS_QUOTA": "ADDRESSES",
              "SECURITY_GROUP_QUOTA": "ENIS", "NODE_QUOTA": "NODES", "MIN_PODS_TO_JOIN": "NODES",
              "POD_QUOTA": "PODS", "IPVLAN_POD_QUOTA": "PODS"}
UNKNOWN_32 = 2**32 - 1



def load_of_pools(pools):
    loads = [load_of(pool["node"], pool["count"]) for pool in pools]
    return Load(*(sum(part) for part in zip(*loads))) if loads else Load(0, 0, 0)


def pod_addresses_of(load):
    return load.singles + BLOCK * load.prefixes


def pods_of(pools):
    return sum(pool["count"] * pool["node"]["pods_per_node"] for pool in pools)


def group_of(pools, o):
    return sum(pool["count"] * in_group(pool["node"], o) for pool in pools)


def check_pools(vswitches, pools, o):
    """Refused with the index of the first pool that is at fault, or with which a sum overflows."""
    zones = {v.zone for v in vswitches}
    for index, pool in enumerate(pools):
        place = "POOLS", index, None
        refuse_if(pool["count"] and pool["zone"] not in zones, "TERWAY_POOL_ZONE", place)
        check_node(pool["node"], place)
        so_far = pools[:index + 1]
        for basic in (quota_model.BASIC_GROUP, quota_model.ADVANCED_GROUP):
            check_64_bits(group_of(so_far, {**o, "security_group": basic}), place)
        load = load_of_pools(so_far)
        check_64_bits(load.nodes + pod_addresses_of(load), place)
        check_64_bits(pods_of(so_far), place)


def lack_of_enis(zone, pools):
    """(addresses that pods on known ENIs need, what those lack at best)."""
    needed, lack = 0, 0
    known = [(pool["count"], *need_of(pool["node"]), pool["node"]) for pool in pools]
    for count, kind, need, node in known:
        held = {None: 0, "singles": need and need.units + node["trunk_pods"],
                "prefixes": addresses_of(node)}  # more than they have room for, ENIs do not hold
        needed += count * min(addresses_of(node), held[kind])
    for kind, size in (("singles", 1), ("prefixes", BLOCK)):
        needs = [(count, need) for count, its, need, _ in known if its == kind]
        lack += size * lack_on_enis(supplies(zone, kind), needs)
    return needed, lack


def fit_zone(number, zone, pools, elsewhere=0):
    """Whether a zone holds pools, and so many addresses of pods that start elsewhere. A zone without
    a pod vSwitch lacks an address for each node.

    The last row is exceeded where the zone does not hold the load and no other limit says why; how
    much of it prefixes can use is left to the library.
    """
    load = load_of_pools(pools)
    load = load._replace(singles=load.singles + elsewhere)
    addresses = pod_addresses_of(load)
    on_enis, lack = lack_of_enis(zone, pools)
    needed = {"POD_VSWITCH_ADDRESSES": addresses, "POD_VSWITCH_PREFIXES": load.prefixes,
              "POD_VSWITCH_ENIS": on_enis,
              "NODE_VSWITCH_ADDRESSES": load.nodes, "ZONE_ADDRESSES": load.nodes + addresses}
    if not zone.has_pod_vswitch and not addresses:
        needed["POD_VSWITCH_ADDRESSES"] = load.nodes
    closed = BLOCK * max(0, zone.reserved - load.prefixes)  # reserved, and no prefix takes it
    available = {"POD_VSWITCH_ADDRESSES": zone.pod_addresses - closed,
                 "POD_VSWITCH_PREFIXES": zone.pod_prefixes,
                 "POD_VSWITCH_ENIS": on_enis - lack if on_enis else UNBOUNDED,
                 "NODE_VSWITCH_ADDRESSES": zone.node_addresses,
                 "ZONE_ADDRESSES": zone.all_addresses - closed if zone.is_shared else UNBOUNDED}
    fits = zone.holds(load) and not lack
    if not fits and first_exceeded(limit_rows(FIT_ZONE_LIMITS, available, needed)) == "NONE":
        available["ZONE_ADDRESSES"] = needed["ZONE_ADDRESSES"] - 1
    rows = limit_rows(FIT_ZONE_LIMITS, available, needed)
    return {**answer_of_zone(number, zone, [pool["node"] for pool in pools if pool["count"]]),
            "fits": int(fits), "nodes": load.nodes, "max_nodes": 0,
            "bound_by": "NONE" if fits else first_exceeded(rows), "limits": rows}


def fit_zones(vswitches, pools, o=OPTIONS):
    """cnicalc_terway_fit_zones()."""
    check_vswitches(vswitches)
    check_pools(vswitches, pools, o)
    return judge_zones(vswitches, pools, {})


def judge_zones(vswitches, pools, elsewhere):
    """elsewhere: {zone: addresses of pods that start again there}."""
    bound = {p["zone"] for p in pools if p["count"] and p["node"]["needs_pod_vswitch"]}
    zones = zones_of(vswitches, lambda number: number not in bound)
    return [fit_zone(number, zone, [p for p in pools if p["zone"] == number],
                     elsewhere.get(number, 0))
            for number, zone in zones.items()]


def row_of_zones(answers, limit):
    """That of the first zone that is short, or of all together."""
    rows = [row for answer in answers for row in answer["limits"] if row[0] == limit]
    for row in rows:
        if row[2] > row[3]:
            return row[2], row[3]
    return sum(row[2] for row in rows), add_up([row[3] for row in rows])


def judge(vswitches, pools, o, elsewhere):
    """(rows, zones) of pools, and of {zone: (addresses of pods that start elsewhere, what they take of
    a basic security group)}."""
    answers = judge_zones(vswitches, pools, {zone: part[0] for zone, part in elsewhere.items()})
    in_use = [answer for answer in answers if answer["nodes"]]
    load, pods = load_of_pools(pools), pods_of(pools)
    addresses = pod_addresses_of(load) + sum(part[0] for part in elsewhere.values())
    group = group_of(pools, o) + sum(part[1] for part in elsewhere.values())
    joining = sum(pool["count"] for pool in pools if pool["node"]["joins"])
    needed = {"ZONES": len(in_use), "VPC_ADDRESS_QUOTA": load.nodes + addresses, "SECURITY_GROUP_QUOTA": group,
              "NODE_QUOTA": load.nodes, "MIN_PODS_TO_JOIN": load.nodes, "POD_QUOTA": pods,
              "IPVLAN_POD_QUOTA": pods}
    available = {"ZONES": sum(answer["fits"] for answer in in_use),
                 "VPC_ADDRESS_QUOTA": free_vpc_addresses(vswitches, o),
                 "SECURITY_GROUP_QUOTA": ceiling_of(o, "SECURITY_GROUP_QUOTA"),
                 "NODE_QUOTA": bounds_nothing(ceiling_of(o, "NODE_QUOTA")), "MIN_PODS_TO_JOIN": joining,
                 **pod_quotas(o)}
    for limit in FIT_ZONE_LIMITS:
        needed[limit], available[limit] = row_of_zones(answers, limit)
    if not any(v.roles & NODE for v in vswitches):
        available["NODE_VSWITCH_ADDRESSES"] = UNBOUNDED
    kinds = {**FIT_LIMITS, "SECURITY_GROUP_QUOTA": "ADDRESSES" if is_basic(o) else "ENIS"}
    return limit_rows(kinds, available, needed), answers


def fits(vswitches, pools, o, elsewhere):
    """Whether so much fits; what exceeds 64 bits does not."""
    load = load_of_pools(pools)
    extra = sum(part[0] for part in elsewhere.values())
    if load.nodes + pod_addresses_of(load) + extra > NO_LIMIT or group_of(pools, o) + sum(
            part[1] for part in elsewhere.values()) > NO_LIMIT:
        return 0
    return int(first_exceeded(judge(vswitches, pools, o, elsewhere)[0]) == "NONE")


def fits_at_time(vswitches, pools, o, name):
    then = [{**pool, "node": at_time(pool["node"], name)} for pool in pools]
    if any(pool["node"] is None and pool["count"] for pool in then):
        return UNKNOWN_32
    return fits(vswitches, [pool for pool in then if pool["node"]], o, {})


def fits_with_surge(vswitches, pools, o):
    """Each pool in turn has nodes replaced. Its pods stay as many as they are."""
    for index, pool in enumerate(pools):
        if pool["count"]:
            node = pool["node"]
            more = {**pool, "count": o["surge"], "node": {**node, "pods_per_node": 0}}
            elsewhere = min(o["max_unavailable"], pool["count"]) * restarted(node)
            part = elsewhere, elsewhere * (1 + node["dual_stack"]) if is_basic(o) else 0
            if not fits(vswitches, [*pools, more], o, {pool["zone"]: part}):
                return 0
    return 1


def fit(vswitches, pools, o):
    """The fields of cnicalc_terway_fit_result by name."""
    check_options(o)
    check_vswitches(vswitches)
    check_pools(vswitches, pools, o)
    rows, answers = judge(vswitches, pools, o, {})
    bound_by = first_exceeded(rows)
    in_use = [pool for pool in pools if pool["count"]]
    bursts = [(pool["count"], pool["node"], at_time(pool["node"], BURST)) for pool in in_use]
    more = {"burst_addresses": NO_LIMIT if any(burst is None for *_, burst in bursts) else
            sum(count * (burst["addresses"] - node["addresses"]) for count, node, burst in bursts),
            "surge_addresses": max((replacing(pool["node"], o, min(pool["count"], o["max_unavailable"]))
                                    for pool in in_use), default=0)}
    for value in more.values():
        check_64_bits(value)
    is_fit = int(bound_by == "NONE")
    return {"nodes": load_of_pools(pools).nodes, "pods": pods_of(pools), "fits": is_fit,
            "bound_by": bound_by, "zone_count": len(answers), "limits": rows,
            "best_case": int(any(answer["best_case"] for answer in answers)), **more,
            "fits_with_default_pool": fits_at_time(vswitches, pools, o, POOL),
            "fits_with_burst": fits_at_time(vswitches, pools, o, BURST),
            "fits_with_surge": is_fit and fits_with_surge(vswitches, pools, o)}
