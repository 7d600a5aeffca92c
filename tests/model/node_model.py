# SPDX-License-Identifier: MIT
"""Pods on one Terway node, slowly and plainly: unlimited integers, exact fractions, None for unknown.

Written from the published rules and from what include/cnicalc/node.h promises, not from lib/.
"""
from fractions import Fraction
from math import trunc

import kubelet_model
from answers import Refused, check_64_bits, counting, first_least, limit_rows

SHARED, TRUNK, EXCLUSIVE, PREFIX = 1, 2, 3, 4
IPV4, DUAL, IPV6 = 1, 2, 3
CENTRALISED, DAEMON = 1, 2  # who gives out the addresses of a node
FIRST_DUAL_STACK_MINOR = 22
MOST_PREFIXES_OF_A_NEW_ENI = 10  # of one call of the API
# What each limit counts, in the order that decides equals.
LIMITS = {"ENI_QUANTITY": "PODS", "ENI_CAP": "PODS", "MAX_ENI": "PODS", "ERDMA": "PODS",
          "IPV4_PREFIX_COUNT": "PODS", "IPV6_PREFIX": "PODS",
          "KUBELET_MAX_PODS": "SCHEDULABLE_PODS"}
PREFIX_ADDRESSES = 16
IPV6_PREFIX_ADDRESSES = 65536

INSTANCE_FIELDS = ("vcpus", "memory_mib", "eni_quantity", "eni_private_ip_address_quantity",
                   "eni_ipv6_address_quantity", "eni_total_quantity", "eni_trunk_supported",
                   "eri_quantity", "leni_quota", "high_dense_quantity")
OPTIONS = {"mode": SHARED, "ip_stack": IPV4, "erdma": 0, "windows": 0,
           "eni_cap_ratio_numerator": 1, "eni_cap_ratio_denominator": 1, "eni_cap_shift": 0,
           "max_eni": 0, "ipv4_prefix_count": None, "host_network_pods": 3, "kubelet_max_pods": 0,
           "min_pods_to_join": 0, "erdma_ipam": CENTRALISED, "kubernetes_minor": 0,
           "memory_capacity_kib": 0}


def known(value):
    if value is None:
        raise Refused("LIMITS_UNKNOWN")
    return value


def at_least_0(value):
    return max(0, value)


def ratio_of(o):
    numerator, denominator = o["eni_cap_ratio_numerator"], o["eni_cap_ratio_denominator"]
    return Fraction(numerator, denominator) if numerator else Fraction(1)


def check(o):
    if o["erdma"] not in (0, 1) or o["windows"] not in (0, 1):
        raise Refused("FLAG")
    if o["mode"] not in (SHARED, TRUNK, EXCLUSIVE, PREFIX):
        raise Refused("NODE_MODE")
    if o["ip_stack"] not in (IPV4, DUAL, IPV6):
        raise Refused("NODE_IP_STACK")
    if o["ip_stack"] == IPV6 and o["mode"] != PREFIX:
        raise Refused("NODE_IP_STACK")
    if o["eni_cap_ratio_denominator"] == 0:
        raise Refused("NODE_RATIO")
    if o["erdma"] and o["ip_stack"] != IPV4:
        raise Refused("NODE_ERDMA_DUAL_STACK")
    if o["windows"] and o["mode"] != SHARED:
        raise Refused("NODE_WINDOWS_MODE")
    if o["erdma_ipam"] not in (CENTRALISED, DAEMON):
        raise Refused("NODE_ERDMA_IPAM")


def is_lingjun(t):
    """Whether one of its quantities is there: 0 is as little as None."""
    return bool(t["leni_quota"] or t["high_dense_quantity"])


def lingjun_pods(t, o):
    capped = o["max_eni"] != 0 or o["eni_cap_shift"] != 0 or ratio_of(o) != 1
    if o["mode"] != EXCLUSIVE or o["erdma"] or capped:
        raise Refused("NODE_LINGJUN_MODE")
    if t["high_dense_quantity"]:
        return t["high_dense_quantity"]
    return t["leni_quota"] - 1


def erdma_enis(t, o):
    enis = known(t["eni_quantity"])
    if not o["erdma"] or enis <= 2:
        return 0
    interfaces = known(t["eri_quantity"])
    if interfaces == 0:
        return 0
    has_two = o["erdma_ipam"] == DAEMON and o["mode"] != EXCLUSIVE and enis >= 8
    return min(2 if has_two else 1, interfaces)


def secondary_enis(t, o):
    """By each limit that applies, in ENIs, and what is left for pods beside eRDMA."""
    total = known(t["eni_quantity"])
    by = {"ENI_QUANTITY": at_least_0(total - 1)}
    if ratio_of(o) != 1 or o["eni_cap_shift"] != 0:
        by["ENI_CAP"] = at_least_0(trunc(total * ratio_of(o)) + o["eni_cap_shift"] - 1)
    if o["max_eni"] > 0:
        by["MAX_ENI"] = o["max_eni"]
    taken = erdma_enis(t, o)
    left = at_least_0(min(by.values()) - taken)
    if taken:
        by["ERDMA"] = left
    return by, left


def pods_of_one_eni(t, o):
    if o["mode"] == EXCLUSIVE:
        return 1
    if o["ip_stack"] == IPV6:
        return IPV6_PREFIX_ADDRESSES if known(t["eni_ipv6_address_quantity"]) > 0 else 0
    addresses = known(t["eni_private_ip_address_quantity"])
    if o["mode"] == PREFIX:
        return at_least_0(addresses - 1) * PREFIX_ADDRESSES
    return at_least_0(addresses - 1) if o["windows"] else addresses


