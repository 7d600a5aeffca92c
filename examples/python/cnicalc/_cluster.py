# SPDX-License-Identifier: MIT
"""Clusters: Flannel, Terway, address plans, the choice of a plugin, connection tracking.

Private to the package cnicalc.
"""
from __future__ import annotations

from ctypes import byref, c_size_t, c_uint32, c_uint64, create_string_buffer, pointer
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from . import _abi as abi
from ._abi import (Choice, ConntrackLimit, Feature, Limit, Mode, PlanCode, PlanRole, PlanSeverity,
                   Plugin, StatusCode, VswitchRole)
from ._cidr import Cidr, CidrLike, as_cidr
from ._core import (Ceilings, Error, Named, about, array_of, as_feature, as_mode, as_plugin,
                    by_name, checked, lib, listed, make_options, result_from, set_field, wrong_type)
from ._instance import Instance
from ._node import instance_raw

Zone = Union[str, int]  # the caller's name of a zone; results give it back


class _Zones:
    """Numbers of zones, in the order in which their names first appear."""

    def __init__(self) -> None:
        self.names: List[Zone] = []

    def number(self, name: Zone) -> int:
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)


# ---- Flannel ----


@dataclass(frozen=True)
class FlannelResult:
    """Nodes and pods of a split, and the limits by which they were found."""

    pod_prefix_len: int  # bits
    node_mask: int  # bits
    pods_per_node: int  # published
    usable_pod_ips: int  # addresses that pods of one node can really get
    max_nodes: int
    max_pods: int
    bound_by: Limit  # which limit decided max_nodes
    max_pods_bound_by: Limit
    fits: bool  # False: the request of flannel_fit() does not fit
    limits: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


def flannel(pod_cidr: CidrLike, *, node_mask: Optional[int] = None,
            pods_per_node: Optional[int] = None, ceilings: Optional[Ceilings] = None,
            **own: Any) -> FlannelResult:
    """Nodes and pods of a pod CIDR, split by node_mask (24..28) or pods_per_node (16..256).

    The ceilings are those of Ceilings, as one or by name.

    >>> flannel("10.0.0.0/8", pods_per_node=256).bound_by.name
    'ROUTE_QUOTA'
    >>> flannel("10.0.0.0/8", node_mask=24, edition="basic").max_nodes
    10
    """
    if node_mask is None and pods_per_node is None:
        raise TypeError("flannel() needs node_mask or pods_per_node")
    options = make_options("flannel", {"node_mask": node_mask, "pods_per_node": pods_per_node,
                                       **own}, ceilings=ceilings)
    block, raw = as_cidr(pod_cidr, "pod_cidr"), abi.FlannelResult()
    with about(f"pod CIDR {block}"):
        lib.cnicalc_flannel_solve(byref(block._raw), byref(options), byref(raw))
    return result_from(FlannelResult, raw)


def flannel_fit(nodes: int, pods_per_node: int, *, ceilings: Optional[Ceilings] = None,
                **own: Any) -> FlannelResult:
    """The inverse: the smallest pod CIDR and the longest node mask for nodes * pods_per_node.

    >>> split = flannel_fit(100, 100)
    >>> split.pod_prefix_len, split.node_mask, split.fits
    (18, 25, True)
    """
    options = make_options("flannel", own, ceilings=ceilings)
    raw = abi.FlannelResult()
    with about(f"{nodes} nodes of {pods_per_node} pods"):
        lib.cnicalc_flannel_fit(checked(c_uint64, nodes, "nodes"),
                                checked(c_uint64, pods_per_node, "pods_per_node"),
                                byref(options), byref(raw))
    return result_from(FlannelResult, raw)


def flannel_grow(pod_cidr: CidrLike, nodes: int, more: int, *, node_mask: int,
                 ceilings: Optional[Ceilings] = None, **own: Any) -> FlannelResult:
    """Whether more nodes fit in a cluster that has nodes; its pod CIDR can never grow.

    >>> flannel_grow("172.16.0.0/18", 100, 29, node_mask=25).fits
    False
    """
    options = make_options("flannel", {"node_mask": node_mask, **own}, ceilings=ceilings)
    block, raw = as_cidr(pod_cidr, "pod_cidr"), abi.FlannelResult()
    with about(f"pod CIDR {block}"):
        lib.cnicalc_flannel_grow(byref(block._raw), checked(c_uint64, nodes, "nodes"),
                                 checked(c_uint64, more, "more"), byref(options), byref(raw))
    return result_from(FlannelResult, raw)


