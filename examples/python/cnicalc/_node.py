# SPDX-License-Identifier: MIT
"""Instance types, quotas, and pods on one Terway node. Private to the package cnicalc."""
from __future__ import annotations

from ctypes import (POINTER, byref, c_int32, c_size_t, c_uint32, c_uint64, cast,
                    create_string_buffer, sizeof)
from dataclasses import dataclass, field, fields
from typing import (Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union, overload)

from . import _abi as abi
from ._abi import (UNKNOWN, Edition, Limit, Mode, NodeKind, Plugin, QuotaWhat, SourceCode,
                   StatusCode)
from ._columns import (Batch, Column, column, is_missing, joined_lines, new_batch, read_column,
                       texts_or_numbers, write_column)
from ._core import (Error, Named, Ratio, Text, about, array_of, as_edition, as_mode, as_plugin,
                    by_name, checked, encode, lib, make_options, result_from, set_field, wrong_type)
from ._instance import Instance

# ---- Instance types ----

_QUANTITIES = [f.name for f in fields(Instance) if f.name not in ("name", "sources")]


def _instance_from(raw: Any) -> Instance:
    return result_from(Instance, raw)


def instance_raw(instance: Union[str, Instance], name: str = "instance") -> Any:
    """The struct of a type: of the table for a name, of its fields for an Instance. A wrong type is
    refused by the name of the argument."""
    raw = abi.Instance()
    if isinstance(instance, str):
        data = encode(instance)
        try:
            lib.cnicalc_instance_find(data, len(data), byref(raw))
        except Error as error:
            offer = near(instance)[:3]
            meant = "; near: " + ", ".join(offer) if offer else ""
            raise Error(error.code, repr(instance) + meant) from None
        return raw
    if not isinstance(instance, Instance):
        raise wrong_type(name, "the name of a type or an Instance", instance)
    lib.cnicalc_instance_init(byref(raw), sizeof(raw))
    if not isinstance(instance.name, str):
        raise wrong_type(f"{name}.name", "a text", instance.name)
    raw.name = instance.name.encode("ascii")
    if len(raw.name) == abi.INSTANCE_NAME_SIZE:
        raise ValueError(f"name has more than {abi.INSTANCE_NAME_SIZE - 1} characters: "
                         f"{instance.name!r}")
    set_field(raw, "sources", instance.sources)
    for name_of in _QUANTITIES:
        value = getattr(instance, name_of)
        if value is not None:
            set_field(raw, name_of, value)
    return raw


def find(name: str) -> Instance:
    """The row of a type, by its exact name with or without "ecs.".

    >>> find("c7.5xlarge")
    Traceback (most recent call last):
    cnicalc.Error: CNICALC_ERR_NO_SUCH_TYPE: ...: 'c7.5xlarge'; near: ecs.c7.4xlarge, ...
    """
    return _instance_from(instance_raw(name, "name"))


def instances() -> List[Instance]:
    """All rows of the built-in table, sorted by name."""
    return _rows(0, lib.cnicalc_instance_count())


def family(name: str) -> List[Instance]:
    """The rows of a family, as "c7" or "ecs.c7"."""
    data, first, count = encode(name, "name"), c_size_t(), c_size_t()
    with about(repr(name)):
        lib.cnicalc_instance_family(data, len(data), byref(first), byref(count))
    return _rows(first.value, count.value)


def _rows(first: int, count: int) -> List[Instance]:
    rows = array_of(abi.Instance, count)
    lib.cnicalc_instance_rows(first, count, rows)
    return [_instance_from(row) for row in rows]


def near(name: str) -> List[str]:
    """Names of the table that someone may have meant, best first; [] when nothing is close.

    >>> near("ecs.c7.5xlarge")[:2]
    ['ecs.c7.4xlarge', 'ecs.c7.6xlarge']
    """
    data, count = encode(name, "name"), c_size_t()
    indexes = array_of(c_uint32, abi.INSTANCE_NEAR_MAX)
    lib.cnicalc_instance_near(data, len(data), indexes, len(indexes), byref(count))
    return [_rows(index, 1)[0].name for index in indexes[:count.value]]


