# SPDX-License-Identifier: MIT
"""The built library through ctypes, with the structs of examples/python."""
import ctypes
import re
from pathlib import Path

from cnicalc import abi
import flannel_model
import node_model
import quota_model
from layout import layout_of

UNKNOWN = 2**32 - 1
UNKNOWN_COUNT = 2**64 - 1

INSTANCE, NODE_OPTIONS, NODE_RESULT, FLANNEL_OPTIONS, FLANNEL_RESULT, CIDR = map(layout_of, (
    abi.Instance, abi.NodeOptions, abi.NodeResult, abi.FlannelOptions, abi.FlannelResult, abi.Cidr))
CEILINGS_SIZE = ctypes.sizeof(abi.Ceilings)
STATUS_PREFIX = "CNICALC_ERR_"
# What outputs hold before a call: base.h promises that a call that fails leaves them untouched.
UNTOUCHED = 0xA5
# A count that follows from a quantity that is not published.
NODE_COUNTS = ("max_pods", "trunk_pods", "kubelet_max_pods", "max_trunk_pods", "schedulable_pods",
               "kubelet_reserved_memory_mib", "kubelet_reserved_cpu_millicores",
               "allocatable_cpu_millicores", "allocatable_memory_mib", "allocatable_memory_kib")


def untouched(output):
    return bytes(output) == bytes([UNTOUCHED]) * ctypes.sizeof(output)


def fill(output):
    ctypes.memset(ctypes.addressof(output), UNTOUCHED, ctypes.sizeof(output))


def ceilings(o):
    """The ceilings among a question's options, or the defaults, by their names in a struct that
    holds them."""
    values = {f"ceilings.{name}": o.get(name, default)
              for name, default in quota_model.CEILINGS.items()}
    return {**values, "ceilings.struct_size": CEILINGS_SIZE}


def as_struct(structure, values):
    """A ctypes struct from values by name, as Layout.pack() has them."""
    return structure.from_buffer_copy(layout_of(structure).pack(values))


def plan_node(prefixes=0, enis=0, joins=1):
    """Options about the node of a plan: its ENIs, each but the first with an address where it has
    prefixes; 0: not known."""
    if not prefixes and not enis and joins:
        return {}
    return {"node.mode": 4 if prefixes else 1, "node.joins": joins, "node.enis": enis,
            "node.prefixes": prefixes, "node.addresses": max(2, enis) - 1 if prefixes else 0}


class Library:
    def __init__(self, path, header):
        self.lib = ctypes.CDLL(path)
        text = Path(header).read_text(encoding="ascii")
        self.statuses = {int(value): name.removeprefix(STATUS_PREFIX).removeprefix("CNICALC_")
                         for name, value in
                         re.findall(r"^    (CNICALC_(?:OK|ERR_\w+)) = (\d+)", text, re.M)}
        self.check_sizes()
        self.lib.cnicalc_instance_count.restype = ctypes.c_size_t
        self.lib.cnicalc_instance_at.argtypes = [ctypes.c_size_t, ctypes.c_void_p]
        self.lib.cnicalc_flannel_fit.argtypes = [ctypes.c_uint64, ctypes.c_uint64,
                                                 ctypes.c_char_p, ctypes.c_void_p]
        self.node_result = ctypes.create_string_buffer(NODE_RESULT.size)
        self.flannel_result = ctypes.create_string_buffer(FLANNEL_RESULT.size)
        self.text = ctypes.create_string_buffer(160)
        self.functions = {}

    def check_sizes(self):
        for name, structure in abi.STRUCTS.items():
            has, expected = self.lib.cnicalc_struct_size(name.encode()), ctypes.sizeof(structure)
            assert has == expected, f"{name} is {has} bytes, the model expects {expected}"

    def function(self, name):
        if name not in self.functions:
            function = self.functions[name] = getattr(self.lib, name)
            function.restype, *function.argtypes = abi.PROTOTYPES[name]
        return self.functions[name]

    def ask(self, name, *arguments, outputs, documented=()):
        """The status of a function. Where it fails, outputs but the documented are untouched."""
        for output in (*outputs, *documented):
            fill(output)
        status = self.statuses[self.function(name)(*arguments)]
        if status != "OK":
            assert all(map(untouched, outputs)), f"{name} wrote an output and answered {status}"
        return status

    # ---- Nodes ----

    def table(self):
        """The built-in rows as (bytes of the row, quantities by name)."""
        row = ctypes.create_string_buffer(INSTANCE.size)
        for index in range(self.lib.cnicalc_instance_count()):
            assert self.lib.cnicalc_instance_at(index, row) == 0
            values = dict(zip(INSTANCE.names, INSTANCE.struct.unpack(row.raw)))
            yield row.raw, {name: None if values[name] == UNKNOWN else values[name]
                            for name in node_model.INSTANCE_FIELDS}

    @staticmethod
    def pack_instance(t):
        """Columns of later releases, the reserved words, are unknown."""
        values = {name: UNKNOWN for name in INSTANCE.names if name.startswith("reserved")}
        values.update({name: UNKNOWN if t[name] is None else t[name]
                       for name in node_model.INSTANCE_FIELDS}, name=b"x.y")
        return INSTANCE.pack(values)

    @staticmethod
    def pack_node_options(o):
        """None is a number that is not given."""
        values = {name: UNKNOWN if value is None else value for name, value in o.items()}
        return NODE_OPTIONS.pack({**values, "struct_size": NODE_OPTIONS.size})

    def node_bytes(self, instance, options):
        """(status, result) with packed structs."""
        fill(self.node_result)
        status = self.lib.cnicalc_node_solve(instance, options, self.node_result)
        if status != 0:
            assert untouched(self.node_result), "a node that fails wrote its result"
            return self.statuses[status], None
        return "OK", self.node_result.raw

    @staticmethod
    def node_fields(answer):
        """node_bytes() by name, with None for unknown."""
        status, result = answer
        if result is None:
            return status, None
        r = NODE_RESULT.unpack(result)
        r.update({name: None for name in NODE_COUNTS if r[name] == UNKNOWN_COUNT})
        r["dual_stack"] = None if r["dual_stack"] == UNKNOWN else r["dual_stack"]
        return status, r

    def formula(self, instance, options):
        status = self.lib.cnicalc_node_formula(instance, options, self.text,
                                               ctypes.c_size_t(len(self.text)))
        assert status == 0, f"no formula: {self.statuses[status]}"
        return self.text.value.decode()

    # ---- Flannel ----

    @staticmethod
    def pack_flannel(o):
        own = {name: o[name] for name in flannel_model.OWN_OPTIONS}
        return FLANNEL_OPTIONS.pack({**own, **ceilings(o), "struct_size": FLANNEL_OPTIONS.size})

    def flannel_fields(self, status):
        if status != 0:
            assert untouched(self.flannel_result), "a split that fails wrote its result"
            return self.statuses[status], None
        return "OK", FLANNEL_RESULT.unpack(self.flannel_result.raw)

    def flannel(self, network, o):
        cidr = CIDR.pack({"lo": int(network.network_address), "family": 4,
                          "prefix_len": network.prefixlen})
        fill(self.flannel_result)
        return self.flannel_fields(
            self.lib.cnicalc_flannel_solve(cidr, self.pack_flannel(o), self.flannel_result))

    def flannel_fit(self, nodes, pods, o):
        fill(self.flannel_result)
        return self.flannel_fields(
            self.lib.cnicalc_flannel_fit(nodes, pods, self.pack_flannel(o), self.flannel_result))