# ---- Terway ----


@dataclass(frozen=True)
class Vswitch:
    """A vSwitch: what it serves, and the addresses in it that are in use."""

    cidr: CidrLike
    zone: Zone
    roles: VswitchRole = VswitchRole.POD
    used_addresses: int = 0
    reservations: Tuple[Union[CidrLike, int], ...] = ()  # for prefixes: blocks, or masks alone


@dataclass(frozen=True)
class TerwayNode:
    """What one node takes from the vSwitches of its zone and from its security group."""

    pods_per_node: int
    addresses: int
    prefixes: int  # /28
    mode: Mode
    joins: bool  # False: ACK refuses the node, which has too few pods
    addresses_with_pool: Optional[int] = 0  # with Terway's default pool; None: not known
    addresses_in_burst: Optional[int] = 0  # while new pods start; None: not known
    trunk_pods: int = 0  # of the pods, those with a member ENI of their own
    enis: int = 0  # that the node has, its primary one included; 0: not known
    pod_enis: int = 0  # that can hold its addresses or prefixes; 0: not known
    addresses_per_eni: int = 0  # 0: not known
    dual_stack: bool = False  # an IPv6 address beside each single one
    needs_pod_vswitch: bool = False  # its pods never use node vSwitches, as on Lingjun


@dataclass(frozen=True)
class TerwayPool:
    """Some equal nodes of one zone."""

    node: TerwayNode
    count: int
    zone: Zone


@dataclass(frozen=True)
class TerwayZone:
    """What one zone holds by its addresses alone."""

    zone: Zone
    usable_addresses: int  # free in the vSwitches that pods use
    usable_prefixes: int  # free /28 blocks among them
    node_addresses: Optional[int]  # free in the node vSwitches; None: none is given
    max_nodes: Optional[int]  # None: a node takes no address
    bound_by: Limit
    falls_back: bool  # it has no pod vSwitch, and pods use those of nodes
    best_case: bool  # several vSwitches serve pods: the best that ENIs find


@dataclass(frozen=True)
class TerwayResult:
    """Nodes and pods that the vSwitches and quotas hold, and the limits that say so."""

    max_nodes: int
    max_pods: int
    pods_per_node: int
    max_nodes_with_default_pool: Optional[int]  # with Terway's default pool; None: not known
    max_nodes_with_burst: Optional[int]  # while new pods start; None: not known
    max_nodes_with_surge: Optional[int]  # that leave room to replace nodes; None: no end
    held_addresses: int  # of max_nodes nodes and their pods
    burst_addresses: Optional[int]  # that they hold beside in a burst; None: not known
    surge_addresses: int  # that are held beside while nodes are replaced
    security_group_held: int  # of a basic group addresses, of an advanced one ENIs
    pod_addresses: int  # free in the vSwitches that pods use
    pod_prefixes: int  # free /28 blocks among them
    node_addresses: Optional[int]  # free in the node vSwitches; None: none is given
    bound_by: Limit  # which limit decided max_nodes
    max_pods_bound_by: Limit
    best_case: bool  # several vSwitches of a zone serve pods: the best that ENIs find
    zones: Tuple[TerwayZone, ...]
    limits: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


@dataclass(frozen=True)
class TerwayFitZone:
    """Whether one zone holds its pools by its addresses alone."""

    zone: Zone
    fits: bool
    bound_by: Limit  # the first that is exceeded, or NONE
    nodes: int
    usable_addresses: int  # free in the vSwitches that pods use
    usable_prefixes: int  # free /28 blocks among them
    node_addresses: Optional[int]  # free in the node vSwitches; None: none is given
    falls_back: bool  # it has no pod vSwitch, and pods use those of nodes
    best_case: bool  # several vSwitches serve pods: the best that ENIs find
    needed: Dict[Limit, Optional[int]] = field(hash=False)
    available: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


