# SPDX-License-Identifier: MIT
"""What a check says of a plan besides what its vSwitches hold: security groups, quotas, VPC blocks,
zones, Service CIDRs and dual stack.

Written from the published rules and from what include/cnicalc/plan.h promises, not from lib/. A
finding is (code, subject, other, limit, value, bound), where blocks are indexes and None is no block.
"""
from collections import namedtuple
from itertools import combinations

import quota_model
from answers import UNBOUNDED, as_word
from quota_model import BASIC_GROUP, FLANNEL, TERWAY

(VPC, NODE_VSWITCH, POD_VSWITCH, VSWITCH, POD_CIDR, SERVICE_CIDR, OTHER, OTHER_SERVICE_CIDR,
 OTHER_VSWITCH) = range(1, 10)
FOR_NODES, FOR_PODS = (NODE_VSWITCH, VSWITCH), (POD_VSWITCH, VSWITCH)
OWN_VSWITCHES = (NODE_VSWITCH, POD_VSWITCH, VSWITCH)
UNKNOWN_ZONE = 2**32 - 1

Block = namedtuple("Block", "role network zone")  # network: of ipaddress

LARGEST_SECONDARY = 16  # mask of the largest secondary IPv4 block
MOST_VPC_BLOCKS = 1 + 5
BASIC_GROUP_ADVISED = 2000
NODES_OF_A_POOL = 2000
NODES_FOR_TWO_ZONES = 100
NODES_WITHOUT_AN_INCREASE = 200  # of Flannel: ACK's quota of nodes, and the VPC's of routes
ADDRESSES_OF_A_PREFIX = 16
PODS_OF_A_SERVICE = 15  # as 150,000 pods and 10,000 Services of Pro
SERVICES_OF_A_20 = 2**12 - 3


