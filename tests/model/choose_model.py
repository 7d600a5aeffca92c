# SPDX-License-Identifier: MIT
"""Terway or Flannel, slowly and plainly: sets of names instead of masks.

Written from the published comparison of the plugins and from what include/cnicalc/plugin.h promises,
not from lib/.
"""
import quota_model
from answers import NO_LIMIT, refuse_if
from quota_model import FLANNEL, TERWAY

# The choices in the order of enum cnicalc_feature, and which plugins have them.
CHOICES = {
    "networkpolicy": {TERWAY},
    "dual stack": {TERWAY},
    "source ip": {TERWAY},
    "exclusive eni": {TERWAY},
    "datapath v2": {TERWAY},
    "pod vswitch": {TERWAY},
    "static pod ip": {TERWAY},
    "session persistence": {TERWAY},
    "multi cluster": {TERWAY},
    "alb clusterip": {TERWAY},
    "extensible pod cidr": {TERWAY},
    "independent pod cidr": {FLANNEL},
}
BITS = {1 << number: name for number, name in enumerate(CHOICES, start=1)}
FACT_BITS = [1 << number for number in range(13, 19)]
CHOICE_NAMES = ("none of them", "terway", "flannel", "either", "none")
OPTIONS = {"edition": quota_model.PRO, "raised": 0, "needed_features": 0, "nodes": 0,
           "node_quota": 0, "node_quota.1": 0, "node_quota.2": 0}


def names_of(mask):
    """The names of a mask's bits. A bit of no feature is a worse fault than one of a fact."""
    bits = [1 << number for number in range(32) if mask & 1 << number]
    refuse_if(any(bit not in BITS and bit not in FACT_BITS for bit in bits), "FEATURE")
    refuse_if(any(bit in FACT_BITS for bit in bits), "FEATURE_FACT")
    return {BITS[bit] for bit in bits}


def mask_of(names):
    return sum(bit for bit, name in BITS.items() if name in names)


def ceilings(plugin, o):
    """(in force, raised). The plugin's own ceiling, else that of both plugins, replaces both. None:
    not published."""
    own = o[f"node_quota.{plugin}"] or o["node_quota"]
    if own:
        return own, own
    return tuple(quota_model.published(o["edition"], plugin, quota_model.NODES, raised)
                 for raised in (o["raised"], 1))


def judge(plugin, needed, o):
    """What the result says of one plugin."""
    in_force, raised = ceilings(plugin, o)
    missing = {name for name in needed if plugin not in CHOICES[name]}
    has_nodes = raised is not None and o["nodes"] <= raised
    fits = has_nodes and not missing
    return {"fits": int(fits), "missing_features": mask_of(missing), "has_nodes": int(has_nodes),
            "needs_quota_increase": int(fits and o["nodes"] > in_force),
            "max_nodes": NO_LIMIT if raised is None else raised}


def conflicting(needed):
    """An exclusive ENI node has neither NetworkPolicy nor DataPath V2: whichever of them collide."""
    others = needed & {"networkpolicy", "datapath v2"}
    if "exclusive eni" in needed and others:
        return {"exclusive eni"} | others
    return set()


def choice(terway_fits, flannel_fits):
    if terway_fits and flannel_fits:
        return "either"
    if terway_fits:
        return "terway"
    return "flannel" if flannel_fits else "none"


def choose(o):
    """The fields of cnicalc_plugin_choose_result by name."""
    refuse_if(o["raised"] not in (0, 1), "FLAG")
    refuse_if(o["edition"] not in quota_model.EDITIONS, "EDITION")
    needed = names_of(o["needed_features"])
    terway, flannel = (judge(plugin, needed, o) for plugin in (TERWAY, FLANNEL))
    r = {"plugin": choice(terway["fits"], flannel["fits"]),
         "deciding_features": terway["missing_features"] | flannel["missing_features"],
         "nodes_decide": int(not terway["has_nodes"] or not flannel["has_nodes"]),
         "conflicting_features": mask_of(conflicting(needed))}
    nobody = dict.fromkeys(terway, 0)
    for number, candidate in enumerate((nobody, terway, flannel, nobody)):
        r.update({f"candidates.{number}.{name}": value for name, value in candidate.items()})
    return r
