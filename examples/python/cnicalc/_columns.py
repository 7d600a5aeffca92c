# SPDX-License-Identifier: MIT
"""Columns: what batch functions take and give, and the rows of them that have no answer.

Private to the package cnicalc. A column that the library reads or fills is a buffer of 4 or 8 bytes
an item: an array.array, a numpy array, or what else has the buffer protocol. None is copied when
it has the right type.
"""
from __future__ import annotations

from array import array
from ctypes import POINTER, c_int32, c_uint32, c_uint64, cast, sizeof
from enum import IntEnum
from functools import partial
from importlib import import_module
from typing import (TYPE_CHECKING, Any, Callable, Dict, Generic, Iterable, Iterator, List, Mapping,
                    Optional, Sequence, Tuple, Type, TypeVar, Union, get_args, get_type_hints,
                    overload)

from ._abi import NO_LIMIT, UNKNOWN, StatusCode
from ._core import as_enum, lib, listed, name_of, wrong_type

_CODES = {"I": c_uint32, "Q": c_uint64, "i": c_int32}  # array's type codes of 4, 8 and 4 bytes
_SENTINELS = {"I": UNKNOWN, "Q": NO_LIMIT, "i": None}  # what stands for "no answer"

# ---- Columns of a question ----


def column(code: str, count: int) -> array[int]:
    """A zeroed column."""
    return array(code, bytes(sizeof(_CODES[code]))) * count


def unwrapped(values: Any, name: str) -> Any:
    """A numpy array for what has one inside, as a pandas.Series; anything else as it is."""
    if isinstance(values, (str, bytes)):
        raise TypeError(f"{name} is a column, not one text")
    values = values.__array__() if hasattr(values, "__array__") else values
    if getattr(values, "ndim", 1) != 1:
        raise TypeError(f"{name} is a column, not a table of {values.ndim} dimensions")
    return values


def is_missing(item: Any) -> bool:
    """Whether an item is None, NaN or pandas.NA, which are not equal to themselves."""
    try:
        return item is None or not item == item
    except TypeError:  # pandas.NA is neither true nor false
        return True


def texts_or_numbers(values: Any, name: str) -> Tuple[Any, bool]:
    """A column, and whether it is one of texts, which is a list then. Items may be missing."""
    values = unwrapped(values, name)
    if hasattr(values, "dtype"):
        if values.dtype.kind not in "OU":
            return values, False
        values = values.tolist()
    elif isinstance(values, (array, memoryview, range)):
        return values, False
    items = listed(values, name)
    first = next((item for item in items if not is_missing(item)), "" if items else 0)
    return items, isinstance(first, str)


def joined_lines(items: List[Any], name: str) -> str:
    """Texts as lines, each with its newline, so that an empty text at the end counts too. What is
    missing is an empty line, and a newline in a text is no text that anything has."""
    try:
        joined = "\n".join(items)
    except TypeError:
        items = listed(["" if is_missing(item) else item for item in items], name, str)
        joined = "\n".join(items)
    if joined.count("\n") >= len(items) > 0:
        joined = "\n".join(item.replace("\n", "\1") for item in items)
    return joined + "\n" if items else ""


def read_column(code: str, values: Any, name: str) -> Any:
    """values as a C array, for reading: in place when its items are of this type already, else
    copied. A missing item is UNKNOWN."""
    values = unwrapped(values, name)
    view = _matching_view(code, values) or _converted(code, values, name)
    kind = _CODES[code] * len(view)
    return kind.from_buffer_copy(view) if view.readonly else kind.from_buffer(view)


def write_column(code: str, values: Any, count: int, name: str) -> Any:
    """The caller's column as a C array, for writing: it must be of this type and of count items."""
    view = _matching_view(code, values)
    if view is None or view.readonly or len(view) != count:
        raise ValueError(f"{name} is not a writable column of {count} items "
                         f"like array({code!r}) in one piece")
    return (_CODES[code] * count).from_buffer(view)