@dataclass(frozen=True)
class TerwayFitResult:
    """Whether all pools fit, and what each limit needs and has."""

    nodes: int
    pods: int
    fits: bool
    bound_by: Limit  # the first that is exceeded, or NONE
    fits_with_default_pool: Optional[bool]  # with Terway's default pool; None: not known
    fits_with_burst: Optional[bool]  # while new pods start; None: not known
    fits_with_surge: bool  # while the nodes of any one pool are replaced
    burst_addresses: Optional[int]  # held beside in a burst; None: not known
    surge_addresses: int  # held beside while the nodes of one pool are replaced, the most
    best_case: bool  # several vSwitches of a zone serve pods: the best that ENIs find
    zones: Tuple[TerwayFitZone, ...]
    needed: Dict[Limit, Optional[int]] = field(hash=False)
    available: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


@dataclass(frozen=True)
class TerwayGrowResult:
    """What to add so that further nodes fit, or what they are short of."""

    nodes: int
    pods: int
    fits: bool  # when all is added
    fits_now: bool  # and nothing is to be added
    gave_up: bool  # whether there is room in the VPC is not known
    bound_by: Limit  # the first that is exceeded, or NONE
    vswitches: Tuple[Vswitch, ...]  # to add, the largest first
    vpc_blocks: Tuple[Cidr, ...]  # to add to the VPC before
    zones: Tuple[TerwayFitZone, ...]  # as they are now
    needed: Dict[Limit, Optional[int]] = field(hash=False)
    available: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


def terway_node(node: Union[str, Instance, int], mode: Named = "shared", *,
                pods_per_node: int = 0, idle_addresses: int = 0, burst_pods: int = 0,
                min_pool_size: int = 0, **options: Any) -> TerwayNode:
    """What one node takes: of an instance type, full or with pods_per_node, or of a number of pods.

    idle_addresses are held beyond those of the pods, and burst_pods start at one time; the options
    are the other ones of node().

    >>> terway_node("ecs.c7.4xlarge", "prefix").prefixes
    14
    >>> terway_node("ecs.c7.4xlarge", pods_per_node=60, burst_pods=10).addresses_in_burst
    80
    """
    raw, use = abi.TerwayNode(), abi.TerwayUse()
    for name, value in (("pods_per_node", pods_per_node), ("idle_addresses", idle_addresses),
                        ("burst_pods", burst_pods), ("min_pool_size", min_pool_size)):
        set_field(use, name, value)
    with about(f"{node} in mode {mode}"):
        if isinstance(node, int):
            if options or pods_per_node:
                raise TypeError("a number of pods takes no option of a type")
            set_field(use, "pods_per_node", node)
            lib.cnicalc_terway_node_from_pods(
                byref(use), checked(c_uint32, as_mode(mode), "mode"), byref(raw))
        else:
            lib.cnicalc_terway_node_from_type(
                byref(instance_raw(node, "node")),
                byref(make_options("node", {**options, "mode": mode})), byref(use), byref(raw))
    return result_from(TerwayNode, raw)


def _node_raw(node: TerwayNode, name: str) -> Any:
    if not isinstance(node, TerwayNode):
        raise wrong_type(name, "a TerwayNode", node)
    raw = abi.TerwayNode()
    for name, value in vars(node).items():
        is_unknown = value is None and name.startswith("addresses_")
        set_field(raw, name, abi.UNKNOWN_COUNT if is_unknown else value)
    return raw


def _reservation(reservation: Union[CidrLike, int], name: str) -> Any:
    """A block, or a mask alone."""
    if isinstance(reservation, int):
        raw = abi.Cidr()
        set_field(raw, "prefix_len", reservation)
        return raw
    return as_cidr(reservation, name)._raw


def _reserve(row: Any, vswitch: Vswitch, name: str) -> None:
    """Judges and counts the reservations of a vSwitch; an error names the one at fault."""
    given = list(vswitch.reservations)
    rows, out, fault = array_of(abi.Cidr, len(given)), c_uint64(), abi.Fault()
    for index, reservation in enumerate(given):
        rows[index] = _reservation(reservation, f"{name}.reservations[{index}]")
    try:
        lib.cnicalc_vswitch_reserve(byref(row), rows, len(given), byref(out), byref(fault))
    except Error as error:
        shown = (f"reservation {given[fault.index]}" if fault.array == abi.Array.RESERVATIONS
                 else f"vSwitch {Cidr(vswitch.cidr)}")
        raise Error(error.code, shown) from None
    row.reserved_prefixes = out.value


def _blocks_of(blocks: Iterable[CidrLike], name: str) -> Any:
    given = list(blocks)
    rows = array_of(abi.Cidr, len(given))
    for index, block in enumerate(given):
        rows[index] = as_cidr(block, f"{name}[{index}]")._raw
    return rows