class Plan:
    def __init__(self, blocks, o):
        self.blocks, self.o = blocks, o
        self.is_terway = o["plugin"] == TERWAY
        self.nodes = o["nodes"]
        if not self.is_terway and not self.nodes:
            self.nodes = -(-o["pods"] // 2**(32 - o["node_mask"]))  # as many as hold the pods

    def takes_prefixes(self):
        """Whatever the pods, where nodes and pods are wanted."""
        return self.is_terway and self.nodes and self.o["pods"] and self.o["prefixes"]

    def enis(self):
        """Of a node, each with an address of its own: at least one more where Terway pods run."""
        return self.o["enis"] or (2 if self.is_terway and self.o["pods"] else 1)

    def prefix_enis(self):
        """The first ENI has no prefixes."""
        return max(2, self.enis())

    def of(self, roles, version):
        return [index for index, block in enumerate(self.blocks)
                if block.role in roles and block.network.version == version]

    def zones(self, roles, version):
        return {self.blocks[index].zone for index in self.of(roles, version)}


def finding(code, subject=None, other=None, limit="NONE", value=0, bound=0):
    return code, subject, other, limit, value, bound


def shortage(limit, needed, available, subject=None):
    if needed > available:
        yield finding("SHORTAGE", subject, None, limit, needed, as_word(available))


# ---- The VPC ----


def in_order(plan, indexes):
    return sorted(indexes, key=lambda index: (int(plan.blocks[index].network.network_address),
                                              plan.blocks[index].network.prefixlen))


def vpc_findings(plan):
    ipv4, ipv6 = plan.of((VPC,), 4), plan.of((VPC,), 6)
    if not ipv4:
        yield finding("NO_VPC")
    if len(ipv4) > MOST_VPC_BLOCKS:
        yield finding("VPC_BLOCK_COUNT", value=len(ipv4), bound=MOST_VPC_BLOCKS)
    too_large = [index for index in ipv4 if plan.blocks[index].network.prefixlen < LARGEST_SECONDARY]
    for pair in combinations(in_order(plan, too_large), 2):  # one of a pair is no primary block
        yield finding("VPC_SECONDARY_MASK", *pair)
    if plan.o["dual_stack"] and plan.is_terway and not ipv6:
        yield finding("NO_VPC_IPV6")
    if not plan.o["dual_stack"] and not plan.of((*OWN_VSWITCHES, OTHER_VSWITCH), 6):
        for index in ipv6:
            yield finding("VPC_IPV6_UNUSED", index)


# ---- vSwitches ----


def vswitches_of_the_vpc(plan):
    """A block is one vSwitch, however often it is named; its IPv6 block is no other one."""
    return len({plan.blocks[index].network for index in plan.of((*OWN_VSWITCHES, OTHER_VSWITCH), 4)})


def zone_findings(plan):
    """A vSwitch whose zone is not known may be in any."""
    with_pods = plan.zones(FOR_PODS, 4)
    is_there = with_pods or plan.zones(FOR_PODS, 6)
    if plan.is_terway and is_there and UNKNOWN_ZONE not in with_pods:
        for index in plan.of((NODE_VSWITCH,), 4):
            zone = plan.blocks[index].zone
            if zone not in with_pods and (zone != UNKNOWN_ZONE or not with_pods):
                yield finding("ZONE_WITHOUT_PODS", index)
    with_nodes = plan.zones(FOR_NODES, 4)
    if (plan.nodes >= NODES_FOR_TWO_ZONES and len(with_nodes) == 1
            and UNKNOWN_ZONE not in with_nodes):
        yield finding("ONE_ZONE", value=plan.nodes, bound=NODES_FOR_TWO_ZONES)


def has_ipv6(plan, block):
    """Whether each use of an IPv4 vSwitch has an IPv6 one in its zone."""
    for roles in (FOR_NODES, FOR_PODS):
        zones = plan.zones(roles, 6)
        if block.role in roles and not zones & {block.zone, UNKNOWN_ZONE} and (
                block.zone != UNKNOWN_ZONE or not zones):
            return False
    return True


def dual_stack_findings(plan):
    if not plan.o["dual_stack"]:
        return
    if not plan.is_terway:
        yield finding("DUAL_STACK_FLANNEL")
        return
    for index in plan.of(OWN_VSWITCHES, 4) if plan.of((VPC,), 6) else ():
        if not has_ipv6(plan, plan.blocks[index]):
            yield finding("NO_IPV6_VSWITCH", index)
    if not plan.of((SERVICE_CIDR,), 6):
        yield finding("NO_IPV6_SERVICE_CIDR")


# ---- Quotas ----


def ceiling(plan, limit):
    return quota_model.ceiling_of(plan.o, plan.o["plugin"], limit)


def quota_rows(plan):
    """(limit, how much is wanted of it)."""
    nodes, pods, services = plan.nodes, plan.o["pods"], plan.o["services"]
    in_vpc = nodes + (pods if plan.is_terway else 0)
    if plan.takes_prefixes():
        in_vpc = nodes * (plan.prefix_enis() + ADDRESSES_OF_A_PREFIX * plan.o["prefixes"])
    yield "NODE_QUOTA", nodes
    yield "POD_QUOTA", pods
    yield "SERVICE_QUOTA", services + 1 if services else 0  # one is `kubernetes`
    yield "VPC_ADDRESS_QUOTA", in_vpc
    yield "VSWITCH_QUOTA", vswitches_of_the_vpc(plan)
    yield "SECURITY_GROUP_QUOTA", in_group(plan)


def in_group(plan):
    """A basic group counts addresses, which dual stack doubles, and prefixes; an advanced one ENIs."""
    nodes, pods = plan.nodes, plan.o["pods"] if plan.is_terway else 0
    if plan.o["security_group"] != BASIC_GROUP:
        return nodes * plan.enis()
    if plan.takes_prefixes():
        return nodes * (plan.prefix_enis() * (1 + plan.o["dual_stack"]) + plan.o["prefixes"])
    return (nodes + pods) * (1 + plan.o["dual_stack"])


def quota_findings(plan):
    for limit, needed in quota_rows(plan):
        available = ceiling(plan, limit)
        if available is not None:
            yield from shortage(limit, needed, available)
        elif needed:
            yield finding("QUOTA_UNKNOWN", limit=limit)
    nodes = plan.nodes
    if plan.is_terway and nodes and plan.o["node_max_pods"]:
        yield from shortage("NODE_MAX_PODS", -(-plan.o["pods"] // nodes), plan.o["node_max_pods"])
    if not plan.o["joins"]:
        yield from shortage("MIN_PODS_TO_JOIN", nodes, 0)
    if nodes > NODES_OF_A_POOL:
        yield finding("NODE_POOLS", value=-(-nodes // NODES_OF_A_POOL), bound=NODES_OF_A_POOL)
    if (not plan.is_terway and plan.o["raised"] and nodes > NODES_WITHOUT_AN_INCREASE
            and ceiling(plan, "ROUTE_QUOTA") not in (None, UNBOUNDED)):
        yield finding("QUOTAS_TO_RAISE", value=nodes, bound=NODES_WITHOUT_AN_INCREASE)
    in_basic = in_group(plan) if plan.o["security_group"] == BASIC_GROUP else 0
    if in_basic + plan.o["security_group_used"] > BASIC_GROUP_ADVISED and in_basic:
        yield finding("SECURITY_GROUP_LARGE", value=in_basic + plan.o["security_group_used"],
                      bound=BASIC_GROUP_ADVISED)


# ---- Services ----


def services_of(network):
    """Besides `kubernetes`; of an IPv4 block the first and the last are none."""
    return network.num_addresses - (3 if network.version == 4 else 1)


def service_findings(plan):
    services, pods = plan.o["services"], plan.o["pods"]
    if not plan.of((SERVICE_CIDR,), 4):
        yield finding("NO_SERVICE_CIDR")
    for index in plan.of((SERVICE_CIDR,), 4):
        room = services_of(plan.blocks[index].network)
        yield from shortage("SERVICE_CIDR", services, room, index)
        advised = min(-(-pods // PODS_OF_A_SERVICE), SERVICES_OF_A_20)
        if not services and room < advised:
            yield finding("SERVICE_CIDR_SMALL", index, value=room, bound=advised)
    for index in plan.of((SERVICE_CIDR,), 6):
        if plan.is_terway:
            yield from shortage("SERVICE_CIDR", services, services_of(plan.blocks[index].network),
                                index)
        else:
            yield finding("SERVICE_CIDR_FLANNEL", index)


PARTS = (vpc_findings, zone_findings, dual_stack_findings, quota_findings, service_findings)
# The codes, and the limits of shortages and unknown quotas, that are judged here.
CODES = ("NO_VPC VPC_BLOCK_COUNT VPC_SECONDARY_MASK NO_VPC_IPV6 VPC_IPV6_UNUSED ZONE_WITHOUT_PODS "
         "ONE_ZONE DUAL_STACK_FLANNEL NO_IPV6_VSWITCH NO_IPV6_SERVICE_CIDR NODE_POOLS "
         "QUOTAS_TO_RAISE SECURITY_GROUP_LARGE NO_SERVICE_CIDR SERVICE_CIDR_SMALL "
         "SERVICE_CIDR_FLANNEL").split()
LIMITS = ("NODE_QUOTA", "POD_QUOTA", "SERVICE_QUOTA", "VPC_ADDRESS_QUOTA", "VSWITCH_QUOTA",
          "SECURITY_GROUP_QUOTA", "SERVICE_CIDR", "NODE_MAX_PODS", "MIN_PODS_TO_JOIN")


def findings(blocks, o):
    plan = Plan(blocks, o)
    return sorted((found for part in PARTS for found in part(plan)), key=str)
