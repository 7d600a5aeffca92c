# SPDX-License-Identifier: MIT
"""Flannel, Terway, plans, the choice of a plugin and connection tracking, against documents."""
import dataclasses
import ipaddress
import unittest

import cnicalc
from cnicalc import (Ceilings, Choice, Cidr, ConntrackLimit, Error, Feature, Limit, Mode, PlanBlock,
                     PlanCode, PlanRole, PlanSeverity, Plugin, StatusCode, TerwayNode, TerwayPool,
                     Vswitch, VswitchRole)

BOTH = VswitchRole.POD | VswitchRole.NODE


class Case(unittest.TestCase):
    def raises(self, code, call, *arguments, **options):
        """The Error of a call, whose code must be this one."""
        with self.assertRaises(Error) as caught:
            call(*arguments, **options)
        self.assertEqual(caught.exception.code, code)
        return caught.exception


class Flannel(Case):
    def test_published_sizes(self):
        """ACK documentation, 2026: a node mask of 24..28 is 256..16 pods; 3 are never a pod's."""
        for mask, pods in ((24, 256), (25, 128), (26, 64), (27, 32), (28, 16)):
            for options in ({"node_mask": mask}, {"pods_per_node": pods}):
                split = cnicalc.flannel("172.16.0.0/20", **options)
                self.assertEqual((split.node_mask, split.pods_per_node, split.usable_pod_ips),
                                 (mask, pods, pods - 3))
                self.assertEqual(split.limits[Limit.POD_CIDR], 2 ** (mask - 20))
        self.assertEqual(cnicalc.flannel("172.16.0.0/20", node_mask=24).max_nodes, 16)

    def test_limits(self):
        split = cnicalc.flannel("10.0.0.0/8", node_mask=24)
        self.assertEqual((split.max_nodes, split.bound_by), (200, Limit.ROUTE_QUOTA))
        split = cnicalc.flannel(ipaddress.ip_network("172.16.0.0/12"), node_mask=24, raised=True,
                                routes_used=100)
        self.assertEqual(split.max_nodes, 900)
        split = cnicalc.flannel("10.0.0.0/8", node_mask=24, edition="basic")
        self.assertEqual((split.max_nodes, split.bound_by, split.max_pods),
                         (10, Limit.NODE_QUOTA, 300))
        split = cnicalc.flannel("10.0.0.0/8", node_mask=24, edition="edge-pro")
        self.assertIsNone(split.limits[Limit.ROUTE_QUOTA])
        self.assertEqual(cnicalc.flannel(Cidr("10.0.0.0/8"), node_mask=24, route_quota=7).max_nodes,
                         7)
        hash(split), dataclasses.asdict(split)

    def test_ceilings(self):
        """One Ceilings for many questions; a name of its own overrides it."""
        own = Ceilings(edition="basic", node_quota=20, routes_used=5)
        split = cnicalc.flannel("10.0.0.0/8", node_mask=24, ceilings=own)
        self.assertEqual((split.max_nodes, split.max_pods), (20, 300))
        split = cnicalc.flannel("10.0.0.0/8", node_mask=24, ceilings=own, node_quota=3)
        self.assertEqual((split.max_nodes, split.limits[Limit.ROUTE_QUOTA]), (3, 195))
        self.assertRaises(TypeError, cnicalc.flannel, "10.0.0.0/8", node_mask=24, ceilings=5)
        self.assertRaises(TypeError, cnicalc.flannel, "10.0.0.0/8", node_mask=24, no_such=5)
        self.assertEqual(cnicalc.flannel_fit(30, 16, ceilings=own).bound_by, Limit.NODE_QUOTA)

    def test_fit(self):
        split = cnicalc.flannel_fit(100, 100)
        self.assertEqual((split.node_mask, split.pod_prefix_len, split.fits), (25, 18, True))
        split = cnicalc.flannel_fit(300, 64)
        self.assertEqual((split.fits, split.bound_by), (False, Limit.ROUTE_QUOTA))
        self.raises(StatusCode.ERR_FLANNEL_NODES, cnicalc.flannel_fit, 0, 1)
        self.assertRaises(ValueError, cnicalc.flannel_fit, 2**64, 1)

    def test_errors(self):
        error = self.raises(90, cnicalc.flannel, "11.0.0.0/16", node_mask=24)
        self.assertEqual(error.detail, "pod CIDR 11.0.0.0/16")
        self.raises(91, cnicalc.flannel, "10.0.0.0/16", node_mask=23)
        self.raises(92, cnicalc.flannel, "10.0.0.0/26", node_mask=25)
        self.raises(93, cnicalc.flannel, "10.0.0.0/16", pods_per_node=100)
        self.raises(30, cnicalc.flannel, "10.0.0.1/16", node_mask=24)
        self.raises(60, cnicalc.flannel, "10.0.0.0/16", node_mask=24, edition="no-such")


