# SPDX-License-Identifier: MIT
"""Questions about plans for nodes whose ENIs are known, each of which is in one vSwitch.

The check finds a shortage exactly where the zones hold fewer nodes. In a small VPC there is a proposal
exactly where any set of vSwitches holds the request, and the zones of each hold its nodes.
"""
import random
from collections import namedtuple
from functools import cache

from cnicalc import abi
import propose_search
from library import UNKNOWN
from plan_questions import SERVICE_CIDR, TERWAY, VPC, findings_of, network_blocks, vswitch_blocks
from propose_questions import ROLE_OF, VPC_START, ask_library, in_use_of, is_legal
from propose_search import NODE_MASK_MAX, POD_MASK_MAX
from terway_zone_model import (BOTH, NODE, POD, Load, Need, Vswitch, Zone, most_on_enis, supplies,
                               usable)

TOPIC = "propose ENIs"
# Of one node: pods, single addresses beside those of pods, prefixes; and ENIs, each with slots.
Node = namedtuple("Node", "pods singles prefixes enis slots")


def options_of(node):
    return {"node.mode": 4 if node.prefixes else 1, "node.joins": 1, "node.enis": 1 + node.enis,
            "node.pods_per_node": node.pods, "node.prefixes": node.prefixes,
            "node.addresses": node.singles if node.prefixes else node.pods,
            "node.pod_enis": node.enis, "node.addresses_per_eni": node.slots}


def singles_of(node, factor):
    return node.singles if node.prefixes else node.pods * factor


def find_enis(zone, node, nodes, factor):
    """Whether the ENIs of nodes find what they need. One with prefixes has a slot for itself."""
    per_eni = node.slots - 1 if node.prefixes else node.slots
    if per_eni == 0:
        return True
    wanted = node.prefixes or singles_of(node, factor)
    need = Need(min(wanted, node.enis * per_eni), node.enis, per_eni)
    return most_on_enis(supplies(zone, "prefixes" if node.prefixes else "singles"), need) >= nodes


def zone_holds(vswitches, node, nodes, factor=1):
    zone = Zone(vswitches, True)
    load = Load(nodes, nodes * singles_of(node, factor), nodes * node.prefixes)
    return nodes == 0 or zone.holds(load) and find_enis(zone, node, nodes, factor)


def most_nodes(vswitches, node):
    nodes = 0
    while zone_holds(vswitches, node, nodes + 1):
        nodes += 1
    return nodes


# ---- Checks ----


def draw_node(rng):
    """Full ones, and ones with room to spare."""
    enis, slots = rng.randint(1, 7), rng.choice((2, 6, 10, 20, 30, 50, 62, 100, 124, 125, 200))
    if rng.random() < 0.3 and slots > 2:
        prefixes = rng.choice((enis * (slots - 1), rng.randint(1, enis * (slots - 1))))
        return Node(1, enis, min(prefixes, 60), enis, slots)
    most = enis * slots
    return Node(rng.choice((most, most, max(1, most - 1), rng.randint(1, most))), 0, 0, enis, slots)


def ask_check(compare, rng):
    """Many small vSwitches, some of which are nearly full."""
    node = draw_node(rng)
    vswitches = []
    for index in range(rng.randint(1, 12)):
        mask, role = rng.randint(23, 25), rng.choice((POD, POD, POD, BOTH))
        used = rng.choice((0, rng.randrange(usable(mask))))
        vswitches.append(Vswitch((0, (10 << 24) + (index << 9), 4, mask), index % rng.randint(1, 2),
                                 role, used))
    vswitches += [Vswitch((0, (10 << 24) + (40 + zone << 9), 4, 23), zone, NODE, 0)
                  for zone in {v.zone for v in vswitches}]
    zones = [[v for v in vswitches if v.zone == zone] for zone in {v.zone for v in vswitches}]
    most = sum(most_nodes(zone, node) for zone in zones)
    for nodes in {max(1, most), most + 1}:
        found = findings_of(compare, network_blocks(VPC, SERVICE_CIDR) + vswitch_blocks(vswitches),
                            TERWAY, nodes, nodes * node.pods, **options_of(node))
        short = [finding.limit for finding in found if finding.code == "SHORTAGE"]
        compare.same(TOPIC, (vswitches, node, nodes), lambda: nodes <= most, ("OK", not short))
        compare.seen.update((TOPIC, limit) for limit in short)
    compare.seen.add((TOPIC, "prefixes" if node.prefixes else "addresses"))


# ---- Proposals ----


@cache
def nodes_left(counts, node, nodes, factor):
    """Addresses for nodes that small vSwitches must give beside some that serve pods and nodes, as
    (mask, count), or None where no number will do."""
    large = [Vswitch((0, 0, 4, mask), 0, BOTH, 0) for mask, count in counts for _ in range(count)]
    for left in range(nodes + 1):
        beside = [Vswitch((0, 0, 4, 16), 0, NODE, usable(16) - left)]
        if zone_holds(large + beside, node, nodes, factor):
            return left
    return None


