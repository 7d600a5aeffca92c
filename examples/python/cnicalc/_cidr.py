# SPDX-License-Identifier: MIT
"""Addresses, blocks and arrays of blocks. Private to the package cnicalc, which offers them all."""
from __future__ import annotations

import ipaddress
from array import array
from ctypes import byref, c_int32, c_size_t, c_uint32, c_uint64, create_string_buffer
from functools import total_ordering
from typing import (Any, Callable, Iterable, Iterator, List, Optional, Sequence, Tuple, Union,
                    overload)

from . import _abi as abi
from ._abi import StatusCode
from ._columns import column, joined_lines, read_column, unwrapped, write_column
from ._core import (Error, Text, array_of, as_enum, checked, encode, lib, listed, whole, wrong_type)

_NETWORKS = (ipaddress.IPv4Network, ipaddress.IPv6Network)

_CHUNK = 1024  # sub-blocks that an iterator fetches in one call


def _text(write: Callable[[Any, int], Any], capacity: int) -> str:
    out = create_string_buffer(capacity)
    write(out, capacity)
    return out.value.decode("ascii")


def _number(kind: Any, call: Callable[..., int], *arguments: Any) -> int:
    out = kind()
    call(*arguments, byref(out))
    return int(out.value)


def _read(parse: Callable[..., int], fault: Callable[..., int], text: Text, *outs: Any) -> None:
    """Parses a text; an error says where the text is at fault."""
    data = encode(text, "text")
    try:
        parse(data, len(data), *(byref(out) for out in outs))
    except Error as error:
        offset = c_size_t()
        fault(data, len(data), byref(offset))
        raise Error(error.code, _fault_detail(error.code, data, offset.value),
                    offset.value) from None


def _shown(value: Any, peers: Tuple[type, ...], name: str) -> Text:
    """A text as it is, and an object of ipaddress as text."""
    if isinstance(value, (str, bytes)):
        return value
    if isinstance(value, peers):
        return str(value)
    raise wrong_type(name, f"a text or {' or '.join(peer.__name__ for peer in peers)}", value)


def _fault_detail(code: int, data: bytes, offset: int) -> str:
    shown = repr(data.decode("utf-8", "backslashreplace"))
    if code == StatusCode.ERR_CIDR_HOST_BITS:
        return f"{shown}, whose block is {Cidr.masked(data)}"
    return f"{shown} at offset {offset}"


@total_ordering
class _Value:
    """What Address and Cidr have in common: one C struct that nobody changes, and an order."""

    __slots__ = ("_raw", "_key")
    _raw: Any
    _key: Tuple[int, ...]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Value) or type(other) is not type(self):
            return NotImplemented
        return self._key == other._key

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, _Value) or type(other) is not type(self):
            return NotImplemented
        return self._key < other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __reduce__(self) -> Tuple[Any, Tuple[str]]:
        return type(self), (str(self),)

    @property
    def family(self) -> int:
        """Family.IPV4 (4) or Family.IPV6 (6)."""
        return as_enum(abi.Family, self._key[0])


class Address(_Value):
    """One address.

    >>> Address("10.0.0.1"), int(Address("::1"))
    (Address('10.0.0.1'), 1)
    """

    __slots__ = ()

    def __init__(self, address: AddressLike) -> None:
        raw = abi.Address()
        if isinstance(address, Address):
            raw = address._raw
        else:
            text = _shown(address, (ipaddress.IPv4Address, ipaddress.IPv6Address), "address")
            _read(lib.cnicalc_address_parse, lib.cnicalc_address_fault, text, raw)
        self._set(raw)

    def _set(self, raw: Any) -> None:
        self._raw = raw
        self._key = (raw.family, raw.hi << 64 | raw.lo)

    @classmethod
    def _wrap(cls, raw: Any) -> Address:
        self = cls.__new__(cls)
        self._set(raw)
        return self

    @classmethod
    def from_int(cls, value: int, family: int) -> Address:
        """The address with this number: below 2^32 for family 4, below 2^128 for family 6.

        >>> Address.from_int(2**32 - 1, 4)
        Address('255.255.255.255')
        """
        if not 0 <= whole(value, "value") < 1 << 128:
            raise ValueError(f"no address has the number {value}")
        raw = abi.Address(value >> 64, value & abi.NO_LIMIT, checked(c_uint32, family, "family"))
        status = lib.cnicalc_address_check(byref(raw))
        if status:
            raise Error(status, f"{value} in family {family}")
        return cls._wrap(raw)

    def __int__(self) -> int:
        return self._key[1]

    def __str__(self) -> str:
        return _text(lambda out, size: lib.cnicalc_address_format(byref(self._raw), out, size),
                     abi.ADDRESS_TEXT_SIZE)


