# SPDX-License-Identifier: MIT
"""The Examples that are no C call: what they ask, put to the library.

An entry is named by its function and by all that is left of the arrow. It returns the status
and the outputs; the numbers of the answer are in the header alone.
"""
from ctypes import byref, c_size_t, c_uint32, c_uint64, create_string_buffer, pointer, sizeof
from typing import Any, Callable, Dict, Tuple

from cnicalc import abi
from answers import Outputs, lib, struct_of

Asked = Tuple[int, Outputs]


def options_of(topic: str, **fields: int) -> Any:
    """The options of a topic: the defaults, then these fields."""
    options = abi.STRUCTS[f"cnicalc_{topic}_options"]()
    status = getattr(lib, f"cnicalc_{topic}_options_init")(byref(options), sizeof(options))
    assert status == 0, topic
    for name, value in fields.items():
        owner = options if hasattr(options, name) else options.ceilings
        assert hasattr(owner, name), name
        setattr(owner, name, value)
    return options


def limit_row_found() -> Asked:
    """The row of a result: of a Terway cluster of default quotas."""
    result = terway("192.168.32.0/19")()[1][0][1]
    row = lib.cnicalc_limit_find(result.limits, result.limit_count, abi.Limit.NODE_QUOTA)
    return 0, [("", row.contents)]


def shortage() -> Asked:
    text = create_string_buffer(abi.SHORTAGE_TEXT_SIZE)
    row = abi.LimitRow(abi.Limit.NODE_QUOTA, abi.Counts.NODES, 200, 10)
    return lib.cnicalc_shortage_format(byref(row), text, len(text)), [("", text)]


def ceiling() -> Asked:
    ceilings, value = abi.Ceilings(), c_uint64()
    assert lib.cnicalc_ceilings_init(byref(ceilings), sizeof(ceilings)) == 0
    ceilings.routes_used = 20
    status = lib.cnicalc_ceiling_value(byref(ceilings), abi.Plugin.FLANNEL, abi.Limit.ROUTE_QUOTA,
                                       byref(value))
    return status, [("", value)]


def type_of(name: str) -> Any:
    """A row of the built-in table."""
    row = abi.Instance()
    assert lib.cnicalc_instance_find(name.encode(), len(name), byref(row)) == 0, name
    return row


def own_type(**quantities: int) -> Any:
    """A row of our own, by the letters that node.h uses."""
    letters = {"E": "eni_quantity", "I": "eni_private_ip_address_quantity",
               "I6": "eni_ipv6_address_quantity", "T": "eni_total_quantity",
               "R": "eri_quantity"}
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
    return lambda: node_solved(own_type(**quantities), mode, **fields)


def node_solved(row: Any, mode: abi.Mode, **fields: int) -> Asked:
    result, options = abi.NodeResult(), options_of("node", mode=mode, **fields)
    return lib.cnicalc_node_solve(byref(row), byref(options), byref(result)), [("", result)]


def running_node() -> Asked:
    return node_solved(type_of("ecs.c7.4xlarge"), _SHARED, memory_capacity_kib=31555380)


