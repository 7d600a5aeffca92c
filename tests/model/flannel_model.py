# SPDX-License-Identifier: MIT
"""The Flannel split, slowly and plainly: real networks from the standard library, and a search.

Written from the published rules and from what include/cnicalc/flannel.h promises, not from lib/.
"""
from functools import cache
from ipaddress import IPv4Network

from answers import NO_LIMIT, UNBOUNDED, Refused, ceiling, counting, first_least, limit_rows

# What each limit counts, in the order that decides equals.
LIMITS = {"POD_CIDR": "NODES", "ROUTE_QUOTA": "NODES", "NODE_QUOTA": "NODES", "POD_QUOTA": "PODS",
          "NODE_MASK": "PODS_PER_NODE"}
RANGES = [IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
NODE_MASKS = (24, 25, 26, 27, 28)
PRO, BASIC, DEDICATED, EDGE_PRO, EDGE_BASIC = 1, 2, 3, 4, 5
OWN_OPTIONS = ("node_mask", "pods_per_node")
OPTIONS = {"node_mask": 0, "pods_per_node": 0, "edition": PRO, "raised": 0, "routes_used": 0,
           "route_quota": 0, "node_quota": 0, "pod_quota": 0}

# (default, raised) by edition.
NODES = {PRO: (200, 1000), BASIC: (10, 10), DEDICATED: (200, 1000), EDGE_PRO: (1000, 1000),
         EDGE_BASIC: (10, 10)}
# No quota of pods is published for ACK Edge, and its VXLAN backend takes no routes.
PODS = {PRO: 150000, BASIC: 300, DEDICATED: 150000, EDGE_PRO: UNBOUNDED, EDGE_BASIC: UNBOUNDED}
ROUTES = (200, 1000)
WITHOUT_ROUTES = (EDGE_PRO, EDGE_BASIC)


def check(o):
    if o["raised"] not in (0, 1):
        raise Refused("FLAG")
    if o["edition"] not in NODES:
        raise Refused("EDITION")


@cache
def block_size(node_mask):
    return IPv4Network((0, node_mask)).num_addresses


def node_mask_of(o):
    mask, pods = o["node_mask"], o["pods_per_node"]
    sizes = {block_size(m): m for m in NODE_MASKS}
    if mask == 0 and pods != 0:
        if pods not in sizes:
            raise Refused("FLANNEL_PODS_PER_NODE")
        return sizes[pods]
    if mask not in NODE_MASKS:
        raise Refused("FLANNEL_NODE_MASK")
    if pods not in (0, block_size(mask)):
        raise Refused("FLANNEL_PODS_PER_NODE")
    return mask


def free_routes(o):
    """The VPC's custom routes that others do not hold; no quota stays none, whatever they hold."""
    if o["edition"] in WITHOUT_ROUTES:
        return UNBOUNDED
    return max(0, ceiling(o["route_quota"], ROUTES[o["raised"]]) - o["routes_used"])


def limits_of(pod_mask, node_mask, o):
    edition, raised = o["edition"], o["raised"]
    return {"POD_CIDR": 2**(node_mask - pod_mask), "NODE_MASK": 256, "ROUTE_QUOTA": free_routes(o),
            "NODE_QUOTA": ceiling(o["node_quota"], NODES[edition][raised]),
            "POD_QUOTA": ceiling(o["pod_quota"], PODS[edition])}


def needed_by(nodes, pods_per_node):
    """What a request takes of each limit; more pods than 64 bits hold are the most of them."""
    return {"POD_CIDR": nodes, "ROUTE_QUOTA": nodes, "NODE_QUOTA": nodes,
            "POD_QUOTA": min(nodes * pods_per_node, NO_LIMIT), "NODE_MASK": pods_per_node}


def split(pod_mask, node_mask, o, nodes=0, pods_per_node=0):
    """nodes and pods_per_node: what is wanted, if anything is."""
    limits = limits_of(pod_mask, node_mask, o)
    r = {"pods_per_node": block_size(node_mask), "usable_pod_ips": block_size(node_mask) - 3,
         "pod_prefix_len": pod_mask, "node_mask": node_mask, "fits": 1,
         "limits": limit_rows(LIMITS, limits, needed_by(nodes, pods_per_node))}
    r["max_nodes"], r["bound_by"] = first_least(limits, counting(LIMITS, "NODES"))
    r["max_pods"], r["max_pods_bound_by"] = r["max_nodes"] * r["pods_per_node"], r["bound_by"]
    if limits["POD_QUOTA"] < r["max_pods"]:
        r["max_pods"], r["max_pods_bound_by"] = limits["POD_QUOTA"], "POD_QUOTA"
    return r


def solve(network, o):
    """network: an IPv4Network, so without host bits."""
    check(o)
    if not any(network.subnet_of(inside) for inside in RANGES):
        raise Refused("FLANNEL_POD_CIDR_RANGE")
    node_mask = node_mask_of(o)
    if network.prefixlen > node_mask:
        raise Refused("FLANNEL_POD_MASK")
    return split(network.prefixlen, node_mask, o)


def fit(nodes, pods, o):
    check(o)
    if nodes == 0:
        raise Refused("FLANNEL_NODES")
    if pods == 0:
        raise Refused("FLANNEL_PODS_PER_NODE")
    found = [(pod_mask, node_mask) for node_mask in NODE_MASKS for pod_mask in range(8, node_mask + 1)
             if block_size(node_mask) >= pods and 2**(node_mask - pod_mask) >= nodes]
    if found:
        r = split(*max(found), o, nodes, pods)
        r["fits"] = int(r["max_nodes"] >= nodes)
        return r
    return nearest(nodes, pods, o)


def nearest(nodes, pods, o):
    """No legal split holds the request: the largest node block, or the largest pod CIDR."""
    if pods > 256:
        enough = [mask for mask in range(8, 25) if 2**(24 - mask) >= nodes]
        r = split(max(enough, default=8), 24, o, nodes, pods)
        r["bound_by"] = "NODE_MASK"
    else:
        node_mask = max(mask for mask in NODE_MASKS if block_size(mask) >= pods)
        r = split(8, node_mask, o, nodes, pods)
    r["fits"] = 0
    return r