class _Cluster:
    """The arrays of a question, and the names of its zones."""

    def __init__(self, vswitches: Iterable[Vswitch], pools: Iterable[TerwayPool] = ()) -> None:
        self.zones = _Zones()
        self.vswitches = listed(vswitches, "vswitches", Vswitch)
        given = listed(pools, "pools", TerwayPool)
        rows, raw_pools = (array_of(abi.Vswitch, len(self.vswitches)),
                           array_of(abi.TerwayPool, len(given)))
        for index, (row, vswitch) in enumerate(zip(rows, self.vswitches)):
            row.cidr = as_cidr(vswitch.cidr, f"vswitches[{index}].cidr")._raw
            row.zone = self.zones.number(vswitch.zone)
            set_field(row, "roles", vswitch.roles)
            set_field(row, "used_addresses", vswitch.used_addresses)
            if vswitch.reservations:
                _reserve(row, vswitch, f"vswitches[{index}]")
        for index, (raw_pool, pool) in enumerate(zip(raw_pools, given)):
            raw_pool.node = _node_raw(pool.node, f"pools[{index}].node")
            raw_pool.zone = self.zones.number(pool.zone)
            set_field(raw_pool, "count", pool.count)
        self.raw = abi.TerwayCluster(rows, len(rows), raw_pools, len(raw_pools))

    def ask(self, function: Any, *arguments: Any) -> None:
        """Calls with the cluster first and a fault last; an error names the vSwitches at fault."""
        self.ask_of(self.raw, function, *arguments)

    def ask_of(self, question: Any, function: Any, *arguments: Any) -> None:
        """The same of a question that has the cluster in it."""
        fault = abi.Fault()
        try:
            function(byref(question), *arguments, byref(fault))
        except Error as error:
            if fault.array != abi.Array.VSWITCHES:
                raise
            places = sorted({fault.index, fault.other} - {abi.UNKNOWN})
            shown = " and ".join(str(Cidr(self.vswitches[at].cidr)) for at in places)
            raise Error(error.code, f"vSwitch {shown}") from None

    def ask_zones(self, kind: Any, function: Any, *arguments: Any,
                  of: Any = None) -> Tuple[Any, ...]:
        """The answer of each zone, of the cluster or of a question that has it in it."""
        raw, count = array_of(abi.TerwayZone, len(self.zones.names)), c_size_t()
        self.ask_of(of or self.raw, function, *arguments, raw, len(raw), byref(count))
        return tuple(result_from(kind, zone, zone=self.zones.names[zone.zone])
                     for zone in raw[:count.value])


def terway(vswitches: Iterable[Vswitch], node: Union[TerwayNode, str, Instance, int], *,
           ipvlan: Optional[bool] = None, ceilings: Optional[Ceilings] = None,
           **own: Any) -> TerwayResult:
    """How many equal nodes, and pods, the vSwitches and quotas hold.

    node is a TerwayNode; a type or a number of pods is made one by terway_node(). The options are
    those of cnicalc_terway_options, in terway.h, the ceilings those of Ceilings, as one or by name.

    >>> terway([Vswitch("192.168.32.0/19", "i")], "ecs.c7.4xlarge").max_pods
    7980
    >>> terway([Vswitch("192.168.32.0/19", "i")], "ecs.c7.4xlarge", security_group="basic").max_nodes
    28
    """
    options = make_options("terway", {"ipvlan": ipvlan, **own}, ceilings=ceilings)
    cluster, raw = _Cluster(vswitches), abi.TerwayResult()
    one = _node_raw(node if isinstance(node, TerwayNode) else terway_node(node), "node")
    cluster.ask(lib.cnicalc_terway_solve, byref(one), byref(options), byref(raw))
    return result_from(TerwayResult, raw, zones=cluster.ask_zones(
        TerwayZone, lib.cnicalc_terway_zones, byref(one)))


def terway_fit(vswitches: Iterable[Vswitch], pools: Iterable[TerwayPool], *,
               ipvlan: Optional[bool] = None, ceilings: Optional[Ceilings] = None,
               **own: Any) -> TerwayFitResult:
    """Whether node pools, of any modes together, fit in their zones and in the quotas.

    >>> pool = TerwayPool(terway_node("ecs.c7.4xlarge"), 39, "i")
    >>> terway_fit([Vswitch("192.168.32.0/19", "i")], [pool]).fits
    False
    """
    options = make_options("terway", {"ipvlan": ipvlan, **own}, ceilings=ceilings)
    cluster, raw = _Cluster(vswitches, pools), abi.TerwayFitResult()
    cluster.ask(lib.cnicalc_terway_fit, byref(options), byref(raw))
    return result_from(TerwayFitResult, raw, zones=cluster.ask_zones(
        TerwayFitZone, lib.cnicalc_terway_fit_zones))


