#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what is made of lib/data/ecs-instance-types.tsv and of the columns in instance.h.

Run it from the project root; `make table` does, and `make check` compares:

    python3 lib/data/make_table.py [DIRECTORY]

The files go below DIRECTORY under the names that they have below the root; without one, to the root.
The same input gives the same output, byte by byte, on any Python 3.6 or later.
lib/instance.c explains the layout and has the hash in C; hash_name() here must equal it.
"""
import hashlib
import os
import sys

import columns

INPUT = "lib/data/ecs-instance-types.tsv"
README = "lib/data/README.md"
MANUAL = "lib/data/cnicalc-catalog.5"

# How old the newest pages of the input are; lib/data/README.md says what is known.
DATE = "2026"

NAME_CHARACTERS = set("-.0123456789abcdefghijklmnopqrstuvwxyz")

PREFIX = "ecs."
# The three words of the hash cover a name of 8 to 24 bytes whole; a longer one needs only to
# differ from every other in the bytes that they do cover.
NAME_MIN = 8
NAME_MAX = 35

# Columns that the table holds in 16 bits, in these units; it holds the others in 8 bits and a sign.
MACHINE = [("vcpus", 1), ("memory_mib", 512)]
UNKNOWN = -1

FIRST_MULTIPLIER = 0x9E3779B97F4A7C15
# Of the upper half of the hash the low bits pick a bucket, those above them are beside the row in
# its slot, and the top ones pick the slot.
BUCKET_BITS = 9
CHECK_BITS = 5
SLOTS_PER_NAME = 1.04
# A name that hashes to an empty slot is at most compared with row 0, and differs from it.
EMPTY_SLOT = 0

# A name is stored in two parts, since many share each: its last eight bytes, and what is before.
TAIL_LEN = 8


def read_rows(data, known):
    """The names of the columns, and the rows as dictionaries."""
    lines = data.decode("ascii").split("\n")
    assert lines.pop() == "", "the last line has no newline"
    header = lines[0].split("\t")
    assert header[0] == "instance_type" and header[-1] == "sources", header
    assert set(header[1:-1]) <= {column.name for column in known}, header
    assert len(set(header)) == len(header), header
    for line in lines[1:]:
        assert line.count("\t") + 1 == len(header), line
    rows = [dict(zip(header, line.split("\t"))) for line in lines[1:]]
    names = [row["instance_type"] for row in rows]
    assert names == sorted(names), "rows are not sorted"
    assert set("".join(names)) <= NAME_CHARACTERS, "lib/instance.c expects no other character"
    assert len(names) == len(set(names)), "a name is there twice"
    for name in names:
        assert name.startswith(PREFIX), name
        assert NAME_MIN <= len(name) - len(PREFIX) <= NAME_MAX, name
    return header, rows


def number(text, limit, unit=1):
    """The number in units of unit, below a limit."""
    value, rest = divmod(int(text), unit)
    assert rest == 0 and 0 <= value < limit, text
    return value


def build_heads(names):
    """One text that contains the head of every name, and its size with room after the last: words
    of the longest head are loaded from any place."""
    pool = ""
    for head in sorted({name[:-TAIL_LEN] for name in names}, key=lambda head: (-len(head), head)):
        if head not in pool:
            shared = max(n for n in range(len(head) + 1) if pool.endswith(head[:n]))
            pool += head[shared:]
    return pool, len(pool) + max(map(len, names)) - TAIL_LEN


def numbered(items, most=256):
    """The distinct items in order, and the index of each in that list."""
    distinct = sorted(set(items))
    assert len(distinct) <= most, "an index is too large"
    return distinct, {item: index for index, item in enumerate(distinct)}


def hash_name(name, multiplier):
    text = name.encode("ascii")
    middle = max(len(text) - 2 * TAIL_LEN, 0)
    words = (text[:8], text[middle : middle + 8], text[-TAIL_LEN:])
    first, middle, last = (int.from_bytes(word, "little") for word in words)
    return ((first + 3 * middle + 5 * last) * multiplier & 0xFFFFFFFFFFFFFFFF) >> 32


def slot_of(hashed, displacement, slot_count):
    return ((hashed * slot_count >> 32) + displacement) % slot_count


def try_hash(names, multiplier):
    """A displacement per bucket such that no two names share a slot, largest buckets first; and the
    slots. None where some bucket has no such displacement."""
    buckets = [[] for _ in range(1 << BUCKET_BITS)]
    for index, name in enumerate(names):
        hashed = hash_name(name, multiplier)
        buckets[hashed % len(buckets)].append((index, hashed))
    displacements = [0] * len(buckets)
    slots = [None] * int(len(names) * SLOTS_PER_NAME)
    for place, bucket in sorted(enumerate(buckets), key=lambda item: (-len(item[1]), item[0])):
        for displacement in range(256):
            taken = [slot_of(hashed, displacement, len(slots)) for _, hashed in bucket]
            if len(set(taken)) == len(taken) and all(slots[s] is None for s in taken):
                break
        else:
            return None
        displacements[place] = displacement
        for slot, (index, hashed) in zip(taken, bucket):
            slots[slot] = index << CHECK_BITS | hashed >> BUCKET_BITS & (1 << CHECK_BITS) - 1
    return displacements, [EMPTY_SLOT if slot is None else slot for slot in slots]


def build_hash(names):
    """The first odd multiplier that has them, and they."""
    assert len(names) <= 1 << 16 - CHECK_BITS, "a slot has no more bits"
    for multiplier in range(FIRST_MULTIPLIER, FIRST_MULTIPLIER + 2000, 2):
        made = try_hash(names, multiplier)
        if made:
            return (multiplier,) + made
    raise AssertionError("no multiplier separates the names: more slots are needed")


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
    return tuple(number(row[name], 1 << 16, unit) for name, unit in MACHINE)


def network_of(row, network, bits):
    sources = sum(bits[letter] for letter in row["sources"])
    assert sources < 1 << 8, row
    return tuple(UNKNOWN if row[name] == "-" else number(row[name], 1 << 7)
                 for name in network) + (sources,)


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
    assert len(pool) <= 1 << 11, "TYPE() has no more bits"
    pieces = [pool[at : at + 88] for at in range(0, len(pool), 88)]
    out.append("/* What comes before the last eight bytes of a name, overlapping; zeros after it. */")
    out.append("static const char name_heads[%d] =" % size)
    out.append("\n".join('    "%s"' % piece for piece in pieces) + ";")
    out.append("")
    return pool


def row_text(out, rows, names, network, bits):
    tails, tail_index = numbered((name[-TAIL_LEN:] for name in names), 1 << 7)
    machines, machine_index = numbered(map(machine_of, rows))
    networks, network_index = numbered(network_of(row, network, bits) for row in rows)
    pool = head_text(out, names)
    array(out, "char name_tails[%d][%d]" % (len(tails), TAIL_LEN),
          [wrapped(['"%s",' % tail for tail in tails], 4)])
    out.append("/* MACHINE_COLUMNS in their units */")
    array(out, "struct machine machines[%d]" % len(machines), braced(machines))
    out.append("/* NETWORK_COLUMNS, all bits set: unknown; and sources */")
    array(out, "struct network networks[%d]" % len(networks), braced(networks))
    of_rows = [(machine_index[machine_of(row)], network_index[network_of(row, network, bits)])
               for row in rows]
    pairs, pair_index = numbered(of_rows, 1 << 10)
    out.append("/* machine, network */")
    array(out, "struct type_pair type_pairs[%d]" % len(pairs), braced(pairs))
    lens, len_index = numbered(map(len, names), 1 << 4)
    array(out, "uint8_t name_lens[%d]" % len(lens), packed(lens))
    array(out, "uint32_t row_types[ROW_COUNT]",
          ["    TYPE(%d, %d, %d, %d), /* %s */" % (
              pool.index(name[:-TAIL_LEN]), len_index[len(name)], tail_index[name[-TAIL_LEN:]],
              pair_index[pair], name) for name, pair in zip(names, of_rows)])


def table_text(rows, network, bits, digest):
    names = [row["instance_type"][len(PREFIX) :] for row in rows]
    multiplier, displacements, slots = build_hash(names)
    out = []
    out.append("/* SPDX-License-Identifier: MIT */")
    out.append("/* Generated by `make table`, do not edit. Input: %s," % INPUT)
    out.append(" * SHA-256")
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
    out.append("    BUCKET_BITS = %d," % BUCKET_BITS)
    out.append("    CHECK_BITS = %d," % CHECK_BITS)
    out.append("    SLOT_COUNT = %d" % len(slots))
    out.append("};")
    out.append("")
    out.append("#define HASH_MULTIPLIER UINT64_C(0x%016x)" % multiplier)
    out.append("")
    row_text(out, rows, names, network, bits)
    array(out, "uint8_t bucket_displacements[1 << BUCKET_BITS]", packed(displacements))
    array(out, "uint16_t slots[SLOT_COUNT]", packed(slots))
    out.pop()
    out.append("/* clang-format on */")
    return "\n".join(out) + "\n"


def read(path):
    with open(path, encoding="ascii") as file:
        return file.read()


def make_all():
    """The text of each file, by its name below the root."""
    with open(INPUT, "rb") as file:
        data = file.read()
    header = read(columns.HEADER)
    known, sources = columns.read_columns(header), columns.read_sources(header)
    names, rows = read_rows(data, known)
    network = [name for name in names[1:-1] if name not in dict(MACHINE)]
    bits = {source.letter: source.bit for source in sources}
    published = {name: sum(row[name] != "-" for row in rows) for name in names}
    used = {source.letter: sum(source.letter in row["sources"] for row in rows)
            for source in sources}
    return {
        "lib/instance_table.inc": table_text(rows, network, bits, hashlib.sha256(data).hexdigest()),
        "lib/instance_columns.inc": columns.include_text(known, sources, MACHINE, network),
        "lib/data/describe_instance_types.jq": columns.jq_text(known),
        MANUAL: columns.manual_text(read(MANUAL), known, sources),
        README: columns.readme_text(read(README), known, sources, published, used),
        "tests/fuzz/catalog.dict": columns.dictionary_text(known, sources),
        "examples/python/cnicalc/_instance.py": columns.python_text(known),
    }


def main(directory="."):
    for name, text in make_all().items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as file:
            file.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
