# SPDX-License-Identifier: MIT
"""Workloads: the nodes that pods of a given CPU and memory need. Private to the package cnicalc."""
from __future__ import annotations

from ctypes import POINTER, byref, c_uint32, c_uint64, cast
from dataclasses import dataclass, field
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from . import _abi as abi
from ._abi import UNKNOWN, Limit, StatusCode
from ._columns import Batch, Column, is_missing, new_batch, texts_or_numbers
from ._core import (Ceilings, Error, about, array_of, encode, lib, listed, make_options,
                    result_from, set_field, whole, wrong_type)
from ._instance import Instance
from ._node import Catalog, catalog_members, index_column, instance_raw

Quantity = Union[str, int]  # as in the specification of a pod: "500m", "1Gi", 2


def _quantity(parse: Any, value: Quantity, name: str) -> int:
    if not isinstance(value, str):
        value = str(whole(value, name, "a quantity of Kubernetes"))
    out, data = c_uint64(), encode(value)
    with about(f"{name} {value!r}"):
        parse(data, len(data), byref(out))
    return out.value


def cpu_millicores(quantity: Quantity) -> int:
    """A quantity of CPU, exactly: text as Kubernetes has it, or whole cores.

    >>> cpu_millicores("500m"), cpu_millicores("0.5"), cpu_millicores(2)
    (500, 500, 2000)
    """
    return _quantity(lib.cnicalc_cpu_parse, quantity, "cpu")


def memory_bytes(quantity: Quantity) -> int:
    """A quantity of memory, exactly: text as Kubernetes has it, or bytes.

    >>> memory_bytes("1Gi"), memory_bytes("1.5G"), memory_bytes("1e9")
    (1073741824, 1500000000, 1000000000)
    """
    return _quantity(lib.cnicalc_memory_parse, quantity, "memory")


@dataclass(frozen=True)
class Workload:
    """Equal pods, and what one of them requests, as in its specification.

    >>> Workload(3000, cpu="500m", memory="1Gi").pods
    3000
    """

    pods: int  # wanted in the cluster
    cpu: Quantity = 0
    memory: Quantity = 0
    host_network: bool = False  # they use the node's own address


Workloads = Union[Workload, Iterable[Workload]]


def _mix(workloads: Workloads) -> Any:
    """Workloads as a C array; one alone needs no list."""
    rows = [workloads] if isinstance(workloads, Workload) else listed(workloads, "workloads",
                                                                      Workload)
    mix = array_of(abi.Workload, len(rows))
    for raw, row in zip(mix, rows):
        set_field(raw, "pods", row.pods)
        set_field(raw, "cpu_millicores", cpu_millicores(row.cpu))
        set_field(raw, "memory_bytes", memory_bytes(row.memory))
        set_field(raw, "host_network", row.host_network)
    return mix


_OWN = frozenset(name for name, *_ in (*abi.WorkloadOptions._fields_, *abi.Ceilings._fields_))
_DAEMONS = {"daemon_cpu": ("daemon_cpu_millicores", cpu_millicores),
            "daemon_memory": ("daemon_memory_bytes", memory_bytes)}


def _options(given: Mapping[str, Any], ceilings: Optional[Ceilings]) -> Any:
    """Options of the workload, and those of its node and ceilings, by their names."""
    named = dict(given)
    for name, (member, parse) in _DAEMONS.items():
        if named.get(name) is not None:
            named[member] = parse(named[name])
        named.pop(name, None)
    own = {name: value for name, value in named.items() if name in _OWN and name != "node"}
    options = make_options("workload", own, ceilings=ceilings)
    options.node = make_options("node", {name: value for name, value in named.items()
                                         if name not in own})
    return options


# ---- One type ----


@dataclass(frozen=True)
class WorkloadResult:
    """The nodes of one type that the pods need. None: not known, or no limit."""

    instance_type: str
    nodes: Optional[int]  # None: no number of them holds the pods
    nodes_at_least: Optional[int]  # no arrangement takes fewer
    pods_per_node: Optional[int]  # the most that one node runs; of a mix, in proportion
    pods: int
    fits: bool
    joins: bool
    bound_by: Limit  # which limit decided pods_per_node
    short_of: Limit  # the first one of which more is needed than available
    kubelet_max_pods: Optional[int]
    allocatable_cpu_millicores: Optional[int]  # of one node
    allocatable_memory_kib: Optional[int]
    pod_cpu_millicores: Optional[int]  # of these, what headroom and DaemonSets leave
    pod_memory_bytes: Optional[int]
    idle_cpu_millicores: Optional[int]  # of all nodes, allocatable and not requested
    idle_memory_kib: Optional[int]
    idle_cpu_thousandths: Optional[int]
    idle_memory_thousandths: Optional[int]
    pod_addresses: Optional[int]  # that the pods of all nodes take
    available: Dict[Limit, Optional[int]] = field(hash=False)  # of each limit, in its unit
    needed: Dict[Limit, Optional[int]] = field(hash=False)


