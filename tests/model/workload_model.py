# SPDX-License-Identifier: MIT
"""Nodes for a workload, slowly and plainly: unlimited integers, exact fractions, None for unknown.

Written from the published rules and from what include/cnicalc/workload.h promises, not from lib/:
shares of a mix and numbers of nodes are tried until the pods fit.
"""
import re
from fractions import Fraction
from math import ceil, lcm

import flannel_model
import kubelet_model
import node_model
import quota_model
import terway_node_model
from answers import (NO_LIMIT, UNBOUNDED, check_64_bits, counting, first_exceeded, limit_rows,
                     refuse_if)

TERWAY, FLANNEL = 1, 2
MOST_PODS = 2**32 - 1
KIB = 1024
# What each limit counts, in the order that decides equals.
NODE_LIMITS = ("ENI_QUANTITY", "ENI_CAP", "MAX_ENI", "ERDMA", "IPV4_PREFIX_COUNT", "IPV6_PREFIX")
LIMITS = {**dict.fromkeys(("CPU", "MEMORY", *NODE_LIMITS, "NODE_MASK", "KUBELET_MAX_PODS"),
                          "PODS_PER_NODE"),
          "MIN_PODS_TO_JOIN": "NODES", "NODE_QUOTA": "NODES", "ROUTE_QUOTA": "NODES",
          "POD_QUOTA": "PODS"}
OWN_OPTIONS = {"plugin": TERWAY, "node_mask": 0, "headroom_percent": 0, "daemon_cpu_millicores": 0,
               "daemon_memory_bytes": 0, "daemon_pods": 0}
OPTIONS = {**node_model.OPTIONS, **quota_model.CEILINGS, **OWN_OPTIONS}


def check(o, workloads):
    refuse_if(o["plugin"] not in (TERWAY, FLANNEL), "PLUGIN")
    refuse_if(o["headroom_percent"] > 100, "WORKLOAD_HEADROOM")
    refuse_if(o["plugin"] == FLANNEL and o["node_mask"] not in flannel_model.NODE_MASKS,
              "FLANNEL_NODE_MASK")
    flannel_model.check(o)
    refuse_if(not workloads, "WORKLOAD_PODS")
    cpu = memory = 0
    for index, w in enumerate(workloads):
        place = ("WORKLOADS", index, None)
        refuse_if(w["host_network"] not in (0, 1), "FLAG", place)
        refuse_if(not 1 <= w["pods"] <= MOST_PODS, "WORKLOAD_PODS", place)
        cpu += w["pods"] * w["cpu_millicores"]
        memory += w["pods"] * w["memory_bytes"]
        check_64_bits(cpu, place)
        check_64_bits(memory, place)


# ---- What one node has ----


def flannel_node(t, o):
    refuse_if(o["windows"] not in (0, 1), "FLAG")
    block = flannel_model.block_size(o["node_mask"])
    max_pods = o["kubelet_max_pods"] or block
    return {"kubelet_max_pods": max_pods, "joins": 1, "bound_by": "NODE_MASK",
            "limits": {"NODE_MASK": block - 3,
                       "KUBELET_MAX_PODS": max(0, max_pods - o["host_network_pods"])},
            **kubelet_model.kubelet_fields(t, o, max_pods)}


def terway_node(t, o):
    r = node_model.solve(t, o)
    limits = {name: available for name, _, _, available in r["limits"] if available != NO_LIMIT}
    exclusive = o["mode"] == node_model.EXCLUSIVE
    refuse_if(r["kubelet_max_pods"] is None and not exclusive, "LIMITS_UNKNOWN")
    return {**r, "limits": limits}


def refuse_unknown(t, o, workloads, r):
    """Only what is requested must be known."""
    asked = {name: o[f"daemon_{name}"] or any(w[name] for w in workloads)
             for name in ("cpu_millicores", "memory_bytes")}
    no_cpu = asked["cpu_millicores"] and r["allocatable_cpu_millicores"] is None
    no_memory = asked["memory_bytes"] and r["allocatable_memory_kib"] is None
    no_quantity = t["memory_mib"] is None and not o["memory_capacity_kib"]
    no_max_pods = r["kubelet_max_pods"] is None and not node_model.is_lingjun(t)
    refuse_if(no_cpu and t["vcpus"] is None, "LIMITS_UNKNOWN")
    refuse_if(no_memory and (no_quantity or no_max_pods), "LIMITS_UNKNOWN")
    refuse_if(no_cpu or no_memory, "WORKLOAD_ALLOCATABLE")


def after_headroom(allocatable, o):
    return None if allocatable is None else allocatable * (100 - o["headroom_percent"]) // 100


