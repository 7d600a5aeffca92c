# SPDX-License-Identifier: MIT
"""What the vSwitches of one zone hold, twice: address by address, and by big integers.

Written from the published rules and from what include/cnicalc/terway.h promises, not from lib/.
The first way lists the addresses of every vSwitch and hands them out one at a time; it is for small
vSwitches. The second counts. Where a vSwitch is small the two must agree.

A Load is what some nodes take from their zone: `nodes` addresses for themselves, `singles` for pods,
and `prefixes` aligned blocks of 16 for pods.
"""
from collections import namedtuple
from functools import cache

from answers import UNBOUNDED

POD, NODE, BOTH = 1, 2, 3
BLOCK = 16  # addresses of a /28
# cidr: (hi, lo, family, prefix_len) as in cnicalc_cidr; reserved: /28 blocks of its reservations
Vswitch = namedtuple("Vswitch", "cidr zone roles used reserved", defaults=(0,))
Load = namedtuple("Load", "nodes singles prefixes")
# The free addresses of a vSwitch: whole free blocks that serve all, blocks that are reserved for
# prefixes, and addresses outside both.
Free = namedtuple("Free", "roles blocks reserved loose")


def usable(prefix_len):
    """The first and the last three addresses are reserved."""
    return 2**(32 - prefix_len) - 4


def aligned_blocks(prefix_len):
    """All but the first and the last, which hold reserved addresses."""
    return max(0, 2**(28 - prefix_len) - 2) if prefix_len <= 28 else 0


def as_used(vswitches):
    """Where a zone has no vSwitch for pods, they use those of the nodes. Not on Lingjun."""
    with_pods = {v.zone for v in vswitches if v.roles & POD}
    return [v if v.zone in with_pods else v._replace(roles=BOTH) for v in vswitches]


# ---- Address by address ----


