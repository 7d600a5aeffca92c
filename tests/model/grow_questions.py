# SPDX-License-Identifier: MIT
"""Questions about what a cluster lacks in small VPCs that others use as well: something is found
exactly where any set of vSwitches is enough, and it is legal, as little as there is, in the lowest
places, and holds the nodes.
"""
import random
import sys
from collections import Counter
from ctypes import byref, pointer, sizeof

from cnicalc import abi
import grow_search
import terway_fit_model
import terway_model
from layout import fields
from library import as_struct, ceilings
from propose_questions import MASKS, draw_vpc, overlap
from propose_search import free_blocks
from terway_cluster import node_of, pack_cluster, pool_of
from terway_zone_model import BOTH, NODE, POD, Vswitch, Zone, as_used, usable

TOPIC = "grow"
MOST = abi.TERWAY_GROW_MAX
RESULT = abi.TerwayGrowResult()
OPEN = {"node_quota": 2**64 - 1, "pod_quota": 2**64 - 1, "vpc_address_quota": 2**64 - 1,
        "security_group_quota": 2**64 - 1, "vswitch_quota": 2**64 - 1}
ROWS = ("POD_VSWITCH_ADDRESSES", "NODE_VSWITCH_ADDRESSES", "ZONE_ADDRESSES")


# ---- The library ----


def cidr_of(block):
    return abi.Cidr(0, block[0], 4, block[1])


def ask_library(compare, vpc, taken, vswitches, pools, roomy=0):
    """(result, vSwitches to add, blocks to add to the VPC)."""
    out = (abi.Vswitch * (len(vswitches) + MOST))()
    options = as_struct(abi.TerwayOptions, {
        "struct_size": sizeof(abi.TerwayOptions), "roomy": roomy,
        **ceilings({**terway_model.OPTIONS, **OPEN})})
    cluster = pack_cluster(vswitches, pools)
    growth = abi.TerwayGrowth(
        pointer(cluster), (abi.Cidr * len(vpc))(*map(cidr_of, vpc)), len(vpc),
        (abi.Cidr * len(taken))(*map(cidr_of, taken)), len(taken))
    status = compare.library.ask("cnicalc_terway_grow", byref(growth), byref(options),
                                 byref(RESULT), out, len(out), None, outputs=[RESULT])
    if status != "OK":
        sys.exit(f"{TOPIC}: a well-formed question has status {status}")
    result = fields(RESULT)
    added = [Vswitch((0, v.cidr.lo, v.cidr.family, v.cidr.prefix_len), v.zone, v.roles,
                     v.used_addresses, v.reserved_prefixes)
             for v in out[len(vswitches):result["vswitch_count"]]]
    blocks = [(b.lo, b.prefix_len) for b in RESULT.vpc_blocks[:result["vpc_block_count"]]]
    return result, added, blocks


# ---- The model ----


def judge(vswitches, pools, falls_back):
    """The zones of vSwitches, and of pools that have none, by number."""
    fits = {}
    nodes_count = any(v.roles & NODE for v in vswitches)
    for number in dict.fromkeys([*(v.zone for v in vswitches),
                                 *(p["zone"] for p in pools if p["count"])]):
        here = [v for v in vswitches if v.zone == number]
        if falls_back and not any(p["node"]["needs_pod_vswitch"] and p["count"] for p in pools
                                  if p["zone"] == number):
            here = as_used(here)
        zone = Zone(here, nodes_count)
        zone.falls_back = 0
        fits[number] = terway_fit_model.fit_zone(number, zone,
                                                 [p for p in pools if p["zone"] == number])
    return fits


def short_zones(vswitches, pools):
    return [number for number, zone in judge(vswitches, pools, True).items() if not zone["fits"]]


def lacks_of(vswitches, pools):
    """What the zones that do not fit as they are lack; they fall back on nothing."""
    answers = judge(vswitches, pools, False)
    lacks = []
    for number in short_zones(vswitches, pools):
        rows = {row[0]: row[2] - row[3] for row in answers[number]["limits"]}
        pods, nodes, both = (rows[name] for name in ROWS)
        has_pods = any(p["node"]["addresses"] for p in pools)
        lacks.append((pods if has_pods else min(pods, 1), nodes, both))  # a vSwitch of any size
    return lacks