def workload(instance: Union[str, Instance], workloads: Workloads, *,
             ceilings: Optional[Ceilings] = None, **options: Any) -> WorkloadResult:
    """The nodes of one type that a Workload, or several of them together, needs.

    The options are those of cnicalc_workload_options and of its node, in workload.h, with
    daemon_cpu and daemon_memory as quantities; the ceilings those of Ceilings, as one or by name.

    >>> answer = workload("ecs.c7.4xlarge", Workload(3000, "500m", "1Gi"))
    >>> answer.nodes, answer.pods_per_node, answer.bound_by.name
    (104, 29, 'MEMORY')
    """
    raw_options, mix = _options(options, ceilings), _mix(workloads)
    raw, result, fault = instance_raw(instance), abi.WorkloadResult(), abi.Fault()
    name = raw.name.decode("ascii")
    try:
        lib.cnicalc_workload_solve(byref(raw), mix, len(mix), byref(raw_options), byref(result),
                                   byref(fault))
    except Error as error:
        raise Error(error.code, _place(fault) or name) from None
    return result_from(WorkloadResult, result, instance_type=name)


def _place(fault: Any) -> str:
    return "" if fault.index == UNKNOWN else f"workloads[{fault.index}]"


# ---- Many types ----


class SizeTable(Batch):
    """Columns, a row for each type: mostly fields of WorkloadResult."""

    instance_type: Column[str]
    vcpus: Column[int]
    nodes: Column[int]  # None too where no number of them holds the pods
    pods_per_node: Column[int]
    idle_memory_kib: Column[int]  # of all nodes
    idle_cpu_thousandths: Column[int]
    idle_memory_thousandths: Column[int]
    bound_by: Column[Limit]  # which one decided pods_per_node
    short_of: Column[Limit]  # of which one more is needed than available, NONE: it fits
    status: Column[StatusCode]
    rank: Column[int]  # the place of the row among all, 0 is the best

    def best(self, count: int = 10) -> List[int]:
        """The rows that rank first and fit, best first.

        >>> table = size(Workload(3000, "500m", "1Gi"), ["c7.large", "c7.4xlarge"])
        >>> [(table.instance_type[row], table.nodes[row]) for row in table.best()]
        [('c7.4xlarge', 104), ('c7.large', 1000)]
        """
        status, short_of = self.status.values, self.short_of.values
        rows = sorted(range(len(status)), key=self.rank.values.__getitem__)
        fitting = (row for row in rows if status[row] == 0 and short_of[row] == 0)
        return [row for row, _ in zip(fitting, range(count))]


def size(workloads: Workloads, types: Any = None, *, catalog: Optional[Catalog] = None,
         ceilings: Optional[Ceilings] = None, **options: Any) -> SizeTable:
    """The nodes of many types in one call, and how the types rank.

    types    names, or indexes of instances() (of the catalogue, if one is given); all by default
    catalog  rows to ask for in place of the built-in table

    The options are those of workload(). A type that fits ranks before one that does not, then
    fewer nodes before more, then fewer vCPUs, then less idle memory.

    >>> table = size(Workload(100, cpu=2, memory="8Gi"), ["c7.4xlarge", "g7.4xlarge"])
    >>> table.nodes.tolist(), table.rank.tolist()
    ([34, 15], [1, 0])
    """
    if catalog is not None and not isinstance(catalog, Catalog):
        raise wrong_type("catalog", "a Catalog", catalog)
    raw_options, mix = _options(options, ceilings), _mix(workloads)
    names, indexes, missing = _rows(types, catalog)
    table, pointers = new_batch(
        SizeTable, abi.WorkloadColumns, len(names), None, None, hasattr(types, "__array__"),
        {"instance_type": Column(names, str)})
    question = abi.WorkloadColumns(
        **catalog_members(catalog), count=len(names),
        instance_index=None if indexes is None else cast(indexes, POINTER(c_uint32)), **pointers)
    fault = abi.Fault()
    try:
        lib.cnicalc_workload_solve_batch(mix, len(mix), byref(raw_options), byref(question),
                                         byref(fault))
    except Error as error:
        raise Error(error.code, _place(fault)) from None
    for row in missing:
        table.status.values[row] = StatusCode.ERR_NO_SUCH_TYPE
    return table


def _rows(types: Any,
          catalog: Optional[Catalog]) -> Tuple[List[Optional[str]], Any, Sequence[int]]:
    """Names of the rows, their indexes (None: all types), and the rows whose names are in no
    table."""
    known = _all_names(catalog)
    if types is None:
        return known, None, []
    values, are_names = texts_or_numbers(types, "types")
    indexes, missing = index_column(values, catalog)
    if are_names:
        return [None if is_missing(name) else name for name in values], indexes, missing
    return [known[index] if index < len(known) else None for index in indexes], indexes, missing


def _all_names(catalog: Optional[Catalog]) -> List[Optional[str]]:
    rows = catalog.raw if catalog is not None else array_of(abi.Instance,
                                                            lib.cnicalc_instance_count())
    if catalog is None:
        lib.cnicalc_instance_rows(0, len(rows), rows)
    return [row.name.decode("ascii") for row in rows]