class Cidr(_Value):
    """One block, from a text without host bits, another Cidr, or a network of ipaddress.

    Blocks compare, sort and hash: IPv4 before IPv6, then by first address, then the larger first.

    >>> block = Cidr("10.244.0.0/16")
    >>> block.nth(24, 7), "10.244.7.9" in block, block.index_of(24, "10.244.7.9")
    (Cidr('10.244.7.0/24'), True, 7)
    """

    __slots__ = ()

    def __init__(self, block: CidrLike) -> None:
        raw = abi.Cidr()
        if isinstance(block, Cidr):
            raw = block._raw
        else:
            text = _shown(block, _NETWORKS, "block")
            _read(lib.cnicalc_cidr_parse, lib.cnicalc_cidr_fault, text, raw)
        self._set(raw)

    def _set(self, raw: Any) -> None:
        self._raw = raw
        self._key = (raw.family, raw.hi << 64 | raw.lo, raw.prefix_len)

    @classmethod
    def _wrap(cls, raw: Any) -> Cidr:
        self = cls.__new__(cls)
        self._set(raw)
        return self

    @classmethod
    def _made(cls, call: Callable[..., int], *arguments: Any) -> Cidr:
        raw = abi.Cidr()
        call(*arguments, byref(raw))
        return cls._wrap(raw)

    @classmethod
    def masked(cls, text: Text) -> Cidr:
        """The block of a text whose host bits may be set.

        >>> Cidr.masked("10.1.2.3/8")
        Cidr('10.0.0.0/8')
        """
        raw = abi.Cidr()
        _read(lib.cnicalc_cidr_parse_masked, lib.cnicalc_cidr_fault, text, raw)
        return cls._wrap(raw)

    @classmethod
    def interface(cls, text: Text) -> Tuple[Address, Cidr]:
        """An address with a prefix length, as an interface has it, and the block it lies in.

        >>> Cidr.interface("10.1.2.3/8")
        (Address('10.1.2.3'), Cidr('10.0.0.0/8'))
        """
        address, block = abi.Address(), abi.Cidr()
        _read(lib.cnicalc_cidr_parse_address, lib.cnicalc_cidr_fault, text, address, block)
        return Address._wrap(address), cls._wrap(block)

    @classmethod
    def from_address(cls, address: AddressLike, prefix_len: int) -> Cidr:
        """The block of prefix_len bits that an address lies in."""
        return cls._made(lib.cnicalc_cidr_from_address, byref(Address(address)._raw),
                         checked(c_uint32, prefix_len, "prefix_len"))

    def __str__(self) -> str:
        return _text(lambda out, size: lib.cnicalc_cidr_format(byref(self._raw), out, size),
                     abi.CIDR_TEXT_SIZE)

    # Facts

    @property
    def prefix_len(self) -> int:
        """Bits of the prefix, 0..32 or 0..128."""
        return int(self._raw.prefix_len)

    def _address(self, call: Callable[..., int]) -> Address:
        raw = abi.Address()
        call(byref(self._raw), byref(raw))
        return Address._wrap(raw)

    @property
    def first(self) -> Address:
        """The lowest address."""
        return self._address(lib.cnicalc_cidr_first)

    @property
    def last(self) -> Address:
        """The highest address."""
        return self._address(lib.cnicalc_cidr_last)

    @property
    def netmask(self) -> Address:
        """The mask that keeps the prefix."""
        return self._address(lib.cnicalc_cidr_netmask)

    @property
    def address_count(self) -> int:
        """How many addresses the block has, exact for every block up to ::/0."""
        return int(_text(lambda out, size: lib.cnicalc_cidr_address_count_text(
            byref(self._raw), out, size), abi.COUNT_TEXT_SIZE))

    @property
    def is_private(self) -> bool:
        """Whether the block lies inside the ranges of RFC 1918 or RFC 4193."""
        return bool(_number(c_uint32, lib.cnicalc_cidr_is_private, byref(self._raw)))

    # Two blocks

    def contains(self, other: Union[CidrLike, AddressLike]) -> bool:
        """Whether every address of other, a block or one address, is in this block."""
        item = _block_or_address(other)
        call = (lib.cnicalc_cidr_contains if isinstance(item, Cidr)
                else lib.cnicalc_cidr_contains_address)
        return bool(_number(c_uint32, call, byref(self._raw), byref(item._raw)))

    __contains__ = contains

    def overlaps(self, other: CidrLike) -> bool:
        """Whether the two share an address."""
        return bool(_number(c_uint32, lib.cnicalc_cidr_overlaps, byref(self._raw),
                            byref(Cidr(other)._raw)))

    def compare(self, other: CidrLike) -> int:
        """-1, 0 or 1: the library's order, which is that of < and == too."""
        return _number(c_int32, lib.cnicalc_cidr_compare, byref(self._raw),
                       byref(Cidr(other)._raw))

    def common(self, other: CidrLike) -> Cidr:
        """The smallest block that contains both."""
        return self._made(lib.cnicalc_cidr_common, byref(self._raw), byref(Cidr(other)._raw))

    # Splitting: sub-blocks of prefix_len bits, numbered from 0 by address

    def subnet_count(self, prefix_len: int) -> int:
        """How many sub-blocks there are; 2^64 or more is ERR_OVERFLOW."""
        return _number(c_uint64, lib.cnicalc_cidr_subnet_count, byref(self._raw),
                       checked(c_uint32, prefix_len, "prefix_len"))

    def nth(self, prefix_len: int, index: int) -> Cidr:
        """The sub-block of a number."""
        return self._made(lib.cnicalc_cidr_nth, byref(self._raw),
                          checked(c_uint32, prefix_len, "prefix_len"),
                          checked(c_uint64, index, "index"))

    def index_of(self, prefix_len: int, address: AddressLike) -> int:
        """The number of the sub-block that an address lies in: the inverse of nth()."""
        return _number(c_uint64, lib.cnicalc_cidr_index_of, byref(self._raw),
                       checked(c_uint32, prefix_len, "prefix_len"), byref(Address(address)._raw))

    def split(self, prefix_len: int, first_index: int = 0,
              count: Optional[int] = None) -> CidrArray:
        """count sub-blocks from first_index on, by default all the rest, in one call.

        >>> Cidr("10.0.0.0/8").split(16, 254)
        CidrArray(['10.254.0.0/16', '10.255.0.0/16'])
        """
        if count is None:
            count = max(0, self.subnet_count(prefix_len) - first_index)
        blocks = CidrArray._sized(count)
        lib.cnicalc_cidr_split(byref(self._raw), checked(c_uint32, prefix_len, "prefix_len"),
                               checked(c_uint64, first_index, "first_index"), count, blocks.raw)
        return blocks

    def subnets(self, prefix_len: int) -> Iterator[Cidr]:
        """Every sub-block, lowest first, in little memory however many there are."""
        count = self.subnet_count(prefix_len)
        for start in range(0, count, _CHUNK):
            yield from self.split(prefix_len, start, min(_CHUNK, count - start))

    def next(self) -> Cidr:
        """The block of the same size that follows."""
        return self._made(lib.cnicalc_cidr_next, byref(self._raw))

    def previous(self) -> Cidr:
        """The block of the same size before this one."""
        return self._made(lib.cnicalc_cidr_previous, byref(self._raw))

    def supernet(self, prefix_len: int) -> Cidr:
        """The block of prefix_len bits that contains this one."""
        return self._made(lib.cnicalc_cidr_supernet, byref(self._raw),
                          checked(c_uint32, prefix_len, "prefix_len"))

    # Free space

    def exclude(self, used: Blocks) -> CidrArray:
        """What is left without the used blocks: the shortest list, sorted.

        >>> Cidr("10.0.0.0/22").exclude(["10.0.1.0/24"])
        CidrArray(['10.0.0.0/24', '10.0.2.0/23'])
        """
        taken = CidrArray(used)
        return _grown(lambda out, capacity, count: lib.cnicalc_cidr_exclude(
            byref(self._raw), taken.raw, len(taken), out, capacity, count))

    def first_free(self, prefix_len: int, used: Blocks) -> Optional[Cidr]:
        """The lowest sub-block of prefix_len bits that overlaps no used block, or None."""
        taken, found, raw = CidrArray(used), c_uint32(), abi.Cidr()
        lib.cnicalc_cidr_first_free(byref(self._raw), checked(c_uint32, prefix_len, "prefix_len"),
                                    taken.raw, len(taken), byref(found), byref(raw))
        return Cidr._wrap(raw) if found.value else None


