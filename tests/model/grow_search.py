# SPDX-License-Identifier: MIT
"""The fewest and then smallest vSwitches that a cluster lacks, by looking at all of them.

Written from the published rules, not from lib/. What a zone lacks is (addresses for pods, for nodes,
for both together); vSwitches for pods have a mask of 16 to 25, those for nodes of 16 to 29. Free
space is known by how many free blocks it has of each mask, as in propose_search.py.
"""
from functools import cache

from propose_search import MASK_MIN, NODE_MASK_MAX, POD_MASK_MAX, usable


def counts_of(free):
    """Free blocks by mask; larger ones than a vSwitch can be are as many of the largest."""
    counts = {mask: free.get(mask, 0) for mask in range(MASK_MIN, NODE_MASK_MAX + 1)}
    counts[MASK_MIN] = sum(count * 2**(MASK_MIN - mask) for mask, count in free.items()
                           if mask <= MASK_MIN)
    return counts


def needing(zones):
    return tuple(sorted((zone for zone in zones if max(zone) > 0), reverse=True))


def least(free, lacks):
    """(vSwitches, their addresses) that cure what the zones lack, or None where nothing does."""
    counts = counts_of(free)
    below = {mask: [sum(counts[m] * usable(m) for m in range(mask + 1, last + 1))
                    for last in (POD_MASK_MAX, NODE_MASK_MAX)] for mask in counts}

    def has_room(mask, count, zones):
        size = usable(mask)
        for_pods = (count * size if mask <= POD_MASK_MAX else 0) + below[mask][0]
        return (sum(max(0, pods) for pods, _, _ in zones) <= for_pods
                and sum(max(max(0, pods) + max(0, nodes), both) for pods, nodes, both in zones)
                <= count * size + below[mask][1])

    @cache
    def search(mask, count, zones):
        """count: free blocks of this mask."""
        if not zones:
            return 0, 0
        if mask > NODE_MASK_MAX or not has_room(mask, count, zones):
            return None
        best = None
        for taken, left, rest in ways(mask, count, zones):
            more = search(mask + 1, 2 * left + counts.get(mask + 1, 0), rest)
            if more is not None:
                found = more[0] + taken, more[1] + taken * 2**(32 - mask)
                best = min(best or found, found)
        return best

    return search(MASK_MIN, counts[MASK_MIN], needing(lacks))


def ways(mask, count, zones):
    """Every way to give zones some of count blocks: (blocks taken, blocks left, what is lacking)."""
    size = usable(mask)
    found = {(0, ())}
    for pods, nodes, both in zones:
        most_pods = -(-max(0, pods, both) // size) if mask <= POD_MASK_MAX else 0
        most_nodes = -(-max(0, nodes, both) // size)
        found = {(taken + p + n, (*done, (pods - p * size, nodes - n * size, both - (p + n) * size)))
                 for taken, done in found for p in range(most_pods + 1)
                 for n in range(most_nodes + 1) if taken + p + n <= count}
    return sorted({(taken, count - taken, needing(done)) for taken, done in found})


def lowest(blocks, used, prefix_len):
    """The lowest free place in the first of some blocks that has one."""
    size = 2**(32 - prefix_len)
    for first, length in blocks:
        if length > prefix_len:
            continue
        place = first
        while place < first + 2**(32 - length):
            over = [start + 2**(32 - mask) for start, mask in used
                    if start < place + size and place < start + 2**(32 - mask)]
            if not over:
                return place, prefix_len
            place = max(place + size, -(-max(over) // size) * size)
    return None