def table_version() -> str:
    """Which data the table was made from: 16 hexadecimal digits."""
    return str(lib.cnicalc_instance_table_version())


def table_date() -> str:
    """How old the table's newest pages are: a year, a year and month, or a day."""
    return str(lib.cnicalc_instance_table_date())


def source_text(sources: int) -> str:
    """The letters of a set of sources.

    >>> source_text(SourceCode.ZH_PAGE | SourceCode.EN_PAGE)
    'ZE'
    """
    out = create_string_buffer(abi.SOURCE_TEXT_SIZE)
    lib.cnicalc_source_format(checked(c_uint32, sources, "sources"), out, len(out))
    return out.value.decode("ascii")


# ---- A catalogue of your own ----


class CatalogError(Error):
    """A catalogue at fault: line and column (in bytes) from 1, field from 1; first_line of a
    duplicate is the line where the name stood before, else 0."""

    def __init__(self, code: int, line: int, column: int, first_line: int, field: int) -> None:
        before = f", first in line {first_line}" if first_line else ""
        super().__init__(code, f"line {line}, column {column}{before}")
        self.line, self.column, self.first_line, self.field = line, column, first_line, field
        self.args = (code, line, column, first_line, field)


class Catalog(Sequence[Instance]):
    """Types of your own, sorted by name; catalog[index_of(name)] is find(name)."""

    __slots__ = ("raw",)

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def __len__(self) -> int:
        return len(self.raw)

    @overload
    def __getitem__(self, index: int) -> Instance: ...

    @overload
    def __getitem__(self, index: slice) -> List[Instance]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Instance, List[Instance]]:
        if isinstance(index, slice):
            return [_instance_from(row) for row in self.raw[index]]
        return _instance_from(self.raw[index])

    def index_of(self, name: str) -> int:
        """The index of a type, by its exact name with or without "ecs."."""
        data, index = encode(name, "name"), c_size_t()
        with about(f"{name!r} in this catalogue"):
            lib.cnicalc_catalog_find(self.raw, len(self), data, len(data), byref(index))
        return index.value

    def find(self, name: str) -> Instance:
        """The row of a type."""
        return self[self.index_of(name)]


def catalog_parse(text: Text) -> Catalog:
    """Reads a catalogue: a header line, then one line per type, separated by tabs.

    >>> catalog_parse("instance_type\\tvcpus\\nx.large\\t2\\n").find("x.large").vcpus
    2
    """
    data, count, fault = encode(text, "text"), c_size_t(), abi.CatalogFault()
    rows = array_of(abi.Instance, data.count(b"\n"))  # the header is a line too
    try:
        lib.cnicalc_catalog_parse(data, len(data), rows, len(rows), byref(count), byref(fault))
    except Error as error:
        raise CatalogError(error.code, fault.line, fault.column, fault.first_line,
                           fault.field) from None
    return Catalog((abi.Instance * count.value).from_buffer_copy(rows))


# ---- Quotas ----


@dataclass(frozen=True)
class Quota:
    """One ceiling of an edition and plugin; raised_value is None where none is published."""

    edition: Edition
    plugin: Plugin
    what: QuotaWhat
    limit: Limit  # the limit whose ceiling it is, or NONE
    default_value: int
    raised_value: Optional[int]
    source: str


def quotas() -> List[Quota]:
    """All ceilings, with the page that each comes from."""
    answer = []
    for index in range(lib.cnicalc_quota_count()):
        raw = abi.Quota()
        lib.cnicalc_quota_at(index, byref(raw))
        answer.append(result_from(Quota, raw, source=lib.cnicalc_quota_source(index)))
    return answer


_as_quota_what = by_name(QuotaWhat, StatusCode.ERR_QUOTA_UNKNOWN, "what",
                         lib.cnicalc_quota_what_name)


