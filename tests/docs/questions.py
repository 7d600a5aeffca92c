# SPDX-License-Identifier: MIT
"""The Examples that are no C call: what they ask, put to the library.

An entry is named by its function and by all that stands left of the arrow. It returns the status
and the outputs; the numbers of the answer stand in the header alone.
"""
from ctypes import byref, c_int32, c_size_t, c_uint32, c_uint64, create_string_buffer, sizeof
from typing import Any, Callable, Dict, Optional, Tuple

import _cnicalc_abi as abi
from answers import Outputs, lib, struct_of

Asked = Tuple[int, Outputs]


def options_of(topic: str, **fields: int) -> Any:
    """The options of a topic: the defaults, then these fields."""
    options = abi.STRUCTS[f"cnicalc_{topic}_options"]()
    status = getattr(lib, f"cnicalc_{topic}_options_init")(byref(options), sizeof(options))
    assert status == 0, topic
    for name, value in fields.items():
        assert hasattr(options, name), name
        setattr(options, name, value)
    return options


def type_of(name: str) -> Any:
    """A row of the built-in table."""
    row = abi.Instance()
    assert lib.cnicalc_instance_find(name.encode(), len(name), byref(row)) == 0, name
    return row


def own_type(**quantities: int) -> Any:
    """A row of our own, by the letters that node.h uses."""
    letters = {"E": "eni_quantity", "I": "eni_private_ip_address_quantity",
               "I6": "eni_ipv6_address_quantity", "R": "eri_quantity"}
    row = abi.Instance()
    assert lib.cnicalc_instance_init(byref(row), sizeof(row)) == 0
    for letter, value in quantities.items():
        setattr(row, letters[letter], value)
    return row


# ---- Instance types ----


def table_version_length() -> Asked:
    return 0, [("", len(lib.cnicalc_instance_table_version()))]


def near() -> Asked:
    indexes, count, name = (c_uint32 * 2)(), c_size_t(), b"ecs.c7.5xlarge"
    status = lib.cnicalc_instance_near(name, len(name), indexes, 2, byref(count))
    row, names = abi.Instance(), []
    for index in indexes[:count.value]:
        assert lib.cnicalc_instance_at(index, byref(row)) == 0
        names.append(row.name)
    return status, [("count", count), ("names", names)]


def instance_value() -> Asked:
    value = c_uint32()
    status = lib.cnicalc_instance_value(byref(type_of("c7.4xlarge")), 2, byref(value))
    return status, [("", value.value)]


def catalog_find() -> Asked:
    text, rows = b"instance_type\tvcpus\nx.large\t2\n", (abi.Instance * 1)()
    count, fault, index = c_size_t(), abi.CatalogFault(), c_size_t(7)
    status = lib.cnicalc_catalog_parse(text, len(text), rows, 1, byref(count), byref(fault))
    assert status == 0
    status = lib.cnicalc_catalog_find(rows, 1, b"ecs.x.large", 11, byref(index))
    return status, [("index", index)]


# ---- Nodes ----