def _matching_view(code: str, values: Any) -> Optional[memoryview]:
    try:
        view = memoryview(values)
    except TypeError:
        return None
    alike = "ilq" if code == "i" else "ILQ"
    fits = (view.ndim == 1 and view.c_contiguous and view.format in alike
            and view.itemsize == sizeof(_CODES[code]))
    return view if fits else None


def _converted(code: str, values: Any, name: str) -> memoryview:
    """A copy of ints of another type."""
    if hasattr(values, "dtype") and values.dtype.kind in "iu":
        if len(values) and not 0 <= values.min() <= values.max() < 1 << 8 * sizeof(_CODES[code]):
            raise ValueError(f"{name} holds a number out of range")
        return memoryview(values.astype(code))
    try:
        try:
            return memoryview(array(code, values))
        except TypeError:
            return memoryview(array(code, [UNKNOWN if is_missing(item) else item
                                           for item in listed(values, name)]))
    except OverflowError as error:
        raise ValueError(f"{name} holds a number out of range") from error
    except TypeError as error:
        raise TypeError(f"{name} is a column of ints: {error}") from None


# ---- Columns of an answer ----

T = TypeVar("T")


class Column(Sequence[Optional[T]], Generic[T]):
    """One column of an answer. An item is None where its row has no answer.

    values  the items as numbers, without a copy: an array.array, or a numpy array where the
            question had one, or your own buffer. Under the mask they mean nothing.
    mask    for each row whether it has no answer: a numpy array of bool where values is one, else
            a bytearray of 0 and 1
    """

    __slots__ = ("values", "_kind", "_sentinel", "_status")

    def __init__(self, values: Any, kind: Callable[[Any], T], sentinel: Optional[int] = None,
                 status: Any = None) -> None:
        self.values = values
        self._kind = kind
        self._sentinel = sentinel  # the value of a row without an answer,
        self._status = status  # or else the column that says so

    @property
    def mask(self) -> Any:
        judged = self.values if self._status is None else self._status
        if hasattr(judged, "dtype"):
            return (judged == self._sentinel if self._status is None else judged != 0)
        if self._status is None:
            return bytearray(value == self._sentinel for value in judged)
        return bytearray(map(bool, judged))

    def masked(self) -> Any:
        """A numpy.ma.MaskedArray of values and mask, without a copy of the values."""
        numpy = import_module("numpy")
        mask = self.mask
        return numpy.ma.MaskedArray(numpy.asarray(self.values), (
            mask if hasattr(mask, "dtype") else numpy.frombuffer(mask, bool)))

    def names(self) -> List[Optional[str]]:
        """The items of an enum as the command line prints them.

        >>> from cnicalc import node_batch
        >>> node_batch(["c7.4xlarge", None]).bound_by.names()
        ['eni_quantity', None]
        """
        known: Dict[Any, Optional[str]] = {None: None}
        items = self.tolist()
        for item in set(items) - {None}:
            known[item] = name_of(item) if isinstance(item, IntEnum) else str(item)
        return [known[item] for item in items]

    def tolist(self) -> List[Optional[T]]:
        """The items as Python values."""
        numbers = self.values.tolist() if hasattr(self.values, "tolist") else self.values
        kinds = {number: self._kind(number) for number in set(numbers)}
        return [None if hidden else kinds[number] for hidden, number in zip(self.mask, numbers)]

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, index: int) -> Optional[T]: ...

    @overload
    def __getitem__(self, index: slice) -> List[Optional[T]]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Optional[T], List[Optional[T]]]:
        rows = index if isinstance(index, slice) else slice(index, index + 1 or None)
        part = Column(self.values[rows], self._kind, self._sentinel,
                      None if self._status is None else self._status[rows]).tolist()
        if isinstance(index, slice):
            return part
        if not part:
            raise IndexError(f"row {index} of {len(self)}")
        return part[0]

    def __iter__(self) -> Iterator[Optional[T]]:
        return iter(self.tolist())

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        """The values, without a copy where no row is masked; else objects, with None."""
        masked = self.masked()
        plain = masked.data
        if masked.mask.any():
            plain = plain.astype(object)
            plain[masked.mask] = None
        return plain if dtype is None else plain.astype(dtype)

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:8]))
        return f"Column([{shown}{', ...' if len(self) > 8 else ''}])"