def is_sound(vpc, taken, vswitches, pools, added):
    """Whether what is added is legal, in the lowest places, and enough."""
    used = [*taken, *((v.cidr[1], v.cidr[3]) for v in vswitches)]
    for v in added:
        low, high = MASKS[v.roles]
        block = v.cidr[1], v.cidr[3]
        if (not low <= v.cidr[3] <= high or any(overlap(block, other) for other in used)
                or block != grow_search.lowest(vpc, used, v.cidr[3])):
            return False
        used.append(block)
    short = short_zones(vswitches, pools)
    after = judge([*vswitches, *added], pools, True)
    return (all(zone["fits"] for zone in after.values())
            and {v.zone for v in added} <= set(short))


def size_of(added):
    return len(added), sum(2**(32 - v.cidr[3]) for v in added)


# ---- Small ones, all sets of vSwitches tried ----


def draw_cluster(rng, vpc, taken):
    """A few vSwitches of the cluster in what is free of a VPC."""
    vswitches = []
    for _ in range(rng.randint(0, 4)):
        role = rng.choice((POD, POD, NODE, NODE, BOTH))
        mask = rng.randint(max(vpc[1] + 1, 24), 29)
        used = [*taken, *((v.cidr[1], v.cidr[3]) for v in vswitches)]
        size = 2**(32 - mask)
        place = vpc[0] + rng.randrange(2**(mask - vpc[1])) * size, mask
        if not any(overlap(place, other) for other in used):
            room = usable(mask)
            vswitches.append(Vswitch((0, place[0], 4, mask), rng.randrange(2), role,
                                     rng.choice((0, room, rng.randint(0, room)))))
    return vswitches


