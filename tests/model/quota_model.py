# SPDX-License-Identifier: MIT
"""The ceilings of ACK clusters, typed by hand from the published table, not from lib/.

| edition   | nodes Terway   | nodes Flannel | pods    | Services |
|-----------|----------------|---------------|---------|----------|
| Pro       | 5,000 / 15,000 | 200 / 1,000   | 150,000 | 10,000   |
| Basic     | 10             | 10            | 300     | 100      |
| dedicated | 5,000 / 15,000 | 200 / 1,000   | 150,000 | 10,000   |
| Edge Pro  | -              | 1,000         | -       | -        |
| Edge Basic| -              | 10            | -       | -        |

The default and the ceiling after a quota increase; one number where no increase is published.
"""
from answers import UNBOUNDED, Refused, as_word, ceiling, refuse_if

ANY, PRO, BASIC, DEDICATED, EDGE_PRO, EDGE_BASIC = range(6)
TERWAY, FLANNEL = 1, 2
BASIC_GROUP, ADVANCED_GROUP = 1, 2  # security groups
EDITIONS = (PRO, BASIC, DEDICATED, EDGE_PRO, EDGE_BASIC)
PLUGINS = (TERWAY, FLANNEL)
(NODES, PODS, SERVICES, VPC_ROUTES, VPC_ADDRESSES, VPC_SECONDARY_BLOCKS,
 BASIC_SECURITY_GROUP_ADDRESSES, ADVANCED_SECURITY_GROUP_ENIS, IPVLAN_PODS, IPVLAN_SERVICE_PODS,
 NODE_MIN_VCPUS, NODE_MIN_MEMORY_GIB, BASIC_SECURITY_GROUP_ADVISED, VPC_VSWITCHES,
 VPC_ROUTE_TABLES, NODE_POOLS, NODE_POOL_NODES, CLUSTERS, CLB_BACKENDS,
 ONE_ZONE_NODES) = WHATS = range(1, 21)

# The limit that a ceiling is; the others bind no answer.
LIMITS = {NODES: "NODE_QUOTA", PODS: "POD_QUOTA", SERVICES: "SERVICE_QUOTA",
          VPC_ROUTES: "ROUTE_QUOTA", VPC_ADDRESSES: "VPC_ADDRESS_QUOTA",
          IPVLAN_PODS: "IPVLAN_POD_QUOTA", BASIC_SECURITY_GROUP_ADDRESSES: "SECURITY_GROUP_QUOTA",
          ADVANCED_SECURITY_GROUP_ENIS: "SECURITY_GROUP_QUOTA", VPC_VSWITCHES: "VSWITCH_QUOTA"}
CEILINGS = {"edition": PRO, "raised": 0, "node_quota": 0, "pod_quota": 0, "service_quota": 0,
            "route_quota": 0, "vpc_address_quota": 0, "ipvlan_pod_quota": 0, "routes_used": 0,
            "security_group": ADVANCED_GROUP, "security_group_quota": 0, "security_group_used": 0,
            "vswitch_quota": 0}

# (edition, plugin, what): (default, raised); raised None: no increase is published.
TABLE = {
    (PRO, TERWAY, NODES): (5000, 15000),
    (PRO, FLANNEL, NODES): (200, 1000),
    (PRO, ANY, PODS): (150000, None),
    (PRO, ANY, SERVICES): (10000, None),
    (BASIC, TERWAY, NODES): (10, None),
    (BASIC, FLANNEL, NODES): (10, None),
    (BASIC, ANY, PODS): (300, None),
    (BASIC, ANY, SERVICES): (100, None),
    (DEDICATED, TERWAY, NODES): (5000, 15000),
    (DEDICATED, FLANNEL, NODES): (200, 1000),
    (DEDICATED, ANY, PODS): (150000, None),
    (DEDICATED, ANY, SERVICES): (10000, None),
    (EDGE_PRO, FLANNEL, NODES): (1000, None),
    (EDGE_BASIC, FLANNEL, NODES): (10, None),
    # Pro with Terway and IPVLAN, at 5,000 nodes
    (PRO, TERWAY, IPVLAN_PODS): (50000, None),
    (PRO, TERWAY, IPVLAN_SERVICE_PODS): (64000, None),
    # The VPC and its security groups, whatever the cluster
    (ANY, ANY, VPC_ROUTES): (200, 1000),
    (ANY, ANY, VPC_ADDRESSES): (300000, None),
    (ANY, ANY, VPC_SECONDARY_BLOCKS): (5, None),
    (ANY, ANY, BASIC_SECURITY_GROUP_ADDRESSES): (6000, None),
    (ANY, ANY, ADVANCED_SECURITY_GROUP_ENIS): (65536, None),
    # Another page still has this for a basic group
    (ANY, ANY, BASIC_SECURITY_GROUP_ADVISED): (2000, None),
    # A node sold to ACK
    (ANY, ANY, NODE_MIN_VCPUS): (4, None),
    (ANY, ANY, NODE_MIN_MEMORY_GIB): (8, None),
    # More ceilings; "Basic / Pro where they differ"
    (ANY, ANY, VPC_VSWITCHES): (150, None),
    (ANY, ANY, VPC_ROUTE_TABLES): (9, None),
    (PRO, ANY, NODE_POOLS): (100, None),
    (BASIC, ANY, NODE_POOLS): (10, None),
    (ANY, ANY, NODE_POOL_NODES): (2000, None),
    (PRO, ANY, CLUSTERS): (100, None),
    (BASIC, ANY, CLUSTERS): (2, None),
    (ANY, ANY, CLB_BACKENDS): (200, None),
    # As many nodes or more should be in two zones
    (ANY, ANY, ONE_ZONE_NODES): (100, None),
}


