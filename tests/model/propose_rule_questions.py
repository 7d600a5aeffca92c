# SPDX-License-Identifier: MIT
"""Questions about proposals in a VPC with room for all: what they take of quotas, and their masks."""
import random
import sys
from collections import Counter
from ctypes import byref, sizeof

from cnicalc import abi
import propose_rule_model
from layout import fields
from library import UNKNOWN, as_struct, ceilings, plan_node
from quota_model import ADVANCED_GROUP, BASIC_GROUP, CEILINGS, EDITIONS, FLANNEL, TERWAY

TOPIC = "propose rules"
OWN = {"plugin": TERWAY, "zones": 1, "growth_percent": 0, "nodes": 1, "pods_per_node": 1,
       "services": 0, "node_max_pods": 0, "dual_stack": 0}
NODE = {"joins": 1, "enis": 0}
BLOCKS, PROPOSAL = (abi.PlanBlock * 512)(), abi.PlanProposal()
VPC = [abi.PlanBlock(abi.Cidr(0, 10 << 24, 4, 8), abi.PlanRole.VPC, UNKNOWN),
       abi.PlanBlock(abi.Cidr(0x20010db800012300, 0, 6, 56), abi.PlanRole.VPC, UNKNOWN)]


def library_answer(compare, o, limits):
    options = as_struct(abi.PlanProposeOptions, {
        "struct_size": sizeof(abi.PlanProposeOptions), **{name: o[name] for name in OWN},
        **plan_node(0, o["enis"], o["joins"]), **ceilings(o)})
    in_use = (abi.PlanBlock * (1 + o["dual_stack"]))(*VPC[:1 + o["dual_stack"]])
    status = compare.library.ask("cnicalc_plan_propose",
                                 byref(abi.Plan(in_use, len(in_use))), byref(options),
                                 byref(PROPOSAL), BLOCKS, len(BLOCKS), None, outputs=[PROPOSAL])
    if status != "OK":
        sys.exit(f"{TOPIC}: {o} has status {status}")
    r = fields(PROPOSAL)
    blocks = Counter((abi.PlanRole(b.role).name, b.cidr.prefix_len)
                     for b in BLOCKS[:r["block_count"]])
    rows = {limit: (needed, available) for limit, _, needed, available in r["limits"]
            if limit in limits}
    names = "nodes", "pods", "services", "node_mask", "pods_factor", "fits"
    return {**{name: r[name] for name in names}, "rows": rows, "blocks": dict(blocks)}


def ask_request(compare, overrides):
    o = {**CEILINGS, **OWN, **NODE, **overrides}
    expected = propose_rule_model.propose(o)
    r = compare.same(TOPIC, overrides, lambda: expected,
                     ("OK", library_answer(compare, o, expected["rows"])))
    compare.seen.update((TOPIC, limit) for limit, (needed, available) in r["rows"].items()
                        if needed > available)
    compare.seen.add((TOPIC, f"factor {r['pods_factor']}, fits {r['fits']}"))


def draw_request(rng):
    o = {"plugin": rng.choice((TERWAY, TERWAY, FLANNEL)), "zones": rng.choice((1, 1, 2, 3, 7)),
         "growth_percent": rng.choice((0, 0, 10, 33, 100)),
         "nodes": rng.choice((10, 28, 29, 100, 130, 131, 200, 201, rng.randint(7, 3000))),
         "services": rng.choice((0, 0, 253, 254, 4093, 9999, 10000, 65533, 65534)),
         "enis": rng.choice((0, 0, 4, 8, 32)), "joins": int(rng.random() < 0.9),
         "edition": rng.choice((*EDITIONS, *EDITIONS[:1] * 5)), "raised": rng.randrange(2),
         "security_group": rng.choice((BASIC_GROUP, ADVANCED_GROUP)),
         "security_group_used": rng.choice((0, 0, 0, 3000, 65000)),
         "dual_stack": 0,
         "routes_used": rng.choice((0, 0, 50))}
    if o["plugin"] == TERWAY:
        o["dual_stack"] = rng.randrange(2)
    most = 900000 // (2 * (o["nodes"] + 1))  # twice with 100 % growth: below 2^22 addresses
    o["pods_per_node"] = min(most, rng.choice((1, 12, 45, 61, 62, 125, 126, 210, 253, 254,
                                               rng.randint(1, 300))))
    o["node_max_pods"] = rng.choice((0, 0, o["pods_per_node"], o["pods_per_node"] - 1 or 1))
    for name in CEILINGS:
        if name.endswith("quota") and rng.random() < 0.2:
            o[name] = rng.choice((3, 14, 1000, 100000, 2**64 - 1))
    return o


def ask(compare, draws):
    for quota in (1, 2, 3):  # 80,000 addresses take a vSwitch more than 40,000
        ask_request(compare, {"nodes": 1000, "pods_per_node": 40, "vswitch_quota": quota})
    ask_request(compare, {"nodes": 258, "pods_per_node": 127})  # twice: all of a /16
    rng = random.Random(20260710)
    for _ in range(draws):
        ask_request(compare, draw_request(rng))
    compare.require(TOPIC, ("NODE_QUOTA", "ROUTE_QUOTA", "POD_QUOTA", "SERVICE_QUOTA",
                            "VPC_ADDRESS_QUOTA", "VSWITCH_QUOTA", "SECURITY_GROUP_QUOTA",
                            "NODE_MASK", "NODE_MAX_PODS", "MIN_PODS_TO_JOIN", "SERVICE_CIDR",
                            "factor 0, fits 1", "factor 1, fits 1", "factor 2, fits 1"))
