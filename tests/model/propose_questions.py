# SPDX-License-Identifier: MIT
"""Questions about proposals in small VPCs: there is one exactly where any set of vSwitches holds the
request, and each is legal, holds it in every zone, and is accepted by the check.
"""
import random
import sys
from ctypes import byref, sizeof

from cnicalc import abi
import propose_search
from layout import fields
from library import UNKNOWN, as_struct, ceilings, plan_node
from plan_questions import NO_QUOTAS, ROLES, cidr, findings_of
from quota_model import TERWAY
from terway_zone_model import BOTH, NODE, POD, Load, Vswitch, Zone, usable

TOPIC = "propose"
VPC_START = 192 << 24 | 168 << 16
ROLE_OF = {number: roles for roles, number in ROLES.items()}
MASKS = {POD: (16, 25), NODE: (16, 29), BOTH: (16, 25)}
FACTORS = (2, 1)  # how many times its pods a zone of a proposal holds: the first that fits
BLOCKS, PROPOSAL = (abi.PlanBlock * 1024)(), abi.PlanProposal()


def ask_library(compare, blocks, nodes, pods_per_node, zones, **own):
    """(proposal, its blocks)."""
    options = as_struct(abi.PlanProposeOptions, {
        "struct_size": sizeof(abi.PlanProposeOptions), "plugin": TERWAY, "zones": zones,
        "nodes": nodes, "pods_per_node": pods_per_node, **own,
        **ceilings(NO_QUOTAS)})
    plan = abi.Plan((abi.PlanBlock * len(blocks))(*blocks), len(blocks))
    status = compare.library.ask("cnicalc_plan_propose", byref(plan), byref(options),
                                 byref(PROPOSAL), BLOCKS, len(BLOCKS), None, outputs=[PROPOSAL])
    if status != "OK":
        sys.exit(f"{TOPIC}: a well-formed request has status {status}")
    proposal = fields(PROPOSAL)
    return proposal, BLOCKS[:proposal["block_count"]]


def held_factor(vswitches, there, nodes, pods_per_node, zones):
    """How many times its pods every zone holds beside its nodes: 2 at most, 0 for not even once."""
    factor = 2
    for zone, (pods, _) in enumerate(propose_search.zone_needs(nodes, pods_per_node, zones, 1)):
        share = pods // pods_per_node
        free = {roles: sum(usable(b.cidr.prefix_len) for b in vswitches
                           if b.zone == zone and ROLE_OF[b.role] == roles) for roles in ROLES}
        left = free[BOTH] - max(0, share - free[NODE] - there.get(zone, 0))
        while factor and (left < 0 or pods * factor > free[POD] + left):
            factor -= 1
    return factor


def overlap(one, two):
    return (one[0] < two[0] + 2**(32 - two[1])) and (two[0] < one[0] + 2**(32 - one[1]))


def is_legal(vpc, used, blocks):
    """Disjoint blocks in the free space of the VPC, each in one block of it, with masks that their
    roles may have."""
    vswitches = [(b.cidr.lo, b.cidr.prefix_len) for b in blocks]
    return (all(MASKS[ROLE_OF[b.role]][0] <= b.cidr.prefix_len <= MASKS[ROLE_OF[b.role]][1]
                for b in blocks)
            and all(first % 2**(32 - length) == 0
                    and any(length >= one[1] and overlap((first, length), one) for one in vpc)
                    for first, length in vswitches)
            and not any(overlap(one, two) for index, one in enumerate(vswitches)
                        for two in [*used, *vswitches[:index]]))


def in_use_of(vpc, used):
    return [abi.PlanBlock(cidr(*block), role, UNKNOWN)
            for role, blocks in ((abi.PlanRole.VPC, vpc), (abi.PlanRole.OTHER_VSWITCH, used))
            for block in blocks]


def free_there(there):
    """{zone: addresses} of vSwitches for nodes, (first, prefix_len, zone, used)."""
    free = {}
    for _, mask, zone, used in there:
        free[zone] = free.get(zone, 0) + usable(mask) - used
    return free


def answer_of(compare, vpc, used, there, request):
    """(factor that the proposal holds, or 0; what is wrong with it)."""
    nodes, pods_per_node, _ = request
    in_use = in_use_of(vpc, used)
    in_use += [abi.PlanBlock(cidr(first, mask), abi.PlanRole.NODE_VSWITCH, zone, taken)
               for first, mask, zone, taken in there]
    if len(used) % 2:  # takes nothing of the VPC
        in_use.append(abi.PlanBlock(cidr(*vpc[0]), abi.PlanRole.SUMMARY, UNKNOWN))
    proposal, blocks = ask_library(compare, in_use, *request)
    if not proposal["fits"]:
        rows = {row[0]: row for row in proposal["limits"]}
        is_short = rows["VPC_SPACE"][2] > rows["VPC_SPACE"][3]
        return 0, proposal["bound_by"] if is_short else "nothing is short"
    vswitches = [b for b in blocks if b.role in ROLE_OF]
    found = findings_of(compare, [*blocks, *in_use[len(vpc):]], TERWAY, nodes, nodes * pods_per_node)
    errors = [finding for finding in found if finding.is_error]
    taken = [*used, *(block[:2] for block in there)]
    fault = None if is_legal(vpc, taken, vswitches) and not errors else f"illegal: {errors}"
    compare.seen.update((TOPIC, f"{ROLE_OF[b.role]}") for b in vswitches)
    return held_factor(vswitches, free_there(there), *request), fault