def terway_grow(vswitches: Iterable[Vswitch], pools: Iterable[TerwayPool],
                vpc_blocks: Iterable[CidrLike], taken: Iterable[CidrLike] = (), *,
                roomy: Optional[bool] = None, ipvlan: Optional[bool] = None,
                ceilings: Optional[Ceilings] = None, **own: Any) -> TerwayGrowResult:
    """The fewest and then smallest vSwitches that make room for the further nodes of pools.

    vpc_blocks are those of the VPC, the primary one first; taken is what no new vSwitch and no new
    block of the VPC may overlap. present_nodes and present_pods are those that there are already,
    which quotas count.

    >>> pool = TerwayPool(terway_node(30), 150, "i")
    >>> now = Vswitch("10.10.0.0/20", "i", used_addresses=4050)
    >>> [str(v.cidr) for v in terway_grow([now], [pool], ["10.10.0.0/16"]).vswitches]
    ['10.10.32.0/19']
    """
    options = make_options("terway", {"roomy": roomy, "ipvlan": ipvlan, **own}, ceilings=ceilings)
    cluster, raw = _Cluster(vswitches, pools), abi.TerwayGrowResult()
    blocks, used = _blocks_of(vpc_blocks, "vpc_blocks"), _blocks_of(taken, "taken")
    growth = abi.TerwayGrowth(pointer(cluster.raw), blocks, len(blocks), used, len(used))
    grown = array_of(abi.Vswitch, len(cluster.vswitches) + abi.TERWAY_GROW_MAX)
    cluster.ask_of(growth, lib.cnicalc_terway_grow, byref(options), byref(raw), grown, len(grown))
    added = tuple(
        Vswitch(Cidr._wrap(v.cidr), cluster.zones.names[v.zone], VswitchRole(v.roles))
        for v in grown[len(cluster.vswitches):raw.vswitch_count])
    further = tuple(Cidr._wrap(block) for block in raw.vpc_blocks[:raw.vpc_block_count])
    return result_from(TerwayGrowResult, raw, vswitches=added, vpc_blocks=further,
                       zones=cluster.ask_zones(TerwayFitZone, lib.cnicalc_terway_grow_zones,
                                               of=growth))


# ---- Address plans ----


@dataclass(frozen=True)
class PlanBlock:
    """One block of a plan. Host bits may be set, which plan_check() reports."""

    cidr: Union[CidrLike, str]
    role: Named  # "vpc", "node-vswitch", "pod-vswitch", "vswitch", "pod-cidr", ..., or a PlanRole
    zone: Optional[Zone] = None  # of a vSwitch; None is taken for any
    used_addresses: int = 0  # of a vSwitch: usable addresses that are in use
    reserved_prefixes: int = 0  # of a vSwitch: /28 blocks that are reserved for prefixes


@dataclass(frozen=True)
class PlanFinding:
    """One thing to say about a plan; what value, bound and block mean, PlanCode in plan.h says."""

    severity: PlanSeverity
    code: PlanCode
    subject: Optional[int]  # index of a block
    other: Optional[int]  # index of a block
    zone: Optional[Zone]  # that is short
    limit: Limit  # what is short or unknown, or NONE
    value: int
    bound: int
    block: Optional[Cidr]
    message: str


@dataclass(frozen=True)
class PlanProposal:
    """The smallest plan that holds a request, or what the request is short of."""

    fits: bool
    bound_by: Limit  # the first limit that is exceeded, or NONE
    nodes: int  # wanted, with growth
    pods: int
    services: int
    node_mask: int  # bits, of each node's block (Flannel); else 0
    pods_factor: int  # addresses for each pod: 2, or 1 where there is no room for twice (Terway)
    room_prefix_len: int  # bits, of the largest pod vSwitch proposed (Terway); else 0
    room_pod_vswitches: int  # more of them that the VPC has room for
    blocks: Tuple[PlanBlock, ...]
    needed: Dict[Limit, Optional[int]] = field(hash=False)
    available: Dict[Limit, Optional[int]] = field(hash=False)  # None: does not apply


