# SPDX-License-Identifier: MIT
"""A Terway cluster, slowly and plainly: zone by zone, then added.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
"""
from functools import cache, lru_cache
from ipaddress import IPv4Network

import quota_model
from answers import (NO_LIMIT, UNBOUNDED, Refused, as_word, check_64_bits, counting, first_exceeded,
                     first_least, limit_rows, refuse_if)
from terway_zone_model import (BLOCK, BOTH, NODE, POD, Load, Zone, aligned_blocks, as_used,
                               free_of, lack_on_enis, load_of, most_nodes, most_on_enis, need_of, supplies,
                               usable)

# What each limit counts, in the order that decides equals.
ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "NODES", "POD_VSWITCH_PREFIXES": "NODES",
               "POD_VSWITCH_ENIS": "NODES", "NODE_VSWITCH_ADDRESSES": "NODES",
               "ZONE_ADDRESSES": "NODES"}
LIMITS = {**ZONE_LIMITS, "VPC_ADDRESS_QUOTA": "NODES", "SECURITY_GROUP_QUOTA": "NODES",
          "NODE_QUOTA": "NODES", "MIN_PODS_TO_JOIN": "NODES", "POD_QUOTA": "PODS",
          "IPVLAN_POD_QUOTA": "PODS"}
# The same where given nodes are judged.
FIT_ZONE_LIMITS = {"POD_VSWITCH_ADDRESSES": "ADDRESSES", "POD_VSWITCH_PREFIXES": "PREFIXES",
                   "POD_VSWITCH_ENIS": "ADDRESSES", "NODE_VSWITCH_ADDRESSES": "ADDRESSES",
                   "ZONE_ADDRESSES": "ADDRESSES"}
FIT_LIMITS = {**FIT_ZONE_LIMITS, "ZONES": "ZONES", "VPC_ADDRESS_QUOTA": "ADDRESSES",
              "SECURITY_GROUP_QUOTA": "ENIS", "NODE_QUOTA": "NODES", "MIN_PODS_TO_JOIN": "NODES",
              "POD_QUOTA": "PODS", "IPVLAN_POD_QUOTA": "PODS"}
OPTIONS = {**quota_model.CEILINGS, "ipvlan": 0, "surge": 0, "max_unavailable": 1}
EXCLUSIVE, PREFIX_MODE = 3, 4
UNKNOWN_32 = 2**32 - 1
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
    refuse_if(ceiling_of(o, "NODE_QUOTA") is None, "QUOTA_UNKNOWN")


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
    limits["NODE_QUOTA"] = ceiling_of(o, "NODE_QUOTA")
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


# ---- Whether pools fit ----


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
    for count, kind, _, node in known:
        needed += count * addresses_of(node) if kind else 0
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
                 "NODE_QUOTA": ceiling_of(o, "NODE_QUOTA"), "MIN_PODS_TO_JOIN": joining,
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