# ---- Dual stack ----


def ipv6_block(index, prefix_len, role):
    """A block of a /56, counted in /64."""
    return abi.PlanBlock(abi.Cidr(0x20010db800012300 + index, 0, 6, prefix_len), role, UNKNOWN)


def fault_of_dual(blocks, used):
    """What is wrong with the IPv6 half of a proposal: each vSwitch has a /64 of the /56 that nothing
    else has, and a Service CIDR in fc00::/7, /112 to /120, has what the IPv4 one has."""
    halves = {family: [b for b in blocks if b.cidr.family == family] for family in (4, 6)}
    of = {family: sorted((b.role, b.zone) for b in half if b.role != abi.PlanRole.VPC)
          for family, half in halves.items()}
    indexes = [b.cidr.hi - 0x20010db800012300 for b in halves[6] if b.role in ROLE_OF]
    services = {b.cidr.family: b.cidr for b in blocks if b.role == abi.PlanRole.SERVICE_CIDR}
    if of[4] != of[6]:
        return f"one half has other blocks than the other: {of}"
    if len({*indexes, *used}) < len(indexes) + len(used) or not all(0 <= i < 256 for i in indexes):
        return f"blocks of the /56: {indexes}"
    if not all(b.cidr.prefix_len == 64 and b.cidr.lo == 0 for b in halves[6] if b.role in ROLE_OF):
        return "no /64"
    if not (services[6].hi >> 57 == 0xfc >> 1 and 112 <= services[6].prefix_len <= 120
            and 128 - services[6].prefix_len == 32 - services[4].prefix_len):
        return "the Service CIDRs"
    return None


def ask_dual(compare, rng, vpc, used, request):
    """The plan is that without IPv6, as long as the /56 has a /64 for each vSwitch."""
    in_use = in_use_of(vpc, used)
    plain, _ = ask_library(compare, in_use, *request)
    taken = rng.sample(range(256), rng.choice((0, 3, 250, 254)))
    in_use += [ipv6_block(0, 56, abi.PlanRole.VPC)]
    in_use += [ipv6_block(index, 64, abi.PlanRole.OTHER_VSWITCH) for index in taken]
    count = max(0, plain["block_count"] - len(vpc) - 1)
    proposal, blocks = ask_library(compare, in_use, *request, dual_stack=1)
    if not plain["fits"] or count > 256 - len(taken) and proposal["pods_factor"] != 1:
        fault = "it fits" if proposal["fits"] else None
    elif not proposal["fits"]:
        fault = None if count > 256 - len(taken) else f"it does not fit: {proposal['bound_by']}"
    else:
        others = [b for b in in_use if b.role != abi.PlanRole.VPC]
        found = findings_of(compare, [*blocks, *others], TERWAY, request[0],
                            request[0] * request[1], dual_stack=1)
        fault = fault_of_dual(blocks, taken) or [f for f in found if f.is_error] or None
    compare.same(TOPIC, (vpc, used, request, taken), lambda: None, ("OK", fault))
    compare.seen.add((TOPIC, f"dual stack {proposal['fits']}"))


# ---- Prefixes ----


def ask_prefixes(compare, rng):
    """Nodes that take prefixes find them in what is proposed, and not in a smaller pod vSwitch."""
    nodes, prefixes, enis = rng.randint(1, 400), rng.randint(1, 60), rng.randint(2, 9)
    zones = rng.randint(1, 3)
    in_use = [abi.PlanBlock(cidr(10 << 24, 10), abi.PlanRole.VPC, UNKNOWN)]
    proposal, blocks = ask_library(compare, in_use, nodes, 1, zones, **plan_node(prefixes, enis))
    vswitches = [Vswitch((0, b.cidr.lo, 4, b.cidr.prefix_len), b.zone, ROLE_OF[b.role], 0)
                 for b in blocks if b.role in ROLE_OF]
    answer = []
    for zone in range(min(zones, nodes)):
        share = nodes // zones + (zone < nodes % zones)
        load = Load(share, share * (enis - 1), share * prefixes)
        of_zone = [v for v in vswitches if v.zone == zone]
        last = max((v for v in of_zone if v.roles == POD), key=lambda v: v.cidr[3])
        smaller = [v if v is not last else v._replace(cidr=(*v.cidr[:3], v.cidr[3] + 1))
                   for v in of_zone]
        answer.append((Zone(of_zone, True).holds(load),
                       last.cidr[3] < 25 and Zone(smaller, True).holds(load)))
    compare.same(TOPIC, (nodes, prefixes, enis, zones), lambda: [(True, False)] * min(zones, nodes),
                 ("OK", answer))
    compare.seen.add((TOPIC, "prefixes"))


