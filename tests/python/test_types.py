# SPDX-License-Identifier: MIT
"""An argument of a wrong type is a TypeError that names the argument, wherever it is."""
import unittest

import cnicalc
from cnicalc import Cidr, CidrArray, Instance, PlanBlock, Plugin, TerwayNode, TerwayPool, Vswitch

VSWITCH = Vswitch("10.0.0.0/24", "i")
NEVER_RIGHT = (None, 1.5, object())  # of no argument below


class WrongTypes(unittest.TestCase):
    def refused(self, name, call, *arguments, **options):
        """Whether the call is a TypeError whose text begins with the name."""
        with self.assertRaises(TypeError) as caught:
            call(*arguments, **options)
        self.assertEqual(str(caught.exception).split(" is ")[0], name)
        return str(caught.exception)

    def test_first_arguments(self):
        for name, call, more in (
                ("name", cnicalc.find, {}), ("name", cnicalc.family, {}),
                ("name", cnicalc.near, {}), ("instance", cnicalc.node, {}),
                ("name", cnicalc.catalog_parse("instance_type\nx\n").find, {}),
                ("text", cnicalc.catalog_parse, {}), ("types", cnicalc.node_batch, {}),
                ("what", cnicalc.quota_value, {}), ("sources", cnicalc.source_text, {}),
                ("pods", cnicalc.prefixes_for_pods, {}), ("member", cnicalc.name_of, {}),
                ("pod_cidr", cnicalc.flannel, {"node_mask": 24}),
                ("nodes", cnicalc.flannel_fit, {"pods_per_node": 16}),
                ("node", cnicalc.terway_node, {}), ("vswitches", cnicalc.terway, {"node": 5}),
                ("vswitches", cnicalc.terway_fit, {"pools": []}),
                ("blocks", cnicalc.plan_check, {"plugin": "terway"}),
                ("vpc", cnicalc.plan_propose,
                 {"plugin": "terway", "nodes": 5, "pods_per_node": 5}),
                ("feature", cnicalc.feature_supported, {"plugin": Plugin.TERWAY}),
                ("needed_features", cnicalc.choose, {}), ("memory_bytes", cnicalc.conntrack, {}),
                ("block", Cidr, {}), ("text", Cidr.masked, {}), ("text", Cidr.interface, {}),
                ("address", cnicalc.Address, {}), ("value", cnicalc.Address.from_int,
                                                   {"family": 4}),
                ("blocks", CidrArray, {}), ("blocks", cnicalc.cidr_sort, {}),
                ("blocks", cnicalc.cidr_merge, {}), ("text", cnicalc.cidr_parse_lines, {}),
                ("prefix_len", Cidr("10.0.0.0/8").subnet_count, {})):
            for value in NEVER_RIGHT:
                with self.subTest(name=name, call=call, value=value):
                    shown = self.refused(name, call, value, **more)
                    self.assertTrue(shown.endswith(f", not {type(value).__name__}"), shown)

    def test_options(self):
        for name, call, arguments in (
                ("mode", cnicalc.node, ("c7.large",)), ("ip_stack", cnicalc.node, ("c7.large",)),
                ("max_eni", cnicalc.node, ("c7.large",)),
                ("eni_cap_ratio", cnicalc.node, ("c7.large",)),
                ("edition", cnicalc.choose, ()), ("nodes", cnicalc.choose, ()),
                ("plugin", cnicalc.plan_check, ([],)),
                ("idle_addresses", cnicalc.terway_node, ("c7.large",)),
                ("catalog", cnicalc.node_batch, ([0],))):
            with self.subTest(name=name):
                self.refused(name, call, *arguments, **{name: object()})

    def test_required(self):
        """None is a default where there is one, and only there."""
        self.assertEqual(cnicalc.node("c7.large", max_eni=None).max_pods, 12)
        self.refused("plugin", cnicalc.plan_check, [], plugin=None)
        request = {"plugin": "terway", "nodes": 5, "pods_per_node": 5}
        for name in request:
            self.refused(name, cnicalc.plan_propose, "10.0.0.0/8", **{**request, name: None})

    def test_inside(self):
        """The item of a list, and the field of a value."""
        known = cnicalc.terway_node("c7.4xlarge")
        self.refused("vswitches[1]", cnicalc.terway, [VSWITCH, None], 5)
        self.refused("vswitches[0].cidr", cnicalc.terway, [Vswitch(None, "i")], 5)
        self.refused("node", cnicalc.terway, [VSWITCH], None)
        self.refused("used_addresses", cnicalc.terway, [Vswitch("10.0.0.0/24", "i",
                                                                used_addresses="3")], 5)
        self.refused("pools", cnicalc.terway_fit, [VSWITCH], None)
        self.refused("pools[1]", cnicalc.terway_fit, [VSWITCH], [TerwayPool(known, 1, "i"), known])
        self.refused("pools[0].node", cnicalc.terway_fit, [VSWITCH], [TerwayPool(5, 1, "i")])
        self.refused("mode", cnicalc.terway, [VSWITCH], TerwayNode(5, 5, 0, None, True))
        self.refused("blocks[0]", cnicalc.plan_check, ["10.0.0.0/8"], plugin="terway")
        self.refused("blocks[0].cidr", cnicalc.plan_check, [PlanBlock(None, "vpc")],
                     plugin="terway")
        self.refused("role", cnicalc.plan_check, [PlanBlock("10.0.0.0/8", None)], plugin="terway")
        self.refused("others[0]", cnicalc.plan_propose, "10.0.0.0/8", plugin="terway", nodes=5,
                     pods_per_node=5, others=[None])
        self.refused("feature", cnicalc.choose, [None])
        self.refused("types[1]", cnicalc.node_batch, ["c7.large", b"c7.large"])
        self.refused("text[1]", cnicalc.cidr_parse_lines, ["10.0.0.0/8", 7])
        self.refused("modes", cnicalc.node_batch, ["c7.large"], None)
        self.refused("instance.name", cnicalc.node, Instance(None))
        self.refused("vcpus", cnicalc.node, Instance("x", vcpus=1.5))
        self.refused("sources", cnicalc.node, Instance("x", sources=None))

    def test_one_text_is_no_list(self):
        for name, call, more in (("blocks", CidrArray, {}), ("types", cnicalc.node_batch, {}),
                                 ("needed_features", cnicalc.choose, {}),
                                 ("blocks", cnicalc.plan_check, {"plugin": "terway"}),
                                 ("vswitches", cnicalc.terway, {"node": 5})):
            for text in ("dual-stack", b"10.0.0.0/8"):
                self.refused(name, call, text, **more)


if __name__ == "__main__":
    unittest.main()