def quota_value(what: Named, edition: Named = "pro",
                plugin: Named = "terway", raised: bool = False) -> int:
    """One ceiling.

    >>> quota_value("nodes", "pro", "terway", raised=True)
    15000
    """
    out = c_uint64()
    with about(f"{what} of {edition} with {plugin}"):
        lib.cnicalc_quota_value(as_edition(edition), as_plugin(plugin), _as_quota_what(what),
                                raised, byref(out))
    return out.value


# ---- Pods on one Terway node ----


@dataclass(frozen=True)
class NodeResult:
    """Pods of one node, and the limits by which they were found."""

    instance_type: str
    mode: Mode
    max_pods: int  # pods with an address from the node's ENIs
    trunk_pods: Optional[int]  # pods with a member ENI, beside max_pods; 0 in other modes
    max_trunk_pods: Optional[int]  # Terway's theoretical maximum
    kubelet_max_pods: Optional[int]  # host-network pods included
    schedulable_pods: Optional[int]  # network pods that kubelet lets run at one time
    secondary_enis: Optional[int]
    ipv4_addresses: Optional[int]  # taken from the vSwitch when the node is full
    joins: bool  # whether max_pods reaches min_pods_to_join
    min_pods_to_join: Optional[int]
    dual_stack: Optional[bool]  # whether pods can have IPv6 beside IPv4
    kubelet_reserved_cpu_millicores: Optional[int]  # kept for the system
    kubelet_reserved_memory_mib: Optional[int]  # kept for the system; and 300 MiB that stay free
    allocatable_cpu_millicores: Optional[int]  # left to pods
    allocatable_memory_mib: Optional[int]
    allocatable_memory_kib: Optional[int]  # as kubectl describe node shows it
    bound_by: Limit  # which limit decided max_pods
    schedulable_bound_by: Limit  # which one decided schedulable_pods
    formula: str  # "(8 - 1) * 30 = 210"
    limits: Dict[Limit, Optional[int]] = field(hash=False)  # pods by each limit, None: none


def node(instance: Union[str, Instance], mode: Named = "shared", *,
         ip_stack: Optional[Named] = None, erdma: Optional[bool] = None,
         windows: Optional[bool] = None, eni_cap_ratio: Optional[Ratio] = None,
         eni_cap_shift: Optional[int] = None, max_eni: Optional[int] = None,
         ipv4_prefix_count: Optional[int] = None, host_network_pods: Optional[int] = None,
         kubelet_max_pods: Optional[int] = None,
         min_pods_to_join: Optional[int] = None, erdma_ipam: Optional[Named] = None,
         memory_capacity_kib: Optional[int] = None,
         kubernetes_minor: Optional[int] = None) -> NodeResult:
    """The pods of one node, and what kubelet leaves of its CPU and memory.

    instance           a name of the table, or an Instance
    mode               "shared", "trunk", "exclusive", "prefix", or a Mode
    ip_stack           "ipv4", "dual", "ipv6", or an IpStack
    eni_cap_ratio      exact: an int, a Fraction, "0.5" or "1/2"; a float is a TypeError
    ipv4_prefix_count  the /28 that the node takes when it joins; None: not given, what fits
    erdma_ipam         "centralised", "daemon", or an ErdmaIpam
    kubernetes_minor   26 for Kubernetes 1.26; None: 1.28 or later

    The other options are those of cnicalc_node_options, in node.h.

    >>> node("ecs.c7.4xlarge", "shared", max_eni=4).formula
    'min(8 - 1, 4) * 30 = 120'
    >>> node("ecs.c7.4xlarge", memory_capacity_kib=31555380).allocatable_memory_kib
    28587828
    """
    options = make_options("node", {
        "mode": mode, "ip_stack": ip_stack, "erdma": erdma, "windows": windows,
        "eni_cap_ratio": eni_cap_ratio, "eni_cap_shift": eni_cap_shift, "max_eni": max_eni,
        "ipv4_prefix_count": ipv4_prefix_count, "host_network_pods": host_network_pods,
        "kubelet_max_pods": kubelet_max_pods, "min_pods_to_join": min_pods_to_join,
        "erdma_ipam": erdma_ipam, "memory_capacity_kib": memory_capacity_kib,
        "kubernetes_minor": kubernetes_minor})
    raw, result = instance_raw(instance), abi.NodeResult()
    formula = create_string_buffer(abi.NODE_FORMULA_SIZE)
    with about(f"{raw.name.decode('ascii')} in mode {lib.cnicalc_mode_name(options.mode)}"):
        lib.cnicalc_node_solve(byref(raw), byref(options), byref(result))
        lib.cnicalc_node_formula(byref(raw), byref(options), formula, len(formula))
    return result_from(
        NodeResult, result, instance_type=raw.name.decode("ascii"), mode=Mode(options.mode),
        formula=formula.value.decode("ascii"))


