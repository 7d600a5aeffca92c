# SPDX-License-Identifier: MIT
"""What a proposal takes of quotas, and how large its blocks are where the VPC has room for all.

Written from the published rules and from what include/cnicalc/plan.h promises, not from lib/. The VPC
is 10.0.0.0/8, so that space is never short.
"""
from collections import Counter

import quota_model
from answers import NO_LIMIT, as_word
from quota_model import BASIC_GROUP, TERWAY
from terway_zone_model import usable

LARGEST_VSWITCH, SMALLEST_VSWITCH, SMALLEST_POD_VSWITCH = 16, 29, 25
LARGEST_SERVICE_CIDR, SMALLEST_SERVICE_CIDR, ADVISED_SERVICE_CIDR = 16, 24, 20
IPV6_VPC, IPV6_VSWITCH = 56, 64
NODE_MASKS = range(28, 23, -1)
LARGEST_POD_CIDR = 8


def services_of(mask):
    return 2**(32 - mask) - 3


def pods_of_node_mask(mask):
    """Pods that get an address: not the block's first and last, nor that of the bridge."""
    return 2**(32 - mask) - 3


def grown(count, percent):
    return -(-count * (100 + percent) // 100)


def smallest(masks, holds):
    """The longest of masks that is long enough, else the shortest."""
    return next((mask for mask in sorted(masks, reverse=True) if holds(mask)), min(masks))


def vswitches(addresses, longest):
    """Masks of the vSwitches for so many addresses: full /16 ones, and one for the rest."""
    full, rest = divmod(addresses, usable(LARGEST_VSWITCH))
    masks = [LARGEST_VSWITCH] * full
    if rest:
        masks.append(smallest(range(LARGEST_VSWITCH, longest + 1), lambda mask: usable(mask) >= rest))
    return masks


class Request:
    def __init__(self, o):
        self.o = o
        self.is_terway = o["plugin"] == TERWAY
        self.nodes = grown(o["nodes"], o["growth_percent"])
        self.pods = self.nodes * o["pods_per_node"]
        self.services = grown(o["services"], o["growth_percent"])

    def vswitches(self, factor):
        """{(role, mask): how many}"""
        found = Counter()
        for zone in range(self.o["zones"]):
            nodes = self.nodes // self.o["zones"] + (zone < self.nodes % self.o["zones"])
            found.update(("NODE_VSWITCH", mask) for mask in vswitches(nodes, SMALLEST_VSWITCH))
            pods = nodes * self.o["pods_per_node"] * factor
            found.update(("POD_VSWITCH", mask) for mask in vswitches(pods, SMALLEST_POD_VSWITCH))
        return found

    def ceiling(self, limit):
        found = quota_model.ceiling_of(self.o, self.o["plugin"], limit)
        return NO_LIMIT if found is None else as_word(found)

    def factor(self):
        """Twice the pods, or once where the quota of vSwitches has no room for twice."""
        if not self.is_terway:
            return 0
        return 2 if sum(self.vswitches(2).values()) <= self.ceiling("VSWITCH_QUOTA") else 1

    def masks(self):
        """(of a node's block, of the pod CIDR); 0 with Terway."""
        if self.is_terway:
            return 0, 0
        node_mask = smallest(NODE_MASKS, lambda m: pods_of_node_mask(m) >= self.o["pods_per_node"])
        return node_mask, smallest(range(LARGEST_POD_CIDR, node_mask + 1),
                                   lambda mask: 2**(node_mask - mask) >= self.nodes)

    def in_group(self):
        pods = self.pods if self.is_terway else 0
        if self.o["security_group"] == BASIC_GROUP:
            return (self.nodes + pods) * (1 + self.o["dual_stack"])
        return self.nodes * (self.o["enis"] or (2 if pods else 1))


def rows_of(request, blocks):
    """{limit: (needed, available)}"""
    o, terway = request.o, request.is_terway
    split_nodes = 0 if terway else request.nodes
    wanted = {"NODE_QUOTA": request.nodes, "ROUTE_QUOTA": split_nodes, "POD_QUOTA": request.pods,
              "SERVICE_QUOTA": request.services + 1 if request.services else 0,
              "VPC_ADDRESS_QUOTA": request.nodes + (request.pods if terway else 0),
              "VSWITCH_QUOTA": sum(count for (role, _), count in blocks.items()
                                   if role.endswith("VSWITCH")),
              "SECURITY_GROUP_QUOTA": request.in_group()}
    rows = {limit: (needed, request.ceiling(limit)) for limit, needed in wanted.items()}
    rows["NODE_MASK"] = (0, NO_LIMIT) if terway else (o["pods_per_node"], pods_of_node_mask(24))
    rows["NODE_MAX_PODS"] = o["pods_per_node"], o["node_max_pods"] or NO_LIMIT
    rows["MIN_PODS_TO_JOIN"] = request.nodes, NO_LIMIT if o["joins"] else 0
    rows["SERVICE_CIDR"] = request.services, services_of(LARGEST_SERVICE_CIDR)
    return rows


def second_family(blocks):
    """A /64 for each vSwitch, and a Service CIDR with as many addresses."""
    for (role, mask), count in list(blocks.items()):
        if role == "SERVICE_CIDR":
            blocks[role, 128 - (32 - mask)] += 1
        elif role.endswith("VSWITCH"):
            blocks[role, IPV6_VSWITCH] += count
    blocks["VPC", IPV6_VPC] += 1


def propose(o):
    """What of a proposal is modelled; its blocks where it fits."""
    request = Request(o)
    factor, (node_mask, pod_mask) = request.factor(), request.masks()
    blocks = request.vswitches(factor)
    service_mask = ADVISED_SERVICE_CIDR
    if request.services:
        service_mask = smallest(range(LARGEST_SERVICE_CIDR, SMALLEST_SERVICE_CIDR + 1),
                                lambda mask: services_of(mask) >= request.services)
    rows = rows_of(request, blocks)
    fits = all(needed <= available for needed, available in rows.values())
    blocks.update([("VPC", 8), ("SERVICE_CIDR", service_mask)])
    if pod_mask:
        blocks.update([("POD_CIDR", pod_mask)])
    if o["dual_stack"]:
        second_family(blocks)
    return {"nodes": request.nodes, "pods": request.pods, "services": request.services,
            "node_mask": node_mask, "pods_factor": factor, "fits": int(fits), "rows": rows,
            "blocks": dict(blocks) if fits else {}}