AddressLike = Union[str, bytes, Address, ipaddress.IPv4Address, ipaddress.IPv6Address]
CidrLike = Union[str, bytes, Cidr, ipaddress.IPv4Network, ipaddress.IPv6Network]


def as_cidr(block: CidrLike, name: str) -> Cidr:
    """The block of an argument, by whose name a wrong type is refused."""
    return block if isinstance(block, Cidr) else Cidr(_shown(block, _NETWORKS, name))


def _block_or_address(item: Union[CidrLike, AddressLike]) -> Union[Cidr, Address]:
    if isinstance(item, (Cidr, Address)):
        return item
    if isinstance(item, (ipaddress.IPv4Network, ipaddress.IPv6Network)):
        return Cidr(item)
    if isinstance(item, (str, bytes)) and b"/" in encode(item):
        return Cidr(item)
    return Address(item)


# ---- Arrays of blocks ----


class CidrArray(Sequence[Cidr]):
    """Blocks side by side as the library has them, for thousands at a time: 24 bytes each.

    CidrArray(blocks) copies any blocks; cidr_parse_lines() and from_columns() fill one in a call.

    raw                     the ctypes array, which numpy.asarray() takes as a structured array
    hi, lo                  writable memoryviews of shape (n,), format "Q", not copies
    family, prefix_len      the same in format "I"
    """

    __slots__ = ("_words", "raw")

    def __init__(self, blocks: Blocks = ()) -> None:
        if isinstance(blocks, CidrArray):
            self._own(array("Q", blocks._words))
            return
        raws = [Cidr(block)._raw for block in listed(blocks, "blocks")]
        self._own(array("Q", b"".join(bytes(raw) for raw in raws)))

    def _own(self, words: array[int]) -> None:
        self._words = words
        self.raw = (abi.Cidr * (len(words) // 3)).from_buffer(words)

    @classmethod
    def _sized(cls, count: int) -> CidrArray:
        if count < 0:
            raise ValueError(f"count is out of range: {count}")
        self = cls.__new__(cls)
        self._own(column("Q", 3 * count))
        return self

    @classmethod
    def from_columns(cls, hi: Any, lo: Any, family: Any, prefix_len: Any) -> CidrArray:
        """Blocks from four columns of the same length: any sequences of ints, or buffers (array,
        numpy) of uint64, uint64, uint32, uint32. Blocks are checked where they are used."""
        columns: List[Tuple[Any, str, Any]] = [
            ("Q", "hi", hi), ("Q", "lo", lo), ("I", "family", family),
            ("I", "prefix_len", prefix_len)]
        read = [memoryview(read_column(code, values, name)).cast("B").cast(code)
                for code, name, values in columns]
        self = cls._sized(len(read[0]))
        for (_code, name, _values), view in zip(columns, read):
            if len(view) != len(self):
                raise ValueError(f"{name} has {len(view)} items, hi has {len(self)}")
            getattr(self, name)[:] = view
        return self

    @property
    def hi(self) -> memoryview:
        """Bits 127..64 of the first addresses; 0 for IPv4."""
        return memoryview(self._words)[0::3]

    @property
    def lo(self) -> memoryview:
        """Bits 63..0 of the first addresses."""
        return memoryview(self._words)[1::3]

    @property
    def family(self) -> memoryview:
        """4 or 6; 0 in a line that was no block."""
        return memoryview(self._words).cast("B").cast("I")[4::6]

    @property
    def prefix_len(self) -> memoryview:
        """Bits of the prefixes."""
        return memoryview(self._words).cast("B").cast("I")[5::6]

    def __len__(self) -> int:
        return len(self.raw)

    @overload
    def __getitem__(self, index: int) -> Cidr: ...

    @overload
    def __getitem__(self, index: slice) -> CidrArray: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Cidr, CidrArray]:
        if isinstance(index, slice):
            part = CidrArray.__new__(CidrArray)
            part._own(self._words_of(range(*index.indices(len(self)))))
            return part
        raw = abi.Cidr.from_buffer_copy(self.raw[index])
        status = lib.cnicalc_cidr_check(byref(raw))
        if status:
            raise Error(status, f"block {index}")
        return Cidr._wrap(raw)

    def _words_of(self, rows: range) -> array[int]:
        if rows.step == 1:
            return self._words[3 * rows.start:3 * max(rows.start, rows.stop)]
        return array("Q", (word for row in rows for word in self._words[3 * row:3 * row + 3]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CidrArray) and self._words == other._words

    def __repr__(self) -> str:
        shown = [repr(str(Cidr._wrap(raw))) if not lib.cnicalc_cidr_check(byref(raw)) else "None"
                 for raw in self.raw[:8]]
        return f"CidrArray([{', '.join(shown)}{', ...' if len(self) > 8 else ''}])"

    def lines(self) -> str:
        """One block a line, each with its newline, written in one call."""
        capacity = len(self) * abi.CIDR_TEXT_SIZE + 1
        out, needed = create_string_buffer(capacity), c_size_t()
        lib.cnicalc_cidr_format_lines(self.raw, len(self), out, capacity, byref(needed))
        return out.raw[:needed.value - 1].decode("ascii")


Blocks = Union[CidrArray, Iterable[CidrLike]]


def cidr_parse_lines(text: Union[Text, Iterable[str]],
                     mask_host_bits: bool = False) -> Tuple[CidrArray, array[int]]:
    """Blocks of a text, one a line, or of many texts, in one call: (blocks, statuses).

    statuses has shape (n,), type code "i": 0, or the code of the Error that this line would raise;
    a line that is no block keeps its place, as does a text that is missing (None, NaN).

    >>> blocks, statuses = cidr_parse_lines("10.0.0.0/8\\nx\\n")
    >>> str(blocks[0]), list(statuses)
    ('10.0.0.0/8', [0, 21])
    """
    if not isinstance(text, (str, bytes)):
        items = unwrapped(text, "text")
        text = joined_lines(listed(items.tolist() if hasattr(items, "dtype") else items, "text"),
                            "text")
    data = encode(text)
    capacity = data.count(b"\n") + 1
    blocks, statuses, count = CidrArray._sized(capacity), column("i", capacity), c_size_t()
    parse = lib.cnicalc_cidr_parse_lines_masked if mask_host_bits else lib.cnicalc_cidr_parse_lines
    parse(data, len(data), blocks.raw, write_column("i", statuses, capacity, "statuses"),
          capacity, byref(count))
    return blocks[:count.value], statuses[:count.value]


def _grown(call: Callable[[Any, int, Any], Any], capacity: int = 64) -> CidrArray:
    """What a function writes into an array that it may find too short."""
    count = c_size_t()
    blocks = CidrArray._sized(capacity)
    try:
        call(blocks.raw, capacity, byref(count))
    except Error as error:
        if error.code != StatusCode.ERR_CAPACITY:
            raise
        blocks = CidrArray._sized(count.value)
        call(blocks.raw, count.value, byref(count))
    return blocks[:count.value]


def cidr_from_range(first: AddressLike, last: AddressLike) -> CidrArray:
    """The shortest list of blocks that covers first..last and nothing else, sorted.

    >>> cidr_from_range("0.0.0.4", "0.0.0.11")
    CidrArray(['0.0.0.4/30', '0.0.0.8/30'])
    """
    low, high = Address(first), Address(last)
    return _grown(lambda out, capacity, count: lib.cnicalc_cidr_from_range(
        byref(low._raw), byref(high._raw), out, capacity, count), 254)


def cidr_sort(blocks: Blocks) -> CidrArray:
    """The blocks in the order of Cidr."""
    ordered = CidrArray(blocks)
    lib.cnicalc_cidr_sort(ordered.raw, len(ordered))
    return ordered


def cidr_merge(blocks: Blocks) -> CidrArray:
    """The shortest list that covers the same addresses, sorted.

    >>> cidr_merge(["10.0.1.0/24", "10.0.0.0/24", "10.0.0.7/32"])
    CidrArray(['10.0.0.0/23'])
    """
    merged = CidrArray(blocks)
    return merged[:_number(c_size_t, lib.cnicalc_cidr_merge, merged.raw, len(merged))]


def cidr_first_overlap(blocks: Blocks) -> Optional[Tuple[Cidr, Cidr]]:
    """The first pair of cidr_overlap_pairs(), or None when no two blocks overlap."""
    ordered, found, pair = CidrArray(blocks), c_uint32(), abi.CidrPair()
    lib.cnicalc_cidr_first_overlap(ordered.raw, len(ordered), byref(found), byref(pair))
    return (ordered[pair.outer], ordered[pair.inner]) if found.value else None


def cidr_overlap_pairs(blocks: Blocks) -> List[Tuple[Cidr, Cidr]]:
    """All pairs that overlap, (outer, inner), in the order of Cidr.

    >>> cidr_overlap_pairs(["10.1.0.0/16", "11.0.0.0/8", "10.0.0.0/8"])
    [(Cidr('10.0.0.0/8'), Cidr('10.1.0.0/16'))]
    """
    ordered, count = CidrArray(blocks), c_uint64()
    pairs = array_of(abi.CidrPair, 0)
    try:
        lib.cnicalc_cidr_overlap_pairs(ordered.raw, len(ordered), pairs, 0, byref(count))
    except Error as error:
        if error.code != StatusCode.ERR_CAPACITY:
            raise
        pairs = array_of(abi.CidrPair, count.value)
        lib.cnicalc_cidr_overlap_pairs(ordered.raw, len(ordered), pairs, len(pairs), byref(count))
    return [(ordered[pair.outer], ordered[pair.inner]) for pair in pairs]
