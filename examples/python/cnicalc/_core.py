# SPDX-License-Identifier: MIT
"""Loading the library, its errors, and what lies between Python values and C ones.

Private to the package cnicalc.
"""
from __future__ import annotations

import operator
import os
from contextlib import contextmanager
from ctypes import CDLL, Structure, byref, c_int32, c_uint32, c_uint64, sizeof
from decimal import Decimal
from enum import Enum, IntEnum
from fractions import Fraction
from dataclasses import dataclass, fields
from typing import (Any, Callable, Dict, Iterator, List, Mapping, Optional, Tuple, Type, TypeVar,
                    Union, get_args, get_origin, get_type_hints)

from . import _abi as abi
from ._abi import StatusCode

SONAME = "libcnicalc.so.0"

# The status of these is their answer, so they return it instead of raising it.
STATUS_IS_ANSWER = frozenset({
    "cnicalc_cidr_check", "cnicalc_address_check", "cnicalc_cidr_fault", "cnicalc_address_fault",
})

# ---- Errors ----


class Error(ValueError):
    """A malformed question: a status of the library that is not OK.

    code    the status, a StatusCode where this module knows it
    name    its name in the header, "CNICALC_ERR_CIDR_OCTET"
    text    what it means, in one sentence
    detail  what was asked and what may have been meant; "" when there is nothing to add
    offset  where a text is at fault, in characters from 0; None for other errors
    """

    __module__ = "cnicalc"  # where users find it

    def __init__(self, code: int, detail: str = "", offset: Optional[int] = None) -> None:
        self.code = as_enum(StatusCode, code)
        self.name: str = lib.cnicalc_status_name(code)
        self.text: str = lib.cnicalc_status_string(code)
        self.detail = detail
        self.offset = offset
        super().__init__(code, detail, offset)  # what pickle calls this with

    def __str__(self) -> str:
        return f"{self.name}: {self.text}" + (f": {self.detail}" if self.detail else "")


def as_enum(kind: Type[IntEnum], value: int) -> int:
    """value as a member, or as a plain int where a newer library has a value unknown here."""
    try:
        return kind(value)
    except ValueError:
        return value


def _raise_status(result: int, _function: Any, _arguments: Any) -> int:
    if result:
        raise Error(result)
    return result


def _decode(result: bytes, _function: Any, _arguments: Any) -> str:
    return result.decode("ascii")


# ---- Loading ----

_ADVICE = "run make, install both together, or name the library in CNICALC_LIBRARY"


def _library_path() -> str:
    """CNICALC_LIBRARY, else the library in this package, which is the wheel's own one or a link to
    what was installed with it, else the build of the tree around it, else the system's."""
    named = os.environ.get("CNICALC_LIBRARY")
    if named:
        return named
    here = os.path.dirname(os.path.realpath(__file__))
    own = os.path.join(here, SONAME)
    if os.path.lexists(own):
        return own
    built = os.path.join(here, *[os.pardir] * 3, "build", "libcnicalc.so")
    return os.path.normpath(built) if os.path.exists(built) else SONAME


def _declare(library: CDLL) -> None:
    for name, (restype, *argtypes) in abi.PROTOTYPES.items():
        try:
            function = getattr(library, name)
        except AttributeError as missing:
            raise ImportError(f"{library._name} is too old: it has no function {name}; "
                              + _ADVICE) from missing
        function.restype = restype
        function.argtypes = argtypes
        if restype is abi.STATUS and name not in STATUS_IS_ANSWER:
            function.errcheck = _raise_status
        elif restype is abi.TEXT:
            function.errcheck = _decode


def _check_version(library: CDLL) -> None:
    """Before 1.0 a minor version may change the interface, so both numbers must be the same."""
    try:
        number = int(library.cnicalc_version_number())
    except AttributeError as missing:
        raise ImportError(f"{library._name} is no libcnicalc") from missing
    if number // 100 != abi.VERSION_MAJOR * 100 + abi.VERSION_MINOR:
        raise ImportError(f"{library._name} has version {number // 10000}.{number // 100 % 100}, "
                          f"this package is for {abi.VERSION_MAJOR}.{abi.VERSION_MINOR}; {_ADVICE}")


