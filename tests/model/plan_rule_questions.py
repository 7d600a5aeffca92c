# SPDX-License-Identifier: MIT
"""Questions about plans: what the check says of quotas, zones, Services and dual stack."""
import random
import sys
from ctypes import byref, c_size_t, sizeof
from ipaddress import ip_network

from cnicalc import abi
import plan_rule_model
from layout import limit_name
from library import UNKNOWN, as_struct, ceilings, plan_node
from plan_rule_model import (CODES, LIMITS, NODE_VSWITCH, OTHER_VSWITCH, OWN_VSWITCHES, POD_CIDR,
                             POD_VSWITCH, SERVICE_CIDR, VPC, Block)
from quota_model import ADVANCED_GROUP, BASIC_GROUP, CEILINGS, EDITIONS, FLANNEL, TERWAY

TOPIC = "plan rules"
FINDINGS = (abi.PlanFinding * 4096)()
OWN = ("plugin", "node_mask", "nodes", "pods", "services", "node_max_pods", "dual_stack")


# ---- Asking the library ----


def block_of(block):
    hi, lo = divmod(int(block.network.network_address), 2**64)
    return abi.PlanBlock(abi.Cidr(hi, lo, block.network.version, block.network.prefixlen),
                         block.role, block.zone)


def index_of(number):
    return None if number == UNKNOWN else number


def is_judged(found):
    return found[0] in CODES or found[0] in ("SHORTAGE", "QUOTA_UNKNOWN") and found[3] in LIMITS


def library_answer(compare, blocks, o):
    options = as_struct(abi.PlanCheckOptions, {
        "struct_size": sizeof(abi.PlanCheckOptions), **{name: o[name] for name in OWN},
        **plan_node(o["prefixes"], o["enis"], o["joins"]), **ceilings(o)})
    plan = abi.Plan((abi.PlanBlock * len(blocks))(*map(block_of, blocks)), len(blocks))
    count = c_size_t()
    status = compare.library.ask("cnicalc_plan_check", byref(plan), byref(options), FINDINGS,
                                 len(FINDINGS), byref(count), None, outputs=[], documented=[count])
    if status != "OK":
        sys.exit(f"{TOPIC}: {blocks} {o} has status {status}")
    found = [(abi.PlanCode(f.code).name, index_of(f.subject), index_of(f.other), limit_name(f.limit),
              f.value, f.bound) for f in FINDINGS[:count.value]]
    return "OK", sorted(filter(is_judged, found), key=str)


def ask_plan(compare, blocks, o):
    found = compare.same(TOPIC, (blocks, o), lambda: plan_rule_model.findings(blocks, o),
                         library_answer(compare, blocks, o))
    compare.seen.update((TOPIC, code) for code, *_ in found)
    compare.seen.update((TOPIC, f"{code} {limit}") for code, _, _, limit, *_ in found)


# ---- Making plans ----


def draw_vpc(rng):
    ipv4 = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/13", "192.168.0.0/16",
                                          "30.0.0.0/14", "30.8.0.0/15", "30.16.0.0/16",
                                          "30.17.0.0/17", "30.18.0.0/28")]
    count = rng.choice((0, 1, 1, 1, 2, 2, 3, 6, 7))
    for network in rng.sample(ipv4, count):
        yield Block(VPC, network, UNKNOWN)
    for index in range(rng.choice((0, 1, 1, 2))):
        yield Block(VPC, ip_network(f"2408:4000:0:{index:x}00::/56"), UNKNOWN)


def draw_vswitches(rng):
    """Inside 10.0.0.0/8 and the first IPv6 block; some blocks named twice, and others' vSwitches."""
    zones = rng.choice(((1,), (1,), (1, 2), (1, 2, 7), (1, 2, UNKNOWN)))
    for index in range(rng.choice((0, 1, 2, 3, 5, 8))):
        network = ip_network(f"10.{index}.0.0/{rng.choice((16, 19, 24, 25))}")
        role, zone = rng.choice((*OWN_VSWITCHES, OTHER_VSWITCH)), rng.choice(zones)
        yield Block(role, network, zone)
        if role != OTHER_VSWITCH and rng.random() < 0.2:
            yield Block(NODE_VSWITCH if role == POD_VSWITCH else POD_VSWITCH, network, zone)
    for index in range(rng.choice((0, 0, 1, 2, 4))):
        yield Block(rng.choice((*OWN_VSWITCHES, OTHER_VSWITCH)),
                    ip_network(f"2408:4000:0:{index:x}::/64"), rng.choice(zones))


