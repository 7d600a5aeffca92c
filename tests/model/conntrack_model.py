# SPDX-License-Identifier: MIT
"""Connection tables, slowly and plainly: unlimited integers and the ratio as an exact fraction.

Written from the published rules and from what include/cnicalc/conntrack.h promises, not from lib/.
"""
from fractions import Fraction
from math import trunc

from answers import NO_LIMIT, refuse_if

LIMITS = ("NONE", "MEMORY", "LEAST", "MOST", "BY_HAND")
MOST_ENTRIES = 16777216
# Table: (default entries, bytes of one entry, least entries).
TABLES = {"tcp": (524288, 94, 131072), "any": (262144, 94, 65536), "nat": (524288, 94, 131072),
          "neighbor": (524288, 24, 131072), "sock_rev_nat": (262144, 48, 65536)}
OPTIONS = {"ratio_millionths": 2500, "memory_bytes": 0, "tcp_entries": 0, "any_entries": 0,
           "nat_entries": 0, "neighbor_entries": 0, "sock_rev_nat_entries": 0, "max_pods": 0}


def computed(name, budget):
    """(entries, bound_by) of a table's share of the budget, at least and at most."""
    default, _, least = TABLES[name]
    whole = sum(entries * entry_bytes for entries, entry_bytes, _ in TABLES.values())
    share = trunc(Fraction(default * budget, whole))
    if share < least:
        return least, "LEAST"
    if share > MOST_ENTRIES:
        return MOST_ENTRIES, "MOST"
    return share, "MEMORY"


def per_pod(entries, o):
    """max_pods 0 is not asked, CNICALC_UNKNOWN_COUNT."""
    return trunc(Fraction(entries, o["max_pods"])) if o["max_pods"] else NO_LIMIT


def solve(o):
    """The fields of cnicalc_conntrack_result by name."""
    refuse_if(not 1 <= o["ratio_millionths"] <= 1000000, "CONNTRACK_RATIO")
    refuse_if(o["memory_bytes"] == 0, "CONNTRACK_MEMORY")
    budget = trunc(o["memory_bytes"] * Fraction(o["ratio_millionths"], 1000000))
    r = {"budget_bytes": budget}
    for name in TABLES:
        by_hand = o[f"{name}_entries"]
        entries, bound_by = (by_hand, "BY_HAND") if by_hand else computed(name, budget)
        r[f"{name}_entries"], r[f"{name}_bound_by"] = entries, bound_by
    r["tcp_per_pod"], r["any_per_pod"] = (per_pod(r[f"{n}_entries"], o) for n in ("tcp", "any"))
    return r
