# SPDX-License-Identifier: MIT
"""Structs of examples/python as rows of numbers, which is faster than field by field."""
import ctypes
import struct
from functools import cache

from cnicalc import abi

FORMATS = {ctypes.c_uint32: "I", ctypes.c_int32: "i", ctypes.c_uint64: "Q"}
ROW = len(abi.LimitRow._fields_)


def flatten(structure, prefix=""):
    """(name, format) of each number; of an array's elements and of members with a dot."""
    for name, kind in structure._fields_:
        name = prefix + name
        if kind in FORMATS:
            yield name, FORMATS[kind]
        elif issubclass(kind, ctypes.Structure):
            yield from flatten(kind, f"{name}.")
        elif kind._type_ is ctypes.c_char:
            yield name, f"{kind._length_}s"
        elif kind._type_ in FORMATS:
            yield from ((f"{name}.{i}", FORMATS[kind._type_]) for i in range(kind._length_))
        else:
            for i in range(kind._length_):
                yield from flatten(kind._type_, f"{name}.{i}.")


class Layout:
    def __init__(self, structure):
        names, formats = zip(*flatten(structure))
        self.struct = struct.Struct("=" + "".join(formats))
        assert self.struct.size == ctypes.sizeof(structure), f"{structure.__name__} has padding"
        self.size = self.struct.size
        self.names = names
        self.limits = next((i for i, n in enumerate(names) if n.startswith("limits.0.")), None)
        head = names[:self.limits]
        self.reserved = [i for i, name in enumerate(head) if ".reserved" in f".{name}"]
        self.values = [(i, name) for i, name in enumerate(head) if i not in self.reserved]

    def pack(self, values):
        """Bytes of the struct; what values does not name is 0."""
        return self.struct.pack(*[values.get(name, 0) for name in self.names])

    def unpack(self, raw):
        """The fields of a result by name. Reserved words must be zero.

        Limits are named, and their rows are (limit, counts, needed, available).
        """
        v = self.struct.unpack(raw)
        assert not any(v[i] for i in self.reserved), "reserved words are not zero"
        fields = {name: v[i] for i, name in self.values}
        if self.limits is not None:
            end = self.limits + ROW * fields.pop("limit_count")
            fields["limits"] = [(limit_name(v[at]), counts_name(v[at + 1]), *v[at + 2:at + ROW])
                                for at in range(self.limits, end, ROW)]
            for name in fields:
                if name.endswith("bound_by"):
                    fields[name] = limit_name(fields[name])
        return fields


@cache
def layout_of(structure):
    return Layout(structure)


@cache
def limit_name(number):
    return abi.Limit(number).name


@cache
def counts_name(number):
    return abi.Counts(number).name


def fields(structure):
    """The fields of a ctypes struct by name."""
    return layout_of(type(structure)).unpack(bytes(structure))