def model_answer(free, there, request):
    for factor in FACTORS:
        if propose_search.holds(free, propose_search.zone_needs(*request, factor, there)):
            return factor, None
    return 0, "VPC_SPACE"


def draw_vpc(rng):
    """A VPC of one block of /22 to /26 or several as small, and up to a dozen blocks in use, most of
    them small."""
    count = rng.choice((1, 1, 1, 2, 3, 6))
    vpc = [(VPC_START + index * 1024, rng.randint(22 + (count > 1), 26 + 2 * (count > 1)))
           for index in range(count)]
    rng.shuffle(vpc)
    used = []
    for _ in range(rng.choice((0, 0, 1, 2, 3, 4, 6, 8, 12))):
        first, mask = rng.choice(vpc)
        longest = rng.choice((rng.randint(mask + 1, 29), rng.randint(max(mask + 1, 25), 29)))
        used.append((first + rng.randrange(2**(longest - mask)) * 2**(32 - longest), longest))
    return vpc, used


def draw_there(rng, vpc, used, zones):
    """vSwitches for nodes that are there, beside all that is used, as (first, prefix_len, zone, used)."""
    there = []
    for _ in range(rng.choice((0, 0, 0, 1, 2, 3))):
        first, mask = rng.choice(vpc)
        longer = rng.randint(mask + 1, 29)
        block = first + rng.randrange(2**(longer - mask)) * 2**(32 - longer), longer
        if not any(overlap(block, other[:2]) for other in (*used, *there)):
            room = usable(longer)
            there.append((*block, rng.randrange(zones), rng.choice((0, room, rng.randint(0, room)))))
    return there


def most_nodes(free, there, pods_per_node, zones, factor):
    """The most nodes that any set of vSwitches holds, sought from above."""
    addresses = sum(count * usable(mask) for mask, count in free.items() if mask <= 29)
    addresses += sum(there.values())
    nodes = addresses // (1 + factor * pods_per_node)
    while nodes and not propose_search.holds(
            free, propose_search.zone_needs(nodes, pods_per_node, zones, factor, there)):
        nodes -= 1
    return nodes


def ask_request(compare, vpc, used, there, request):
    free = propose_search.free_blocks(vpc, [*used, *(block[:2] for block in there)])
    r = compare.same(TOPIC, (vpc, used, there, request),
                     lambda: model_answer(free, free_there(there), request),
                     ("OK", answer_of(compare, vpc, used, there, request)))
    compare.seen.add((TOPIC, f"factor {r[0]}, blocks {min(len(vpc), 2)}"))
    compare.seen.add((TOPIC, f"factor {r[0]}, {'nodes there' if there else 'no nodes'}"))


# Blocks in use of a /22, as (offset, mask), and requests (nodes, pods of a node, zones) with no room to
# spare: the zone that needs most must not have the largest block.
TIGHT = (([(304, 28), (832, 26)], (295, 1, 3)), ([(336, 28), (576, 26)], (178, 2, 3)),
         ([(24, 29), (32, 27), (704, 27)], (296, 1, 3)), ([(176, 29), (704, 28)], (317, 1, 3)),
         ([(96, 28), (224, 28)], (316, 1, 3)))


def ask_around_most(compare, vpc, used, there, pods_per_node, zones, factor):
    free = propose_search.free_blocks(vpc, [*used, *(block[:2] for block in there)])
    most = most_nodes(free, free_there(there), pods_per_node, zones, factor)
    for nodes in {max(1, most - 1), max(1, most), most + 1}:
        ask_request(compare, vpc, used, there, (nodes, pods_per_node, zones))


def ask(compare, draws):
    for used, request in TIGHT:
        ask_request(compare, [(VPC_START, 22)],
                    [(VPC_START + offset, mask) for offset, mask in used], [], request)
    rng = random.Random(20260708)
    for _ in range(draws // 8):
        vpc, used = draw_vpc(rng)
        pods_per_node = rng.choice((1, 2, 3, 5, 10, 20, 60, rng.randint(1, 100)))
        zones = rng.randint(1, 3)
        ask_around_most(compare, vpc, used, draw_there(rng, vpc, used, zones), pods_per_node, zones,
                        rng.choice((1, 2)))
        ask_dual(compare, rng, vpc, used, (rng.randint(1, 60), pods_per_node, rng.randint(1, 3)))
        ask_prefixes(compare, rng)
    compare.require(TOPIC, ("dual stack 0", "dual stack 1", "prefixes",
                            *(f"factor {factor}, blocks {blocks}" for factor in (0, *FACTORS)
                              for blocks in (1, 2)),
                            *(f"factor {factor}, nodes there" for factor in (0, *FACTORS)), *map(str, ROLES)))
