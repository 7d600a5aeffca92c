# SPDX-License-Identifier: MIT
"""What one full Terway node takes from the vSwitches of its zone, slowly and plainly.

Written from the published rules and from what include/cnicalc/terway.h promises of
cnicalc_terway_node_from_type() and _from_pods(), not from lib/.
"""
from fractions import Fraction
from math import ceil

import node_model
from answers import NO_LIMIT, check_64_bits, refuse_if
from node_model import EXCLUSIVE, IPV4, IPV6, PREFIX, PREFIX_ADDRESSES, TRUNK, known

DEFAULT_POOL = 5  # Terway's max_pool_size; its min_pool_size is 0
USE = {"pods_per_node": 0, "idle_addresses": 0, "burst_pods": 0, "min_pool_size": 0}


def whole(count, size):
    """How many of a size hold count."""
    return ceil(Fraction(count, size)) if count else 0


def prefix_node(t, o, r, pods):
    """(addresses, prefixes): a /28 to 16 pods, or exactly as many as the node is told to take, and
    one address for each ENI that holds prefixes, of which a new one starts with ten at most."""
    fitting = r["max_pods"] // PREFIX_ADDRESSES
    prefixes = min(whole(pods, PREFIX_ADDRESSES), fitting)
    if o["ipv4_prefix_count"] is not None:
        prefixes = fitting
    if prefixes == 0:
        return 0, 0
    most = node_model.pod_limits(t, o)[1]
    first = min(node_model.MOST_PREFIXES_OF_A_NEW_ENI, t["eni_private_ip_address_quantity"] - 1)
    return min(most, whole(prefixes, first)), prefixes


def windows_node(t, r, wanted):
    """An address for each pod, and one more for each ENI in use, which holds I - 1 pods."""
    taken = min(wanted, r["max_pods"])
    return taken + whole(taken, t["eni_private_ip_address_quantity"] - 1)


def with_trunk_pods(r, pods, idle, trunk_pods):
    """As many pods of the trunk run as can: each leaves an address of an ENI to the idle ones."""
    running = min(trunk_pods, pods)
    return min(pods - running + idle, r["ipv4_addresses"]) + running


def trunk_node(r, pods, idle):
    """None is not known. Trunk pods that are not published are no matter where none and all of them
    come to the same."""
    if r["trunk_pods"] is None:
        least, most = (with_trunk_pods(r, pods, idle, count) for count in (0, pods))
        return least if least == most else None
    return with_trunk_pods(r, pods, idle, r["trunk_pods"])


def pods_of(r, planned):
    """Pods that are planned, or all that run. Unknown trunk pods are no matter for pods that run
    without them."""
    runs_without_trunk = r["max_pods"] if r["kubelet_max_pods"] is not None else 0
    if planned and r["schedulable_pods"] is None and planned <= runs_without_trunk:
        return planned
    most = known(r["schedulable_pods"])
    refuse_if(planned > most, "TERWAY_PODS_PER_NODE")
    return planned or most


def addresses_with(t, o, r, pods, idle):
    """Addresses of a node that wants one for each pod and each idle one; None is not known.

    Exclusive and prefix mode have no pool, so nothing is idle there.
    """
    if o["ip_stack"] == IPV6:
        return int(r["max_pods"] > 0)  # of the ENI with the node's one prefix, if it has one
    if o["mode"] == PREFIX:
        return prefix_node(t, o, r, pods)[0]
    if o["windows"]:
        return windows_node(t, r, pods + idle)
    if o["mode"] == TRUNK:
        return trunk_node(r, pods, idle)
    return min(pods if o["mode"] == EXCLUSIVE else pods + idle, r["ipv4_addresses"])


