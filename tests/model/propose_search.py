# SPDX-License-Identifier: MIT
"""Whether any set of vSwitches in a small VPC holds a request, by looking at all of them.

Written from the published rules, not from lib/. A vSwitch for both roles holds whatever a vSwitch of
its size for one of them holds. So a zone is a set of larger vSwitches (mask 16..25), which serve pods
and nodes, and of smaller ones (mask 26..29), which serve nodes alone; any such set that fits into
the free space is a legal plan, and no other plan holds more.

Free space is known by how many free blocks it has of each mask: blocks are placed by falling size, so
that a block of any mask is found as long as the larger ones that are left can be halved for it.
"""
from functools import cache

POD_MASK_MAX, NODE_MASK_MAX, MASK_MIN = 25, 29, 16


def usable(prefix_len):
    """The first and the last three addresses are reserved."""
    return 2**(32 - prefix_len) - 4


def free_blocks(vpc, used):
    """{mask: count} of the largest blocks that are free in the blocks of a VPC, (first, prefix_len)."""
    counts = {}
    pending = list(vpc)
    while pending:
        first, prefix_len = pending.pop()
        size = 2**(32 - prefix_len)
        inside = [block for block in used if first < block[0] + 2**(32 - block[1])
                  and block[0] < first + size]
        if not inside:
            counts[prefix_len] = counts.get(prefix_len, 0) + 1
        elif prefix_len < NODE_MASK_MAX and all(block[1] > prefix_len for block in inside):
            pending += [(first, prefix_len + 1), (first + size // 2, prefix_len + 1)]
    return counts


def zone_needs(nodes, pods_per_node, zones, pods_factor, there=None):
    """(addresses for pods, addresses for pods and nodes) of each zone; the first take one more. Nodes
    take what vSwitches that are there have free, {zone: addresses}."""
    shares = [nodes // zones + (zone < nodes % zones) for zone in range(zones)]
    lacks = [max(0, share - (there or {}).get(zone, 0)) for zone, share in enumerate(shares)]
    return [(share * pods_per_node * pods_factor,
             share * pods_per_node * pods_factor + lack) for share, lack in zip(shares, lacks)]


def holds(free, needs):
    """Whether free space, as free_blocks() has it, can hold zones of these needs."""
    masks = range(MASK_MIN, NODE_MASK_MAX + 1)
    counts = {mask: free.get(mask, 0) for mask in masks}
    counts[MASK_MIN] = sum(count * 2**(MASK_MIN - mask) for mask, count in free.items()
                           if mask <= MASK_MIN)
    # What the free blocks below a mask can give at most: those for pods, and all.
    below = {mask: [sum(counts[m] * usable(m) for m in range(mask + 1, last + 1))
                    for last in (POD_MASK_MAX, NODE_MASK_MAX)] for mask in masks}

    @cache
    def search(mask, count, zones):
        """zones: those that still need something; count: free blocks of this mask."""
        if not zones:
            return True
        if mask > NODE_MASK_MAX or (mask > POD_MASK_MAX and any(pods > 0 for pods, _ in zones)):
            return False
        for_pods = count * usable(mask) if mask <= POD_MASK_MAX else 0
        if (sum(total for _, total in zones) > count * usable(mask) + below[mask][1]
                or sum(max(0, pods) for pods, _ in zones) > for_pods + below[mask][0]):
            return False
        return any(search(mask + 1, 2 * left + counts.get(mask + 1, 0), rest)
                   for left, rest in share_out(mask, count, zones))

    return search(MASK_MIN, counts[MASK_MIN], needing(needs))


def needing(needs):
    return tuple(sorted((need for need in needs if need[1] > 0), reverse=True))


def share_out(mask, count, zones):
    """Every way to give zones some of count blocks, as (blocks left, what zones still need)."""
    size = usable(mask)
    ways = {(count, ())}
    for pods, total in zones:
        most = -(-total // size)
        ways = {(left - taken, (*done, (max(0, pods - taken * size), total - taken * size)))
                for left, done in ways for taken in range(min(left, most) + 1)}
    return sorted({(left, needing(done)) for left, done in ways})
