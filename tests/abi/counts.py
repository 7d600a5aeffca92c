# SPDX-License-Identifier: MIT
"""Compares each enum of the public headers with the COUNT beside it, and with the names that the
library has for its values.

    counts.py LIBRARY HEADER...

An enum that is numbered from 0 or 1 without a gap indexes arrays: right after it comes a macro
_COUNT, one more than its last value. One with gaps (statuses by topic, bits) may have one, the same
or how many values it has. Where there is a function cnicalc_ENUM_name(), each value has a name of its own, and
the first one outside has none; a limit's name is that of its enumerator.
"""
import ctypes
import re
import sys
from pathlib import Path

ENUM = re.compile(r"^enum (cnicalc_(\w+)) \{(.*?)\};\s*(?:#define (CNICALC_\w+_COUNT) (\d+)$)?",
                  re.S | re.M)


def count_faults(enum, values, macro, count):
    numbers = sorted(values.values())
    is_dense = numbers == list(range(numbers[0], numbers[-1] + 1)) and numbers[0] in (0, 1)
    if not macro:
        return [f"{enum}: no _COUNT beside it"] if is_dense else []
    right = {numbers[-1] + 1} if is_dense else {numbers[-1] + 1, len(numbers)}
    return [] if count in right else [f"{macro} is {count}, {enum} wants {numbers[-1] + 1}"]


def name_faults(library, short, values):
    function = getattr(library, f"cnicalc_{short}_name")
    function.restype = ctypes.c_char_p
    names = {value: function(value).decode() for value in values.values()}
    outside = function(max(names) + 1).decode()
    if outside != "unknown":
        yield f"cnicalc_{short}_name: {max(names) + 1} is {outside}"
    for enumerator, value in values.items():
        name = names[value]
        if name in ("", "unknown") or list(names.values()).count(name) != 1:
            yield f"cnicalc_{short}_name: {enumerator} is {name}"
        if short == "limit" and f"CNICALC_LIMIT_{name.upper()}" != enumerator:
            yield f"{enumerator} is named {name}"


def main():
    library = ctypes.CDLL(sys.argv[1])
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in sys.argv[2:])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    found = ENUM.findall(text)
    faults = []
    if len(found) != len(re.findall(r"\benum \w+\s*\{", text)):
        faults.append("an enum is not written as `enum NAME { ... };`")
    for enum, short, body, macro, count in found:
        values = {name: int(value) for name, value in re.findall(r"(CNICALC_\w+) = (\d+)", body)}
        faults += count_faults(enum, values, macro, int(count or 0))
        if f" cnicalc_{short}_name(" in text or f"*cnicalc_{short}_name(" in text:
            faults += name_faults(library, short, values)
    print("\n".join(faults), end="\n" * bool(faults))


main()
