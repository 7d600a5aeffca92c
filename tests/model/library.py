# SPDX-License-Identifier: MIT
"""The built library through ctypes.

Structs of nodes and of Flannel, which are asked for by the hundred thousand, are packed by hand from
the headers' layouts; the others are those of examples/python.
"""
import ctypes
import re
import struct
from pathlib import Path

import _cnicalc_abi as abi
import flannel_model
import node_model

UNKNOWN = 2**32 - 1
UNKNOWN_COUNT = 2**64 - 1

INSTANCE = struct.Struct("=40s22I")  # name, sources, columns, reserved words
NODE_OPTIONS = struct.Struct("=7Ii8I")
NODE_RESULT = struct.Struct("=3Q2I6Q8Q6I")
NODE_RESULT_FIELDS = ("max_pods", "trunk_pods", "kubelet_max_pods", "joins", "bound_by",
                      "max_trunk_pods", "schedulable_pods", "secondary_enis", "ipv4_addresses",
                      "min_pods_to_join", "kubelet_reserved_memory_mib")
FLANNEL_OPTIONS = struct.Struct("=6I4Q4I")
FLANNEL_RESULT = struct.Struct("=4Q6Q10I")
CIDR = struct.Struct("=QQII")
STATUS_PREFIX = "CNICALC_ERR_"
# What outputs hold before a call: base.h promises that a call that fails leaves them untouched.
UNTOUCHED = 0xA5
# Functions that take the structs of examples/python.
TYPED = ("cnicalc_conntrack_solve", "cnicalc_quota_count", "cnicalc_quota_at",
         "cnicalc_quota_value", "cnicalc_choose", "cnicalc_terway_node_from_type",
         "cnicalc_terway_node_from_pods", "cnicalc_terway_check_vswitches", "cnicalc_terway_solve",
         "cnicalc_terway_fit")


def untouched(output):
    return bytes(output) == bytes([UNTOUCHED]) * ctypes.sizeof(output)


def fill(output):
    ctypes.memset(ctypes.addressof(output), UNTOUCHED, ctypes.sizeof(output))


def fields(structure):
    """The fields of a result by name, arrays as lists. Reserved words must be zero."""
    values = {}
    for name, _ in structure._fields_:
        value = getattr(structure, name)
        words = list(value) if isinstance(value, ctypes.Array) else value
        if name.startswith("reserved"):
            assert not any(words if isinstance(words, list) else [words]), f"{name} is not zero"
        else:
            values[name] = words
    return values


def limits_by_name(names, values):
    """The limits that apply. The first is NONE, which is no limit and never applies."""
    return {name: value for name, value in zip(names, values) if value != UNKNOWN_COUNT}