_as_plan_role = by_name(PlanRole, StatusCode.ERR_PLAN_ROLE, "role", lib.cnicalc_plan_role_name)


class _Plan:
    """The blocks of a question, and the names of its zones."""

    def __init__(self, blocks: Iterable[PlanBlock], name: str) -> None:
        given = listed(blocks, name, PlanBlock)
        self.zones, rows = _Zones(), array_of(abi.PlanBlock, len(given))
        self.texts: List[str] = []
        for index, (row, block) in enumerate(zip(rows, given)):
            text = (block.cidr if isinstance(block.cidr, (str, bytes))
                    else str(as_cidr(block.cidr, f"{name}[{index}].cidr")))
            address, cidr = Cidr.interface(text)
            row.cidr = abi.Cidr(address._raw.hi, address._raw.lo, cidr.family, cidr.prefix_len)
            set_field(row, "role", _as_plan_role(block.role))
            row.zone = abi.UNKNOWN if block.zone is None else self.zones.number(block.zone)
            set_field(row, "used_addresses", block.used_addresses)
            set_field(row, "reserved_prefixes", block.reserved_prefixes)
            self.texts.append(str(text))
        self.raw = abi.Plan(rows, len(rows))

    def ask(self, function: Any, *arguments: Any) -> None:
        """Calls with the plan first and a fault last; an error names the block at fault."""
        fault = abi.Fault()
        try:
            function(byref(self.raw), *arguments, byref(fault))
        except Error as error:
            if fault.array != abi.Array.BLOCKS or fault.index == abi.UNKNOWN:
                raise
            raise Error(error.code, f"block {self.texts[fault.index]}") from None


def plan_check(blocks: Iterable[PlanBlock], *, plugin: Named, node_mask: Optional[int] = None,
               nodes: Optional[int] = None, pods: Optional[int] = None,
               services: Optional[int] = None, node_max_pods: Optional[int] = None,
               dual_stack: Optional[bool] = None, node: Optional[TerwayNode] = None,
               ceilings: Optional[Ceilings] = None, **own: Any) -> List[PlanFinding]:
    """All that there is to say about a plan, most serious first; [] when there is nothing.

    The options are those of cnicalc_plan_check_options, in plan.h; nodes, pods and services are
    wanted in total, and node is that of the instance type, as terway_node() returns it. The ceilings are those of Ceilings, as one or by name.

    >>> plan = [PlanBlock("192.168.0.0/16", "vpc"),
    ...         PlanBlock("192.168.0.0/19", "node-vswitch", "i"),
    ...         PlanBlock("192.168.32.0/19", "pod-vswitch", "i"),
    ...         PlanBlock("192.168.64.0/20", "service-cidr")]
    >>> plan_check(plan, plugin="terway")[0].code.name
    'OVERLAP'
    """
    options = make_options("plan_check", {
        "plugin": plugin, "node_mask": node_mask, "nodes": nodes, "pods": pods,
        "services": services, "node_max_pods": node_max_pods, "dual_stack": dual_stack, **own},
        ("plugin",), ceilings)
    if node is not None:
        options.node = _node_raw(node, "node")
    plan, count = _Plan(blocks, "blocks"), c_size_t()
    found = array_of(abi.PlanFinding, 64)
    try:
        plan.ask(lib.cnicalc_plan_check, byref(options), found, len(found), byref(count))
    except Error as error:
        if error.code != StatusCode.ERR_CAPACITY:
            raise
        found = array_of(abi.PlanFinding, count.value)
        plan.ask(lib.cnicalc_plan_check, byref(options), found, len(found), byref(count))
    return [_finding(raw, plan) for raw in found[:count.value]]


def _finding(raw: Any, plan: _Plan) -> PlanFinding:
    out = create_string_buffer(abi.PLAN_TEXT_SIZE)
    lib.cnicalc_plan_finding_format(byref(raw), byref(plan.raw), out, len(out))
    block = Cidr._wrap(abi.Cidr.from_buffer_copy(raw.block)) if raw.block.family else None
    zone = None if raw.zone == abi.UNKNOWN else plan.zones.names[raw.zone]
    return result_from(PlanFinding, raw, block=block, zone=zone, message=out.value.decode("ascii"))