def draw_pools(rng, addresses):
    """Nodes of some pods in one to three zones, of which the free addresses may hold all."""
    node = node_of(rng.choice((0, 1, 2, 5, 10, 30, rng.randint(1, 60))))
    zones = rng.sample(range(3), rng.choice((1, 1, 2, 3)))
    most = max(1, addresses // (1 + node["addresses"]) // len(zones) // rng.choice((1, 2, 3)))
    return [pool_of(node, rng.choice((1, 3, most, rng.randint(1, most))), zone) for zone in zones]


def ask_small(compare, rng, draws, tally):
    for _ in range(draws):
        (vpc, *_), taken = draw_vpc(rng)
        vswitches = draw_cluster(rng, vpc, taken)
        free = free_blocks([vpc], [*taken, *((v.cidr[1], v.cidr[3]) for v in vswitches)])
        pools = draw_pools(rng, sum(count * usable(mask) for mask, count in free.items() if mask < 30))
        lacks = lacks_of(vswitches, pools)
        best = grow_search.least(free, lacks)
        result, added, blocks = ask_library(compare, [vpc], taken, vswitches, pools)
        question = vpc, taken, vswitches, pools
        # Every question has room at the side: private space has.
        compare.same(TOPIC, question, lambda: 1, ("OK", result["fits"]))
        if blocks:
            answer = None
        else:
            answer = size_of(added)
            compare.same(TOPIC, question, lambda: True,
                         ("OK", is_sound([vpc], taken, vswitches, pools, added)))
        compare.same(TOPIC, question, lambda: best is None, ("OK", answer is None))
        tally["asked"] += 1
        tally["no room"] += best is None
        tally["nothing"] += best == (0, 0)
        tally["several"] += best is not None and best[0] > 1
        if best is not None and answer != best:
            tally["more than the fewest"] += answer[0] > best[0]
            tally["larger"] += answer[0] == best[0]
            if "-v" in sys.argv:
                print(question, best, answer, lacks)


# ---- ENIs and prefixes: sets of vSwitches for pods, each judged as a whole ----


def draw_node(rng):
    """A node whose ENIs are known, of addresses or of prefixes."""
    per_eni, enis = rng.choice((2, 6, 10, 30)), rng.randint(1, 7)
    if rng.randrange(2):
        return node_of(rng.randint(1, per_eni * enis), pod_enis=enis, addresses_per_eni=per_eni)
    return node_of(rng.randint(0, 3), rng.randint(1, (per_eni - 1) * enis), pod_enis=enis,
                   addresses_per_eni=per_eni)


def sets_of_pods(free):
    """Counts of the masks /20 to /25 that can be placed."""
    def search(mask, left):
        if mask > 25:
            yield ()
            return
        left += free.get(mask, 0)
        for count in range(left + 1):
            for rest in search(mask + 1, 2 * (left - count)):
                yield (count, *rest)
    return search(20, 0)


def added_of(counts, zone):
    """vSwitches of these counts, somewhere apart."""
    masks = [20 + index for index, count in enumerate(counts) for _ in range(count)]
    return [Vswitch((0, 10 << 24 | index << 16, 4, mask), zone, POD, 0)
            for index, mask in enumerate(masks)]


def least_by_judging(free, vswitches, pools):
    best = None
    for counts in sets_of_pods(free):
        added = added_of(counts, 0)
        size = size_of(added)
        if (best is None or size < best) and all(
                zone["fits"] for zone in judge([*vswitches, *added], pools, False).values()):
            best = size
    return best


def ask_whole(compare, rng, draws, tally):
    for _ in range(draws):
        vpc = 192 << 24 | 168 << 16, rng.choice((22, 22, 21, 23))
        taken = draw_vpc(rng)[1]
        own = [v for v in draw_cluster(rng, vpc, taken) if v.roles == POD]
        vswitches = [v._replace(zone=0) for v in own]
        free = free_blocks([vpc], [*taken, *((v.cidr[1], v.cidr[3]) for v in vswitches)])
        node = draw_node(rng)
        room = sum(count * usable(mask) for mask, count in free.items() if mask < 26)
        most = max(1, room // (node["addresses"] + 16 * node["prefixes"]))
        pools = [pool_of(node, rng.randint(1, most), 0)]
        best = (0, 0) if not short_zones(vswitches, pools) else least_by_judging(
            free, vswitches, pools)
        result, added, blocks = ask_library(compare, [vpc], taken, vswitches, pools)
        question = vpc, taken, vswitches, pools
        compare.same(TOPIC, question, lambda: best,
                     ("OK", None if blocks or not result["fits"] else size_of(added)))
        tally["of ENIs"] += 1
        tally["of ENIs, no room"] += best is None
        tally["of ENIs, several"] += best is not None and best[0] > 1


# ---- Large ones: hundreds of vSwitches of others ----


def draw_large(rng):
    vpc = [(10 << 24, rng.randint(12, 18))]
    if rng.random() < 0.3:
        vpc.append((172 << 24 | 16 << 16, 17))
    taken = []
    for _ in range(rng.choice((20, 100, 300, 600))):
        mask = min(29, max(vpc[0][1] + 1, rng.choice((20, 22, 23, 24, 24, 24, 25, 26, 27, 28, 29))))
        taken.append((vpc[0][0] + rng.randrange(2**(mask - vpc[0][1])) * 2**(32 - mask), mask))
    return vpc, taken


def ask_large(compare, rng, draws, tally):
    for _ in range(draws):
        vpc, taken = draw_large(rng)
        vswitches = []
        for zone, role in ((0, POD), (0, NODE), (1, POD), (1, NODE), (2, BOTH)):
            place = grow_search.lowest(vpc, [*taken, *((v.cidr[1], v.cidr[3]) for v in vswitches)],
                                       rng.randint(20, 25))
            if place and rng.random() < 0.8:
                vswitches.append(Vswitch((0, place[0], 4, place[1]), zone, role,
                                         rng.randint(0, usable(place[1]))))
        node = node_of(rng.choice((7, 20, 30, 60, 210)))
        pools = [pool_of(node, rng.randint(1, 200), zone) for zone in range(rng.randint(1, 3))]
        roomy = rng.randrange(2)
        result, added, blocks = ask_library(compare, vpc, taken, vswitches, pools, roomy)
        question = vpc, taken, vswitches, pools
        compare.same(TOPIC, question, lambda: True, (
            "OK", bool(result["fits"]) and is_sound([*vpc, *blocks], taken, vswitches, pools, added)))
        tally["large"] += 1
        tally["large, secondary"] += bool(blocks)


def ask(compare, draws):
    rng = random.Random(20260714)
    tally = Counter()
    ask_small(compare, rng, draws // 4, tally)
    ask_whole(compare, rng, draws // 4, tally)
    ask_large(compare, rng, draws // 10, tally)
    if "-v" in sys.argv:
        print(dict(tally))