class Terway(Case):
    def test_one_zone(self):
        """2^13 - 4 addresses, 210 for a node: 38 nodes."""
        answer = cnicalc.terway([Vswitch("192.168.32.0/19", "i")], "ecs.c7.4xlarge")
        self.assertEqual((answer.pod_addresses, answer.max_nodes, answer.max_pods),
                         (8188, 38, 7980))
        self.assertEqual(answer.limits[answer.bound_by], 38)
        self.assertIsNone(answer.node_addresses)
        hash(answer), dataclasses.asdict(answer)

    def test_zones_keep_their_names(self):
        vswitches = [Vswitch("10.0.0.0/24", "b", BOTH), Vswitch("10.0.1.0/24", "a", BOTH),
                     Vswitch("10.0.2.0/24", "b"), Vswitch("10.0.3.0/24", 7, BOTH, 250)]
        answer = cnicalc.terway(vswitches, 9)
        self.assertEqual([zone.zone for zone in answer.zones], ["b", "a", 7])
        self.assertEqual([zone.usable_addresses for zone in answer.zones], [504, 252, 2])
        self.assertEqual([zone.max_nodes for zone in answer.zones], [50, 25, 0])
        self.assertEqual((answer.max_nodes, answer.max_pods), (75, 675))

    def test_nodes(self):
        node = cnicalc.terway_node("ecs.c7.4xlarge", "prefix")
        self.assertEqual((node.pods_per_node, node.prefixes), (210, 14))
        self.assertEqual(cnicalc.terway_node(50, idle_addresses=5).addresses, 55)
        self.assertEqual(cnicalc.terway_node("c7.4xlarge", max_eni=1).addresses, 30)
        self.raises(115, cnicalc.terway_node, 0)
        self.raises(70, cnicalc.terway_node, 1, "no-such")
        self.raises(50, cnicalc.terway_node, "no.such")
        self.assertRaises(TypeError, cnicalc.terway_node, 5, max_eni=1)

    def test_nodes_at_other_times(self):
        node = cnicalc.terway_node("c7.4xlarge", pods_per_node=30, burst_pods=10, min_pool_size=1)
        self.assertEqual((node.addresses, node.addresses_with_pool, node.addresses_in_burst),
                         (30, 35, 51))
        self.assertEqual((node.enis, node.pod_enis, node.addresses_per_eni), (2, 7, 30))
        self.assertFalse(node.dual_stack or node.needs_pod_vswitch)
        answer = cnicalc.terway([Vswitch("192.168.32.0/19", "i")], node, surge=2)
        self.assertEqual((answer.max_nodes, answer.max_nodes_with_default_pool,
                          answer.max_nodes_with_burst, answer.max_nodes_with_surge),
                         (272, 233, 160, 269))
        self.assertEqual((answer.held_addresses, answer.burst_addresses, answer.surge_addresses),
                         (272 * 31, 272 * 21, 2 * 31 + 30))
        # Trunk pods of this type are not published, and would decide.
        node = cnicalc.terway_node("ecs.c7.4xlarge", "trunk")
        self.assertIsNone(node.addresses_with_pool)
        answer = cnicalc.terway([Vswitch("192.168.32.0/19", "i")], node)
        self.assertIsNone(answer.max_nodes_with_default_pool)
        self.assertEqual(answer.max_nodes_with_burst, 38)
        fit = cnicalc.terway_fit([Vswitch("192.168.32.0/19", "i")], [TerwayPool(node, 38, "i")])
        self.assertEqual((fit.fits, fit.fits_with_default_pool, fit.fits_with_burst,
                          fit.fits_with_surge), (True, None, True, False))

    def test_security_group(self):
        wide = [Vswitch("10.0.0.0/16", "i"), Vswitch("10.1.0.0/16", "j")]
        for name, nodes in (("c7.4xlarge", 28), ("c7.2xlarge", 130)):
            answer = cnicalc.terway(wide, name, security_group="basic")
            self.assertEqual((answer.max_nodes, answer.bound_by),
                             (nodes, Limit.SECURITY_GROUP_QUOTA))
            self.assertNotEqual(cnicalc.terway(wide, name).bound_by, Limit.SECURITY_GROUP_QUOTA)
        answer = cnicalc.terway(wide, "c7.4xlarge", ceilings=Ceilings(
            security_group="advanced", security_group_quota=100, security_group_used=60))
        self.assertEqual((answer.max_nodes, answer.security_group_held), (5, 40))
        self.raises(63, cnicalc.terway, wide, 9, security_group="simple")

    def test_reservations(self):
        node = cnicalc.terway_node("ecs.g9i.2xlarge", "prefix", ipv4_prefix_count=42)
        for reserved, nodes in (((), 97), (("10.8.64.0/18",), 24), ((18, 19), 36)):
            vswitch = Vswitch("10.8.0.0/16", "i", reservations=reserved)
            self.assertEqual(cnicalc.terway([vswitch], node).max_nodes, nodes)
        for code, detail, reserved in ((117, "reservation 10.8.0.0/18", ["10.8.0.0/18"]),
                                       (118, "reservation 17", ["10.8.64.0/18", 17])):
            vswitch = Vswitch("10.8.0.0/16", "i", reservations=reserved)
            self.assertEqual(self.raises(code, cnicalc.terway, [vswitch], 9).detail, detail)
        self.assertEqual(self.raises(111, cnicalc.terway, [
            Vswitch("10.8.0.0/15", "i", reservations=[18])], 9).detail, "vSwitch 10.8.0.0/15")

    def test_zones_and_enis(self):
        answer = cnicalc.terway([Vswitch("192.168.32.0/19", "i", VswitchRole.BOTH),
                                 Vswitch("192.168.0.0/24", "i", VswitchRole.NODE),
                                 Vswitch("192.168.1.0/24", "j", VswitchRole.NODE)], "c7.4xlarge")
        self.assertEqual((answer.max_nodes, [zone.falls_back for zone in answer.zones]),
                         (39, [False, True]))
        small = [Vswitch(f"10.0.{i}.0/24", "i", used_addresses=232) for i in range(11)]
        answer = cnicalc.terway(small, "ecs.c7.4xlarge")
        self.assertEqual((answer.max_nodes, answer.bound_by, answer.best_case),
                         (0, Limit.POD_VSWITCH_ENIS, True))

    def test_fit(self):
        node = cnicalc.terway_node("ecs.c7.4xlarge")
        for count, fits in ((38, True), (39, False)):
            answer = cnicalc.terway_fit([Vswitch("192.168.32.0/19", "i")],
                                        [TerwayPool(node, count, "i")])
            self.assertEqual((answer.fits, answer.nodes, answer.zones[0].zone),
                             (fits, count, "i"))
            self.assertEqual(answer.needed[Limit.POD_VSWITCH_ADDRESSES], 210 * count)
            self.assertEqual(answer.available[Limit.POD_VSWITCH_ADDRESSES], 8188)
        self.raises(116, cnicalc.terway_fit, [Vswitch("192.168.32.0/19", "i")],
                    [TerwayPool(node, 1, "j")])

    def test_growth(self):
        now = [Vswitch("10.10.0.0/20", "i", used_addresses=4050),
               Vswitch("10.10.16.0/20", "j", used_addresses=900)]
        node = cnicalc.terway_node(30)
        pools = [TerwayPool(node, 75, "i"), TerwayPool(node, 75, "j"), TerwayPool(node, 4, "k")]
        answer = cnicalc.terway_grow(now, pools, ["10.10.0.0/16"], ["10.10.32.0/20"])
        self.assertEqual([(str(v.cidr), v.zone) for v in answer.vswitches],
                         [("10.10.48.0/20", "i"), ("10.10.64.0/25", "k")])
        self.assertEqual((answer.fits, answer.fits_now, answer.nodes, answer.vpc_blocks),
                         (True, False, 154, ()))
        self.assertEqual([(z.zone, z.fits) for z in answer.zones],
                         [("i", False), ("j", True), ("k", False)])
        self.assertTrue(cnicalc.terway_fit([*now, *answer.vswitches], pools).fits)
        answer = cnicalc.terway_grow(now, pools[:1], ["10.10.0.0/19"], ["10.0.0.0/9"], roomy=True)
        self.assertEqual([str(block) for block in answer.vpc_blocks], ["10.128.0.0/19"])
        answer = cnicalc.terway_grow(now, pools[:1], ["10.10.0.0/16"], node_quota=74)
        self.assertEqual((answer.fits, answer.bound_by, answer.vswitches),
                         (False, Limit.NODE_QUOTA, ()))
        self.raises(120, cnicalc.terway_grow, now, pools, ["10.11.0.0/16"])
        self.raises(119, cnicalc.terway_grow, now, pools, [])
        self.assertEqual(cnicalc.flannel_grow("172.16.0.0/18", 100, 28, node_mask=25).fits, True)

    def test_errors_name_the_vswitch(self):
        for code, detail, vswitches in (
                (114, "vSwitch 10.0.0.0/20 and 10.0.0.0/24",
                 [Vswitch("10.9.0.0/20", 1), Vswitch("10.0.0.0/20", 1), Vswitch("10.0.0.0/24", 1)]),
                (111, "vSwitch 10.0.0.0/30", [Vswitch("10.0.0.0/30", 1)]),
                (113, "vSwitch 10.0.0.0/24",
                 [Vswitch("10.1.0.0/24", 1), Vswitch("10.0.0.0/24", 1, used_addresses=253)]),
                (110, "vSwitch fd00::/64", [Vswitch("fd00::/64", 1)])):
            self.assertEqual(self.raises(code, cnicalc.terway, vswitches, 9).detail, detail)
        self.assertEqual(cnicalc.terway([], 9).max_nodes, 0)