def plan_propose(vpc: CidrLike, *, plugin: Named, nodes: int, pods_per_node: int,
                 others: Iterable[PlanBlock] = (), zones: Optional[int] = None,
                 growth_percent: Optional[int] = None, services: Optional[int] = None,
                 node_max_pods: Optional[int] = None, node: Optional[TerwayNode] = None,
                 secondary_vpc: Iterable[CidrLike] = (),
                 vpc_ipv6: Optional[CidrLike] = None, dual_stack: Optional[bool] = None,
                 ceilings: Optional[Ceilings] = None, **own: Any) -> PlanProposal:
    """The smallest plan that holds a request, which plan_check() accepts.

    secondary_vpc are the secondary blocks of the VPC, where a vSwitch is that vpc has no room for.
    others are blocks in use, of role "other", "other-service-cidr", "other-vswitch" or "summary",
    or of role "node-vswitch", whose free addresses the nodes of its zone take;
    dual_stack needs vpc_ipv6, the IPv6 block that the cloud has assigned to the VPC. Zones of
    the proposal are those of the node vSwitches, and others numbers. The options are those of cnicalc_plan_propose_options, node is
    that of plan_check(), the ceilings are those of Ceilings, as one or by name.

    >>> plan = plan_propose("192.168.0.0/16", plugin="terway", nodes=100, pods_per_node=40)
    >>> [str(block.cidr) for block in plan.blocks if block.role == PlanRole.POD_VSWITCH]
    ['192.168.0.0/19']
    """
    vpcs = [PlanBlock(as_cidr(vpc, "vpc"), PlanRole.VPC)]
    vpcs += [PlanBlock(as_cidr(block, f"secondary_vpc[{index}]"), PlanRole.VPC)
             for index, block in enumerate(secondary_vpc)]
    if vpc_ipv6 is not None:
        vpcs.append(PlanBlock(as_cidr(vpc_ipv6, "vpc_ipv6"), PlanRole.VPC))
    in_use = _Plan([*vpcs, *listed(others, "others", PlanBlock)], "others")
    names = in_use.zones.names
    options = make_options("plan_propose", {
        "plugin": plugin, "nodes": nodes, "pods_per_node": pods_per_node,
        "zones": zones if zones is not None else len(names) or None,
        "growth_percent": growth_percent, "services": services,
        "node_max_pods": node_max_pods, "dual_stack": dual_stack, **own},
        ("plugin", "nodes", "pods_per_node"), ceilings)
    if node is not None:
        options.node = _node_raw(node, "node")
    raw, out = abi.PlanProposal(), array_of(abi.PlanBlock, abi.PLAN_PROPOSAL_BLOCKS_MAX)
    in_use.ask(lib.cnicalc_plan_propose, byref(options), byref(raw), out, len(out))
    return result_from(PlanProposal, raw, blocks=tuple(
        PlanBlock(Cidr._wrap(abi.Cidr.from_buffer_copy(block.cidr)), PlanRole(block.role),
                  None if block.zone == abi.UNKNOWN else
                  names[block.zone] if block.zone < len(names) else block.zone)
        for block in out[:raw.block_count]))


# ---- The choice of a plugin ----


@dataclass(frozen=True)
class FeatureRow:
    """One line of the comparison: "yes", "no", or the fact."""

    feature: Feature
    name: str
    is_choice: bool  # whether a cluster may need it
    terway: str
    flannel: str
    note: str


@dataclass(frozen=True)
class PluginCandidate:
    """How one plugin does."""

    fits: bool
    needs_quota_increase: bool  # it fits, but not by the quota in force
    has_nodes: bool  # it can have the nodes, by its raised ceiling
    max_nodes: Optional[int]  # raised ceiling; None: not published
    missing_features: Tuple[Feature, ...]  # needed, and the plugin lacks it


@dataclass(frozen=True)
class ChooseResult:
    """Which plugin fits, and what decided."""

    plugin: Choice
    nodes_decide: bool
    deciding_features: Tuple[Feature, ...]  # needed, and a plugin lacks it
    conflicting_features: Tuple[Feature, ...]  # needed, but no Terway node has all of them
    candidates: Dict[Plugin, PluginCandidate] = field(hash=False)


def _feature_text(feature: Feature, plugin: Plugin) -> str:
    out = create_string_buffer(abi.FEATURE_TEXT_SIZE)
    lib.cnicalc_feature_text(feature, plugin, out, len(out))
    return out.value.decode("ascii")