class Listed:
    """The free addresses of a vSwitch, block by block: `whole` blocks serve prefixes.

    Used addresses are taken to lie outside whole blocks as long as there is room, then to fill
    whole blocks. With a reservation its blocks alone serve prefixes, and prefixes alone.
    """

    def __init__(self, vswitch):
        first, size = vswitch.cidr[1], 2**(32 - vswitch.cidr[3])
        kept = {first, *range(first + size - 3, first + size)}
        blocks = {}
        for address in range(first, first + size):
            if address not in kept:
                blocks.setdefault(address // BLOCK, []).append(address)
        in_order = sorted(blocks.values(), key=len)  # broken blocks first, reserved ones last
        closed = in_order[len(in_order) - vswitch.reserved:]
        for _ in range(vswitch.used):
            next(block for block in in_order if block).pop()
        self.roles, self.is_reserved = vswitch.roles, vswitch.reserved > 0
        self.open = [block for block in in_order if not any(block is other for other in closed)]
        self.whole = closed if self.is_reserved else self.open


def take_prefix(groups):
    """Empties a whole block of the first vSwitch that has one; says whether there was one."""
    for listed in groups:
        for block in listed.whole:
            if len(block) == BLOCK:
                block.clear()
                return True
    return False


def take_address(groups):
    """Takes an address of the first vSwitch that has one, of the emptiest block; says whether it
    did."""
    for listed in groups:
        left = [block for block in listed.open if block]
        if left:
            min(left, key=len).pop()
            return True
    return False


def holds_by_hand(vswitches, load, nodes_have_vswitches):
    """Whether the zone has a place for every prefix, every node and every single address.

    Prefixes choose first, for they need whole blocks, those that are reserved before all; they and
    the nodes leave alone what both could have as long as there is another place. What is left
    serves single addresses all the same.
    """
    lists = [Listed(v) for v in vswitches]
    if load.nodes and not any(v.roles & POD for v in vswitches):
        return False
    pods = sorted((listed for listed in lists if listed.roles & POD), key=lambda x: x.roles)
    nodes = sorted((listed for listed in lists if listed.roles & NODE), key=lambda x: -(x.roles == NODE))
    node_addresses = load.nodes if nodes_have_vswitches else 0
    return (all(take_prefix(sorted(pods, key=lambda x: not x.is_reserved))
                for _ in range(load.prefixes))
            and all(take_address(nodes) for _ in range(node_addresses))
            and all(take_address(pods) for _ in range(load.singles)))


# ---- By big integers ----


@cache
def free_of(vswitch):
    """Blocks that serve prefixes, less the ones that used addresses fill, of what lies outside."""
    blocks = vswitch.reserved or aligned_blocks(vswitch.cidr[3])
    loose = usable(vswitch.cidr[3]) - BLOCK * blocks
    if vswitch.used <= loose:
        loose -= vswitch.used
    else:
        inside = vswitch.used - loose
        broken = -(-inside // BLOCK)
        blocks = blocks - broken
        loose = 0 if vswitch.reserved else BLOCK * broken - inside
    if vswitch.reserved:
        return Free(vswitch.roles, 0, blocks, loose)
    return Free(vswitch.roles, blocks, 0, loose)


class Zone:
    """The free addresses of a zone's vSwitches, counted by what they serve."""

    def __init__(self, vswitches, nodes_have_vswitches):
        self.has_pod_vswitch = any(v.roles & POD for v in vswitches)
        self.nodes_have_vswitches = nodes_have_vswitches
        frees = self.frees = [free_of(v) for v in vswitches]
        self.blocks = {roles: sum(f.blocks for f in frees if f.roles == roles)
                       for roles in (POD, NODE, BOTH)}
        # What is reserved for prefixes is in none of these.
        self.addresses = {roles: sum(BLOCK * f.blocks + f.loose for f in frees if f.roles == roles)
                          for roles in (POD, NODE, BOTH)}
        self.reserved = sum(f.reserved for f in frees if f.roles & POD)
        self.pod_singles = self.addresses[POD] + self.addresses[BOTH]
        self.pod_addresses = self.pod_singles + BLOCK * self.reserved
        self.pod_prefixes = self.blocks[POD] + self.blocks[BOTH] + self.reserved
        self.is_shared = any(v.roles == BOTH for v in vswitches)
        self.all_addresses = sum(self.addresses.values()) + BLOCK * self.reserved
        self.node_addresses = UNBOUNDED
        if nodes_have_vswitches:
            self.node_addresses = self.addresses[NODE] + self.addresses[BOTH]

    def holds(self, load):
        """As holds_by_hand(), in the same order, by counting."""
        if load.nodes and not self.has_pod_vswitch:
            return False
        node_addresses = load.nodes if self.nodes_have_vswitches else 0
        prefixes = max(0, load.prefixes - self.reserved)
        prefixes_of_pod = min(prefixes, self.blocks[POD])
        prefixes_of_both = prefixes - prefixes_of_pod
        pod_left = self.addresses[POD] - BLOCK * prefixes_of_pod
        both_left = self.addresses[BOTH] - BLOCK * prefixes_of_both
        nodes_of_both = max(0, node_addresses - self.addresses[NODE])
        return (prefixes_of_both <= self.blocks[BOTH] and nodes_of_both <= both_left
                and load.singles <= pod_left + both_left - nodes_of_both)


# ---- Each ENI is in one vSwitch ----


Need = namedtuple("Need", "units enis per_eni")  # of one node: units on at most so many ENIs


def need_of(node):
    """("prefixes" or "singles", Need), or None twice where the ENIs are not known.

    A trunk pod has an ENI of its own, of one address, which any vSwitch serves.
    """
    if not node["pod_enis"] or not node["addresses_per_eni"]:
        return None, None
    if node["prefixes"]:
        kind, units, per_eni = "prefixes", node["prefixes"], node["addresses_per_eni"] - 1
    else:
        kind, per_eni = "singles", node["addresses_per_eni"]
        units = max(0, node["addresses"] - node["trunk_pods"])
    if per_eni == 0:
        return None, None
    return kind, Need(min(units, node["pod_enis"] * per_eni), node["pod_enis"], per_eni)


def supplies(zone, kind):
    """What each vSwitch for pods has of a kind."""
    return [f.blocks + f.reserved if kind == "prefixes" else BLOCK * f.blocks + f.loose
            for f in zone.frees if f.roles & POD]


def most_on_enis(supply, need):
    """Nodes whose ENIs find what they need, at best: the largest shares of the vSwitches, as many
    as the nodes have ENIs, must hold it.

    A share is what one ENI can take: a vSwitch has full ones, and one of what is left.
    """
    if need.units == 0:
        return UNBOUNDED
    full = sum(free // need.per_eni for free in supply)
    rests = sorted((free % need.per_eni for free in supply), reverse=True)

    def holds(nodes):
        shares = nodes * need.enis
        best = need.per_eni * min(shares, full) + sum(rests[:max(0, shares - full)])
        return best >= nodes * need.units

    low, high = 0, sum(supply) // need.units + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def lack_on_enis(supply, needs):
    """What nodes lack of a kind, at best; needs: [(count, Need)].

    If every ENI had t for nothing, what the nodes need beyond must be in the shares beyond t, where
    no ENI holds more than the largest one. What is not there altogether, t = 0, is no lack of ENIs.
    """
    needs = [(count, need) for count, need in needs if count]
    if not needs:
        return 0
    per_eni = max(need.per_eni for _, need in needs)
    steps = {0, per_eni, max(0, per_eni - 1), *(free % per_eni for free in supply)}
    for _, need in needs:
        steps |= {need.units // need.enis, need.units // need.enis + 1}
    if per_eni < 100:
        steps |= set(range(per_eni + 1))
    lacks = {}
    for t in sorted(steps):
        wanted = sum(count * max(0, need.units - need.enis * t) for count, need in needs)
        beyond = sum(free // per_eni * max(0, per_eni - t) + max(0, free % per_eni - t)
                     for free in supply)
        lacks[t] = max(0, wanted - beyond)
    return max(lacks.values()) if max(lacks.values()) > lacks[0] else 0


@cache
def holds_on_enis(free, nodes, need, rest=None):
    """Whether each of the nodes finds ENIs, by trying all; for small numbers.

    free: a sorted tuple. rest: (ENIs, units) that the node at hand still has and wants.
    """
    if nodes == 0:
        return True
    left, wanted = rest or (need.enis, need.units)
    if wanted == 0:
        return holds_on_enis(free, nodes - 1, need)
    if left == 0 or sum(free) < wanted + (nodes - 1) * need.units:
        return False
    return any(
        holds_on_enis(tuple(sorted((*free[:i], free[i] - taken, *free[i + 1:]))), nodes, need,
                      (left - 1, wanted - taken))
        for i in range(len(free)) if i == 0 or free[i] != free[i - 1]
        for taken in range(1, min(need.per_eni, free[i], wanted) + 1))


# ---- How many equal nodes ----


def load_of(node, count):
    return Load(count, count * node["addresses"], count * node["prefixes"])


def most_nodes_by_hand(vswitches, node, nodes_have_vswitches):
    """Nodes are placed until one more finds no place."""
    count = 0
    while holds_by_hand(vswitches, load_of(node, count + 1), nodes_have_vswitches):
        count += 1
    return count


def most_nodes(zone, node):
    """The same by halving, for what holds n nodes holds fewer. Nodes that take nothing: no end."""
    if not zone.holds(load_of(node, 1)):
        return 0
    too_many = 2**33  # more than the addresses of any zone with fewer than 2^17 vSwitches
    if zone.holds(load_of(node, too_many)):
        return UNBOUNDED
    enough = 1
    while too_many - enough > 1:
        middle = (enough + too_many) // 2
        if zone.holds(load_of(node, middle)):
            enough = middle
        else:
            too_many = middle
    return enough
