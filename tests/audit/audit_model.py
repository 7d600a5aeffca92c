# SPDX-License-Identifier: MIT
"""What a reply of `kubectl get nodes -o json` says of its nodes, slowly and plainly.

Written from the published rules of what a running cluster shows, not from the recipe or the command;
the pods of a type in a mode come from tests/model. None is unknown.

    audit_model.py REPLY...    the rows of `cnicalc audit -o tsv`
"""
import csv
import ipaddress
import json
import re
import sys
from fractions import Fraction
from math import floor
from pathlib import Path

import node_model
from answers import Refused

HOST_NETWORK_PODS = 3
PREFIX = "k8s.aliyun.com/"
SUFFIXES = {"n": Fraction(1, 10**9), "u": Fraction(1, 10**6), "m": Fraction(1, 1000), "": 1,
            **{letter: 1000**(i + 1) for i, letter in enumerate("kMGTPE")},
            **{letter + "i": 1024**(i + 1) for i, letter in enumerate("KMGTPE")}}
API = {"CpuCoreCount": "vcpus", "EniQuantity": "eni_quantity",
       "EniPrivateIpAddressQuantity": "eni_private_ip_address_quantity",
       "EniIpv6AddressQuantity": "eni_ipv6_address_quantity",
       "EniTotalQuantity": "eni_total_quantity", "EniTrunkSupported": "eni_trunk_supported",
       "EriQuantity": "eri_quantity"}
MODES = {node_model.SHARED: "shared", node_model.TRUNK: "trunk",
         node_model.EXCLUSIVE: "exclusive", node_model.PREFIX: "prefix"}
COLUMNS = ("node instance_type zone node_pool kind mode pods_now kubelet_max_pods "
           "max_available_ip possible_pods headroom pods_without_address "
           "allocatable_cpu_millicores expected_cpu_millicores allocatable_memory_kib "
           "expected_memory_kib allocatable_agrees bound_by").split()


def quantity(text):
    """The exact value of a quantity of Kubernetes."""
    number, suffix = re.fullmatch(r"([0-9.]+(?:[eE][-+]?[0-9]+)?)([a-zA-Z]*)", str(text)).groups()
    return Fraction(number) * SUFFIXES[suffix]


def count(text, per=1):
    return None if text is None else floor(quantity(text) * per)


def read_table():
    """The built-in types by name."""
    rows = csv.DictReader(Path("lib/data/ecs-instance-types.tsv").open(encoding="utf-8"),
                          delimiter="\t")
    return {row["instance_type"]: {field: int(row[field]) if row.get(field, "-") != "-" else None
                                   for field in node_model.INSTANCE_FIELDS} for row in rows}


TABLE = read_table()