def recognize(instance: Union[str, Instance, None] = None, *, signs: int = 0, enis: int = 0,
              member_enis: int = 0, max_available_ip: int = 0) -> Tuple[NodeKind, Optional[Mode]]:
    """What a node of a running cluster is, and its mode where it is one of Terway.

    instance          its type: a name of the table, an Instance, or None where it is not known
    signs             a set of NodeSign
    enis              allocatable aliyun/eni; member_enis of aliyun/member-eni
    max_available_ip  the annotation k8s.aliyun.com/max-available-ip; 0 is none, as above

    >>> recognize("ecs.c7.4xlarge", max_available_ip=210)
    (<NodeKind.TERWAY: 1>, <Mode.SHARED_ENI: 1>)
    """
    shown, kind, mode = abi.NodeSigns(), c_uint32(), c_uint32()
    for name, value in (("signs", signs), ("enis", enis), ("member_enis", member_enis),
                        ("max_available_ip", max_available_ip)):
        set_field(shown, name, value)
    raw = None if instance is None else byref(instance_raw(instance))
    lib.cnicalc_node_recognize(raw, byref(shown), byref(kind), byref(mode))
    return NodeKind(kind.value), Mode(mode.value) if mode.value else None


class NodeBatch(Batch):
    """Columns of the fields of NodeResult: those that the command `cnicalc batch node` has; and how
    the rows rank."""

    max_pods: Column[int]
    trunk_pods: Column[int]
    kubelet_max_pods: Column[int]
    schedulable_pods: Column[int]
    secondary_enis: Column[int]
    ipv4_addresses: Column[int]
    joins: Column[bool]
    bound_by: Column[Limit]
    dual_stack: Column[bool]
    allocatable_cpu_millicores: Column[int]
    allocatable_memory_mib: Column[int]
    status: Column[StatusCode]
    rank: Column[int]  # the place of the row among all, 0 has the most max_pods


def node_batch(types: Any, modes: Any = "shared", *, catalog: Optional[Catalog] = None,
               columns: Optional[Iterable[str]] = None, out: Optional[Mapping[str, Any]] = None,
               **options: Any) -> NodeBatch:
    """Many nodes in one call.

    types    a column of names, in which None, NaN or a name of no type is a row without an answer;
             or of indexes of instances() (of the catalogue, if one is given)
    modes    one mode for all rows; or a column of names, Modes or their numbers
    catalog  rows to ask for in place of the built-in table
    columns  names of those that are wanted, by default all; max_pods and bound_by alone take the
             least time and memory; rank needs max_pods
    out      buffers of yours to fill, by the name of the column
    options  the other options of node()

    A column is a list, an array, a numpy array, a pandas.Series; one of uint32 is not copied.

    >>> batch = node_batch(["c6.4xlarge", None, "c7.4xlarge"])
    >>> batch.max_pods.tolist(), batch.rank.tolist()
    ([140, None, 210], [1, 2, 0])
    """
    if catalog is not None and not isinstance(catalog, Catalog):
        raise wrong_type("catalog", "a Catalog", catalog)
    one_mode = isinstance(modes, (int, str))
    raw_options = make_options("node", {**options, **({"mode": modes} if one_mode else {})})
    as_numpy = any(hasattr(given, "__array__") for given in (types, modes))
    indexes, missing = index_column(types, catalog)
    mode_column = None if one_mode else _mode_column(modes)
    if mode_column is not None and len(mode_column) != len(indexes):
        raise ValueError(f"modes has {len(mode_column)} rows, types has {len(indexes)}")
    batch, pointers = new_batch(NodeBatch, abi.NodeColumns, len(indexes), columns, out, as_numpy)
    if "rank" in batch and "max_pods" not in batch:
        raise ValueError("the column rank needs max_pods")
    question = abi.NodeColumns(
        **catalog_members(catalog), count=len(indexes),
        instance_index=cast(indexes, POINTER(c_uint32)),
        mode=None if mode_column is None else cast(mode_column, POINTER(c_uint32)), **pointers)
    lib.cnicalc_node_solve_batch(byref(raw_options), byref(question))
    for row in missing:
        batch.status.values[row] = StatusCode.ERR_NO_SUCH_TYPE
    return batch


