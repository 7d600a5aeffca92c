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
OPTIONS = {"edition": quota_model.PRO, "needed_features": 0, "nodes": 0, "terway_node_quota": 0,
           "flannel_node_quota": 0}


def names_of(mask):
    """The names of a mask's bits. A bit of no feature is a worse fault than one of a fact."""
    bits = [1 << number for number in range(32) if mask & 1 << number]
    refuse_if(any(bit not in BITS and bit not in FACT_BITS for bit in bits), "FEATURE")
    refuse_if(any(bit in FACT_BITS for bit in bits), "FEATURE_FACT")
    return {BITS[bit] for bit in bits}


def mask_of(names):
    return sum(bit for bit, name in BITS.items() if name in names)


def ceilings(plugin, own, edition):
    """(default, raised); an own ceiling takes the place of both. None: not published."""
    if own:
        return own, own
    return tuple(quota_model.published(edition, plugin, quota_model.NODES, raised)
                 for raised in (0, 1))


def judge(plugin, own, needed, o):
    """What the result says of one plugin, and whether its ceiling rules it out."""
    default, raised = ceilings(plugin, own, o["edition"])
    missing = {name for name in needed if plugin not in CHOICES[name]}
    out_by_nodes = raised is None or o["nodes"] > raised
    fits = not missing and not out_by_nodes
    return {"fits": int(fits), "missing_features": mask_of(missing),
            "needs_quota_increase": int(fits and o["nodes"] > default),
            "max_nodes": NO_LIMIT if raised is None else raised}, out_by_nodes


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
    """The fields of cnicalc_choose_result by name."""
    refuse_if(o["edition"] not in quota_model.EDITIONS, "EDITION")
    needed = names_of(o["needed_features"])
    terway, terway_out = judge(TERWAY, o["terway_node_quota"], needed, o)
    flannel, flannel_out = judge(FLANNEL, o["flannel_node_quota"], needed, o)
    r = {"plugin": choice(terway["fits"], flannel["fits"]),
         "deciding_features": terway["missing_features"] | flannel["missing_features"],
         "nodes_decide": int(terway_out or flannel_out),
         "conflicting_features": mask_of(conflicting(needed))}
    r.update({f"terway_{name}": value for name, value in terway.items()})
    r.update({f"flannel_{name}": value for name, value in flannel.items()})
    return r