def features() -> List[FeatureRow]:
    """What Terway and Flannel can do, side by side."""
    return [FeatureRow(feature, lib.cnicalc_feature_name(feature),
                       bool(lib.cnicalc_feature_is_choice(feature)),
                       _feature_text(feature, Plugin.TERWAY),
                       _feature_text(feature, Plugin.FLANNEL), lib.cnicalc_feature_note(feature))
            for feature in Feature]


def feature_supported(feature: Named, plugin: Plugin) -> bool:
    """Whether a plugin has a feature that is a choice.

    >>> feature_supported("networkpolicy", Plugin.FLANNEL)
    False
    """
    out = c_uint32()
    with about(f"{feature!r}"):
        lib.cnicalc_feature_supported(checked(c_uint32, as_feature(feature), "feature"),
                                      checked(c_uint32, plugin, "plugin"), byref(out))
    return bool(out.value)


def _features_of(mask: int) -> Tuple[Feature, ...]:
    return tuple(feature for feature in Feature if mask >> feature & 1)


def choose(needed_features: Iterable[Named] = (), *, nodes: Optional[int] = None,
           node_quotas: Optional[Mapping[Named, int]] = None,
           ceilings: Optional[Ceilings] = None, **own: Any) -> ChooseResult:
    """Which plugin has the needed features, by name or as Feature, and can have the nodes.

    node_quotas are own ceilings by plugin, as {"flannel": 500}; of the ceilings, edition, raised
    and node_quota are read.

    >>> choose(["networkpolicy"]).plugin.name
    'TERWAY'
    """
    mask = 0
    for feature in listed(needed_features, "needed_features"):
        mask |= 1 << as_feature(feature)
    options = make_options("plugin_choose", {"needed_features": mask, "nodes": nodes, **own},
                           ceilings=ceilings)
    for plugin, quota in (node_quotas or {}).items():
        options.node_quota[as_plugin(plugin)] = checked(c_uint64, quota, "node_quotas")
    raw = abi.PluginChooseResult()
    lib.cnicalc_plugin_choose(byref(options), byref(raw))
    return result_from(
        ChooseResult, raw, deciding_features=_features_of(raw.deciding_features),
        conflicting_features=_features_of(raw.conflicting_features),
        candidates={plugin: result_from(
            PluginCandidate, raw.candidates[plugin],
            missing_features=_features_of(raw.candidates[plugin].missing_features))
            for plugin in Plugin if plugin != Plugin.ANY})


# ---- Connection tracking ----


@dataclass(frozen=True)
class ConntrackResult:
    """Entries of the five tables of a DataPath V2 node, and what decided each."""

    tcp_entries: int
    any_entries: int
    nat_entries: int
    neighbor_entries: int
    sock_rev_nat_entries: int
    budget_bytes: int  # memory that the computed sizes share
    tcp_per_pod: Optional[int]  # None when max_pods was not given
    any_per_pod: Optional[int]
    tcp_bound_by: ConntrackLimit
    any_bound_by: ConntrackLimit
    nat_bound_by: ConntrackLimit
    neighbor_bound_by: ConntrackLimit
    sock_rev_nat_bound_by: ConntrackLimit


def conntrack(memory_bytes: int, *, ratio_millionths: Optional[int] = None,
              tcp_entries: Optional[int] = None, any_entries: Optional[int] = None,
              nat_entries: Optional[int] = None, neighbor_entries: Optional[int] = None,
              sock_rev_nat_entries: Optional[int] = None,
              max_pods: Optional[int] = None) -> ConntrackResult:
    """How many connections a node of this much memory can track.

    The options are those of cnicalc_conntrack_options, in conntrack.h.

    >>> conntrack(16 * 2**30).tcp_entries
    151765
    """
    options = make_options("conntrack", {
        "memory_bytes": memory_bytes, "ratio_millionths": ratio_millionths,
        "tcp_entries": tcp_entries, "any_entries": any_entries, "nat_entries": nat_entries,
        "neighbor_entries": neighbor_entries, "sock_rev_nat_entries": sock_rev_nat_entries,
        "max_pods": max_pods}, ("memory_bytes",))
    raw = abi.ConntrackResult()
    lib.cnicalc_conntrack_solve(byref(options), byref(raw))
    return result_from(ConntrackResult, raw)
