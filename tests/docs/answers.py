# SPDX-License-Identifier: MIT
"""Reads the notation of Example lines: C calls left of the arrow, values right of it.

Left: string, integer, CNICALC_ constant, `&(cnicalc_cidr){0, 1, 4, 8}`, a block or an address as
text, a list of them in braces, `&name` for an output, `name` for an array or a text to be filled,
and `sizeof name`.

Right: values in the order of the outputs, or `name value`, where name is an output or a field of
one. A status other than CNICALC_OK is first.
"""
import ast
import ctypes
import ipaddress
import os
import re
from ctypes import Array, Structure, sizeof
from typing import Any, Callable, Dict, Iterator, List, Tuple

from cnicalc import abi
import headers

CONSTANTS = headers.constants()
ARRAY_LENGTH = 2048  # elements of an array output, bytes of a text output

Outputs = List[Tuple[str, Any]]


def load() -> ctypes.CDLL:
    """The library without the Python module's conveniences: a status is returned."""
    library = ctypes.CDLL(os.environ["CNICALC_LIBRARY"])
    for name, (restype, *argtypes) in abi.PROTOTYPES.items():
        getattr(library, name).restype = restype
        getattr(library, name).argtypes = argtypes
    return library


lib = load()


def _namer(function: str) -> Callable[[int], str]:
    return lambda value: getattr(lib, function)(value).decode()


def _features(mask: int) -> str:
    return "|".join(lib.cnicalc_feature_name(bit).decode() for bit in range(32) if mask >> bit & 1)


# Fields that an Example may show by the name of their value, whatever struct has them, unless the
# struct is named.
FIELD_NAMES: Dict[str, Callable[[int], str]] = {
    "Quota.edition": _namer("cnicalc_edition_name"),
    "Quota.plugin": _namer("cnicalc_plugin_name"),
    "Quota.what": _namer("cnicalc_quota_what_name"),
    "PlanFinding.severity": _namer("cnicalc_plan_severity_name"),
    "PlanFinding.code": _namer("cnicalc_plan_code_name"),
    "PluginChooseResult.plugin": _namer("cnicalc_choice_name"),
    "PluginChooseResult.deciding_features": _features,
    "ConntrackResult.tcp_bound_by": _namer("cnicalc_conntrack_limit_name"),
    "bound_by": _namer("cnicalc_limit_name"),
    "schedulable_bound_by": _namer("cnicalc_limit_name"),
}


def split(text: str) -> List[str]:
    """The parts between the commas that no quote or bracket encloses."""
    parts, depth, quoted = [""], 0, False
    for previous, char in zip(" " + text, text):
        quoted ^= char == '"' and previous != "\\"
        if not quoted:
            depth += (char in "({") - (char in ")}")
        if char == "," and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def integer(text: str) -> int:
    """A decimal or hexadecimal number, or a constant of the headers."""
    if re.fullmatch(r"-?\d+|0x[0-9a-fA-F]+", text):
        return int(text, 0)
    if text not in CONSTANTS:
        raise ValueError(f"{text} is neither a number nor a constant")
    return CONSTANTS[text]


def words(value: Any) -> List[int]:
    """The fields of an address or a block, from Python's ipaddress."""
    network = isinstance(value, (ipaddress.IPv4Network, ipaddress.IPv6Network))
    number = int(value.network_address if network else value)
    return [number >> 64, number & 0xffffffffffffffff, value.version,
            value.prefixlen if network else 0]


def struct_of(kind: Any, text: str) -> Any:
    """One struct: a block or an address as text, or fields in braces."""
    braces = re.fullmatch(r"(?:&\(\w+\))?\{(.*)\}", text)
    if braces:
        return kind(*(integer(part) for part in split(braces[1])))
    if kind is abi.Cidr:
        return kind(*words(ipaddress.ip_network(text)))
    if kind is abi.Address:
        return kind(*words(ipaddress.ip_address(text)))
    raise ValueError(f"{text} is no {kind.__name__}")


def _filled(kind: Any) -> Any:
    value = kind()
    ctypes.memset(ctypes.byref(value), 0xa5, sizeof(value))
    return value


def _argument(text: str, kind: Any, outputs: Dict[str, Any], changed: Outputs) -> Any:
    if text.startswith('"'):
        return ast.literal_eval("b" + text)
    if text.startswith("sizeof "):
        return sizeof(outputs[text[7:]])
    if kind is abi.OUT_TEXT:
        outputs[text] = _filled(ctypes.c_char * ARRAY_LENGTH)
        return outputs[text]
    item = getattr(kind, "_type_", None) if hasattr(kind, "contents") else None
    if item is None:
        return integer(text)
    if re.fullmatch(r"&\w+", text):
        outputs[text[1:]] = _filled(item)
        return ctypes.byref(outputs[text[1:]])
    if re.fullmatch(r"[a-z_]+", text):
        outputs[text] = _filled(item * ARRAY_LENGTH)
        return outputs[text]
    if text.startswith("{"):
        listed = [struct_of(item, part) for part in split(text[1:-1])]
        changed.append(("", (item * len(listed))(*listed)))
        return changed[-1][1]
    return ctypes.byref(struct_of(item, text))