class Node:
    """One node of a reply."""

    def __init__(self, item, prefix_configs):
        self.item, self.prefix_configs = item, prefix_configs
        self.labels = item["metadata"].get("labels") or {}
        self.notes = item["metadata"].get("annotations") or {}
        self.left = item["status"].get("allocatable") or {}
        self.info = json.loads(self.notes.get("alibabacloud.com/instance-type-info", "{}"))
        self.name = self.labels.get("node.kubernetes.io/instance-type",
                                    self.info.get("InstanceTypeId"))
        self.type = self.find_type()

    def find_type(self):
        """The table's row, with what the annotation says on top; None where neither knows."""
        known = {ours: int(self.info[theirs]) for theirs, ours in API.items()
                 if self.info.get(theirs) is not None}
        if self.info.get("MemorySize") is not None:
            known["memory_mib"] = int(self.info["MemorySize"] * 1024)
        if self.name not in TABLE and "eni_quantity" not in known:
            return None
        empty = dict.fromkeys(node_model.INSTANCE_FIELDS)
        return {**TABLE.get(self.name, empty), **known}

    def allocatable(self, name):
        return count(self.left.get(name)) or 0

    def has_condition(self):
        return any((c["type"], c["status"], c["reason"]) ==
                   ("NetworkUnavailable", "False", "RouteCreated")
                   for c in self.item["status"].get("conditions") or [])

    def is_of_prefixes(self):
        """Whether max-available-ip is what Terway advertises in IP prefix mode."""
        advertised = count(self.notes.get(PREFIX + "max-available-ip"))
        if self.prefix_configs.get(self.labels.get("terway-config")):
            return True
        addresses = self.type and self.type["eni_private_ip_address_quantity"]
        if not advertised or not addresses or addresses < 2:
            return False
        total, enis = self.type["eni_total_quantity"], self.type["eni_quantity"]
        of_eni = (addresses - 1) * 16
        if total is not None:
            return advertised == of_eni * (total - 1)
        return enis is not None and advertised > (enis - 1) * addresses and advertised % of_eni == 0

    def kind(self):
        """The kind and the mode, in the order of the rules."""
        if self.item.get("spec", {}).get("podCIDR") and self.has_condition():
            return "flannel", None
        exclusive = self.labels.get(PREFIX + "exclusive-mode-eni-type", "").lower() == "enionly"
        if self.is_lingjun() or exclusive or self.allocatable("aliyun/eni") > 0:
            return "terway", node_model.EXCLUSIVE
        if PREFIX + "trunk-on" in self.notes or self.allocatable("aliyun/member-eni") > 0:
            return "terway", node_model.TRUNK
        if self.is_of_prefixes():
            return "terway", node_model.PREFIX
        if count(self.notes.get(PREFIX + "max-available-ip")):
            return "terway", node_model.SHARED
        if self.labels.get("type") == "virtual-kubelet":
            return "virtual", None
        if self.labels.get(PREFIX + "ignore-by-terway") == "true":
            return "ignored", None
        return "unmarked", None

    def is_lingjun(self):
        return self.labels.get("alibabacloud.com/lingjun-worker") == "true"

    def offered_type(self):
        """The type, with what no page prints taken from what the node offers."""
        kind = dict(self.type or dict.fromkeys(node_model.INSTANCE_FIELDS))
        enis, members = self.allocatable("aliyun/eni"), self.allocatable("aliyun/member-eni")
        if self.is_lingjun() and enis:
            kind["high_dense_quantity"] = enis
        if members and kind["eni_total_quantity"] is None and kind["eni_quantity"] is not None:
            kind["eni_total_quantity"] = kind["eni_quantity"] + members
            kind["eni_trunk_supported"] = 1
        return kind

    def options(self, mode):
        options = dict(node_model.OPTIONS)
        version = re.match(r"v1\.([0-9]+)", self.item["status"].get("nodeInfo", {})
                           .get("kubeletVersion", ""))
        capacity = self.item["status"].get("capacity", {}).get("memory")
        options.update(mode=mode or node_model.SHARED,
                       erdma=int(self.allocatable("aliyun/erdma") > 0),
                       windows=int(self.labels.get("kubernetes.io/os") == "windows"),
                       kubelet_max_pods=self.allocatable("pods"),
                       kubernetes_minor=int(version[1]) if version else 0,
                       memory_capacity_kib=count(capacity, Fraction(1, 1024)) or 0)
        return options

    def row(self):
        """The expected row."""
        kind, mode = self.kind()
        row = dict.fromkeys(COLUMNS)
        row.update(node=self.item["metadata"]["name"], instance_type=self.name,
                   zone=self.labels.get("topology.kubernetes.io/zone"),
                   node_pool=self.labels.get("alibabacloud.com/nodepool-id"), kind=kind,
                   mode=MODES.get(mode), kubelet_max_pods=count(self.left.get("pods")),
                   max_available_ip=count(self.notes.get(PREFIX + "max-available-ip")) or None,
                   allocatable_cpu_millicores=count(self.left.get("cpu"), 1000),
                   allocatable_memory_kib=count(self.left.get("memory"), Fraction(1, 1024)))
        try:
            if kind == "flannel":
                self.add_flannel(row)
            elif kind == "terway" and (self.type or self.offered_type()["high_dense_quantity"]):
                self.add_terway(row, mode)
        except Refused:
            pass
        return row

    def add_terway(self, row, mode):
        answer = node_model.solve(self.offered_type(), self.options(mode))
        if row["kubelet_max_pods"] is None:
            row["kubelet_max_pods"] = answer["kubelet_max_pods"]
        limit = row["kubelet_max_pods"]
        accepted = answer["max_pods"] if limit is None else max(0, limit - HOST_NETWORK_PODS)
        if mode == node_model.EXCLUSIVE:
            accepted = min(accepted, self.allocatable("aliyun/eni") or answer["max_pods"])
        row["bound_by"] = answer["schedulable_bound_by"].lower()
        self.compare(row, accepted, None if answer["trunk_pods"] is None
                     else answer["max_pods"] + answer["trunk_pods"])
        self.add_allocatable(row, answer)

    def add_flannel(self, row):
        block = ipaddress.ip_network(self.item["spec"]["podCIDR"])
        usable = block.num_addresses - 3
        accepted = max(0, row["kubelet_max_pods"] - HOST_NETWORK_PODS)
        row["bound_by"] = "kubelet_max_pods" if accepted < usable else "node_mask"
        self.compare(row, accepted, usable)
        if self.type:
            self.add_allocatable(row, node_model.solve(self.type, self.options(None)))

    @staticmethod
    def compare(row, accepted, possible):
        row["pods_now"] = accepted
        if possible is not None:
            row.update(possible_pods=possible, headroom=max(0, possible - accepted),
                       pods_without_address=max(0, accepted - possible))

    @staticmethod
    def add_allocatable(row, answer):
        cpu, memory = answer["allocatable_cpu_millicores"], answer["allocatable_memory_kib"]
        row.update(expected_cpu_millicores=cpu, expected_memory_kib=memory)
        pairs = ((row["allocatable_cpu_millicores"], cpu), (row["allocatable_memory_kib"], memory))
        if all(None not in pair for pair in pairs):
            row["allocatable_agrees"] = "true" if all(a == b for a, b in pairs) else "false"


def rows(replies):
    """The rows of all nodes in the replies."""
    items = [item for reply in replies for item in reply.get("items", [reply])]
    configs = {item["metadata"]["name"]:
               json.loads(item["data"].get("eni_conf", "{}")).get("enable_ip_prefix") is True
               for item in items if item["kind"] == "ConfigMap"}
    return [Node(item, configs).row() for item in items if item["kind"] == "Node"]


def main():
    replies = [json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:]]
    print("\t".join(COLUMNS))
    for row in rows(replies):
        print("\t".join("-" if row[column] in (None, "none") else str(row[column]) for column in COLUMNS))


if __name__ == "__main__":
    main()