def draw_services(rng):
    if rng.random() < 0.9:
        yield Block(SERVICE_CIDR, ip_network(f"172.24.0.0/{rng.randint(16, 24)}"), UNKNOWN)
    if rng.random() < 0.5:
        yield Block(SERVICE_CIDR, ip_network(f"fd00::/{rng.randint(112, 120)}"), UNKNOWN)


def draw_options(rng):
    def around(*values):
        return max(0, rng.choice(values) + rng.choice((-1, 0, 0, 1)))

    plugin = rng.choice((TERWAY, TERWAY, FLANNEL))
    o = {**CEILINGS, "plugin": plugin, "node_mask": 26 if plugin == FLANNEL else 0,
         "nodes": around(0, 10, 50, 100, 200, 1000, 2000, 4000, 5000, 15000),
         "pods": around(0, 10, 300, 1000, 1900, 2000, 5900, 60000, 150000),
         "services": around(0, 0, 10, 99, 253, 255, 4093, 9999, 65533),
         "dual_stack": rng.randrange(2), "enis": rng.choice((0, 0, 1, 3, 8)),
         "prefixes": rng.choice((0, 0, 1, 5, 42)), "joins": int(rng.random() < 0.9),
         "node_max_pods": rng.choice((0, 0, 1, 5, 6, 20, 210)),
         "edition": rng.choice((*EDITIONS, EDITIONS[0], EDITIONS[0])), "raised": rng.randrange(2),
         "security_group": rng.choice((BASIC_GROUP, ADVANCED_GROUP)),
         "security_group_used": rng.choice((0, 0, 1000, 5999, 65536))}
    for name in CEILINGS:
        if name.endswith("quota") and rng.random() < 0.1:
            o[name] = rng.choice((1, 3, 100, 5000, 2**64 - 1))
    return o


def draw_plan(rng):
    o = draw_options(rng)
    blocks = [*draw_vpc(rng), *draw_vswitches(rng), *draw_services(rng)]
    if o["plugin"] == FLANNEL:
        blocks.append(Block(POD_CIDR, ip_network("172.28.0.0/16"), UNKNOWN))
    rng.shuffle(blocks)
    return blocks, o


def ask_many_vswitches(compare, rng):
    """The published 150, and one more; each block once, whatever its roles."""
    o = {**draw_options(rng), "vswitch_quota": 0}
    for count, others in ((150, 0), (149, 2), (150, 1), (1, 150)):
        blocks = [Block(VPC, ip_network("10.0.0.0/8"), UNKNOWN)]
        blocks += [Block(NODE_VSWITCH, ip_network(f"10.{i}.0.0/16"), 1) for i in range(count)]
        blocks += [Block(POD_VSWITCH, ip_network(f"10.{i}.0.0/16"), 1) for i in range(count)]
        blocks += [Block(OTHER_VSWITCH, ip_network(f"10.{i}.0.0/24"), UNKNOWN)
                   for i in range(200, 200 + others) if i < 256]
        blocks += [Block(OTHER_VSWITCH, ip_network(f"10.199.{i}.0/24"), UNKNOWN)
                   for i in range(max(0, others - 56))]
        ask_plan(compare, blocks, o)


def ask(compare, draws):
    rng = random.Random(20260709)
    ask_many_vswitches(compare, rng)
    for _ in range(draws):
        ask_plan(compare, *draw_plan(rng))
    compare.require(TOPIC, CODES)
    compare.require(TOPIC, [f"SHORTAGE {limit}" for limit in LIMITS])
    compare.require(TOPIC, ["QUOTA_UNKNOWN POD_QUOTA", "QUOTA_UNKNOWN SERVICE_QUOTA"])
