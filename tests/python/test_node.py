# SPDX-License-Identifier: MIT
"""Instance types, catalogues, quotas and pods on a node, against documents and peers' vectors."""
import csv
import dataclasses
import json
import os
import pickle
import unittest
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import cnicalc
from cnicalc import Error, Instance, Limit, Mode, StatusCode

ROOT = Path(os.environ.get("CNICALC_ROOT", "."))
TABLE = ROOT / "lib" / "data" / "ecs-instance-types.tsv"


def code_of(call, *arguments, **options):
    """The status that a call raises, 0 for none."""
    try:
        call(*arguments, **options)
    except Error as error:
        return error.code
    return 0


class Instances(unittest.TestCase):
    def test_every_row_of_the_tsv(self):
        with open(TABLE, encoding="ascii", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.assertEqual([row["instance_type"] for row in rows],
                         [row.name for row in cnicalc.instances()])
        for row in rows:
            ours = cnicalc.find(row["instance_type"])
            self.assertEqual(cnicalc.source_text(ours.sources), row["sources"])
            for name in row:
                if name not in ("instance_type", "sources"):
                    expected = None if row[name] == "-" else int(row[name])
                    self.assertEqual(getattr(ours, name), expected, (row["instance_type"], name))

    def test_catalog_of_the_table(self):
        catalog = cnicalc.catalog_parse(TABLE.read_bytes())
        self.assertEqual(len(catalog), 1173)
        self.assertEqual(set(catalog), set(cnicalc.instances()))
        self.assertEqual(catalog.find("c7.4xlarge"), cnicalc.find("ecs.c7.4xlarge"))
        self.assertEqual(catalog[catalog.index_of("ecs.c7.large")].name, "ecs.c7.large")
        self.assertEqual(len(catalog[:3]), 3)
        self.assertEqual(code_of(catalog.find, "ecs.c7.5xlarge"), 50)

    def test_catalog_faults(self):
        with self.assertRaises(cnicalc.CatalogError) as caught:
            cnicalc.catalog_parse("instance_type\tvcpus\na.b\t2\nc.d\tx\n")
        error = caught.exception
        self.assertEqual((error.code, error.line, error.column, error.field, error.first_line),
                         (StatusCode.ERR_CATALOG_NUMBER, 3, 5, 2, 0))
        self.assertEqual(pickle.loads(pickle.dumps(error)).column, 5)
        with self.assertRaises(cnicalc.CatalogError) as caught:
            cnicalc.catalog_parse("instance_type\na.b\na.b\n")
        self.assertEqual(caught.exception.first_line, 2)
        self.assertEqual(len(cnicalc.catalog_parse("instance_type\n")), 0)
        self.assertEqual(len(cnicalc.catalog_parse("instance_type\na.b")), 1)
        self.assertEqual(code_of(cnicalc.catalog_parse, ""), StatusCode.ERR_CATALOG_HEADER)

    def test_family_and_near(self):
        self.assertEqual({row.name.split(".")[1] for row in cnicalc.family("c7")}, {"c7"})
        self.assertEqual(code_of(cnicalc.family, "zz"), StatusCode.ERR_NO_SUCH_FAMILY)
        self.assertEqual(cnicalc.near("banana"), [])
        with self.assertRaises(Error) as caught:
            cnicalc.find("ecs.c7.5xlarge")
        self.assertIn("ecs.c7.6xlarge", caught.exception.detail)
        self.assertEqual(code_of(cnicalc.find, "ecs.c7.4xlarge\0"), 50)

    def test_table(self):
        self.assertEqual(len(cnicalc.table_version()), 16)
        self.assertRegex(cnicalc.table_date(), r"^20\d\d")
        self.assertEqual(cnicalc.version().split(".")[:2], ["0", "1"])

    def test_fields_that_do_not_fit(self):
        for wrong in (Instance("x", vcpus=2**32), Instance("x", eni_quantity=-1),
                      Instance("x" * 40, eni_quantity=4), Instance("\u00e9", eni_quantity=4)):
            with self.assertRaises(ValueError) as caught:
                cnicalc.node(wrong)
            self.assertNotIsInstance(caught.exception, Error)


class Quotas(unittest.TestCase):
    def test_published(self):
        for edition, plugin, raised, nodes in (
                ("pro", "terway", False, 5000), ("pro", "terway", True, 15000),
                ("pro", "flannel", False, 200), ("pro", "flannel", True, 1000),
                ("basic", "terway", True, 10), ("basic", "flannel", False, 10),
                ("edge-pro", "flannel", False, 1000), ("edge-basic", "flannel", False, 10)):
            self.assertEqual(cnicalc.quota_value("nodes", edition, plugin, raised), nodes)
        self.assertEqual(cnicalc.quota_value("pods", "pro"), 150000)
        self.assertEqual(cnicalc.quota_value(cnicalc.QuotaWhat.SERVICES, "basic"), 100)
        self.assertEqual(code_of(cnicalc.quota_value, "nodes", "edge-pro", "terway"), 62)
        self.assertEqual(code_of(cnicalc.quota_value, "no-such"), 62)
        self.assertEqual(code_of(cnicalc.quota_value, "nodes", "no-such"), 60)
        self.assertEqual(code_of(cnicalc.quota_value, "nodes", "pro", "no-such"), 61)

    def test_table(self):
        rows = cnicalc.quotas()
        self.assertEqual((rows[0].default_value, rows[0].raised_value), (5000, 15000))
        self.assertTrue(all(row.source for row in rows))
        self.assertIn(None, [row.raised_value for row in rows])


class Nodes(unittest.TestCase):
    def test_documents(self):
        """ACK documentation, March 2026."""
        for name, mode, pods, joins in (
                ("ecs.c7.4xlarge", "shared", 210, True), ("ecs.c7.4xlarge", "exclusive", 7, True),
                ("ecs.c6.4xlarge", "shared", 140, True), ("c7.4xlarge", "prefix", 3248, True),
                ("ecs.c7.large", "exclusive", 2, False)):
            answer = cnicalc.node(name, mode)
            self.assertEqual((answer.max_pods, answer.joins), (pods, joins), (name, mode))
        answer = cnicalc.node("c7.4xlarge", Mode.EXCLUSIVE_ENI)
        self.assertEqual((answer.kubelet_max_pods, answer.trunk_pods), (213, 0))
        self.assertEqual(answer.instance_type, "ecs.c7.4xlarge")
        self.assertIs(answer.mode, Mode.EXCLUSIVE_ENI)

    def test_terway_limits(self):
        rows = json.loads((ROOT / "tests" / "vectors" / "terway_limits.json").read_text())
        checked = 0
        for row in rows:
            api, expected = row["api"], row["expected"]
            if not {"EniQuantity", "EniPrivateIpAddressQuantity"} <= set(api):
                continue
            if "adapters" not in expected or expected["adapters"] != api["EniQuantity"]:
                continue  # several network cards, which the caller adds up
            instance = Instance(
                "x", eni_quantity=api["EniQuantity"],
                eni_private_ip_address_quantity=api["EniPrivateIpAddressQuantity"],
                eni_ipv6_address_quantity=api.get("EniIpv6AddressQuantity"),
                eni_total_quantity=api.get("EniTotalQuantity"),
                eni_trunk_supported=api.get("EniTrunkSupported"),
                eri_quantity=api.get("EriQuantity"))
            answer = cnicalc.node(instance, "trunk")
            self.assertEqual(answer.max_pods, expected["shared_pods"], row["name"])
            self.assertEqual(answer.trunk_pods, expected["trunk_pods"], row["name"])
            self.assertEqual(cnicalc.node(instance, "exclusive").max_pods,
                             expected["exclusive_pods"], row["name"])
            checked += 1
        self.assertGreaterEqual(checked, 3)

    def test_limits(self):
        answer = cnicalc.node("c7.4xlarge", max_eni=4, kubelet_max_pods=50)
        self.assertEqual(answer.limits[answer.bound_by], answer.max_pods)
        self.assertIs(answer.bound_by, Limit.MAX_ENI)
        self.assertIs(answer.schedulable_bound_by, Limit.KUBELET_MAX_PODS)
        self.assertEqual(answer.schedulable_pods, 47)
        self.assertIsNone(answer.limits[Limit.ERDMA])
        self.assertNotIn(Limit.NONE, answer.limits)
        hash(answer), dataclasses.asdict(answer)

    def test_ratio_is_exact(self):
        big = Instance("x", eni_quantity=100, eni_private_ip_address_quantity=1)
        for ratio, enis in (("0.29", 28), (Fraction(29, 100), 28), (Decimal("0.29"), 28),
                            ("29/100", 28), (1, 99), (0, 99), ("0.295", 28), ("0.30", 29)):
            answer = cnicalc.node(big, eni_cap_ratio=ratio)
            self.assertEqual(answer.secondary_enis, enis, ratio)
        with self.assertRaises(TypeError):
            cnicalc.node(big, eni_cap_ratio=0.29)
        for wrong in ("-1/2", Fraction(1, 2**32), "x"):
            with self.assertRaises(ValueError):
                cnicalc.node(big, eni_cap_ratio=wrong)
        self.assertEqual(cnicalc.node(big, eni_cap_ratio="1/2", eni_cap_shift=-9).max_pods, 40)

    def test_errors(self):
        known = Instance("x", eni_quantity=4, eni_private_ip_address_quantity=10)
        for code, options in ((70, {"mode": "no-such"}), (70, {"mode": 9}),
                              (72, {"erdma": True, "ip_stack": "dual"}),
                              (73, {"windows": True, "mode": "prefix"}),
                              (75, {"ip_stack": "no-such"}), (75, {"ip_stack": "ipv6"}),
                              (7, {"erdma": 2})):
            self.assertEqual(code_of(cnicalc.node, known, **options), code, options)
        self.assertEqual(code_of(cnicalc.node, Instance("x", eni_quantity=4)), 51)
        self.assertEqual(code_of(cnicalc.node, dataclasses.replace(known, leni_quota=9)), 74)
        with self.assertRaises(ValueError):
            cnicalc.node(known, max_eni=-1)
        with self.assertRaises(TypeError):
            cnicalc.node(known, max_eni=1.5)
        with self.assertRaises(TypeError):
            cnicalc.node_batch([0], struct_size=0)
        with self.assertRaises(TypeError):
            cnicalc.node_batch([0], no_such=1)
        self.assertEqual(cnicalc.prefixes_for_pods(33), 3)
        self.assertRaises(ValueError, cnicalc.prefixes_for_pods, -1)

    def test_allocatable(self):
        """Nodes as `kubectl describe node` shows them."""
        answer = cnicalc.node("c7.4xlarge", memory_capacity_kib=31555380)
        self.assertEqual((answer.kubelet_reserved_cpu_millicores,
                          answer.allocatable_cpu_millicores), (110, 15890))
        self.assertEqual((answer.kubelet_reserved_memory_mib, answer.allocatable_memory_kib,
                          answer.allocatable_memory_mib), (2598, 28587828, 27917))
        known = Instance("x", vcpus=4, eni_quantity=4, eni_private_ip_address_quantity=10)
        old = cnicalc.node(known, memory_capacity_kib=7925980, kubernetes_minor=26)
        self.assertEqual((old.allocatable_cpu_millicores, old.allocatable_memory_kib),
                         (3900, 5824732))
        self.assertIsNone(cnicalc.node(known).allocatable_memory_mib)

    def test_storage(self):
        self.assertEqual(cnicalc.allocatable_storage_bytes(123722704 * 1024), 114022843818)
        self.assertRaises(ValueError, cnicalc.allocatable_storage_bytes, 2**64)

    def test_host_network_pods(self):
        answer = cnicalc.node("c7.4xlarge", host_network_pods=6)
        self.assertEqual((answer.kubelet_max_pods, answer.schedulable_pods), (213, 207))

    def test_prefix_count(self):
        for count, pods, enis, addresses in ((None, 3248, 7, 3255), (0, 0, 0, 0), (5, 80, 1, 81),
                                             (14, 224, 2, 226)):
            answer = cnicalc.node("c7.4xlarge", "prefix", ipv4_prefix_count=count)
            self.assertEqual((answer.max_pods, answer.secondary_enis, answer.ipv4_addresses),
                             (pods, enis, addresses), count)

    def test_erdma_ipam(self):
        able = Instance("x", eni_quantity=8, eni_private_ip_address_quantity=10, eri_quantity=2)
        for ipam, pods in ((None, 60), ("centralised", 60), ("daemon", 50),
                           (cnicalc.ErdmaIpam.DAEMON, 50)):
            self.assertEqual(cnicalc.node(able, erdma=True, erdma_ipam=ipam).max_pods, pods)
        self.assertEqual(code_of(cnicalc.node, able, erdma_ipam="no-such"), 76)
        self.assertEqual(code_of(cnicalc.node, able, erdma_ipam=3), 76)

    def test_dual_stack(self):
        for mode in Mode:
            self.assertIs(cnicalc.node("g8a.xlarge", mode, ip_stack="dual").dual_stack, True)
            self.assertIs(cnicalc.node("c6.4xlarge", mode, ip_stack="dual").dual_stack, False)

    def test_windows(self):
        known = Instance("x", eni_quantity=4, eni_private_ip_address_quantity=10)
        self.assertEqual(cnicalc.node(known, windows=True).max_pods, 27)

    def test_recognize(self):
        own = Instance("x", eni_quantity=8, eni_private_ip_address_quantity=30, eni_total_quantity=20)
        kind, sign = cnicalc.NodeKind, cnicalc.NodeSign
        for given, answer in (({"max_available_ip": 8816}, (kind.TERWAY, Mode.IP_PREFIX)),
                              ({"enis": 7, "member_enis": 12}, (kind.TERWAY, Mode.EXCLUSIVE_ENI)),
                              ({"signs": sign.TRUNK | sign.IGNORED}, (kind.TERWAY, Mode.SHARED_ENI_TRUNK)),
                              ({"signs": sign.VIRTUAL | sign.IGNORED}, (kind.VIRTUAL, None)), ({}, (kind.UNMARKED, None))):
            self.assertEqual(cnicalc.recognize(own, **given), answer)
        self.assertEqual(cnicalc.recognize(max_available_ip=8816), (kind.TERWAY, Mode.SHARED_ENI))
        self.assertEqual(code_of(cnicalc.recognize, signs=128), 77)


if __name__ == "__main__":
    unittest.main()