class Plans(Case):
    ONE_ZONE = [PlanBlock("192.168.0.0/16", "vpc"),
                PlanBlock("192.168.0.0/19", "node-vswitch", "i"),
                PlanBlock("192.168.32.0/19", "pod-vswitch", "i"),
                PlanBlock("172.21.0.0/20", "service-cidr")]

    def test_published_plan(self):
        """ACK documentation: a Terway plan for one zone, 8,192 addresses, 8,188 of use."""
        found = cnicalc.plan_check(self.ONE_ZONE, plugin="terway")
        self.assertEqual([finding.code for finding in found], [PlanCode.POD_VSWITCH_CAPACITY])
        note = found[0]
        self.assertEqual((note.severity, note.subject, note.value, note.bound),
                         (PlanSeverity.NOTE, 2, 8188, 8192))
        self.assertIsNone(note.other)

    def test_findings(self):
        plan = [PlanBlock("192.168.0.1/16", PlanRole.VPC), *self.ONE_ZONE[1:3],
                PlanBlock("192.168.64.0/20", "service-cidr")]
        found = {finding.code: finding for finding in
                 cnicalc.plan_check(plan, plugin=Plugin.TERWAY, pods=5000)}
        self.assertEqual(found[PlanCode.HOST_BITS].block, Cidr("192.168.0.0/16"))
        self.assertIn("192.168.0.1/16", found[PlanCode.HOST_BITS].message)
        self.assertEqual({found[PlanCode.OVERLAP].subject, found[PlanCode.OVERLAP].other}, {0, 3})
        self.assertIs(found[PlanCode.PODS_TWICE].severity, PlanSeverity.WARNING)

    def test_many_findings(self):
        plan = [PlanBlock(f"10.0.{i}.1/24", "vpc") for i in range(100)]
        found = cnicalc.plan_check(plan, plugin="terway")
        self.assertEqual(sum(finding.code == PlanCode.HOST_BITS for finding in found), 100)

    def test_errors(self):
        self.raises(130, cnicalc.plan_check, [PlanBlock("10.0.0.0/8", "no-such")], plugin="terway")
        self.raises(61, cnicalc.plan_check, [], plugin="no-such")
        self.raises(29, cnicalc.plan_check, [PlanBlock("10.0.0.0/33", "vpc")], plugin="terway")
        self.raises(132, cnicalc.plan_propose, "10.0.0.0/29", plugin="terway", nodes=1,
                    pods_per_node=1)
        self.raises(135, cnicalc.plan_propose, "10.0.0.0/16", plugin="terway", nodes=0,
                    pods_per_node=1)

    def test_proposals_are_accepted(self):
        others = [PlanBlock("10.0.0.0/9", "other")]
        for plugin in ("terway", "flannel"):
            request = cnicalc.plan_propose("192.168.0.0/16", plugin=plugin, nodes=100,
                                        pods_per_node=40, zones=2, services=200, others=others)
            self.assertTrue(request.fits, request)
            self.assertIs(request.bound_by, Limit.NONE)
            self.assertEqual((request.nodes, request.pods, request.services), (100, 4000, 200))
            found = cnicalc.plan_check([*request.blocks, *others], plugin=plugin, nodes=request.nodes,
                                       pods=request.pods, services=request.services,
                                       node_mask=request.node_mask)
            self.assertEqual([f for f in found if f.severity == PlanSeverity.ERROR], [])
            zones = {b.zone for b in request.blocks if b.role == PlanRole.NODE_VSWITCH}
            self.assertEqual(zones, {0, 1})

    def test_a_request_that_does_not_fit(self):
        request = cnicalc.plan_propose("192.168.0.0/16", plugin="terway", nodes=1000,
                                    pods_per_node=65)
        self.assertEqual((request.fits, request.bound_by, request.blocks),
                         (False, Limit.VPC_SPACE, ()))
        self.assertGreater(request.needed[Limit.VPC_SPACE], request.available[Limit.VPC_SPACE])

    def test_twice_the_pods_or_once(self):
        for pods, factor in ((20, 2), (40, 1)):
            request = cnicalc.plan_propose("192.168.0.0/16", plugin="terway", nodes=1000,
                                           pods_per_node=pods)
            self.assertEqual((request.fits, request.pods_factor), (True, factor))

    def test_a_type_that_runs_fewer_pods(self):
        request = cnicalc.plan_propose("10.0.0.0/8", plugin="terway", nodes=10, pods_per_node=211,
                                       node_max_pods=210)
        self.assertEqual(request.bound_by, Limit.NODE_MAX_PODS)
        request = cnicalc.plan_propose("10.0.0.0/8", plugin="terway", nodes=10, pods_per_node=5,
                                       node=TerwayNode(5, 5, 0, Mode.SHARED_ENI, False))
        self.assertEqual(request.bound_by, Limit.MIN_PODS_TO_JOIN)

    def test_a_proposal_of_dual_stack(self):
        request = cnicalc.plan_propose("192.168.0.0/24", vpc_ipv6="2001:db8::/56", dual_stack=True,
                                       plugin="terway", nodes=10, pods_per_node=10)
        self.assertEqual([str(block.cidr) for block in request.blocks if block.cidr.family == 6],
                         ["2001:db8::/56", "2001:db8::/64", "fc00::/116"])
        found = cnicalc.plan_check(request.blocks, plugin="terway", nodes=10, pods=100,
                                   dual_stack=True)
        self.assertNotIn(PlanSeverity.ERROR, {finding.severity for finding in found})

    def test_a_proposal_in_secondary_blocks(self):
        """400 addresses for pods are in no /24."""
        request = cnicalc.plan_propose("192.168.0.0/24", secondary_vpc=["10.0.0.0/16", "10.2.0.0/28"],
                                       plugin="terway", nodes=10, pods_per_node=20)
        self.assertEqual([str(block.cidr) for block in request.blocks],
                         ["192.168.0.0/24", "10.0.0.0/16", "10.2.0.0/28", "192.168.0.0/28",
                          "10.0.0.0/23", "10.1.0.0/20"])
        error = self.raises(132, cnicalc.plan_propose, "10.0.0.0/15", plugin="terway", nodes=1,
                            pods_per_node=1, secondary_vpc=["172.16.0.0/12"])
        self.assertEqual(error.detail, "block 172.16.0.0/12")

    def test_a_proposal_beside_node_vswitches(self):
        """50 of 152 addresses are free for 75 nodes of zone i, so 25 take a /27; zone j has room."""
        others = [PlanBlock("10.0.0.0/24", "node-vswitch", "i", used_addresses=202),
                  PlanBlock("10.0.1.0/24", "node-vswitch", "j"),
                  PlanBlock("10.0.2.0/24", "other-vswitch")]
        request = cnicalc.plan_propose("10.0.0.0/16", plugin="terway", nodes=150, pods_per_node=30,
                                       others=others)
        self.assertEqual([(block.role.name, block.zone, str(block.cidr)) for block in request.blocks
                          if block.zone is not None],
                         [("NODE_VSWITCH", "i", "10.0.3.0/27"), ("POD_VSWITCH", "i", "10.0.32.0/19"),
                          ("POD_VSWITCH", "j", "10.0.64.0/19")])
        found = cnicalc.plan_check([*request.blocks, *others], plugin="terway", nodes=150, pods=4500)
        self.assertNotIn(PlanSeverity.ERROR, {finding.severity for finding in found})

    def test_nodes_that_take_prefixes(self):
        """97 nodes of 42 prefixes fill the 4,094 blocks of a /16; a reserved /18 has 1,024."""
        plan = [PlanBlock("10.8.0.0/15", "vpc"), PlanBlock("172.21.0.0/20", "service-cidr"),
                PlanBlock("10.9.0.0/20", "node-vswitch", "a"),
                PlanBlock("10.8.0.0/16", "pod-vswitch", "a", reserved_prefixes=1024)]
        for nodes, expected in ((24, []), (25, [Limit.POD_VSWITCH_PREFIXES])):
            found = cnicalc.plan_check(plan, plugin="terway", nodes=nodes, pods=nodes,
                                       node=TerwayNode(1, 3, 42, Mode.IP_PREFIX, True))
            self.assertEqual([finding.limit for finding in found
                              if finding.severity == PlanSeverity.ERROR], expected)

    def test_each_eni_is_in_one_vswitch(self):
        """11 vSwitches of 20 free addresses: 7 ENIs find 140, a node of 210 pods needs 210."""
        plan = [PlanBlock("10.0.0.0/16", "vpc"), PlanBlock("172.21.0.0/20", "service-cidr"),
                PlanBlock("10.0.200.0/24", "node-vswitch", "a"),
                *(PlanBlock(f"10.0.{n}.0/25", "pod-vswitch", "a", used_addresses=104)
                  for n in range(11))]
        node = cnicalc.terway_node("ecs.c7.4xlarge")
        for given, expected in ((None, []), (node, [(Limit.POD_VSWITCH_ENIS, 210, 140)])):
            found = cnicalc.plan_check(plan, plugin="terway", nodes=1, pods=210, node=given)
            self.assertEqual([(finding.limit, finding.value, finding.bound) for finding in found
                              if finding.severity == PlanSeverity.ERROR], expected)
        found = cnicalc.plan_check(plan, plugin="terway", nodes=1, pods=211, node_max_pods=210)
        self.assertIn((Limit.NODE_MAX_PODS, 211, 210),
                      [(finding.limit, finding.value, finding.bound) for finding in found])
        with self.assertRaises(TypeError):
            cnicalc.plan_check(plan, plugin="terway", node=7)

    def test_shortages_name_zone_and_limit(self):
        """Zone b has addresses for four nodes, zone a for 124 pods; 200 nodes run 20 pods each."""
        plan = [PlanBlock("10.0.0.0/16", "vpc"), PlanBlock("172.21.0.0/20", "service-cidr"),
                PlanBlock("10.0.0.0/24", "node-vswitch", "a"),
                PlanBlock("10.0.1.0/29", "node-vswitch", "b"),
                PlanBlock("10.0.2.0/25", "pod-vswitch", "a"),
                PlanBlock("10.0.32.0/19", "pod-vswitch", "b")]
        found = cnicalc.plan_check(plan, plugin="terway", nodes=200, pods=4000)
        short = [(f.zone, f.limit, f.bound) for f in found if f.code == PlanCode.SHORTAGE]
        self.assertEqual(sorted(short), [("a", Limit.POD_VSWITCH_ADDRESSES, 124),
                                         ("b", Limit.NODE_VSWITCH_ADDRESSES, 4)])
        found = cnicalc.plan_check(plan, plugin="terway", ceilings=Ceilings(service_quota=9),
                                   services=9)
        self.assertEqual([(f.limit, f.value, f.bound) for f in found
                          if f.code == PlanCode.SHORTAGE], [(Limit.SERVICE_QUOTA, 10, 9)])

    def test_addresses_in_use(self):
        block = PlanBlock("192.168.0.0/24", "vswitch", "i", used_addresses=200)
        plan = [PlanBlock("192.168.0.0/16", "vpc"), block,
                PlanBlock("172.21.0.0/20", "service-cidr")]
        for pods, ok in ((40, True), (52, False)):
            found = cnicalc.plan_check(plan, plugin="terway", nodes=1, pods=pods)
            self.assertEqual(not any(f.severity == PlanSeverity.ERROR for f in found), ok)

    def test_errors_name_the_block(self):
        error = self.raises(133, cnicalc.plan_propose, "10.0.0.0/16", plugin="terway", nodes=1,
                            pods_per_node=1, others=[PlanBlock("10.9.0.0/24", "other-vswitch")])
        self.assertEqual(error.detail, "block 10.9.0.0/24")