class Resource:
    """What a node has of something before DaemonSets take theirs, and what a pod takes of it."""

    def __init__(self, capacity, taken_by_daemons, taken_by_pod):
        self.capacity, self.taken_by_daemons, self.taken_by_pod = \
            capacity, taken_by_daemons, taken_by_pod

    def holds(self, counts):
        """counts: pods of each workload on one node, beside the DaemonSets."""
        taken = sum(count * each for count, each in zip(counts, self.taken_by_pod))
        return self.taken_by_daemons + taken <= self.capacity


def resources_of(o, workloads, r):
    """By the name of the limit; what is unknown and not asked for is left out."""
    def each(name):
        return [w[name] for w in workloads]
    with_address = [1 - host for host in each("host_network")]
    one_each = [1] * len(workloads)
    resources = {}
    cpu = after_headroom(r["allocatable_cpu_millicores"], o)
    if cpu is not None:
        resources["CPU"] = Resource(cpu, o["daemon_cpu_millicores"], each("cpu_millicores"))
    kib = r["allocatable_memory_kib"]
    if kib is not None:
        check_64_bits(kib * KIB)
        resources["MEMORY"] = Resource(after_headroom(kib * KIB, o), o["daemon_memory_bytes"],
                                       each("memory_bytes"))
    for name, available in r["limits"].items():
        takes = one_each if name == "KUBELET_MAX_PODS" else with_address
        resources[name] = Resource(available, o["daemon_pods"], takes)
    return resources


# ---- Pods on one node ----


def one_workload(resource):
    if not resource.holds([0]):
        return 0
    left = resource.capacity - resource.taken_by_daemons
    return left // resource.taken_by_pod[0] if resource.taken_by_pod[0] else UNBOUNDED


def part(workloads, share):
    """This share of every workload, in pods that are there or not."""
    return [ceil(share * w["pods"]) for w in workloads]


def pods_by(resource, workloads):
    """Of the largest share of the mix that a node holds. Shares differ in pods at multiples of one
    part in so many as all counts divide."""
    if len(workloads) == 1:
        return one_workload(resource)
    if not any(resource.taken_by_pod):
        return UNBOUNDED if resource.holds([0] * len(workloads)) else 0
    parts = lcm(*(w["pods"] for w in workloads))
    low, high = 0, 1
    while resource.holds(part(workloads, Fraction(high, parts))):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if resource.holds(part(workloads, Fraction(middle, parts))):
            low = middle
        else:
            high = middle
    pods = sum(part(workloads, Fraction(low, parts)))
    return pods if pods <= NO_LIMIT else UNBOUNDED


# ---- Nodes ----


