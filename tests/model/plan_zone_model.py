# SPDX-License-Identifier: MIT
"""Whether the vSwitches of a plan hold a request, zone by zone, and what each zone is short of.

Written from the published rules and from what include/cnicalc/plan.h promises, not from lib/. A zone is
filled twice: node by node, each taking its addresses one at a time, which is for small zones; and
by the most that three sums allow. The two must agree.

A request of N nodes and P pods is N nodes of ceil(P / N) pods each. A node takes one address for
itself and one for each of its pods, in one zone. Without N there may be any number of nodes, and
each zone that runs pods has at least one.
"""
from collections import namedtuple

from answers import UNBOUNDED
from terway_zone_model import BOTH, NODE, POD, usable

# What a zone can be short of: addresses for pods, for nodes, and for both where they share some.
POD_ROW, NODE_ROW, ZONE_ROW = ("POD_VSWITCH_ADDRESSES", "NODE_VSWITCH_ADDRESSES",
                               "ZONE_ADDRESSES")
UNKNOWN_ZONE = 2**32 - 1
Row = namedtuple("Row", "zone limit needed available")


class Zone:
    """Free addresses by roles. judges_nodes: somewhere in the plan is a vSwitch for nodes."""

    def __init__(self, vswitches, judges_nodes):
        self.judges_nodes = judges_nodes
        self.has_pods = any(v.roles & POD for v in vswitches)
        self.has_nodes = any(v.roles & NODE for v in vswitches)
        self.shares = any(v.roles == BOTH for v in vswitches)
        self.free = {roles: sum(usable(v.cidr[3]) - v.used for v in vswitches if v.roles == roles)
                     for roles in (POD, NODE, BOTH)}
        self.for_pods = self.free[POD] + self.free[BOTH]
        self.for_nodes = self.free[NODE] + self.free[BOTH] if judges_nodes else UNBOUNDED
        self.for_all = sum(self.free.values())

    def is_closed(self, pods_per_node):
        """A zone without a vSwitch for what a node needs holds none."""
        return bool(pods_per_node) and not self.has_pods or self.judges_nodes and not self.has_nodes


def zones_of(vswitches):
    """{number: Zone}, in the order in which zones first appear.

    An unknown zone is taken for any: then all are judged as one, which is unknown.
    """
    if any(v.zone == UNKNOWN_ZONE for v in vswitches):
        vswitches = [v._replace(zone=UNKNOWN_ZONE) for v in vswitches]
    judges_nodes = any(v.roles & NODE for v in vswitches)
    if any(v.roles & POD for v in vswitches):
        # A zone without a pod vSwitch uses those of its nodes.
        with_pods = {v.zone for v in vswitches if v.roles & POD}
        vswitches = [v if v.zone in with_pods else v._replace(roles=BOTH) for v in vswitches]
    return {number: Zone([v for v in vswitches if v.zone == number], judges_nodes)
            for number in dict.fromkeys(v.zone for v in vswitches)}


# ---- Node by node ----


def take(free, *roles):
    """Takes one address of the first of roles that has one; says whether there was one."""
    for role in roles:
        if free[role]:
            free[role] -= 1
            return True
    return False


def nodes_by_hand(zone, pods_per_node, most):
    """How many nodes find places, of `most`; what serves one role alone is taken first."""
    free = dict(zone.free)
    placed = 0
    while placed < most and not zone.is_closed(pods_per_node):
        has_own = not zone.judges_nodes or take(free, NODE, BOTH)
        if not has_own or not all(take(free, POD, BOTH) for _ in range(pods_per_node)):
            break
        placed += 1
    return placed


def pods_by_hand(zone):
    """How many pods find places on any number of nodes, of which one at least has its address."""
    free = dict(zone.free)
    if zone.is_closed(1) or (zone.judges_nodes and not take(free, NODE, BOTH)):
        return 0
    placed = 0
    while take(free, POD, BOTH):
        placed += 1
    return placed


# ---- By sums ----