def takes_prefixes(o):
    """Whether the node takes a number of /28 when it joins, 0 too; None is not given."""
    return o["mode"] == PREFIX and o["ip_stack"] != IPV6 and o["ipv4_prefix_count"] is not None


def pod_limits(t, o):
    if is_lingjun(t):
        pods = lingjun_pods(t, o)
        return {"ENI_QUANTITY": pods}, pods
    by, left = secondary_enis(t, o)
    limits = {name: enis * pods_of_one_eni(t, o) for name, enis in by.items()}
    if o["ip_stack"] == IPV6:
        limits["IPV6_PREFIX"] = IPV6_PREFIX_ADDRESSES
    elif takes_prefixes(o):
        limits["IPV4_PREFIX_COUNT"] = o["ipv4_prefix_count"] * PREFIX_ADDRESSES
    return limits, left


def trunk(t, o):
    if o["mode"] != TRUNK or t["eni_trunk_supported"] == 0:
        return 0, 0
    if t["eni_trunk_supported"] is None or t["eni_total_quantity"] is None:
        return None, None
    total = t["eni_total_quantity"]
    return at_least_0(total - t["eni_quantity"]), at_least_0(total - 2)


def kubelet_max_pods(t, o, enis):
    if o["kubelet_max_pods"]:
        return o["kubelet_max_pods"]
    addresses = t["eni_private_ip_address_quantity"]
    if addresses is None or is_lingjun(t):
        return None
    shared_pods = enis * (at_least_0(addresses - 1) if o["windows"] else addresses)
    return shared_pods + kubelet_model.SHARED_EXTRA_PODS


def schedulable(o, result, kubelet):
    """Answers (None, NONE) where a bigger and a smaller unknown would give different answers."""
    if kubelet is None:
        if o["mode"] != EXCLUSIVE:
            return None, "NONE"
        return result["max_pods"], result["bound_by"]
    if result["trunk_pods"] is None:
        if kubelet <= result["max_pods"]:
            return kubelet, "KUBELET_MAX_PODS"
        return None, "NONE"
    pods = result["max_pods"] + result["trunk_pods"]
    return (kubelet, "KUBELET_MAX_PODS") if kubelet < pods else (pods, result["bound_by"])


def dual_stack(t, o):
    """1 where every address of an ENI can have an IPv6 address beside it, in any mode."""
    ipv4, ipv6 = t["eni_private_ip_address_quantity"], t["eni_ipv6_address_quantity"]
    too_old = o["kubernetes_minor"] and o["kubernetes_minor"] < FIRST_DUAL_STACK_MINOR
    if o["erdma"] or o["ip_stack"] == IPV6 or too_old or 0 in (ipv4, ipv6):
        return 0
    return None if None in (ipv4, ipv6) else int(ipv4 == ipv6)


def join_floor(t, o):
    if o["min_pods_to_join"]:
        return o["min_pods_to_join"]
    if is_lingjun(t):
        return 0
    return 7 if o["mode"] == EXCLUSIVE else 12


def enis_in_use(t, o, enis, pods):
    """ENIs that serve pods: all, or those that hold the prefixes that the node takes."""
    if not takes_prefixes(o):
        return enis
    prefixes = pods // PREFIX_ADDRESSES
    if prefixes == 0:
        return 0
    first = min(MOST_PREFIXES_OF_A_NEW_ENI, t["eni_private_ip_address_quantity"] - 1)
    return min(enis, -(-prefixes // first))


def vswitch_addresses(t, o, enis, pods):
    if o["mode"] == EXCLUSIVE or o["ip_stack"] == IPV6:
        return enis
    if o["mode"] == PREFIX:
        return enis + pods
    return enis * t["eni_private_ip_address_quantity"]


def solve(t, o):
    """The fields of cnicalc_node_result by name; limits as rows."""
    check(o)
    limits, enis = pod_limits(t, o)
    for value in limits.values():
        check_64_bits(value)
    r = {}
    r["max_pods"], r["bound_by"] = first_least(limits, counting(LIMITS, "PODS"))
    r["secondary_enis"] = enis_in_use(t, o, enis, r["max_pods"])
    r["ipv4_addresses"] = vswitch_addresses(t, o, r["secondary_enis"], r["max_pods"])
    check_64_bits(r["ipv4_addresses"])
    r["trunk_pods"], r["max_trunk_pods"] = trunk(t, o)
    r["kubelet_max_pods"] = kubelet_max_pods(t, o, enis)
    kubelet = None
    if r["kubelet_max_pods"] is not None:
        kubelet = limits["KUBELET_MAX_PODS"] = at_least_0(r["kubelet_max_pods"] - o["host_network_pods"])
    r["schedulable_pods"], r["schedulable_bound_by"] = schedulable(o, r, kubelet)
    r.update(kubelet_model.kubelet_fields(t, o, r["kubelet_max_pods"]))
    r["min_pods_to_join"] = join_floor(t, o)
    r["joins"] = int(r["max_pods"] >= r["min_pods_to_join"])
    r["dual_stack"] = dual_stack(t, o)
    r["limits"] = limit_rows(LIMITS, limits)
    return r