def in_burst(mode, addresses_when, use):
    """What n pods that start at one time take until the pool is trimmed: 2n and its least size, or
    what is idle already. Exclusive mode has no pool, and each takes an ENI."""
    if mode == EXCLUSIVE:
        return addresses_when(use["burst_pods"], 0)
    burst = 2 * use["burst_pods"] + use["min_pool_size"] if use["burst_pods"] else 0
    return addresses_when(0, max(use["idle_addresses"], burst))


def as_count(value):
    return NO_LIMIT if value is None or value > NO_LIMIT else value


def enis_of(t, o, r, addresses, trunk_pods):
    """(ENIs, the most that hold pods, addresses of each): 0 where not known, as on Lingjun.

    The primary ENI, those of eRDMA, as many others as hold the addresses, and a member ENI for each
    trunk pod.
    """
    if node_model.is_lingjun(t):
        return 0, 0, 0
    per_eni = t["eni_private_ip_address_quantity"]
    if o["mode"] in (PREFIX, EXCLUSIVE):
        used = addresses
    else:
        used = whole(addresses - trunk_pods, per_eni)
    return (1 + node_model.erdma_enis(t, o) + used + trunk_pods, node_model.pod_limits(t, o)[1],
            1 if o["mode"] == EXCLUSIVE else per_eni or 0)


def from_type(t, o, use):
    """The fields of cnicalc_terway_node by name."""
    r = node_model.solve(t, o)
    pods = pods_of(r, use["pods_per_node"])
    idle = use["idle_addresses"]
    check_64_bits(pods + idle)
    check_64_bits(pods + 2 * use["burst_pods"] + use["min_pool_size"])

    def addresses_when(more, idle):
        return addresses_with(t, o, r, pods + more, idle)

    addresses = known(addresses_when(0, idle))
    trunk_pods = min(r["trunk_pods"] or 0, pods)
    enis, pod_enis, per_eni = enis_of(t, o, r, addresses, trunk_pods)
    is_prefix = o["mode"] == PREFIX and o["ip_stack"] != IPV6
    return {"pods_per_node": pods, "addresses": addresses,
            "prefixes": prefix_node(t, o, r, pods)[1] if is_prefix else 0,
            "addresses_with_pool": as_count(addresses_when(0, max(idle, DEFAULT_POOL))),
            "addresses_in_burst": as_count(in_burst(o["mode"], addresses_when, use)),
            "trunk_pods": trunk_pods, "enis": enis, "pod_enis": pod_enis,
            "addresses_per_eni": per_eni, "mode": o["mode"], "joins": r["joins"],
            "dual_stack": int(o["ip_stack"] != IPV4 and (o["ip_stack"] == IPV6 or r["dual_stack"] != 0)),
            "needs_pod_vswitch": int(node_model.is_lingjun(t))}


def from_pods(use, mode):
    """An exclusive node has the ENIs of its pods; of the others they are not known."""
    pods, idle = use["pods_per_node"], use["idle_addresses"]
    refuse_if(mode not in (node_model.SHARED, TRUNK, EXCLUSIVE, PREFIX), "NODE_MODE")
    refuse_if(pods == 0, "TERWAY_PODS_PER_NODE")
    refuse_if(mode == PREFIX, "LIMITS_UNKNOWN")
    check_64_bits(pods + idle)
    check_64_bits(pods + 2 * use["burst_pods"] + use["min_pool_size"])

    def addresses_when(more, idle):
        return pods + more + (0 if mode == EXCLUSIVE else idle)

    is_exclusive = mode == EXCLUSIVE
    return {"pods_per_node": pods, "addresses": addresses_when(0, idle), "prefixes": 0,
            "addresses_with_pool": as_count(addresses_when(0, max(idle, DEFAULT_POOL))),
            "addresses_in_burst": as_count(in_burst(mode, addresses_when, use)),
            "trunk_pods": 0, "enis": as_count(1 + pods) if is_exclusive else 0, "pod_enis": 0,
            "addresses_per_eni": 0, "mode": mode, "joins": 1, "dual_stack": 0,
            "needs_pod_vswitch": 0}