def spread(workloads, nodes):
    """Pods of each workload on each of equal nodes."""
    return [-(-w["pods"] // nodes) for w in workloads]


def fewest_nodes(resources, workloads):
    """By trying: equal nodes, each of which holds its part of every workload. None: none do."""
    def hold_all(nodes):
        return all(r.holds(spread(workloads, nodes)) for r in resources.values())
    low, high = 0, max(w["pods"] for w in workloads)
    if not hold_all(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if hold_all(middle) else (middle, high)
    return high


def fewest_of_any(resources, workloads):
    """No arrangement takes fewer: by the sum of each resource, and by each workload alone."""
    fewest = [1]
    for r in resources.values():
        if any(r.taken_by_pod) and r.capacity > r.taken_by_daemons:
            total = sum(w["pods"] * each for w, each in zip(workloads, r.taken_by_pod))
            fewest.append(ceil(Fraction(total, r.capacity - r.taken_by_daemons)))
    for index, w in enumerate(workloads):
        alone = {name: Resource(r.capacity, r.taken_by_daemons, [r.taken_by_pod[index]])
                 for name, r in resources.items()}
        fewest.append(fewest_nodes(alone, [w]))
    return None if None in fewest else max(fewest)




def idle(nodes, allocatable, requested, unit):
    """(idle of all nodes, in thousandths). unit: how many of what is requested are one of it."""
    if nodes is None or allocatable is None:
        return None, None
    for count in (nodes * allocatable, requested):
        check_64_bits(count)
    left = (nodes * allocatable * unit - requested) // unit
    check_64_bits(1000 * left)
    return left, 1000 * left // (nodes * allocatable) if allocatable else 0


def idle_fields(o, workloads, r, nodes):
    def requested(name):
        return (nodes or 0) * o[f"daemon_{name}"] + sum(w["pods"] * w[name] for w in workloads)
    fields = {}
    fields["idle_cpu_millicores"], fields["idle_cpu_thousandths"] = idle(
        nodes, r["allocatable_cpu_millicores"], requested("cpu_millicores"), 1)
    fields["idle_memory_kib"], fields["idle_memory_thousandths"] = idle(
        nodes, r["allocatable_memory_kib"], requested("memory_bytes"), KIB)
    return fields


def addresses(t, o, workloads, nodes):
    if nodes is None:
        return None
    if o["plugin"] == FLANNEL:
        return nodes * flannel_model.block_size(o["node_mask"])
    counts = zip(spread(workloads, nodes), workloads)
    pods = o["daemon_pods"] + sum(count for count, w in counts if not w["host_network"])
    if pods == 0:
        return 0
    taken = terway_node_model.from_type(t, o, {**terway_node_model.USE, "pods_per_node": pods})
    addresses_of_all = nodes * (taken["addresses"] + 16 * taken["prefixes"])
    check_64_bits(addresses_of_all)
    return addresses_of_all


def needed_by(o, workloads, nodes):
    """A request that no number of nodes holds needs one pod of each on a node."""
    per_node = sum(spread(workloads, nodes)) if nodes else len(workloads)
    nodes = nodes or NO_LIMIT
    pods = sum(w["pods"] for w in workloads)
    needed = dict.fromkeys(counting(LIMITS, "PODS_PER_NODE"), per_node)
    needed.update(MIN_PODS_TO_JOIN=nodes, NODE_QUOTA=nodes, ROUTE_QUOTA=nodes, POD_QUOTA=pods)
    if nodes != NO_LIMIT:
        needed["POD_QUOTA"] += nodes * o["daemon_pods"]
        check_64_bits(needed["POD_QUOTA"])
    return needed


def ceilings_of(o, r):
    found = {name: quota_model.ceiling_of(o, o["plugin"], name)
             for name in ("NODE_QUOTA", "ROUTE_QUOTA", "POD_QUOTA")}
    limits = {name: value for name, value in found.items() if value is not None}
    if not r["joins"]:
        limits["MIN_PODS_TO_JOIN"] = 0
    return limits


def bound(limits, by_addresses):
    """(pods per node, which limit decided). by_addresses: of the limits on addresses, the one that
    bounds the node."""
    least = min(limits.get(name, UNBOUNDED) for name in counting(LIMITS, "PODS_PER_NODE"))
    if least == UNBOUNDED:
        return NO_LIMIT, "NONE"
    names = ("CPU", "MEMORY", by_addresses, "KUBELET_MAX_PODS")
    return least, next(name for name in names if limits.get(name, UNBOUNDED) == least)


def solve(t, o, workloads):
    """The fields of cnicalc_workload_result by name; o has the options of node and ceilings too."""
    check(o, workloads)
    found = flannel_node(t, o) if o["plugin"] == FLANNEL else terway_node(t, o)
    refuse_unknown(t, o, workloads, found)
    resources = resources_of(o, workloads, found)
    limits = {name: pods_by(resource, workloads) for name, resource in resources.items()}
    nodes = fewest_nodes(resources, workloads)
    r = {name: found[name] for name in ("kubelet_max_pods", "joins", "allocatable_cpu_millicores",
                                        "allocatable_memory_kib")}
    r["pods_per_node"], r["bound_by"] = bound(limits, found["bound_by"])
    assert (r["pods_per_node"] == 0) == (nodes is None)
    r["nodes"], r["nodes_at_least"] = nodes, fewest_of_any(resources, workloads)
    r["pods"] = sum(w["pods"] for w in workloads)
    for field, name in (("pod_cpu_millicores", "CPU"), ("pod_memory_bytes", "MEMORY")):
        left = resources.get(name)
        r[field] = left and max(0, left.capacity - left.taken_by_daemons)
    r.update(idle_fields(o, workloads, found, nodes))
    r["pod_addresses"] = addresses(t, o, workloads, nodes)
    limits.update(ceilings_of(o, found))
    r["limits"] = limit_rows(LIMITS, limits, needed_by(o, workloads, nodes))
    short = first_exceeded(r["limits"])
    r["fits"] = int(short == "NONE")
    r["short_of"] = r["bound_by"] if nodes is None else short
    return r


# ---- Quantities of Kubernetes ----

SUFFIXES = {"": 1, **{letter: Fraction(1000)**power for letter, power in
                      zip("numkMGTPE", (-3, -2, -1, 1, 2, 3, 4, 5, 6))},
            **{f"{letter}i": 1024**power for power, letter in enumerate("KMGTPE", 1)}}
QUANTITY = re.compile(r"[+]?(\d+[.]?\d*|[.]\d+)(?:[eE]([+-]?\d+)|(%s))" % "|".join(SUFFIXES))


def quantity(text, unit):
    """The number of units, such as 1,000 millicores to a core, that a text has."""
    match = QUANTITY.fullmatch(text)
    digits = re.match(r"[+]?[0-9.]*", text)[0].strip("+").rstrip(".")
    if digits.count(".") == 1:
        digits = digits.rstrip("0").replace(".", "")
    if digits.isdigit():
        check_64_bits(int(digits))
    refuse_if(match is None, "QUANTITY")
    number, exponent, suffix = match.groups()
    value = Fraction(number.rstrip(".")) * unit
    value *= SUFFIXES[suffix] if suffix is not None else Fraction(10)**int(exponent)
    refuse_if(value.denominator != 1, "QUANTITY_UNIT")
    check_64_bits(value)
    return int(value)