def formula(mode: abi.Mode, quantities: Dict[str, int], **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_node_formula()."""
    def ask() -> Asked:
        text = create_string_buffer(abi.NODE_FORMULA_SIZE)
        options = options_of("node", mode=mode, **fields)
        status = lib.cnicalc_node_formula(byref(own_type(**quantities)), byref(options), text,
                                          len(text))
        return status, [("", text)]
    return ask


def recognize(row: Callable[[], Any], **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_node_recognize()."""
    def ask() -> Asked:
        kind, mode = c_uint32(), c_uint32()
        status = lib.cnicalc_node_recognize(byref(row()), byref(abi.NodeSigns(**fields)),
                                            byref(kind), byref(mode))
        return status, [("kind", lib.cnicalc_node_kind_name(kind)),
                        ("mode", lib.cnicalc_mode_name(mode))]
    return ask


def node_batch() -> Asked:
    indexes, pods, index = (c_uint32 * 2)(), (c_uint64 * 2)(), c_size_t()
    ranks = (c_uint32 * 2)()
    for place, name in enumerate((b"c6.4xlarge", b"c7.4xlarge")):
        assert lib.cnicalc_instance_index(name, len(name), byref(index)) == 0
        indexes[place] = index.value
    columns = abi.NodeColumns(instance_index=indexes, count=2, out_max_pods=pods, out_rank=ranks)
    status = lib.cnicalc_node_solve_batch(byref(options_of("node")), byref(columns))
    return status, [("out_max_pods", pods), ("out_rank", ranks)]


def missing_column() -> Asked:
    column = c_uint32()
    status = lib.cnicalc_node_missing_column(byref(own_type(E=8)), byref(options_of("node")),
                                             byref(column))
    return status, [("", lib.cnicalc_instance_column_name(column))]


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


def flannel_grow(nodes: int, more: int) -> Callable[[], Asked]:
    """A question to cnicalc_flannel_grow()."""
    def ask() -> Asked:
        result = abi.FlannelResult()
        status = lib.cnicalc_flannel_grow(byref(struct_of(abi.Cidr, "172.16.0.0/18")), nodes, more,
                                          byref(options_of("flannel", node_mask=25)), byref(result))
        return status, [("", result)]
    return ask


# ---- vSwitches and Terway ----


def vswitches(*blocks: str, roles: int = abi.VswitchRole.POD) -> Any:
    """vSwitches, each in a zone of its own."""
    return (abi.Vswitch * len(blocks))(*(
        abi.Vswitch(cidr=struct_of(abi.Cidr, block), zone=zone, roles=roles)
        for zone, block in enumerate(blocks)))


def vswitch_room(block: str, reserved: int = 0) -> Callable[[], Asked]:
    """A question to cnicalc_vswitch_solve()."""
    def ask() -> Asked:
        room, vswitch = abi.VswitchRoom(), vswitches(block)[0]
        vswitch.reserved_prefixes = reserved
        return lib.cnicalc_vswitch_solve(byref(vswitch), byref(room)), [("", room)]
    return ask


def reserved(block: str) -> Callable[[], Asked]:
    """A question to cnicalc_vswitch_reserve()."""
    def ask() -> Asked:
        prefixes = c_uint64()
        status = lib.cnicalc_vswitch_reserve(vswitches("10.8.0.0/16"),
                                             byref(struct_of(abi.Cidr, block)), 1, byref(prefixes),
                                             None)
        return status, [("", prefixes)]
    return ask


def overlapping_vswitches() -> Asked:
    fault = abi.Fault()
    rows = vswitches("10.0.0.0/20", "10.0.0.0/24", roles=abi.VswitchRole.BOTH)
    return lib.cnicalc_vswitch_check(rows, 2, byref(fault)), [("", fault)]


def terway_node(mode: abi.Mode, pods: int = 0, idle: int = 0) -> Callable[[], Asked]:
    """A question to cnicalc_terway_node_from_type()."""
    def ask() -> Asked:
        result = abi.TerwayNode()
        status = lib.cnicalc_terway_node_from_type(
            byref(type_of("ecs.c7.4xlarge")), byref(options_of("node", mode=mode)),
            byref(abi.TerwayUse(pods, idle)), byref(result))
        return status, [("", result)]
    return ask


def planned_node(pods: int, idle: int = 0) -> Callable[[], Asked]:
    """A question to cnicalc_terway_node_from_pods()."""
    def ask() -> Asked:
        result = abi.TerwayNode()
        status = lib.cnicalc_terway_node_from_pods(byref(abi.TerwayUse(pods, idle)),
                                                   abi.Mode.SHARED_ENI, byref(result))
        return status, [("", result)]
    return ask


def full_node() -> Any:
    return terway_node(abi.Mode.SHARED_ENI)()[1][0][1]


def node_of(pods: int) -> Any:
    """A full node of the type, or any with these pods."""
    return planned_node(pods)()[1][0][1] if pods else full_node()


def cluster_of(*blocks: str, nodes: int = 0, pods: int = 0,
               roles: int = abi.VswitchRole.POD) -> Any:
    """A cluster of these vSwitches, with a pool of these nodes in its first zone."""
    pool = abi.TerwayPool(node=node_of(pods), count=nodes)
    return abi.TerwayCluster(vswitches=vswitches(*blocks, roles=roles), vswitch_count=len(blocks),
                             pools=(abi.TerwayPool * 1)(pool), pool_count=1)


def terway(*blocks: str, pods: int = 0, **options: int) -> Callable[[], Asked]:
    """A question to cnicalc_terway_solve()."""
    def ask() -> Asked:
        result = abi.TerwayResult()
        status = lib.cnicalc_terway_solve(byref(cluster_of(*blocks)), byref(node_of(pods)),
                                          byref(options_of("terway", **options)), byref(result),
                                          None)
        return status, [("", result)]
    return ask


def terway_zones() -> Asked:
    zones, count = (abi.TerwayZone * 4)(), c_size_t()
    status = lib.cnicalc_terway_zones(byref(cluster_of("192.168.32.0/19")), byref(full_node()),
                                      zones, 4, byref(count), None)
    return status, [("count", count), ("zones", zones)]


def terway_fit(nodes: int, block: str = "192.168.32.0/19", pods: int = 0,
               roles: int = abi.VswitchRole.POD) -> Callable[[], Asked]:
    """A question to cnicalc_terway_fit()."""
    def ask() -> Asked:
        result = abi.TerwayFitResult()
        cluster = cluster_of(block, nodes=nodes, pods=pods, roles=roles)
        status = lib.cnicalc_terway_fit(byref(cluster), byref(options_of("terway")), byref(result),
                                        None)
        return status, [("", result)]
    return ask


def terway_fit_zones() -> Asked:
    zones, count = (abi.TerwayZone * 4)(), c_size_t()
    cluster = cluster_of("192.168.32.0/19", nodes=39)
    status = lib.cnicalc_terway_fit_zones(byref(cluster), zones, 4, byref(count), None)
    return status, [("count", count), ("zones", zones)]


# ---- Workloads ----


def workloads_of(*rows: Tuple[int, int, int]) -> Any:
    """Workloads of (pods, millicores, MiB)."""
    return (abi.Workload * len(rows))(*(
        abi.Workload(pods=pods, cpu_millicores=cpu, memory_bytes=mib << 20)
        for pods, cpu, mib in rows))


def workload(name: str, *rows: Tuple[int, int, int]) -> Callable[[], Asked]:
    """A question to cnicalc_workload_solve()."""
    def ask() -> Asked:
        result = abi.WorkloadResult()
        status = lib.cnicalc_workload_solve(byref(type_of(name)), workloads_of(*rows), len(rows),
                                            byref(options_of("workload")), byref(result), None)
        return status, [("", result)]
    return ask


def workload_missing_column() -> Asked:
    row, column = type_of("ecs.c7.4xlarge"), c_uint32()
    row.vcpus = abi.UNKNOWN
    status = lib.cnicalc_workload_missing_column(byref(row), workloads_of((1, 500, 0)), 1,
                                                 byref(options_of("workload")), byref(column))
    return status, [("", lib.cnicalc_instance_column_name(column))]


def workload_batch() -> Asked:
    indexes, index = (c_uint32 * 2)(), c_size_t()
    for place, name in enumerate((b"ecs.c7.large", b"ecs.c7.4xlarge")):
        assert lib.cnicalc_instance_index(name, len(name), byref(index)) == 0
        indexes[place] = index.value
    nodes, ranks = (c_uint64 * 2)(), (c_uint32 * 2)()
    columns = abi.WorkloadColumns(
        instance_index=indexes, count=2, out_nodes=nodes, out_rank=ranks,
        out_vcpus=(c_uint32 * 2)(), out_idle_memory_kib=(c_uint64 * 2)(),
        out_short_of=(c_uint32 * 2)())
    status = lib.cnicalc_workload_solve_batch(workloads_of((3000, 500, 1024)), 1,
                                              byref(options_of("workload")), byref(columns), None)
    return status, [("out_nodes", nodes), ("out_rank", ranks)]


def growth(nodes: int) -> Any:
    """Further nodes of 30 pods in a cluster of one vSwitch."""
    cluster = cluster_of("10.10.0.0/20", nodes=nodes, pods=30)
    cluster.vswitches[0].used_addresses = 4050
    vpc = (abi.Cidr * 1)(struct_of(abi.Cidr, "10.10.0.0/16"))
    return abi.TerwayGrowth(cluster=pointer(cluster), vpc_blocks=vpc, vpc_block_count=1)


def terway_grow(nodes: int, present: int = 0) -> Callable[[], Asked]:
    """A question to cnicalc_terway_grow()."""
    def ask() -> Asked:
        result, out = abi.TerwayGrowResult(), (abi.Vswitch * (1 + abi.TERWAY_GROW_MAX))()
        status = lib.cnicalc_terway_grow(byref(growth(nodes)),
                                         byref(options_of("terway", present_nodes=present)),
                                         byref(result), out, len(out), None)
        return status, [("", result), ("added", out[result.vswitch_count - 1].cidr)]
    return ask


def terway_grow_zones() -> Asked:
    zones, count = (abi.TerwayZone * 4)(), c_size_t()
    status = lib.cnicalc_terway_grow_zones(byref(growth(150)), zones, 4, byref(count), None)
    return status, [("count", count), ("zones", zones)]


# ---- Plans ----


def blocks_of(*rows: Tuple[str, abi.PlanRole]) -> Any:
    return (abi.PlanBlock * len(rows))(*(
        abi.PlanBlock(cidr=struct_of(abi.Cidr, block), role=role) for block, role in rows))


def plan_of(blocks: Any) -> Any:
    return abi.Plan(blocks=blocks, block_count=len(blocks))


def plan_check(service_cidr: str = "172.21.0.0/20", **fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_plan_check() about the plan at the top of plan.h; codes has the names
    of all findings in order."""
    def ask() -> Asked:
        plan = plan_of(blocks_of(
            ("192.168.0.0/16", abi.PlanRole.VPC), ("192.168.0.0/19", abi.PlanRole.NODE_VSWITCH),
            ("192.168.32.0/19", abi.PlanRole.POD_VSWITCH),
            (service_cidr, abi.PlanRole.SERVICE_CIDR)))
        findings, count = (abi.PlanFinding * 16)(), c_size_t()
        options = options_of("plan_check", plugin=abi.Plugin.TERWAY, **fields)
        status = lib.cnicalc_plan_check(byref(plan), byref(options), findings, len(findings),
                                        byref(count), None)
        codes = [lib.cnicalc_plan_code_name(finding.code) for finding in findings[:count.value]]
        return status, [("count", count), ("findings", findings), ("codes", codes)]
    return ask


def host_bits_finding() -> Asked:
    plan = plan_of((abi.PlanBlock * 1)(abi.PlanBlock(cidr=abi.Cidr(0, 0x0a000001, 4, 8),
                                                     role=abi.PlanRole.VPC)))
    text = create_string_buffer(abi.PLAN_TEXT_SIZE)
    findings, count = (abi.PlanFinding * 16)(), c_size_t()
    options = options_of("plan_check", plugin=abi.Plugin.TERWAY)
    status = lib.cnicalc_plan_check(byref(plan), byref(options), findings, 16, byref(count), None)
    assert status == 0
    finding = next(row for row in findings if row.code == abi.PlanCode.HOST_BITS)
    status = lib.cnicalc_plan_finding_format(byref(finding), byref(plan), text, len(text))
    return status, [("", text)]


def propose(vpc: str, plugin: abi.Plugin, nodes: int, pods: int,
            vpc_ipv6: str = "", secondary: str = "",
            node_vswitch: str = "") -> Callable[[], Asked]:
    """A question to cnicalc_plan_propose(); the blocks are under the names of their roles, with
    vpc_ipv6 those of IPv6."""
    def ask() -> Asked:
        proposal = abi.PlanProposal()
        blocks = (abi.PlanBlock * abi.PLAN_PROPOSAL_BLOCKS_MAX)()
        options = options_of("plan_propose", plugin=plugin, nodes=nodes, pods_per_node=pods,
                             dual_stack=int(vpc_ipv6 != ""))
        vpcs = [(block, abi.PlanRole.VPC) for block in (vpc, secondary, vpc_ipv6) if block]
        vpcs += [(block, abi.PlanRole.NODE_VSWITCH) for block in (node_vswitch,) if block]
        status = lib.cnicalc_plan_propose(byref(plan_of(blocks_of(*vpcs))), byref(options),
                                          byref(proposal), blocks, len(blocks), None)
        outputs = [("", proposal)]
        outputs += [(lib.cnicalc_plan_role_name(block.role).decode(), block.cidr)
                    for block in blocks[:proposal.block_count]
                    if vpc_ipv6 == "" or block.cidr.family == 6]
        return status, outputs
    return ask


# ---- The choice, and connection tables ----


def choose(**fields: int) -> Callable[[], Asked]:
    """A question to cnicalc_plugin_choose(); a candidate's fields are under its plugin."""
    def ask() -> Asked:
        result = abi.PluginChooseResult()
        options = options_of("plugin_choose", **fields)
        status = lib.cnicalc_plugin_choose(byref(options), byref(result))
        outputs = [("", result)]
        outputs += [(f"candidates[{plugin.name}].{field}", getattr(result.candidates[plugin], field))
                    for plugin in abi.Plugin for field, *_ in abi.PluginCandidate._fields_]
        return status, outputs
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
    ("cnicalc_node_solve", "E 8, I 30, shared, host_network_pods 6"):
        node(_SHARED, _E8_I30, host_network_pods=6),
    ("cnicalc_node_solve", "E 8, I 30, prefix, ipv4_prefix_count 5"):
        node(_PREFIX, _E8_I30, ipv4_prefix_count=5),
    ("cnicalc_node_solve", "ecs.c7.4xlarge, shared, memory_capacity_kib 31555380"): running_node,
    ("cnicalc_node_solve", "E 3, I 4, shared"): node(_SHARED, {"E": 3, "I": 4}),
    ("cnicalc_node_formula", "E 8, I 30, shared"): formula(_SHARED, _E8_I30),
    ("cnicalc_node_formula", "E 8, I 30, exclusive, max_eni 4"):
        formula(_EXCLUSIVE, _E8_I30, max_eni=4),
    ("cnicalc_node_formula", "E 8, I 30, R 2, shared, eRDMA"):
        formula(_SHARED, _E8_I30_R2, erdma=1),
    ("cnicalc_node_formula", "E 8, I 30, R 2, shared, eRDMA by the daemon, max_eni 1"):
        formula(_SHARED, _E8_I30_R2, erdma=1, erdma_ipam=abi.ErdmaIpam.DAEMON, max_eni=1),
    ("cnicalc_node_formula", "E 8, I6 1, prefix, IPv6 alone"):
        formula(_PREFIX, {"E": 8, "I6": 1}, ip_stack=abi.IpStack.IPV6),
    ("cnicalc_node_recognize", "ecs.c7.4xlarge, max_available_ip 210"):
        recognize(lambda: type_of("ecs.c7.4xlarge"), max_available_ip=210),
    ("cnicalc_node_recognize", "ecs.c7.4xlarge, max_available_ip 210, enis 7"):
        recognize(lambda: type_of("ecs.c7.4xlarge"), max_available_ip=210, enis=7),
    ("cnicalc_node_recognize", "E 8, I 30, T 20, max_available_ip 8816"):
        recognize(lambda: own_type(E=8, I=30, T=20), max_available_ip=8816),
    ("cnicalc_node_solve_batch", "indexes of c6.4xlarge and c7.4xlarge, shared"): node_batch,
    ("cnicalc_flannel_solve", "172.16.0.0/20, node_mask 24"):
        flannel("172.16.0.0/20", node_mask=24),
    ("cnicalc_flannel_solve", "10.0.0.0/8, node_mask 24, pro"):
        flannel("10.0.0.0/8", node_mask=24, edition=abi.Edition.PRO),
    ("cnicalc_flannel_solve", "172.16.0.0/12, node_mask 24, pro, raised, routes_used 100"):
        flannel("172.16.0.0/12", node_mask=24, edition=abi.Edition.PRO, raised=1, routes_used=100),
    ("cnicalc_flannel_fit", "100 nodes, 100 pods"): flannel_fit(100, 100),
    ("cnicalc_flannel_fit", "300 nodes, 64 pods, pro"): flannel_fit(300, 64),
    ("cnicalc_flannel_grow", "172.16.0.0/18, node_mask 25, 100 nodes, 28 more"):
        flannel_grow(100, 28),
    ("cnicalc_flannel_grow", "172.16.0.0/18, node_mask 25, 100 nodes, 29 more"):
        flannel_grow(100, 29),
    ("cnicalc_limit_find", "cnicalc_limit_find(result.limits, result.limit_count, "
     "CNICALC_LIMIT_NODE_QUOTA)"): limit_row_found,
    ("cnicalc_shortage_format", "{NODE_QUOTA, NODES, 200, 10}"): shortage,
    ("cnicalc_ceiling_value", "pro, flannel, ROUTE_QUOTA, routes_used 20"): ceiling,
    ("cnicalc_node_missing_column", "E 8, I not published, shared"): missing_column,
    ("cnicalc_vswitch_solve", "192.168.32.0/19, used 0"): vswitch_room("192.168.32.0/19"),
    ("cnicalc_vswitch_solve", "10.8.0.0/16, reserved_prefixes 1024"):
        vswitch_room("10.8.0.0/16", 1024),
    ("cnicalc_vswitch_reserve", "10.8.0.0/16, {10.8.64.0/18}"): reserved("10.8.64.0/18"),
    ("cnicalc_vswitch_reserve", "10.8.0.0/16, {10.8.0.0/18}"): reserved("10.8.0.0/18"),
    ("cnicalc_vswitch_check", "{10.0.0.0/20, 10.0.0.0/24}"): overlapping_vswitches,
    ("cnicalc_terway_node_from_type", "ecs.c7.4xlarge, shared, pods 0, idle 0"):
        terway_node(_SHARED),
    ("cnicalc_terway_node_from_type", "ecs.c7.4xlarge, shared, pods 60, idle 5"):
        terway_node(_SHARED, 60, 5),
    ("cnicalc_terway_node_from_type", "ecs.c7.4xlarge, prefix, pods 0, idle 0"):
        terway_node(_PREFIX),
    ("cnicalc_terway_node_from_pods", "50 pods, shared, idle 5"): planned_node(50, 5),
    ("cnicalc_terway_solve", "192.168.32.0/19 for pods, ecs.c7.4xlarge shared"):
        terway("192.168.32.0/19"),
    ("cnicalc_terway_solve", "192.168.96.0/19 in a second zone too"):
        terway("192.168.32.0/19", "192.168.96.0/19"),
    ("cnicalc_terway_solve", "the same, a basic security group"):
        terway("192.168.32.0/19", "192.168.96.0/19",
               security_group=abi.SecurityGroup.BASIC),
    ("cnicalc_terway_solve", "192.168.32.0/19 for pods, 30 pods per node"):
        terway("192.168.32.0/19", pods=30),
    ("cnicalc_terway_zones", "192.168.32.0/19 for pods, ecs.c7.4xlarge shared"): terway_zones,
    ("cnicalc_terway_fit", "38 ecs.c7.4xlarge in 192.168.32.0/19"): terway_fit(38),
    ("cnicalc_terway_fit", "39 of them"): terway_fit(39),
    ("cnicalc_terway_fit", "20 nodes of 12 pods in 192.168.0.0/24, which serves both"):
        terway_fit(20, "192.168.0.0/24", 12, abi.VswitchRole.BOTH),
    ("cnicalc_terway_grow",
     "VPC 10.10.0.0/16, 10.10.0.0/20 with 4,050 in use, 150 nodes of 30 pods"): terway_grow(150),
    ("cnicalc_terway_grow",
     "VPC 10.10.0.0/16, 10.10.0.0/20 with 4,050 in use, 75 nodes of 30 pods"): terway_grow(75),
    ("cnicalc_terway_grow", "the same, present_nodes 4,926"): terway_grow(75, 4926),
    ("cnicalc_terway_grow_zones", "10.10.0.0/20 with 4,050 in use, 150 nodes of 30 pods"):
        terway_grow_zones,
    ("cnicalc_terway_fit_zones", "39 ecs.c7.4xlarge in 192.168.32.0/19"): terway_fit_zones,
    ("cnicalc_workload_solve", "ecs.c7.4xlarge, 3000 pods of 500m and 1 GiB"):
        workload("ecs.c7.4xlarge", (3000, 500, 1024)),
    ("cnicalc_workload_solve", "ecs.c7.large, 3000 pods of 10m and 32 MiB"):
        workload("ecs.c7.large", (3000, 10, 32)),
    ("cnicalc_workload_solve",
     "ecs.c7.4xlarge, 300 pods of 500m and 1 GiB, 100 of 1000m and 4 GiB"):
        workload("ecs.c7.4xlarge", (300, 500, 1024), (100, 1000, 4096)),
    ("cnicalc_workload_missing_column", "ecs.c7.4xlarge but vcpus not published, 500m"):
        workload_missing_column,
    ("cnicalc_workload_solve_batch",
     "ecs.c7.large, ecs.c7.4xlarge, 3000 pods of 500m and 1 GiB"): workload_batch,
    ("cnicalc_plan_check", "the plan at the top of this file, Terway"): plan_check(),
    ("cnicalc_plan_check", "the same with pods 5000"): plan_check(pods=5000),
    ("cnicalc_plan_check", "the same with Service CIDR 192.168.64.0/20"):
        plan_check("192.168.64.0/20"),
    ("cnicalc_plan_finding_format", "host bits in 10.0.0.1/8"): host_bits_finding,
    ("cnicalc_plan_propose", "192.168.0.0/16, Terway, 100 nodes, 40 pods"):
        propose("192.168.0.0/16", abi.Plugin.TERWAY, 100, 40),
    ("cnicalc_plan_propose", "192.168.0.0/16, Flannel, 100 nodes, 100 pods"):
        propose("192.168.0.0/16", abi.Plugin.FLANNEL, 100, 100),
    ("cnicalc_plan_propose", "192.168.0.0/16, Terway, 1000 nodes, 40 pods"):
        propose("192.168.0.0/16", abi.Plugin.TERWAY, 1000, 40),
    ("cnicalc_plan_propose", "192.168.0.0/16, Terway, 1000 nodes, 65 pods"):
        propose("192.168.0.0/16", abi.Plugin.TERWAY, 1000, 65),
    ("cnicalc_plan_propose", "192.168.0.0/24, Terway, 10 nodes, 10 pods"):
        propose("192.168.0.0/24", abi.Plugin.TERWAY, 10, 10),
    ("cnicalc_plan_propose", "192.168.0.0/24 and 10.0.0.0/16, Terway, 10 nodes, 20 pods"):
        propose("192.168.0.0/24", abi.Plugin.TERWAY, 10, 20, secondary="10.0.0.0/16"),
    ("cnicalc_plan_propose",
     "192.168.0.0/16 with node vSwitch 192.168.0.0/24, Terway, 300 nodes, 10 pods"):
        propose("192.168.0.0/16", abi.Plugin.TERWAY, 300, 10, node_vswitch="192.168.0.0/24"),
    ("cnicalc_plan_propose",
     "192.168.0.0/24 and 2001:db8::/56, Terway, dual_stack, 10 nodes, 10 pods"):
        propose("192.168.0.0/24", abi.Plugin.TERWAY, 10, 10, "2001:db8::/56"),
    ("cnicalc_plugin_choose", "pro, 500 nodes"): choose(edition=abi.Edition.PRO, nodes=500),
    ("cnicalc_plugin_choose", "pro, networkpolicy"):
        choose(edition=abi.Edition.PRO, needed_features=1 << abi.Feature.NETWORKPOLICY),
    ("cnicalc_plugin_choose", "pro, 2000 nodes, independent-pod-cidr"):
        choose(edition=abi.Edition.PRO, nodes=2000,
               needed_features=1 << abi.Feature.INDEPENDENT_POD_CIDR),
    ("cnicalc_plugin_choose", "edge-pro, 100 nodes"):
        choose(edition=abi.Edition.EDGE_PRO, nodes=100),
    ("cnicalc_conntrack_solve", "16 GiB"): conntrack(16),
    ("cnicalc_conntrack_solve", "16 GiB, max_pods 210"): conntrack(16, max_pods=210),
    ("cnicalc_conntrack_solve", "8 GiB"): conntrack(8),
}