def _check_layout(library: CDLL) -> None:
    for name, struct in abi.STRUCTS.items():
        size = library.cnicalc_struct_size(name.encode("ascii"))
        if size != sizeof(struct):
            raise ImportError(f"{name} has {size} bytes in {library._name} and {sizeof(struct)} "
                              f"in this package; {_ADVICE}")
        if name.endswith("_options"):
            getattr(library, name + "_init")(byref(struct()), sizeof(struct))


def _load() -> CDLL:
    try:
        library = CDLL(_library_path())
    except OSError as error:
        raise ImportError(f"{error}; {_ADVICE}") from error
    _check_version(library)
    _declare(library)
    return library


lib = _load()
_check_layout(lib)

# ---- Arguments ----

Text = Union[str, bytes]


def wrong_type(name: str, wanted: str, value: Any) -> TypeError:
    """The error to raise for an argument of a wrong type."""
    return TypeError(f"{name} is {wanted}, not {type(value).__name__}")


def encode(text: Text, name: str = "text") -> bytes:
    """Text as bytes. What is not ASCII reaches the library, which refuses it with its offset."""
    if isinstance(text, str):
        return text.encode("utf-8", "surrogatepass")
    if isinstance(text, bytes):
        return text
    raise wrong_type(name, "a text", text)


def whole(value: Any, name: str, wanted: str = "an int") -> int:
    """value as an int, if it is one."""
    try:
        return operator.index(value)
    except TypeError:
        raise wrong_type(name, wanted, value) from None