def catalog_members(catalog: Optional[Catalog]) -> Dict[str, Any]:
    """The members of a struct of columns that name the catalogue."""
    if catalog is None:
        return {}
    return {"instances": cast(catalog.raw, POINTER(abi.Instance)), "instance_count": len(catalog)}


def index_column(types: Any, catalog: Optional[Catalog]) -> Tuple[Any, Sequence[int]]:
    """Types as a C array of indexes, and the rows whose names are in no table."""
    values, are_names = texts_or_numbers(types, "types")
    return _index_names(values, catalog) if are_names else (
        read_column("I", values, "types"), [])


def _index_names(names: List[Any], catalog: Optional[Catalog]) -> Tuple[Any, Sequence[int]]:
    lines = joined_lines(names, "types")
    if catalog is not None:
        found = {name: _index_or_unknown(catalog, name) for name in set(lines.split("\n"))}
        indexes = read_column("I", [found[name] for name in lines.split("\n")[:-1]], "types")
        return indexes, [row for row, index in enumerate(indexes) if index == UNKNOWN]
    data, count = encode(lines), c_size_t()
    raw, statuses = array_of(c_uint32, len(names)), column("i", len(names))
    lib.cnicalc_instance_index_batch(
        data, len(data), raw, write_column("i", statuses, len(names), "statuses"),
        len(names), byref(count))
    return raw, [row for row, status in enumerate(statuses) if status] if any(statuses) else []


def _index_or_unknown(catalog: Catalog, name: str) -> int:
    try:
        return catalog.index_of(name)
    except Error:
        return UNKNOWN


def _mode_column(modes: Any) -> Any:
    """Modes as a C array of numbers, each name parsed once. One that is no mode is UNKNOWN, and its
    row has no answer."""
    values, are_names = texts_or_numbers(modes, "modes")
    if are_names:
        numbers = {mode: _mode_or_unknown(mode) for mode in set(values)}
        values = [numbers[mode] for mode in values]
    return read_column("I", values, "modes")


def _mode_or_unknown(mode: Any) -> int:
    try:
        return UNKNOWN if is_missing(mode) else as_mode(mode)
    except Error:
        return UNKNOWN


def prefixes_for_pods(pods: int) -> int:
    """The /28 prefixes that a number of pods takes in IP prefix mode.

    >>> prefixes_for_pods(33)
    3
    """
    return int(lib.cnicalc_node_prefixes_for_pods(checked(c_uint64, pods, "pods")))


def allocatable_storage_bytes(capacity_bytes: int) -> int:
    """What kubelet leaves to pods of a node's disk.

    >>> allocatable_storage_bytes(123722704 * 1024)
    114022843818
    """
    return int(lib.cnicalc_node_allocatable_storage_bytes(
        checked(c_uint64, capacity_bytes, "capacity_bytes")))
