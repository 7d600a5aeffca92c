# SPDX-License-Identifier: MIT
"""cnicalc for Python: pods per node and nodes per cluster of ACK, before the cluster exists.

>>> find("ecs.c7.4xlarge").eni_quantity
8
>>> node("ecs.c7.4xlarge", mode="shared").max_pods
210
>>> flannel("172.16.0.0/20", node_mask=24).max_nodes
16

A thin layer over the shared library, with ctypes and the standard library only. It adds no rule
of its own: every number is the library's, exact, and never a float.

- A function takes and returns Python values; options are keyword arguments named like the fields
  of the header, and an option that is not given keeps the library's default. Ceilings, own quotas
  and what is used of them, are keyword arguments too, or one Ceilings for many questions.
- What is not published, or does not apply, is None. A malformed question raises Error; "does not
  fit" is an answer.
- Results are frozen dataclasses. Constants are IntEnums with the header's names, and where an enum
  is wanted, its name on the command line will do; name_of() gives that name.
- node_batch(), size(), CidrArray and the cidr_ functions answer for many rows in one call.
- lib has every function of the headers as it is, with its types declared, and abi has the structs.
  A status that is not OK is raised there too, except where it is the answer (cidr_check,
  cidr_fault, address_check, address_fault).

The library is the file that CNICALC_LIBRARY names, else libcnicalc.so.0 beside this file, as in a
wheel, else build/libcnicalc.so of the source tree, else the system's libcnicalc.so.0. Its version,
and the sizes of all structs, are checked here.

This file gathers the topics, which private modules have; _abi.py and _instance.py are made from the
headers.
"""
from . import _abi as abi
from ._abi import (NO_LIMIT, UNKNOWN, UNKNOWN_COUNT, Array, Bound, Choice, ConntrackLimit, Counts,
                   Edition, ErdmaIpam, Family, Feature, IpStack, Limit, Mode, NodeKind, NodeSign,
                   PlanCode, PlanRole, PlanSeverity, Plugin, QuotaWhat, SecurityGroup, SourceCode,
                   StatusCode, VswitchRole)
from ._cidr import (Address, AddressLike, Blocks, Cidr, CidrArray, CidrLike, cidr_first_overlap,
                    cidr_from_range, cidr_merge, cidr_overlap_pairs, cidr_parse_lines, cidr_sort)
from ._cluster import (ChooseResult, ConntrackResult, FeatureRow, FlannelResult, PlanBlock,
                       PlanFinding, PlanProposal, PluginCandidate, TerwayFitResult, TerwayFitZone,
                       TerwayGrowResult, TerwayNode, TerwayPool, TerwayResult, TerwayZone, Vswitch,
                       Zone, choose, conntrack, feature_supported, features, flannel, flannel_fit,
                       flannel_grow, plan_check, plan_propose, terway, terway_fit, terway_grow,
                       terway_node)
from ._columns import Batch, Column
from ._core import Ceilings, Error, Named, Ratio, Text, lib, name_of
from ._instance import Instance
from ._node import (Catalog, CatalogError, NodeBatch, NodeResult, Quota, allocatable_storage_bytes,
                    catalog_parse, family, find, instances, near, node, node_batch,
                    prefixes_for_pods, quota_value, quotas, recognize, source_text, table_date,
                    table_version)
from ._workload import (Quantity, SizeTable, Workload, WorkloadResult, Workloads, cpu_millicores,
                        memory_bytes, size, workload)

__all__ = [
    # Below everything
    "Batch", "Ceilings", "Column", "Error", "Named", "Ratio", "Text", "abi", "lib", "name_of",
    "version",
    # Constants
    "Array", "Bound", "Choice", "ConntrackLimit", "Counts", "Edition", "ErdmaIpam", "Family",
    "Feature", "IpStack", "Limit", "Mode", "NO_LIMIT", "NodeKind", "NodeSign", "PlanCode",
    "PlanRole", "PlanSeverity", "Plugin", "QuotaWhat", "SecurityGroup", "SourceCode", "StatusCode",
    "UNKNOWN", "UNKNOWN_COUNT", "VswitchRole",
    # Addresses and blocks
    "Address", "AddressLike", "Blocks", "Cidr", "CidrArray", "CidrLike", "cidr_first_overlap",
    "cidr_from_range", "cidr_merge", "cidr_overlap_pairs", "cidr_parse_lines", "cidr_sort",
    # Instance types and quotas
    "Catalog", "CatalogError", "Instance", "Quota", "catalog_parse", "family", "find", "instances",
    "near", "quota_value", "quotas", "source_text", "table_date", "table_version",
    # Pods on a node
    "NodeBatch", "NodeResult", "allocatable_storage_bytes", "node", "node_batch",
    "prefixes_for_pods", "recognize",
    # Workloads
    "Quantity", "SizeTable", "Workload", "WorkloadResult", "Workloads", "cpu_millicores",
    "memory_bytes", "size", "workload",
    # Clusters
    "ChooseResult", "ConntrackResult", "FeatureRow", "FlannelResult", "PlanBlock", "PlanFinding",
    "PlanProposal", "PluginCandidate", "TerwayFitResult", "TerwayFitZone",
    "TerwayGrowResult", "TerwayNode", "TerwayPool", "TerwayResult", "TerwayZone", "Vswitch", "Zone",
    "choose", "conntrack", "feature_supported", "features", "flannel", "flannel_fit",
    "flannel_grow", "plan_check", "plan_propose", "terway", "terway_fit", "terway_grow",
    "terway_node",
]


def version() -> str:
    """The version of the library."""
    return str(lib.cnicalc_version_string())
