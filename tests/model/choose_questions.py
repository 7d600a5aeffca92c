# SPDX-License-Identifier: MIT
"""Questions about the choice of a plugin: editions x features x nodes around every ceiling."""
import itertools
import random
from ctypes import byref, sizeof

from cnicalc import abi
import choose_model
from layout import fields
from library import as_struct, ceilings

TOPIC = "choose"
EDITIONS = range(1, 6)
MOST_32, MOST = 2**32 - 1, 2**64 - 1
# 0 is not asked; then one below, at and above every ceiling of the table.
NODES = (0, 1, *(ceiling + step for ceiling in (10, 200, 1000, 5000, 15000) for step in (-1, 0, 1)),
         MOST - 1, MOST)
FEATURES = [1 << number for number in range(1, 13)]
OWN = ("needed_features", "nodes", "node_quota.1", "node_quota.2")
SIZE = sizeof(abi.PluginChooseOptions)
RESULT = abi.PluginChooseResult()


def ask_choose(compare, overrides):
    o = {**choose_model.OPTIONS, **overrides}
    own = {name: o[name] for name in OWN}
    options = as_struct(abi.PluginChooseOptions, {**own, **ceilings(o), "struct_size": SIZE})
    status = compare.library.ask("cnicalc_plugin_choose", byref(options), byref(RESULT),
                                 outputs=[RESULT])
    result = None
    if status == "OK":
        result = fields(RESULT)
        result["plugin"] = choose_model.CHOICE_NAMES[result["plugin"]]
    r = compare.same(TOPIC, overrides, lambda: choose_model.choose(o), (status, result))
    if r:
        compare.seen.add((TOPIC, r["plugin"]))


def ask_features(compare):
    """No feature, every one and every two, all, and every bit of the mask alone, facts included."""
    masks = {0, sum(FEATURES), MOST_32, *(1 << number for number in range(32)),
             *(one | two for one, two in itertools.combinations(FEATURES, 2)),
             FEATURES[0] | FEATURES[3] | FEATURES[4], FEATURES[0] | 1 << 13, 1 << 13 | 1 << 31}
    for edition, mask, nodes in itertools.product(EDITIONS, sorted(masks), NODES):
        ask_choose(compare, {"edition": edition, "needed_features": mask, "nodes": nodes})


def ask_own_ceilings(compare):
    """Own ceilings at their extremes and around the request, in every edition and in none."""
    own = (0, 1, 99, 100, 101, MOST)
    for edition, terway, flannel in itertools.product((*range(8), MOST_32), own, own):
        for nodes, mask in itertools.product((0, 1, 100, MOST), (0, FEATURES[0], FEATURES[11])):
            ask_choose(compare, {"edition": edition, "nodes": nodes, "needed_features": mask,
                                 "node_quota.1": terway, "node_quota.2": flannel})
    for edition, raised, nodes in itertools.product((0, *EDITIONS, 6), (0, 1, 2, MOST_32), NODES):
        for both, flannel in itertools.product((0, 100, MOST), (0, 200)):
            ask_choose(compare, {"edition": edition, "raised": raised, "nodes": nodes,
                                 "node_quota": both, "node_quota.2": flannel})


def ask(compare, draws):
    ask_features(compare)
    ask_own_ceilings(compare)
    rng = random.Random(20260704)
    for _ in range(draws // 4):
        mask = rng.getrandbits(12) & rng.getrandbits(12)
        ask_choose(compare, {"edition": rng.choice(EDITIONS), "nodes": rng.choice(NODES),
                             "needed_features": mask << 1,
                             "raised": rng.randrange(2),
                             "node_quota": rng.choice((0, 0, 0, rng.randrange(20000))),
                             "node_quota.1": rng.choice((0, 0, rng.randrange(20000))),
                             "node_quota.2": rng.choice((0, 0, rng.randrange(2000)))})
    compare.require(TOPIC, ("OK", "FLAG", "EDITION", "FEATURE", "FEATURE_FACT"))
    compare.require(TOPIC, choose_model.CHOICE_NAMES[1:])