class Library:
    def __init__(self, path, header):
        self.lib = ctypes.CDLL(path)
        text = Path(header).read_text(encoding="ascii")
        self.statuses = {int(value): name.removeprefix(STATUS_PREFIX).removeprefix("CNICALC_")
                         for name, value in
                         re.findall(r"^    (CNICALC_(?:OK|ERR_\w+)) = (\d+)", text, re.M)}
        self.check_sizes()
        for name in TYPED:
            function = getattr(self.lib, name)
            function.restype, *function.argtypes = abi.PROTOTYPES[name]
        self.lib.cnicalc_flannel_fit.argtypes = [ctypes.c_uint64, ctypes.c_uint64,
                                                 ctypes.c_char_p, ctypes.c_void_p]
        self.node_result = ctypes.create_string_buffer(NODE_RESULT.size)
        self.flannel_result = ctypes.create_string_buffer(FLANNEL_RESULT.size)
        self.text = ctypes.create_string_buffer(160)

    def check_sizes(self):
        sizes = {"instance": INSTANCE.size, "node_options": NODE_OPTIONS.size,
                 "node_result": NODE_RESULT.size, "flannel_options": FLANNEL_OPTIONS.size,
                 "flannel_result": FLANNEL_RESULT.size}
        for name, structure in abi.STRUCTS.items():
            sizes.setdefault(name.removeprefix("cnicalc_"), ctypes.sizeof(structure))
        for name, size in sizes.items():
            if f"cnicalc_{name}_size" in abi.PROTOTYPES:
                has = self.lib[f"cnicalc_{name}_size"]()
                assert has == size, f"{name} is {has} bytes, the model expects {size}"

    def ask(self, name, *arguments, outputs, documented=()):
        """The status of one of TYPED. Where it fails, outputs but the documented are untouched."""
        for output in (*outputs, *documented):
            fill(output)
        status = self.statuses[getattr(self.lib, name)(*arguments)]
        if status != "OK":
            assert all(map(untouched, outputs)), f"{name} wrote an output and answered {status}"
        return status

    # ---- Nodes ----

    def table(self):
        """The built-in rows as (bytes of the row, quantities by name)."""
        row = ctypes.create_string_buffer(INSTANCE.size)
        for index in range(self.lib.cnicalc_instance_count()):
            assert self.lib.cnicalc_instance_at(index, row) == 0
            words = INSTANCE.unpack(row.raw)[2:]
            values = [None if value == UNKNOWN else value for value in words]
            yield row.raw, dict(zip(node_model.INSTANCE_FIELDS, values))

    @staticmethod
    def pack_instance(t):
        words = [UNKNOWN if t[name] is None else t[name] for name in node_model.INSTANCE_FIELDS]
        return INSTANCE.pack(b"x.y", 0, *words, *[UNKNOWN] * (21 - len(words)))

    @staticmethod
    def pack_node_options(o):
        return NODE_OPTIONS.pack(NODE_OPTIONS.size, *[o[n] for n in node_model.OPTIONS], 0, 0, 0)

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
        """node_bytes() by name, with None for unknown and limits as a dict of those that apply."""
        status, result = answer
        if result is None:
            return status, None
        v = NODE_RESULT.unpack(result)
        assert v[21:] == (0, 0, 0, 0), "reserved words are not zero"
        r = {n: None if x == UNKNOWN_COUNT else x for n, x in zip(NODE_RESULT_FIELDS, v)}
        r["bound_by"] = node_model.LIMITS[r["bound_by"]]
        r["limits"] = limits_by_name(node_model.LIMITS, v[11:19])
        r["schedulable_bound_by"] = node_model.LIMITS[v[19]]
        r["dual_stack"] = None if v[20] == UNKNOWN else v[20]
        return status, r

    def formula(self, instance, options):
        status = self.lib.cnicalc_node_formula(instance, options, self.text,
                                               ctypes.c_size_t(len(self.text)))
        assert status == 0, f"no formula: {self.statuses[status]}"
        return self.text.value.decode()

    # ---- Flannel ----

    @staticmethod
    def pack_flannel(o):
        words = [o[name] for name in flannel_model.OPTIONS]
        return FLANNEL_OPTIONS.pack(FLANNEL_OPTIONS.size, *words[:4], 0, *words[4:], 0, 0, 0, 0)

    def flannel_fields(self, status):
        if status != 0:
            assert untouched(self.flannel_result), "a split that fails wrote its result"
            return self.statuses[status], None
        v = FLANNEL_RESULT.unpack(self.flannel_result.raw)
        assert v[15:] == (0, 0, 0, 0, 0), "reserved words are not zero"
        names = flannel_model.LIMITS
        r = dict(zip(("pods_per_node", "usable_pod_ips", "max_nodes", "max_pods"), v))
        r["limits"] = limits_by_name(names, v[4:10])
        r.update(zip(("pod_prefix_len", "node_mask"), v[10:12]))
        r.update(bound_by=names[v[12]], max_pods_bound_by=names[v[13]], fits=v[14])
        return "OK", r

    def flannel(self, network, o):
        cidr = CIDR.pack(0, int(network.network_address), 4, network.prefixlen)
        fill(self.flannel_result)
        return self.flannel_fields(
            self.lib.cnicalc_flannel_solve(cidr, self.pack_flannel(o), self.flannel_result))

    def flannel_fit(self, nodes, pods, o):
        fill(self.flannel_result)
        return self.flannel_fields(
            self.lib.cnicalc_flannel_fit(nodes, pods, self.pack_flannel(o), self.flannel_result))
