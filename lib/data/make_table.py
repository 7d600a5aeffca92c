#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Turns lib/data/ecs-instance-types.tsv into lib/instance_table.inc.

Run it from the project root:

    python3 lib/data/make_table.py > lib/instance_table.inc

The same input gives the same output, byte by byte, on any Python 3.6 or later.
lib/instance.c explains the layout and has the hash in C; hash_name() here must equal it.
"""
import hashlib
import sys

INPUT = "lib/data/ecs-instance-types.tsv"

# How old the newest pages of the input are; lib/data/README.md says what is known.
DATE = "2026"

NAME_CHARACTERS = set("-.0123456789abcdefghijklmnopqrstuvwxyz")

COLUMNS = [
    "instance_type",
    "vcpus",
    "memory_mib",
    "eni_quantity",
    "eni_private_ip_address_quantity",
    "eni_ipv6_address_quantity",
    "eni_total_quantity",
    "eni_trunk_supported",
    "sources",
]

PREFIX = "ecs."
# The three words of the hash cover a name of 8 to 24 bytes whole; a longer one needs only to
# differ from every other in the bytes that they do cover.
NAME_MIN = 8
NAME_MAX = 35

MEMORY_UNIT_MIB = 512
UNKNOWN_8 = 0xFF
UNKNOWN_16 = 0xFFFF
TRUNK_UNKNOWN = 2
SOURCE_BITS = {"Z": 1, "E": 2, "O": 4, "A": 8}

MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
BUCKET_BITS = 9
SLOT_BITS = 11
# A name that hashes to an empty slot is compared with row 0 and differs from it.
EMPTY_SLOT = 0

# A name is stored in two parts, since many share each: its last eight bytes, and what is before.
TAIL_LEN = 8
# Lookup loads this many bytes from any place in the pool of heads, whatever the head's length.
HEAD_LOAD = 24


def read_rows(data):
    lines = data.decode("ascii").split("\n")
    assert lines.pop() == "", "the last line has no newline"
    assert lines[0].split("\t") == COLUMNS, "unexpected header"
    rows = [line.split("\t") for line in lines[1:]]
    names = [row[0] for row in rows]
    assert names == sorted(names), "rows are not sorted"
    assert set("".join(names)) <= NAME_CHARACTERS, "lib/instance.c expects no other character"
    assert len(names) == len(set(names)), "a name stands twice"
    for row in rows:
        assert len(row) == len(COLUMNS), row
        assert row[0].startswith(PREFIX), row
        assert NAME_MIN <= len(row[0]) - len(PREFIX) <= NAME_MAX, row
    return rows


def number(text, unknown, unit=1):
    """The number in units of unit; unknown is the value that stands for "-"."""
    if text == "-":
        return unknown
    value, rest = divmod(int(text), unit)
    assert rest == 0 and 0 <= value < unknown, text
    return value


def flags(trunk, sources):
    """Sources in the low four bits, trunk support above."""
    bits = sum(SOURCE_BITS[letter] for letter in sources)
    return number(trunk, TRUNK_UNKNOWN) << 4 | bits


def build_heads(names):
    """One text that contains the head of every name, and room for a load behind the last."""
    pool = ""
    for head in sorted({name[:-TAIL_LEN] for name in names}, key=lambda head: (-len(head), head)):
        if head not in pool:
            shared = max(n for n in range(len(head) + 1) if pool.endswith(head[:n]))
            pool += head[shared:]
    return pool, len(pool) + HEAD_LOAD


def numbered(items):
    """The distinct items in order, and the index of each in that list."""
    distinct = sorted(set(items))
    assert len(distinct) <= 256, "an index does not fit a byte"
    return distinct, {item: index for index, item in enumerate(distinct)}


def hash_name(name):
    text = name.encode("ascii")
    middle = (len(text) - 8) // 2
    words = (text[:8], text[middle : middle + 8], text[-8:])
    total = 0
    for word, multiplier in zip(words, MULTIPLIERS):
        total += int.from_bytes(word, "little") * multiplier
    return total & 0xFFFFFFFFFFFFFFFF


def slot_of(hashed, displacement):
    step = hashed >> 40 | 1
    return ((hashed >> 28) + displacement * step) & ((1 << SLOT_BITS) - 1)


def build_hash(names):
    """A displacement per bucket such that no two names share a slot; largest buckets first."""
    buckets = [[] for _ in range(1 << BUCKET_BITS)]
    for index, name in enumerate(names):
        hashed = hash_name(name)
        buckets[hashed >> (64 - BUCKET_BITS)].append((index, hashed))
    displacements = [0] * len(buckets)
    slots = [None] * (1 << SLOT_BITS)
    for place, bucket in sorted(enumerate(buckets), key=lambda item: (-len(item[1]), item[0])):
        for displacement in range(256):
            taken = [slot_of(hashed, displacement) for _, hashed in bucket]
            if len(set(taken)) == len(taken) and all(slots[s] is None for s in taken):
                break
        else:
            sys.exit("bucket %d fits nowhere: try other multipliers" % place)
        displacements[place] = displacement
        for slot, (index, _) in zip(taken, bucket):
            slots[slot] = index
    return displacements, [EMPTY_SLOT if slot is None else slot for slot in slots]


def wrapped(items, indent):
    lines, line = [], " " * indent
    for item in items:
        if len(line) + len(item) > 99:
            lines.append(line.rstrip())
            line = " " * indent
        line += item + " "
    lines.append(line.rstrip())
    return "\n".join(lines)


def machine_of(row):
    return number(row[1], UNKNOWN_16), number(row[2], UNKNOWN_16, MEMORY_UNIT_MIB)


def network_of(row):
    return tuple(number(text, UNKNOWN_8) for text in row[3:7]) + (flags(row[7], row[8]),)


def array(out, declaration, lines):
    out.append("static const %s = {" % declaration)
    out.extend(lines)
    out.append("};")
    out.append("")


def packed(values):
    return [wrapped(["%d," % value for value in values], 4)]


def braced(tuples):
    return [wrapped(["{%s}," % ",".join(map(str, cells)) for cells in tuples], 4)]


def head_text(out, names):
    pool, size = build_heads(names)
    assert len(pool) <= 4095, "C99 promises string literals of no more"
    pieces = [pool[at : at + 88] for at in range(0, len(pool), 88)]
    out.append("/* All that stands before the last eight bytes of a name, overlapping; zeros behind. */")
    out.append("static const char name_heads[%d] =" % size)
    out.append("\n".join('    "%s"' % piece for piece in pieces) + ";")
    out.append("")
    return pool


def row_text(out, rows, names):
    tails, tail_index = numbered(name[-TAIL_LEN:] for name in names)
    machines, machine_index = numbered(map(machine_of, rows))
    networks, network_index = numbered(map(network_of, rows))
    pool = head_text(out, names)
    array(out, "char name_tails[%d][%d]" % (len(tails), TAIL_LEN),
          [wrapped(['"%s",' % tail for tail in tails], 4)])
    out.append("/* vcpus, memory in %d MiB; all bits set: unknown */" % MEMORY_UNIT_MIB)
    array(out, "struct machine machines[%d]" % len(machines), braced(machines))
    out.append("/* eni_quantity, eni_private_ip_address_quantity, eni_ipv6_address_quantity,")
    out.append(" * eni_total_quantity, flags; all bits set: unknown */")
    array(out, "struct network networks[%d]" % len(networks), braced(networks))
    out.append("/* head_offset, name_len, tail, machine, network */")
    cells = [(pool.index(name[:-TAIL_LEN]), len(name), tail_index[name[-TAIL_LEN:]],
              machine_index[machine_of(row)], network_index[network_of(row)])
             for row, name in zip(rows, names)]
    array(out, "struct table_row table_rows[ROW_COUNT]",
          ["    {%s}, /* %s */" % (", ".join(map(str, line)), name)
           for line, name in zip(cells, names)])


def table_text(rows, digest):
    names = [row[0][len(PREFIX) :] for row in rows]
    displacements, slots = build_hash(names)
    out = []
    out.append("/* SPDX-License-Identifier: MIT */")
    out.append("/* Generated, do not edit. Command, from the project root:")
    out.append(" *     python3 lib/data/make_table.py > lib/instance_table.inc")
    out.append(" * Input: %s, SHA-256" % INPUT)
    out.append(" *     %s */" % digest)
    out.append("/* clang-format off */")
    out.append("")
    out.append('#define TABLE_VERSION "%s"' % digest[:16])
    out.append('#define TABLE_DATE    "%s"' % DATE)
    out.append("")
    out.append("enum {")
    out.append("    ROW_COUNT = %d," % len(rows))
    lengths = [len(name) for name in names]
    out.append('    NAME_LEN_MIN = %d, /* without "ecs.", as all names here */' % min(lengths))
    out.append("    NAME_LEN_MAX = %d," % max(lengths))
    out.append("    TAIL_LEN = %d," % TAIL_LEN)
    out.append("    HEAD_LOAD = %d," % HEAD_LOAD)
    out.append("    BUCKET_BITS = %d," % BUCKET_BITS)
    out.append("    SLOT_COUNT = %d" % (1 << SLOT_BITS))
    out.append("};")
    out.append("")
    for index, multiplier in enumerate(MULTIPLIERS):
        out.append("#define HASH_MULTIPLIER_%d UINT64_C(0x%016x)" % (index, multiplier))
    out.append("")
    row_text(out, rows, names)
    array(out, "uint8_t bucket_displacements[1 << BUCKET_BITS]", packed(displacements))
    array(out, "uint16_t slot_rows[SLOT_COUNT]", packed(slots))
    out.pop()
    out.append("/* clang-format on */")
    return "\n".join(out) + "\n"


def main():
    with open(INPUT, "rb") as file:
        data = file.read()
    sys.stdout.write(table_text(read_rows(data), hashlib.sha256(data).hexdigest()))


if __name__ == "__main__":
    main()