class Plugins(Case):
    def test_comparison(self):
        rows = {row.feature: row for row in cnicalc.features()}
        self.assertEqual(len(rows), cnicalc.lib.cnicalc_feature_count())
        self.assertEqual((rows[Feature.NETWORKPOLICY].terway, rows[Feature.NETWORKPOLICY].flannel),
                         ("yes", "no"))
        self.assertFalse(rows[Feature.MAX_NODES_PRO].is_choice)
        for row in rows.values():
            if row.is_choice:
                for plugin, text in ((Plugin.TERWAY, row.terway), (Plugin.FLANNEL, row.flannel)):
                    self.assertEqual(cnicalc.feature_supported(row.name, plugin), text == "yes")
        self.raises(151, cnicalc.feature_supported, Feature.MAX_NODES_PRO, Plugin.TERWAY)

    def test_choice(self):
        self.assertIs(cnicalc.choose().plugin, Choice.EITHER)
        answer = cnicalc.choose(["networkpolicy", Feature.DUAL_STACK], nodes=500)
        self.assertIs(answer.plugin, Choice.TERWAY)
        self.assertEqual(answer.candidates[Plugin.FLANNEL].missing_features,
                         (Feature.NETWORKPOLICY, Feature.DUAL_STACK))
        self.assertEqual(answer.candidates[Plugin.TERWAY].missing_features, ())
        answer = cnicalc.choose(nodes=500)
        self.assertTrue(answer.candidates[Plugin.FLANNEL].needs_quota_increase)
        answer = cnicalc.choose(nodes=500, node_quotas={"flannel": 499})
        self.assertEqual((answer.plugin, answer.candidates[Plugin.FLANNEL].max_nodes),
                         (Choice.TERWAY, 499))
        answer = cnicalc.choose(nodes=100, edition="edge-pro")
        self.assertEqual((answer.plugin, answer.candidates[Plugin.TERWAY].max_nodes),
                         (Choice.FLANNEL, None))
        self.raises(150, cnicalc.choose, ["no-such"])
        self.raises(151, cnicalc.choose, ["max-nodes-pro"])


class Conntrack(Case):
    def test_sizes(self):
        """Cilium's arithmetic for 16 GiB at 0.0025."""
        answer = cnicalc.conntrack(16 * 2**30, max_pods=210)
        self.assertEqual((answer.tcp_entries, answer.any_entries, answer.nat_entries,
                          answer.neighbor_entries, answer.sock_rev_nat_entries),
                         (151765, 75882, 151765, 151765, 75882))
        self.assertEqual(answer.tcp_per_pod, 722)
        self.assertIs(answer.tcp_bound_by, ConntrackLimit.MEMORY)
        answer = cnicalc.conntrack(8 * 2**30, any_entries=99)
        self.assertEqual((answer.tcp_entries, answer.tcp_bound_by, answer.any_entries),
                         (131072, ConntrackLimit.LEAST, 99))
        self.assertIsNone(answer.tcp_per_pod)
        self.raises(161, cnicalc.conntrack, 0)
        self.raises(160, cnicalc.conntrack, 1, ratio_millionths=1000001)


if __name__ == "__main__":
    unittest.main()
