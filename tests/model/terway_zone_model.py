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
# cidr: (hi, lo, family, prefix_len) as in cnicalc_cidr
Vswitch = namedtuple("Vswitch", "cidr zone roles used")
Load = namedtuple("Load", "nodes singles prefixes")
# The free addresses of a vSwitch: whole free blocks, and addresses outside them.
Free = namedtuple("Free", "roles blocks loose")


def usable(prefix_len):
    """The first and the last three addresses are reserved."""
    return 2**(32 - prefix_len) - 4


# ---- Address by address ----


def list_blocks(vswitch):
    """The free addresses of each aligned /28: the reserved and the used ones are gone.

    Used addresses are taken to lie outside whole blocks as long as there is room, then to fill
    whole blocks.
    """
    first, size = vswitch.cidr[1], 2**(32 - vswitch.cidr[3])
    reserved = {first, *range(first + size - 3, first + size)}
    blocks = {}
    for address in range(first, first + size):
        if address not in reserved:
            blocks.setdefault(address // BLOCK, []).append(address)
    in_order = sorted(blocks.values(), key=len)  # broken blocks first
    for _ in range(vswitch.used):
        next(block for block in in_order if block).pop()
    return in_order


def whole(blocks):
    return [block for block in blocks if len(block) == BLOCK]


def take_prefix(groups):
    """Empties a whole block of the first group that has one; says whether there was one."""
    for blocks in groups:
        for block in whole(blocks):
            block.clear()
            return True
    return False


def take_address(groups):
    """Takes an address of the first group that has one, of the emptiest block; says whether it did."""
    for blocks in groups:
        left = [block for block in blocks if block]
        if left:
            min(left, key=len).pop()
            return True
    return False


def holds_by_hand(vswitches, load, nodes_have_vswitches):
    """Whether the zone has a place for every prefix, every node and every single address.

    Prefixes choose first, for they need whole blocks; they and the nodes leave alone what both could
    have as long as there is another place. What is left serves single addresses all the same.
    """
    lists = {roles: [block for v in vswitches if v.roles == roles for block in list_blocks(v)]
             for roles in (POD, NODE, BOTH)}
    if load.nodes and not any(v.roles & POD for v in vswitches):
        return False
    pods = [lists[POD], lists[BOTH]]
    nodes = [lists[NODE], lists[BOTH]]
    node_addresses = load.nodes if nodes_have_vswitches else 0
    return (all(take_prefix(pods) for _ in range(load.prefixes))
            and all(take_address(nodes) for _ in range(node_addresses))
            and all(take_address(pods) for _ in range(load.singles)))


# ---- By big integers ----


@cache
def free_of(vswitch):
    """Free.blocks: 2^(28 - m) - 2 less the ones that used addresses fill, of what lies outside."""
    prefix_len = vswitch.cidr[3]
    blocks = max(0, 2**(28 - prefix_len) - 2) if prefix_len <= 28 else 0
    loose = usable(prefix_len) - BLOCK * blocks
    if vswitch.used <= loose:
        return Free(vswitch.roles, blocks, loose - vswitch.used)
    inside = vswitch.used - loose
    broken = -(-inside // BLOCK)
    return Free(vswitch.roles, blocks - broken, BLOCK * broken - inside)


class Zone:
    """The free addresses of a zone's vSwitches, counted by what they serve."""

    def __init__(self, vswitches, nodes_have_vswitches):
        self.has_pod_vswitch = any(v.roles & POD for v in vswitches)
        self.nodes_have_vswitches = nodes_have_vswitches
        frees = [free_of(v) for v in vswitches]
        self.blocks = {roles: sum(f.blocks for f in frees if f.roles == roles)
                       for roles in (POD, NODE, BOTH)}
        self.addresses = {roles: sum(BLOCK * f.blocks + f.loose for f in frees if f.roles == roles)
                          for roles in (POD, NODE, BOTH)}
        self.pod_addresses = self.addresses[POD] + self.addresses[BOTH]
        self.pod_prefixes = self.blocks[POD] + self.blocks[BOTH]
        self.is_shared = any(v.roles == BOTH for v in vswitches)
        self.all_addresses = sum(self.addresses.values())
        self.node_addresses = UNBOUNDED
        if nodes_have_vswitches:
            self.node_addresses = self.addresses[NODE] + self.addresses[BOTH]

    def holds(self, load):
        """As holds_by_hand(), in the same order, by counting."""
        if load.nodes and not self.has_pod_vswitch:
            return False
        node_addresses = load.nodes if self.nodes_have_vswitches else 0
        prefixes_of_pod = min(load.prefixes, self.blocks[POD])
        prefixes_of_both = load.prefixes - prefixes_of_pod
        pod_left = self.addresses[POD] - BLOCK * prefixes_of_pod
        both_left = self.addresses[BOTH] - BLOCK * prefixes_of_both
        nodes_of_both = max(0, node_addresses - self.addresses[NODE])
        return (prefixes_of_both <= self.blocks[BOTH] and nodes_of_both <= both_left
                and load.singles <= pod_left + both_left - nodes_of_both)


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
