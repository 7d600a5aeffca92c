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
from answers import Refused, refuse_if

ANY, PRO, BASIC, DEDICATED, EDGE_PRO, EDGE_BASIC = range(6)
TERWAY, FLANNEL = 1, 2
EDITIONS = (PRO, BASIC, DEDICATED, EDGE_PRO, EDGE_BASIC)
PLUGINS = (TERWAY, FLANNEL)
(NODES, PODS, SERVICES, VPC_ROUTES, VPC_ADDRESSES, VPC_SECONDARY_BLOCKS,
 BASIC_SECURITY_GROUP_ADDRESSES, ADVANCED_SECURITY_GROUP_ENIS, IPVLAN_PODS, IPVLAN_SERVICE_PODS,
 NODE_MIN_VCPUS, NODE_MIN_MEMORY_GIB) = WHATS = range(1, 13)

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
    # A node sold to ACK
    (ANY, ANY, NODE_MIN_VCPUS): (4, None),
    (ANY, ANY, NODE_MIN_MEMORY_GIB): (8, None),
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
            "raised_value": raised}
