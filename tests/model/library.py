# SPDX-License-Identifier: MIT
"""The built library through ctypes, with the structs packed by hand from the headers' layouts."""
import ctypes
import re
import struct
from pathlib import Path

import flannel_model
import node_model

UNKNOWN = 2**32 - 1
UNKNOWN_COUNT = 2**64 - 1

INSTANCE = struct.Struct("=40s14I")
NODE_OPTIONS = struct.Struct("=7Ii8I")
NODE_RESULT = struct.Struct("=3Q2I6Q8Q6I")
NODE_RESULT_FIELDS = ("max_pods", "trunk_pods", "kubelet_max_pods", "joins", "bound_by",
                      "max_trunk_pods", "schedulable_pods", "secondary_enis", "ipv4_addresses",
                      "min_pods_to_join", "kubelet_reserved_memory_mib")
FLANNEL_OPTIONS = struct.Struct("=6I4Q4I")
FLANNEL_RESULT = struct.Struct("=4Q6Q10I")
CIDR = struct.Struct("=QQII")
STATUS_PREFIX = "CNICALC_ERR_"


class Library:
    def __init__(self, path, header):
        self.lib = ctypes.CDLL(path)
        text = Path(header).read_text(encoding="ascii")
        self.statuses = {int(value): name.removeprefix(STATUS_PREFIX) for name, value in
                         re.findall(r"^    (CNICALC_(?:OK|ERR_\w+)) = (\d+)", text, re.M)}
        for name, layout in (("instance", INSTANCE), ("node_options", NODE_OPTIONS),
                             ("node_result", NODE_RESULT), ("flannel_options", FLANNEL_OPTIONS),
                             ("flannel_result", FLANNEL_RESULT)):
            size = self.lib[f"cnicalc_{name}_size"]()
            assert size == layout.size, f"{name} is {size} bytes, the model expects {layout.size}"
        self.result = ctypes.create_string_buffer(256)
        self.text = ctypes.create_string_buffer(160)
        for name in ("cnicalc_node_solve", "cnicalc_node_formula", "cnicalc_flannel_solve",
                     "cnicalc_flannel_fit"):
            self.lib[name].restype = ctypes.c_int32
        self.lib.cnicalc_flannel_fit.argtypes = [ctypes.c_uint64, ctypes.c_uint64,
                                                 ctypes.c_char_p, ctypes.c_char_p]

    def table(self):
        """The built-in rows as (name, quantities)."""
        self.lib.cnicalc_instance_at.restype = ctypes.c_int32
        for index in range(self.lib.cnicalc_instance_count()):
            assert self.lib.cnicalc_instance_at(index, self.result) == 0
            fields = INSTANCE.unpack_from(self.result)
            values = [None if value == UNKNOWN else value for value in fields[1:11]]
            yield fields[0].rstrip(b"\0").decode(), dict(zip(node_model.INSTANCE_FIELDS, values))

    @staticmethod
    def pack_node(t, o):
        words = [UNKNOWN if t[name] is None else t[name] for name in node_model.INSTANCE_FIELDS]
        instance = INSTANCE.pack(b"x.y", *words, 0, 0, 0, 0)
        options = NODE_OPTIONS.pack(NODE_OPTIONS.size, *[o[n] for n in node_model.OPTIONS], 0, 0, 0)
        return instance, options

    def node(self, t, o):
        """(status, result), with None for unknown and limits as a dict of those that apply."""
        status = self.lib.cnicalc_node_solve(*self.pack_node(t, o), self.result)
        if status != 0:
            return self.statuses[status], None
        v = NODE_RESULT.unpack_from(self.result)
        assert v[21:] == (0, 0, 0, 0), "reserved words are not zero"
        r = {n: None if x == UNKNOWN_COUNT else x for n, x in zip(NODE_RESULT_FIELDS, v)}
        r["bound_by"] = node_model.LIMITS[r["bound_by"]]
        r["limits"] = {n: x for n, x in zip(node_model.LIMITS, v[11:19]) if x != UNKNOWN_COUNT}
        r["schedulable_bound_by"] = node_model.LIMITS[v[19]]
        r["dual_stack"] = None if v[20] == UNKNOWN else v[20]
        return "OK", r

    def formula(self, t, o):
        status = self.lib.cnicalc_node_formula(*self.pack_node(t, o), self.text,
                                               ctypes.c_size_t(len(self.text)))
        assert status == 0, f"no formula: {self.statuses[status]}"
        return self.text.value.decode()

    @staticmethod
    def pack_flannel(o):
        words = [o[name] for name in flannel_model.OPTIONS]
        return FLANNEL_OPTIONS.pack(FLANNEL_OPTIONS.size, *words[:4], 0, *words[4:], 0, 0, 0, 0)

    def flannel_result(self, status):
        if status != 0:
            return self.statuses[status], None
        v = FLANNEL_RESULT.unpack_from(self.result)
        assert v[15:] == (0, 0, 0, 0, 0), "reserved words are not zero"
        names = flannel_model.LIMITS
        r = dict(zip(("pods_per_node", "usable_pod_ips", "max_nodes", "max_pods"), v))
        r["limits"] = {n: x for n, x in zip(names, v[4:10]) if x != UNKNOWN_COUNT}
        r.update(zip(("pod_prefix_len", "node_mask"), v[10:12]))
        r.update(bound_by=names[v[12]], max_pods_bound_by=names[v[13]], fits=v[14])
        return "OK", r

    def flannel(self, network, o):
        cidr = CIDR.pack(0, int(network.network_address), 4, network.prefixlen)
        return self.flannel_result(
            self.lib.cnicalc_flannel_solve(cidr, self.pack_flannel(o), self.result))

    def flannel_fit(self, nodes, pods, o):
        return self.flannel_result(
            self.lib.cnicalc_flannel_fit(nodes, pods, self.pack_flannel(o), self.result))