def listed(values: Any, name: str, kind: Optional[type] = None) -> List[Any]:
    """An iterable as a list, whose items are all of one kind, if one is given."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name} is a list, not one text")
    try:
        items = list(values)
    except TypeError:
        raise wrong_type(name, "a list", values) from None
    for index, item in enumerate(items):
        if kind is not None and not isinstance(item, kind):
            raise wrong_type(f"{name}[{index}]", f"a {kind.__name__}", item)
    return items


def checked(kind: Any, value: int, name: str) -> int:
    """value, refused where the C type cannot hold it: ctypes would cut it to size silently."""
    if kind(whole(value, name)).value != value:
        raise ValueError(f"{name} is out of range: {value}")
    return value


def set_field(struct: Structure, name: str, value: Any) -> None:
    """Assigns a field, with the same care."""
    setattr(struct, name, whole(value, name))
    if getattr(struct, name) != value:
        raise ValueError(f"{name} is out of range: {value}")


def array_of(kind: Any, count: int) -> Any:
    """A zeroed C array of count numbers or structs."""
    return (kind * count)()


# ---- Options: keyword arguments to a struct ----

Named = Union[int, str]
Ratio = Union[int, str, Fraction, Decimal]


def _parsed(parse: str, name: str, members: Any = ()) -> Callable[[Named], int]:
    """A name as the command line has it, by the library's parser; or a number as it is. A fault of a
    name says which there are."""
    name_of = getattr(lib, parse.replace("_parse", "_name"))
    known = ", ".join(name_of(member) for member in members)
    known = f", which is none of {known}" if known else ""

    def convert(value: Named) -> int:
        if not isinstance(value, str):
            return whole(value, name, "a name or an int")
        out, data = c_uint32(), encode(value)
        with about(repr(value) + known):
            getattr(lib, parse)(data, len(data), byref(out))
        return out.value
    return convert


def by_name(members: Any, code: StatusCode, name: str,
            name_of: Callable[[Any], str]) -> Callable[[Named], int]:
    """The same for an enum that the library has no parser for."""
    def convert(value: Named) -> int:
        if not isinstance(value, str):
            return whole(value, name, "a name or an int")
        names = {name_of(member): int(member) for member in members}
        if value not in names:
            raise Error(code, f"{value!r}, which is none of {', '.join(names)}")
        return names[value]
    return convert


as_mode = _parsed("cnicalc_mode_parse", "mode", abi.Mode)
as_edition = _parsed("cnicalc_edition_parse", "edition",
                     [edition for edition in abi.Edition if edition != abi.Edition.ANY])
as_plugin = _parsed("cnicalc_plugin_parse", "plugin",
                    [plugin for plugin in abi.Plugin if plugin != abi.Plugin.ANY])
as_security_group = _parsed("cnicalc_security_group_parse", "security_group", abi.SecurityGroup)
as_feature = _parsed("cnicalc_feature_parse", "feature")
as_ip_stack = by_name(abi.IpStack, StatusCode.ERR_NODE_IP_STACK, "ip_stack",
                      lambda stack: str(stack.name).lower())
as_erdma_ipam = by_name(abi.ErdmaIpam, StatusCode.ERR_NODE_ERDMA_IPAM, "erdma_ipam",
                        lambda ipam: str(ipam.name).lower())

_CONVERT: Dict[str, Callable[[Any], int]] = {
    "mode": as_mode, "edition": as_edition, "plugin": as_plugin, "ip_stack": as_ip_stack,
    "erdma_ipam": as_erdma_ipam, "security_group": as_security_group}


@dataclass(frozen=True)
class Ceilings:
    """The ceilings that a question is judged by, and what others already use of them.

    None is the published ceiling, NO_LIMIT none at all. Functions that take ceilings also take each
    of these names as a keyword argument.

    >>> Ceilings(edition="basic", node_quota=20).node_quota
    20
    """

    edition: Optional[Named] = None  # "pro", "basic", "dedicated", "edge-pro", "edge-basic"
    raised: Optional[bool] = None  # the published ceilings after a quota increase
    node_quota: Optional[int] = None
    pod_quota: Optional[int] = None
    service_quota: Optional[int] = None
    route_quota: Optional[int] = None  # custom routes of the VPC's route table
    vpc_address_quota: Optional[int] = None
    ipvlan_pod_quota: Optional[int] = None
    security_group: Optional[Named] = None  # "basic", "advanced"
    security_group_quota: Optional[int] = None  # addresses of a basic one, ENIs of an advanced one
    vswitch_quota: Optional[int] = None  # vSwitches of the VPC
    routes_used: Optional[int] = None  # custom routes that others hold
    security_group_used: Optional[int] = None  # what others hold of the security group's quota


Ceilings.__module__ = "cnicalc"  # where users find it
_CEILINGS = frozenset(f.name for f in fields(Ceilings))


def _fill(struct: Any, given: Mapping[str, Any]) -> None:
    """Assigns the members that are given; None keeps the default."""
    for name, value in given.items():
        if value is not None:
            set_field(struct, name, _CONVERT[name](value) if name in _CONVERT else value)


def make_options(topic: str, given: Mapping[str, Any], required: Tuple[str, ...] = (),
                 ceilings: Optional[Ceilings] = None) -> Any:
    """The option struct of a topic, with the library's default where an option is None; those that
    are required may not be. Ceilings may be among the options, by name."""
    struct = abi.STRUCTS[f"cnicalc_{topic}_options"]
    options = struct()
    getattr(lib, f"cnicalc_{topic}_options_init")(byref(options), sizeof(options))
    names = {name for name, *_ in struct._fields_ if not name.startswith(("struct_", "reserved"))}
    own: Dict[str, Any] = {}
    for name, value in given.items():
        if name == "eni_cap_ratio" and topic == "node":
            _set_ratio(options, value)
        elif name in _CEILINGS and hasattr(options, "ceilings"):
            own[name] = value
        elif name not in names or name == "ceilings":
            raise TypeError(f"there is no option {name}")
        elif value is None and name in required:
            raise wrong_type(name, "required", value)
        else:
            _fill(options, {name: value})
    if ceilings is not None:
        if not isinstance(ceilings, Ceilings):
            raise wrong_type("ceilings", "a Ceilings", ceilings)
        _fill(options.ceilings, vars(ceilings))
    if own:
        _fill(options.ceilings, own)
    return options


def _set_ratio(options: Any, ratio: Optional[Ratio]) -> None:
    """Terway cuts E * ratio down to whole ENIs. A float is refused, because it is seldom the ratio
    that was written: 0.29 is a little below 29/100, and 100 ENIs times that are 28."""
    if ratio is None:
        return
    if isinstance(ratio, float):
        raise TypeError(f"eni_cap_ratio is exact: write {str(ratio)!r} or a Fraction, not a float")
    try:
        exact = Fraction(ratio)
    except TypeError:
        raise wrong_type("eni_cap_ratio", "an int, a Fraction, a Decimal or a text",
                         ratio) from None
    set_field(options, "eni_cap_ratio_numerator", exact.numerator)
    set_field(options, "eni_cap_ratio_denominator", exact.denominator)


@contextmanager
def about(detail: str) -> Iterator[None]:
    """Errors from inside say what was asked."""
    try:
        yield
    except Error as error:
        raise Error(error.code, error.detail or detail, error.offset) from None


# ---- Results: a struct to a frozen dataclass ----

_R = TypeVar("_R")
_SENTINELS = {c_uint32: abi.UNKNOWN, c_uint64: abi.UNKNOWN_COUNT}


def result_from(kind: Type[_R], raw: Any, **more: Any) -> _R:
    """A dataclass from the fields of the struct that have its names, and from more.

    The type hint says how: an Optional is None where the struct has "unknown" or "no limit". The
    rows of limits become Dicts by Limit, one for each of "limits", "available" and "needed" that the
    dataclass has.
    """
    key = (kind, type(raw))
    if key not in _converters:
        hints = get_type_hints(kind)
        _converters[key] = [(name, _converter(hints[name], c_type))
                            for name, c_type in raw._fields_ if name in hints and name != "limits"]
        _rows_of[key] = [name for name in ("limits", "available", "needed")
                         if name in hints and hasattr(raw, "limits")]
    values = {name: convert(getattr(raw, name)) for name, convert in _converters[key]
              if name not in more}
    for name in _rows_of[key]:
        values[name] = _rows(raw, "needed" if name == "needed" else "available")
    return kind(**values, **more)


def _rows(raw: Any, member: str) -> Dict[int, Optional[int]]:
    """The rows of a result by their limit; a limit of a newer library is a plain int."""
    rows = raw.limits[:raw.limit_count]
    return {as_enum(abi.Limit, row.limit): _none_if(getattr(row, member), abi.NO_LIMIT)
            for row in rows}


def _none_if(value: int, sentinel: int) -> Optional[int]:
    return None if value == sentinel else value


_rows_of: Dict[Any, List[str]] = {}
_converters: Dict[Any, List[Tuple[str, Callable[[Any], Any]]]] = {}


def _converter(hint: Any, c_type: Any) -> Any:
    """From the value of a struct's field to what the type hint says."""
    if hint is str:
        return operator.methodcaller("decode", "ascii")
    if get_origin(hint) is Union:
        inner, sentinel = get_args(hint)[0], _SENTINELS.get(c_type)
        return lambda value: None if value == sentinel else inner(value)
    return hint