class Batch(Mapping[str, "Column[Any]"]):
    """The answers to many rows: columns of equal length, by name and as attributes.

    dict(batch) is a DataFrame's argument, and status says of each row why it has no answer.
    """

    status: Column[StatusCode]

    def __init__(self, columns: Mapping[str, Column[Any]]) -> None:
        vars(self).update(columns)

    def __getitem__(self, name: str) -> Column[Any]:
        found: Column[Any] = vars(self)[name]
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self))

    def __len__(self) -> int:
        return len(vars(self))

    if not TYPE_CHECKING:  # where a name that is not declared is a mistake
        def __getattr__(self, name):
            raise AttributeError(f"this {type(self).__name__} has no column {name}; it has "
                                 + ", ".join(self))

    def errors(self) -> List[Optional[str]]:
        """For each row the sentence that says why it has no answer, None where it has one.

        >>> from cnicalc import node_batch
        >>> node_batch(["c7.4xlarge", "c7.none"]).errors()
        [None, 'the instance type is not in the table']
        """
        codes = self.status.values.tolist()
        texts = {code: lib.cnicalc_status_string(code) if code else None for code in set(codes)}
        return [texts[code] for code in codes]

    def __repr__(self) -> str:
        rows = len(self.status)
        failed = rows - self.status.values.tolist().count(0)
        return f"<{type(self).__name__} of {rows} rows, {failed} failed: {', '.join(self)}>"


B = TypeVar("B", bound=Batch)


def new_batch(kind: Type[B], struct: Any, count: int, names: Optional[Iterable[str]],
              out: Optional[Mapping[str, Any]], as_numpy: bool,
              more: Optional[Mapping[str, Column[Any]]] = None) -> Tuple[B, Dict[str, Any]]:
    """A batch to be filled by the library, and the members of the struct of columns that say where.

    Columns are the type hints of the batch; out_NAME of the struct is where one is written. names
    picks some of them, by default those that out has, else all. status is always there, and columns
    that are filled already come first.
    """
    hints = {name: get_args(hint)[0] for name, hint in get_type_hints(kind).items()}
    members = {name[len("out_"):]: pointer for name, pointer, *_ in struct._fields_
               if name.startswith("out_")}
    codes = {name: next(code for code, c_type in _CODES.items() if pointer._type_ is c_type)
             for name, pointer in members.items() if name in hints}
    given = dict(out or {})
    if isinstance(names, str):
        raise TypeError("columns is a list, not one text")
    wanted = {*(names if names is not None else given or codes), *given, "status"}
    if wanted - set(codes):
        raise ValueError(f"columns are {', '.join(codes)}; there is no "
                         + ", ".join(sorted(map(str, wanted - set(codes)))))
    buffers, pointers = {}, {}
    for name in (name for name in codes if name in wanted):
        code = codes[name]
        if name not in given:
            given[name] = (import_module("numpy").empty(count, code) if as_numpy
                           else column(code, count))
        buffers[name] = given[name]
        pointers[f"out_{name}"] = cast(write_column(code, given[name], count, name),
                                       POINTER(_CODES[code]))
    filled = {name: _answer(hints[name], codes[name], values, buffers["status"])
              for name, values in buffers.items()}
    return kind({**(more or {}), **filled}), pointers


def _answer(kind: Any, code: str, values: Any, status: Any) -> Column[Any]:
    """Failed rows of an enum have NONE, which others have too, so status says which failed."""
    if kind is StatusCode:
        return Column(values, partial(as_enum, StatusCode), -1)
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return Column(values, partial(as_enum, kind), status=status)
    return Column(values, kind, _SENTINELS[code])