def nodes_of(zone, pods_per_node):
    """The most nodes that pod addresses, node addresses and, where both share, their sum allow."""
    if zone.is_closed(pods_per_node):
        return 0
    limits = [zone.for_nodes]
    if pods_per_node:
        limits.append(zone.for_pods // pods_per_node)
    if pods_per_node and zone.shares:
        limits.append(zone.for_all // (pods_per_node + 1))
    return min(limits)


def pods_of(zone):
    """All pod addresses, less one where only a shared vSwitch has an address for a node."""
    if zone.is_closed(1) or zone.for_nodes == 0:
        return 0
    return zone.for_pods - (zone.judges_nodes and zone.free[NODE] == 0)


# ---- Requests ----


def rows_of_zone(number, zone, share, pods_per_node):
    """What a zone is short of for its share of nodes. Nodes alone need nothing but node addresses."""
    rows = [Row(number, POD_ROW, share * pods_per_node, zone.for_pods)]
    if zone.judges_nodes:
        rows.append(Row(number, NODE_ROW, share, zone.for_nodes))
    if pods_per_node and zone.shares:
        rows.append(Row(number, ZONE_ROW, share * (pods_per_node + 1), zone.for_all))
    return [row for row in rows if row.needed > row.available]


def shortages(vswitches, nodes, pods, factor=1, more_nodes=0, more_pods=0):
    """None where the request is placed, else the rows of all zones that are short of their share.

    A zone's share is what the other zones do not hold. Pods alone come as one node for each zone.
    With a factor each node runs that many times its pods. more_nodes are there beside the nodes, and
    more_pods on each node.
    """
    zones = zones_of(vswitches)
    pods_per_node = factor * -(-pods // nodes) + more_pods if nodes else 0
    pods *= factor
    nodes += more_nodes
    held = {number: nodes_of(zone, pods_per_node) if nodes else pods_of(zone)
            for number, zone in zones.items()}
    lacking = (nodes or pods) - sum(held.values())
    if lacking <= 0:
        return None
    rows = []
    for number, zone in zones.items():
        share = held[number] + lacking
        rows += (rows_of_zone(number, zone, share, pods_per_node) if nodes
                 else rows_of_zone(number, zone, 1, share))
    return rows


def beside(vswitches, nodes, pods, rows):
    """Those of rows that are not short already."""
    short = {(row.zone, row.limit) for row in shortages(vswitches, nodes, pods) or []}
    return [row for row in rows or [] if (row.zone, row.limit) not in short]


def of_pods(rows):
    return [row for row in rows or [] if row.limit in (POD_ROW, ZONE_ROW)]


def twice(vswitches, nodes, pods):
    """Rows of pod addresses that are short of twice the pods, and not of the pods themselves."""
    return beside(vswitches, nodes, pods, of_pods(shortages(vswitches, nodes, pods, 2)))


def burst(vswitches, nodes, pods, new_pods):
    """The same while new pods start on each node, which take up to two addresses each."""
    if not (nodes and pods and new_pods):
        return []
    return beside(vswitches, nodes, pods,
                  of_pods(shortages(vswitches, nodes, pods, more_pods=2 * new_pods)))


def surge(vswitches, nodes, pods, more_nodes):
    """Rows that are short of further nodes while nodes are replaced; where none is, those of all
    zones together that are short of the pods of one node, which start elsewhere."""
    if not (nodes and more_nodes):
        return []
    rows = shortages(vswitches, nodes, pods, more_nodes=more_nodes)
    if rows is not None:
        return beside(vswitches, nodes, pods, rows)
    if pods == 0:
        return []
    zones = zones_of(vswitches).values()
    wanted = (nodes + more_nodes + 1) * -(-pods // nodes)
    rows = [Row(UNKNOWN_ZONE, POD_ROW, wanted, sum(zone.for_pods for zone in zones))]
    if any(zone.judges_nodes for zone in zones):
        rows.append(Row(UNKNOWN_ZONE, ZONE_ROW, wanted + nodes + more_nodes,
                        sum(zone.for_all for zone in zones)))
    return [row for row in rows if row.needed > row.available][:1]