# ---- Names ----

_NAMES: Dict[type, Callable[[int], str]] = {
    abi.StatusCode: lib.cnicalc_status_name, abi.Mode: lib.cnicalc_mode_name,
    abi.Limit: lib.cnicalc_limit_name, abi.Counts: lib.cnicalc_counts_name,
    abi.Edition: lib.cnicalc_edition_name,
    abi.Plugin: lib.cnicalc_plugin_name, abi.QuotaWhat: lib.cnicalc_quota_what_name,
    abi.PlanRole: lib.cnicalc_plan_role_name, abi.PlanCode: lib.cnicalc_plan_code_name,
    abi.PlanSeverity: lib.cnicalc_plan_severity_name, abi.Feature: lib.cnicalc_feature_name,
    abi.Choice: lib.cnicalc_choice_name, abi.ConntrackLimit: lib.cnicalc_conntrack_limit_name}


def name_of(member: IntEnum) -> str:
    """The name of a constant as the command line prints it.

    >>> name_of(abi.Mode.SHARED_ENI_TRUNK), name_of(abi.Limit.ENI_QUANTITY)
    ('trunk', 'eni_quantity')
    """
    if not isinstance(member, Enum):
        raise wrong_type("member", "a constant of this module", member)
    name = _NAMES.get(type(member), lambda _member: member.name.lower())
    return name(member)