def holds(free, shares, node, factor):
    """Whether any vSwitches in the free space hold a number of nodes in each zone. Those that can
    serve pods serve nodes too, which never holds less."""

    def search(mask, left, zones):
        count = 2 * left + free.get(mask, 0)
        if mask > POD_MASK_MAX:
            needs = [nodes_left(counts, node, nodes, factor) for counts, nodes in zip(zones, shares)]
            rest = {m: free.get(m, 0) for m in range(mask, NODE_MASK_MAX + 1)}
            return None not in needs and propose_search.holds({**rest, mask: count},
                                                              [(0, need) for need in needs])
        return any(search(mask + 1, count - sum(given), tuple(
            (*zone, (mask, taken)) for zone, taken in zip(zones, given)))
            for given in ways_to_give(count, len(shares)))

    return search(min(free, default=POD_MASK_MAX), 0, tuple(() for _ in shares))


def ways_to_give(count, zones):
    if zones == 0:
        return [()]
    return [(given, *rest) for given in range(count + 1) for rest in ways_to_give(count - given, zones - 1)]


def model_answer(free, shares, node):
    factors = (1,) if node.prefixes else (2, 1)
    return next((factor for factor in factors if holds(free, shares, node, factor)), 0), None


def answer_of(compare, vpc, used, shares, node):
    """(factor of the proposal, or 0; what is wrong with it)."""
    in_use, nodes = in_use_of(vpc, used), sum(shares)
    proposal, blocks = ask_library(compare, in_use, nodes, node.pods, len(shares), **options_of(node))
    if not proposal["fits"]:
        rows = {row[0]: row for row in proposal["limits"]}
        is_short = rows["VPC_SPACE"][2] > rows["VPC_SPACE"][3]
        return 0, None if is_short else "nothing is short"
    factor = proposal["pods_factor"] or 1
    vswitches = [b for b in blocks if b.role in ROLE_OF]
    found = findings_of(compare, [*blocks, *in_use[len(vpc):]], TERWAY, nodes, nodes * node.pods,
                        **options_of(node))
    errors = [finding for finding in found if finding.is_error]
    zones = [[Vswitch((0, b.cidr.lo, 4, b.cidr.prefix_len), zone, ROLE_OF[b.role], 0)
              for b in vswitches if b.zone == zone] for zone in range(len(shares))]
    unheld = [zone for zone, share in zip(zones, shares) if not zone_holds(zone, node, share, factor)]
    is_fine = is_legal(vpc, used, vswitches) and not errors and not unheld
    compare.seen.update((TOPIC, f"role {ROLE_OF[b.role]}") for b in vswitches)
    return factor, None if is_fine else f"illegal: {errors} {unheld}"


def draw_vpc(rng):
    """A VPC of /21 to /24, cut by small blocks in use."""
    mask = rng.randint(21, 24)
    used = [(VPC_START + rng.randrange(2**(longest - mask)) * 2**(32 - longest), longest)
            for longest in (rng.randint(26, 29) for _ in range(rng.choice((0, 1, 3, 5, 8))))]
    return [(VPC_START, mask)], used


def ask_around_most(compare, rng):
    vpc, used = draw_vpc(rng)
    node, zones = draw_node(rng), rng.choice((1, 1, 2))
    free = propose_search.free_blocks(vpc, used)
    if sum(count * 2**(POD_MASK_MAX - mask) for mask, count in free.items() if mask <= POD_MASK_MAX) > 9:
        zones = 1
    factor = rng.choice((1, 1, 2))

    def shares(nodes):
        return tuple(nodes // zones + (zone < nodes % zones) for zone in range(zones))

    addresses = sum(count * usable(mask) for mask, count in free.items() if mask <= NODE_MASK_MAX)
    most = addresses // (1 + singles_of(node, factor) + 16 * node.prefixes)
    while most and not holds(free, shares(most), node, factor):
        most -= 1
    for nodes in {max(zones, most), most + 1, max(zones, most - 1)}:
        if nodes < zones:
            continue
        question = vpc, used, shares(nodes), node
        r = compare.same(TOPIC, question, lambda: model_answer(free, question[2], node),
                         ("OK", answer_of(compare, *question)))
        compare.seen.add((TOPIC, f"factor {r[0]}"))


def ask(compare, draws):
    rng = random.Random(20260711)
    for _ in range(draws // 8):
        ask_check(compare, rng)
        ask_around_most(compare, rng)
    compare.require(TOPIC, ("POD_VSWITCH_ENIS", "POD_VSWITCH_ADDRESSES", "POD_VSWITCH_PREFIXES", "prefixes",
                            "addresses", "factor 0", "factor 1", "factor 2", "role 1", "role 2", "role 3"))
