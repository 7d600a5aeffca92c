#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a C program that prints the binary interface which the public headers promise.

    make_layout.py HEADER... >layout.c

One line for every struct (size), field (offset and size), enumerator and numeric macro. The headers
are read by pattern, and what the patterns do not expect is an error: a field that is not a
fixed-width integer, a char array or another public struct; a hole between two fields; an
enumerator without a value of its own. A struct that passes a caller's arrays is left out, when all
it has is pointers and size_t. The program also fails where cnicalc_struct_size() does not have the
size of the struct.
"""
import re
import sys

COMMENT = re.compile(r"/\*.*?\*/", re.S)
STRUCT = re.compile(r"typedef\s+struct\s+(\w+)\s*\{(.*?)\}\s*(\w+)\s*;", re.S)
FIELD = re.compile(r"(\w+)\s+(\w+(?:\s*\[[^\]]+\])*(?:\s*,\s*\w+(?:\s*\[[^\]]+\])*)*)\s*$")
ENUM = re.compile(r"\benum\s*\w*\s*\{(.*?)\}", re.S)
ENUMERATOR = re.compile(r"(CNICALC_\w+)\s*=")
MACRO = re.compile(r"^#define\s+(CNICALC_(?!VERSION_)\w+)\s+(?:\(|-?\d|U?INT\d+_C)", re.M)
ARRAYS = re.compile(r"\s*((const )?\w+ \*\w+;\s*|size_t \w+;\s*)+")
FIXED = re.compile(r"u?int(8|16|32|64)_t|char|cnicalc_status")


def fields_of(struct, body, structs):
    """The field names of one struct."""
    for declaration in filter(None, (part.strip() for part in body.split(";"))):
        match = FIELD.match(declaration)
        if not match or not (FIXED.fullmatch(match[1]) or match[1] in structs):
            sys.exit(f"struct {struct}: `{declaration}` is not of fixed width on every ABI")
        for name in match[2].split(","):
            yield name.split("[")[0].strip()


def struct_lines(name, body, structs):
    yield f'    begin("{name}", sizeof({name}));'
    for field in fields_of(name, body, structs):
        member = f"(({name} *)0)->{field}"
        yield f'    field("{name}.{field}", offsetof({name}, {field}), sizeof {member});'
    yield f'    finish("{name}", sizeof({name}), cnicalc_struct_size("{name}"));'


def value_lines(text):
    for body in ENUM.findall(text):
        for enumerator in filter(None, (part.strip() for part in body.split(","))):
            match = ENUMERATOR.match(enumerator)
            if not match:
                sys.exit(f"enumerator `{enumerator}` has no value of its own")
            yield f'    value("{match[1]}", (long long){match[1]});'
    for name in MACRO.findall(text):
        yield f'    macro("{name}", (unsigned long long){name});'


PROGRAM = """\
#include <stdio.h>
%s
static unsigned long end;
static int faults;

static void begin(const char *name, size_t size)
{
    end = 0;
    printf("struct %%s size %%lu\\n", name, (unsigned long)size);
}

static void field(const char *name, size_t offset, size_t size)
{
    if (offset != end) {
        fprintf(stderr, "%%s: %%lu bytes before it are padding without a name\\n", name,
                (unsigned long)offset - end);
        faults++;
    }
    end = (unsigned long)(offset + size);
    printf("field %%s offset %%lu size %%lu\\n", name, (unsigned long)offset, (unsigned long)size);
}

static void finish(const char *name, size_t size, uint32_t told)
{
    if (size != end || size != told) {
        fprintf(stderr, "%%s: %%lu bytes, its fields end at %%lu, its size by name is %%lu\\n", name,
                (unsigned long)size, end, (unsigned long)told);
        faults++;
    }
}

static void value(const char *name, long long number)
{
    printf("enum %%s %%lld\\n", name, number);
}

static void macro(const char *name, unsigned long long number)
{
    printf("macro %%s %%llu\\n", name, number);
}

int main(void)
{
%s
    return faults != 0;
}
"""


def main(paths):
    texts = []
    for path in paths:
        with open(path, encoding="ascii") as file:
            texts.append(COMMENT.sub(" ", file.read()))
    text = "\n".join(texts)
    found = STRUCT.findall(text)
    if len(found) != len(re.findall(r"\bstruct\s+\w+\s*\{", text)):
        sys.exit("a struct is not written as `typedef struct NAME { ... } NAME;`")
    structs = {tag for tag, _, _ in found}
    lines = []
    for tag, body, name in found:
        if tag != name or not name.startswith("cnicalc_"):
            sys.exit(f"struct {tag} is called {name}")
        if not ARRAYS.fullmatch(body):
            lines += struct_lines(name, body, structs)
    lines += value_lines(text)
    includes = "".join(f'#include "{path}"\n' for path in paths)
    print(PROGRAM % (includes, "\n".join(lines)))


main(sys.argv[1:])
