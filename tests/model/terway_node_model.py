# SPDX-License-Identifier: MIT
"""What one full Terway node takes from the vSwitches of its zone, slowly and plainly.

Written from the published rules and from what include/cnicalc/terway.h promises of
cnicalc_terway_node_from_type() and _from_pods(), not from lib/.
"""
from fractions import Fraction
from math import ceil

import node_model
from answers import check_64_bits, refuse_if
from node_model import EXCLUSIVE, IPV6, PREFIX, PREFIX_ADDRESSES, TRUNK, known


def whole(count, size):
    """How many of a size hold count."""
    return ceil(Fraction(count, size)) if count else 0


def prefix_node(t, o, r, wanted):
    """(addresses, prefixes): a /28 to 16 pods, and one address for each ENI that holds prefixes."""
    slots = t["eni_private_ip_address_quantity"] - 1
    prefixes = min(whole(wanted, PREFIX_ADDRESSES), r["max_pods"] // PREFIX_ADDRESSES)
    return whole(prefixes, slots), prefixes


def windows_node(t, r, wanted):
    """An address for each pod, and one more for each ENI in use, which holds I - 1 pods."""
    taken = min(wanted, r["max_pods"])
    return taken + whole(taken, t["eni_private_ip_address_quantity"] - 1)


def with_trunk_pods(r, pods, idle, trunk_pods):
    """As many pods of the trunk run as can: each leaves an address of an ENI to the idle ones."""
    running = min(trunk_pods, pods)
    return min(pods - running + idle, r["ipv4_addresses"]) + running


def trunk_node(r, pods, idle):
    """Trunk pods that are not published are no matter where none and all of them come to the same."""
    if r["trunk_pods"] is None:
        least, most = (with_trunk_pods(r, pods, idle, count) for count in (0, pods))
        refuse_if(least != most, "LIMITS_UNKNOWN")
        return least
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


def taken_by(t, o, r, pods, idle):
    """(addresses, prefixes) of a node that wants an address for each pod and each idle one."""
    wanted = pods + idle
    if o["ip_stack"] == IPV6:
        return int(r["max_pods"] > 0), 0  # of the ENI with the node's one prefix, if it has one
    if o["mode"] == PREFIX:
        return prefix_node(t, o, r, wanted)
    if o["windows"]:
        return windows_node(t, r, wanted), 0
    if o["mode"] == TRUNK:
        return trunk_node(r, pods, idle), 0
    return min(wanted, r["ipv4_addresses"]), 0


def from_type(t, o, idle, planned=0):
    """The fields of cnicalc_terway_node by name."""
    r = node_model.solve(t, o)
    pods = pods_of(r, planned)
    check_64_bits(pods + idle)
    addresses, prefixes = taken_by(t, o, r, pods, idle)
    return {"pods_per_node": pods, "addresses": addresses, "prefixes": prefixes, "mode": o["mode"],
            "joins": r["joins"]}


def from_pods(pods, mode, idle):
    refuse_if(mode not in (node_model.SHARED, TRUNK, EXCLUSIVE, PREFIX), "NODE_MODE")
    refuse_if(pods == 0, "TERWAY_PODS_PER_NODE")
    refuse_if(mode == PREFIX, "LIMITS_UNKNOWN")
    check_64_bits(pods + idle)
    return {"pods_per_node": pods, "addresses": pods + idle, "prefixes": 0, "mode": mode, "joins": 1}