def node(mode: abi.Mode, quantities: Dict[str, int], **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_node_solve()."""
    def ask() -> Asked:
        result = abi.NodeResult()
        options = options_of("node", mode=mode, **fields)
        status = lib.cnicalc_node_solve(byref(own_type(**quantities)), byref(options),
                                        byref(result))
        return status, [("", result)]
    return ask


def formula(mode: abi.Mode, quantities: Dict[str, int], **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_node_formula()."""
    def ask() -> Asked:
        text = create_string_buffer(abi.NODE_FORMULA_SIZE)
        options = options_of("node", mode=mode, **fields)
        status = lib.cnicalc_node_formula(byref(own_type(**quantities)), byref(options), text,
                                          len(text))
        return status, [("", text)]
    return ask


def node_batch() -> Asked:
    indexes, pods = (c_uint32 * 2)(), (c_uint64 * 2)()
    bound_by, statuses, index = (c_uint32 * 2)(), (c_int32 * 2)(), c_size_t()
    for place, name in enumerate((b"c7.4xlarge", b"c6.4xlarge")):
        assert lib.cnicalc_instance_index(name, len(name), byref(index)) == 0
        indexes[place] = index.value
    status = lib.cnicalc_node_solve_batch(None, 0, indexes, None, 2, byref(options_of("node")),
                                          pods, bound_by, statuses)
    return status, [("out_max_pods", pods), ("out_status", statuses)]


# ---- Flannel ----


def flannel(pod_cidr: str, **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_flannel_solve()."""
    def ask() -> Asked:
        result = abi.FlannelResult()
        status = lib.cnicalc_flannel_solve(byref(struct_of(abi.Cidr, pod_cidr)),
                                           byref(options_of("flannel", **fields)), byref(result))
        return status, [("", result)]
    return ask


def flannel_fit(nodes: int, pods: int) -> Callable[[], Asked]:
    """A question to cnicalc_flannel_fit()."""
    def ask() -> Asked:
        result = abi.FlannelResult()
        status = lib.cnicalc_flannel_fit(nodes, pods, byref(options_of("flannel")), byref(result))
        return status, [("", result)]
    return ask


# ---- Terway ----

POD_AND_NODE = abi.VswitchRole.POD | abi.VswitchRole.NODE


def vswitches(*blocks: str, roles: int = abi.VswitchRole.POD) -> Any:
    """vSwitches, each in a zone of its own."""
    return (abi.TerwayVswitch * len(blocks))(*(
        abi.TerwayVswitch(cidr=struct_of(abi.Cidr, block), zone=zone, roles=roles)
        for zone, block in enumerate(blocks)))


def overlapping_vswitches() -> Asked:
    index, other = c_uint64(7), c_uint64(7)
    rows = vswitches("10.0.0.0/20", "10.0.0.0/24", roles=POD_AND_NODE)
    status = lib.cnicalc_terway_check_vswitches(rows, 2, byref(index), byref(other))
    return status, [("index", index), ("other", other)]


def terway_node(mode: abi.Mode) -> Callable[[], Asked]:
    """A question to cnicalc_terway_node_from_type()."""
    def ask() -> Asked:
        result = abi.TerwayNode()
        status = lib.cnicalc_terway_node_from_type(
            byref(type_of("ecs.c7.4xlarge")), byref(options_of("node", mode=mode)), 0,
            byref(result))
        return status, [("", result)]
    return ask


def terway(*blocks: str) -> Callable[[], Asked]:
    """A question to cnicalc_terway_solve()."""
    def ask() -> Asked:
        full_node = terway_node(abi.Mode.SHARED_ENI)()[1][0][1]
        result = abi.TerwayResult()
        status = lib.cnicalc_terway_solve(vswitches(*blocks), len(blocks), byref(full_node),
                                          byref(options_of("terway")), byref(result), None, 0, None)
        return status, [("", result)]
    return ask


def terway_fit(nodes: int) -> Callable[[], Asked]:
    """A question to cnicalc_terway_fit()."""
    def ask() -> Asked:
        pool = abi.TerwayPool(node=terway_node(abi.Mode.SHARED_ENI)()[1][0][1], count=nodes)
        result, block = abi.TerwayFitResult(), "192.168.32.0/19"
        status = lib.cnicalc_terway_fit(vswitches(block), 1, byref(pool), 1,
                                        byref(options_of("terway")), byref(result), None, 0, None)
        limit = abi.TerwayLimit.POD_VSWITCH
        return status, [("", result), ("needed[POD_VSWITCH]", result.needed[limit]),
                        ("available[POD_VSWITCH]", result.available[limit])]
    return ask


# ---- Plans ----


def plan_of(service_cidr: str = "172.21.0.0/20") -> Any:
    """The plan at the top of plan.h."""
    rows = (("192.168.0.0/16", abi.PlanRole.VPC), ("192.168.0.0/19", abi.PlanRole.VSWITCH),
            ("192.168.32.0/19", abi.PlanRole.POD_VSWITCH),
            (service_cidr, abi.PlanRole.SERVICE_CIDR))
    return (abi.PlanBlock * len(rows))(*(
        abi.PlanBlock(cidr=struct_of(abi.Cidr, block), role=role) for block, role in rows))


def plan_check(service_cidr: Optional[str] = None, **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_plan_check(); codes has the names of all findings in order."""
    def ask() -> Asked:
        blocks = plan_of(service_cidr) if service_cidr else plan_of()
        findings, count = (abi.PlanFinding * 16)(), c_size_t()
        options = options_of("plan", plugin=abi.Plugin.TERWAY, **fields)
        status = lib.cnicalc_plan_check(blocks, len(blocks), byref(options), findings,
                                        len(findings), byref(count))
        codes = [lib.cnicalc_plan_code_name(finding.code) for finding in findings[:count.value]]
        return status, [("count", count), ("findings", findings), ("codes", codes)]
    return ask


def host_bits_finding() -> Asked:
    block = abi.PlanBlock(cidr=abi.Cidr(0, 0x0a000001, 4, 8), role=abi.PlanRole.VPC)
    text = create_string_buffer(abi.PLAN_TEXT_SIZE)
    findings, count = (abi.PlanFinding * 16)(), c_size_t()
    options = options_of("plan", plugin=abi.Plugin.TERWAY)
    status = lib.cnicalc_plan_check(byref(block), 1, byref(options), findings, 16, byref(count))
    assert status == 0
    finding = next(row for row in findings if row.code == abi.PlanCode.HOST_BITS)
    status = lib.cnicalc_plan_finding_format(byref(finding), byref(block), 1, text, len(text))
    return status, [("", text)]


def propose(plugin: abi.Plugin, nodes: int, pods: int) -> Callable[[], Asked]:
    """A question to cnicalc_plan_propose(); the blocks stand under the names of their roles."""
    def ask() -> Asked:
        proposal, count = abi.PlanProposal(), c_size_t()
        blocks = (abi.PlanBlock * abi.PLAN_PROPOSAL_BLOCKS_MAX)()
        options = options_of("plan_propose", plugin=plugin, nodes=nodes, pods_per_node=pods)
        status = lib.cnicalc_plan_propose(
            byref(struct_of(abi.Cidr, "192.168.0.0/16")), None, 0, byref(options), byref(proposal),
            blocks, len(blocks), byref(count))
        limit = abi.PlanLimit.VPC_SPACE
        outputs = [("", proposal), ("needed[VPC_SPACE]", proposal.needed[limit]),
                   ("available[VPC_SPACE]", proposal.available[limit])]
        outputs += [(lib.cnicalc_plan_role_name(block.role).decode(), block.cidr)
                    for block in blocks[:count.value]]
        return status, outputs
    return ask


# ---- The choice, and connection tables ----


def choose(**fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_choose()."""
    def ask() -> Asked:
        result = abi.ChooseResult()
        status = lib.cnicalc_choose(byref(options_of("choose", **fields)), byref(result))
        return status, [("", result)]
    return ask


def conntrack(gib: int, **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_conntrack_solve()."""
    def ask() -> Asked:
        result = abi.ConntrackResult()
        options = options_of("conntrack", memory_bytes=gib << 30, **fields)
        status = lib.cnicalc_conntrack_solve(byref(options), byref(result))
        return status, [("", result)]
    return ask


_SHARED, _EXCLUSIVE, _PREFIX = abi.Mode.SHARED_ENI, abi.Mode.EXCLUSIVE_ENI, abi.Mode.IP_PREFIX
_E8_I30 = {"E": 8, "I": 30}
_E8_I30_R2 = {"E": 8, "I": 30, "R": 2}

QUESTIONS: Dict[Tuple[str, str], Callable[[], Asked]] = {
    ("cnicalc_instance_table_version",
     "strlen(cnicalc_instance_table_version())"): table_version_length,
    ("cnicalc_instance_near",
     'cnicalc_instance_near("ecs.c7.5xlarge", 14, indexes, 2, &count)'): near,
    ("cnicalc_instance_value", "column 2 of c7.4xlarge"): instance_value,
    ("cnicalc_catalog_find", 'those rows, "x.large" sought as "ecs.x.large"'): catalog_find,
    ("cnicalc_node_solve", "E 8, I 30, shared"): node(_SHARED, _E8_I30),
    ("cnicalc_node_solve", "E 8, I 30, exclusive"): node(_EXCLUSIVE, _E8_I30),
    ("cnicalc_node_solve", "E 8, I 30, prefix"): node(_PREFIX, _E8_I30),
    ("cnicalc_node_solve", "E 3, I 4, shared"): node(_SHARED, {"E": 3, "I": 4}),
    ("cnicalc_node_formula", "E 8, I 30, shared"): formula(_SHARED, _E8_I30),
    ("cnicalc_node_formula", "E 8, I 30, exclusive, max_eni 4"):
        formula(_EXCLUSIVE, _E8_I30, max_eni=4),
    ("cnicalc_node_formula", "E 8, I 30, R 2, shared, eRDMA"):
        formula(_SHARED, _E8_I30_R2, erdma=1),
    ("cnicalc_node_formula", "E 8, I 30, R 2, shared, eRDMA, max_eni 1"):
        formula(_SHARED, _E8_I30_R2, erdma=1, max_eni=1),
    ("cnicalc_node_formula", "E 8, I6 1, prefix, IPv6 alone"):
        formula(_PREFIX, {"E": 8, "I6": 1}, ip_stack=abi.IpStack.IPV6),
    ("cnicalc_node_solve_batch", "indexes of c7.4xlarge and c6.4xlarge, shared"): node_batch,
    ("cnicalc_flannel_solve", "172.16.0.0/20, node_mask 24"):
        flannel("172.16.0.0/20", node_mask=24),
    ("cnicalc_flannel_solve", "10.0.0.0/8, node_mask 24, pro"):
        flannel("10.0.0.0/8", node_mask=24, edition=abi.Edition.PRO),
    ("cnicalc_flannel_solve", "172.16.0.0/12, node_mask 24, pro, raised, routes_used 100"):
        flannel("172.16.0.0/12", node_mask=24, edition=abi.Edition.PRO, raised=1, routes_used=100),
    ("cnicalc_flannel_fit", "100 nodes, 100 pods"): flannel_fit(100, 100),
    ("cnicalc_flannel_fit", "300 nodes, 64 pods, pro"): flannel_fit(300, 64),
    ("cnicalc_terway_check_vswitches", "{10.0.0.0/20, 10.0.0.0/24}"): overlapping_vswitches,
    ("cnicalc_terway_node_from_type", "ecs.c7.4xlarge, shared, idle 0"): terway_node(_SHARED),
    ("cnicalc_terway_node_from_type", "ecs.c7.4xlarge, prefix, idle 0"): terway_node(_PREFIX),
    ("cnicalc_terway_solve", "192.168.32.0/19 for pods, ecs.c7.4xlarge shared"):
        terway("192.168.32.0/19"),
    ("cnicalc_terway_solve", "192.168.96.0/19 in a second zone too"):
        terway("192.168.32.0/19", "192.168.96.0/19"),
    ("cnicalc_terway_fit", "38 ecs.c7.4xlarge in 192.168.32.0/19"): terway_fit(38),
    ("cnicalc_terway_fit", "39 of them"): terway_fit(39),
    ("cnicalc_plan_check", "the plan at the top of this file, Terway"): plan_check(),
    ("cnicalc_plan_check", "the same with pods 5000"): plan_check(pods=5000),
    ("cnicalc_plan_check", "the same with Service CIDR 192.168.64.0/20"):
        plan_check("192.168.64.0/20"),
    ("cnicalc_plan_finding_format", "host bits in 10.0.0.1/8"): host_bits_finding,
    ("cnicalc_plan_propose", "192.168.0.0/16, Terway, 100 nodes, 40 pods"):
        propose(abi.Plugin.TERWAY, 100, 40),
    ("cnicalc_plan_propose", "192.168.0.0/16, Flannel, 100 nodes, 100 pods"):
        propose(abi.Plugin.FLANNEL, 100, 100),
    ("cnicalc_plan_propose", "192.168.0.0/16, Terway, 1000 nodes, 40 pods"):
        propose(abi.Plugin.TERWAY, 1000, 40),
    ("cnicalc_choose", "pro, 500 nodes"): choose(edition=abi.Edition.PRO, nodes=500),
    ("cnicalc_choose", "pro, networkpolicy"):
        choose(edition=abi.Edition.PRO, needed_features=1 << abi.Feature.NETWORKPOLICY),
    ("cnicalc_choose", "pro, 2000 nodes, independent-pod-cidr"):
        choose(edition=abi.Edition.PRO, nodes=2000,
               needed_features=1 << abi.Feature.INDEPENDENT_POD_CIDR),
    ("cnicalc_choose", "edge-pro, 100 nodes"): choose(edition=abi.Edition.EDGE_PRO, nodes=100),
    ("cnicalc_conntrack_solve", "16 GiB"): conntrack(16),
    ("cnicalc_conntrack_solve", "16 GiB, max_pods 210"): conntrack(16, max_pods=210),
    ("cnicalc_conntrack_solve", "8 GiB"): conntrack(8),
}