def published(edition, plugin, what, raised):
    """The ceiling, or None. A row for any edition or plugin answers for each of them."""
    for row_edition, row_plugin, row_what in TABLE:
        if row_what == what and row_edition in (ANY, edition) and row_plugin in (ANY, plugin):
            default, after_increase = TABLE[row_edition, row_plugin, row_what]
            return after_increase if raised and after_increase is not None else default
    return None


def value(edition, plugin, what, raised):
    """cnicalc_quota_value()."""
    refuse_if(edition not in (ANY, *EDITIONS), "EDITION")
    refuse_if(plugin not in (ANY, *PLUGINS), "PLUGIN")
    refuse_if(raised not in (0, 1), "FLAG")
    ceiling = published(edition, plugin, what, raised)
    if ceiling is None:
        raise Refused("QUOTA_UNKNOWN")
    return ceiling


def at(row):
    """cnicalc_quota_at() of a row of the library, by what the row is about; no order is promised."""
    key = row["edition"], row["plugin"], row["what"]
    default, raised = TABLE.get(key, (None, None))
    return {**dict(zip(("edition", "plugin", "what"), key)), "default_value": default,
            "raised_value": raised, "limit": LIMITS.get(row["what"], "NONE")}


def ceiling_of(o, plugin, limit):
    """The own ceiling or the published one, less what others use; None: neither is there.

    Only Flannel nodes take routes, and not on ACK Edge, where VXLAN needs none. A basic security
    group counts addresses, an advanced one ENIs.
    """
    if limit == "ROUTE_QUOTA":
        if plugin != FLANNEL or o["edition"] in (EDGE_PRO, EDGE_BASIC):
            return UNBOUNDED
        return max(0, ceiling(o["route_quota"], published(o["edition"], plugin, VPC_ROUTES,
                                                          o["raised"])) - o["routes_used"])
    what = next(number for number, name in LIMITS.items() if name == limit)
    used = 0
    if limit == "SECURITY_GROUP_QUOTA":
        what = (BASIC_SECURITY_GROUP_ADDRESSES if o["security_group"] == BASIC_GROUP
                else ADVANCED_SECURITY_GROUP_ENIS)
        used = o["security_group_used"]
    found = ceiling(o[limit.lower()], published(o["edition"], plugin, what, o["raised"]))
    return None if found is None else max(0, found - used)


def check(o):
    refuse_if(o["raised"] not in (0, 1), "FLAG")
    refuse_if(o["edition"] not in EDITIONS, "EDITION")
    refuse_if(o["security_group"] not in (BASIC_GROUP, ADVANCED_GROUP), "SECURITY_GROUP")


def ceiling_value(o, plugin, limit):
    """cnicalc_ceiling_value(). limit: a name of LIMITS, or another."""
    check(o)
    refuse_if(plugin not in PLUGINS, "PLUGIN")
    refuse_if(limit not in LIMITS.values(), "LIMIT")
    found = ceiling_of(o, plugin, limit)
    refuse_if(found is None, "QUOTA_UNKNOWN")
    return as_word(found)