def call(function: str, question: str, value_count: int) -> Tuple[int, Outputs]:
    """Runs a question in the form of a C call: the status, 0 where the function has none, and the
    outputs in order. A list that the function may change is one of them when the answer has as
    many values as that makes."""
    match = re.fullmatch(rf"{function}\((.*)\)", question)
    if not match:
        raise ValueError(f"is no call of {function}() and has no entry in questions.py")
    restype, *kinds = abi.PROTOTYPES[function]
    texts = split(match[1])
    if len(texts) != len(kinds):
        raise ValueError(f"has {len(texts)} arguments, the function {len(kinds)}")
    named: Dict[str, Any] = {}
    changed: Outputs = []
    arguments = [_argument(text, kind, named, changed) for text, kind in zip(texts, kinds)]
    result = getattr(lib, function)(*arguments)
    outputs = list(named.items())
    if restype is not abi.STATUS:
        return 0, [("", result)]
    return result, changed + outputs if value_count > len(outputs) else outputs


def _shown(value: Any, text: str) -> bool:
    """Whether a text of an Example is the name of a value of the library."""
    if isinstance(value, Array) and value._type_ is ctypes.c_char:
        value = value.value
    if isinstance(value, bytes):
        return ast.literal_eval("b" + text) == value if text.startswith('"') else False
    if isinstance(value, Structure):
        return bytes(struct_of(type(value), text)) == bytes(value)
    if isinstance(value, (Array, list)):
        parts = split(text[1:-1]) if text.startswith("{") else [text]
        return len(value) >= len(parts) and all(map(_shown, value, parts))
    return integer(text) == getattr(value, "value", value)


def _structs(outputs: Outputs) -> Iterator[Structure]:
    """The structs of the outputs, the first element of an array, and the ceilings of options."""
    for _, value in outputs:
        if isinstance(value, Array) and issubclass(value._type_, Structure):
            value = value[0]
        if isinstance(value, Structure):
            yield value
            if hasattr(value, "ceilings"):
                yield value.ceilings


def _row(outputs: Outputs, name: str) -> Any:
    """The row of a limit, by the end of its enumerator, or of what decided."""
    for struct in _structs(outputs):
        if isinstance(struct, abi.LimitRow):
            return struct
        if hasattr(struct, "limits"):
            limit = CONSTANTS[f"CNICALC_LIMIT_{name}"] if name else struct.bound_by
            for row in struct.limits[:struct.limit_count]:
                if row.limit == limit:
                    return row
    raise ValueError(f"there is no row {name}")


def _field(outputs: Outputs, name: str) -> Tuple[Any, str]:
    """The output of a name, or the field of an output."""
    for known, value in outputs:
        if known == name:
            return value, ""
    for struct in _structs(outputs):
        if hasattr(struct, name):
            return getattr(struct, name), type(struct).__name__
    raise ValueError(f"there is no output or field {name}")


def _holds(part: str, outputs: Outputs, positional: Outputs, row_name: str) -> bool:
    """Whether a part of an answer is so; row_name is the limit that was named last."""
    counted = re.fullmatch(r"(?:[A-Z][A-Z0-9_]+ )?(needed|available) (\w+)", part)
    if counted:
        return _shown(getattr(_row(outputs, row_name), counted[1]), counted[2])
    named = re.fullmatch(r"([a-z][\w-]*(?:\[[A-Z_]+\](?:\.\w+)?)?) (.+)", part)
    if not named:
        return bool(positional) and _shown(positional.pop(0)[1], part)
    value, struct = _field(outputs, named[1])
    namer = FIELD_NAMES.get(f"{struct}.{named[1]}") or FIELD_NAMES.get(named[1])
    if namer and re.fullmatch(r"[a-z][\w|-]*", named[2]):
        return namer(value) == named[2]
    return _shown(value, named[2])


def check(status: int, outputs: Outputs, parts: List[str]) -> None:
    """Raises ValueError where an answer does not say what the library said."""
    expected = 0
    if parts[0].startswith("CNICALC_ERR_"):
        expected = CONSTANTS[parts[0]]
        parts = parts[1:]
    if status != expected:
        raise ValueError(f"returns {lib.cnicalc_status_name(status).decode()}")
    positional = list(outputs)
    row_name = ""
    for part in parts:
        row = re.match(r"[A-Z][A-Z0-9_]+(?= (?:needed|available))", part)
        row_name = row[0] if row else row_name
        if not _holds(part, outputs, positional, row_name):
            raise ValueError(f"says {part!r}, which is not so")
