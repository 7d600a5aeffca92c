#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library stays small: with the Makefile's own flags and stripped at most 128 KiB, its table
# at most 24 KiB. That is what gcc makes on x86-64: other compilers write other code.
. tests/support.sh
library_limit=131072
table_limit=24576
"$CC" --version | grep -q clang && skip_all 'the limits are of code that gcc makes'
build=$B
if [ -n "${CFLAGS:-}${CPPFLAGS:-}${LDFLAGS:-}${LDLIBS:-}" ]; then
    build=$kept
    "$MAKE" -s B="$kept" CFLAGS= CPPFLAGS= LDFLAGS= LDLIBS= static shared
fi

strip -o "$work/stripped" "$build/libcnicalc.so.$CNICALC_VERSION"
library=$(wc -c <"$work/stripped")
table=$(size -A "$build/obj/lib/instance.o" | awk '/^\.rodata/ { sum += $2 } END { print sum + 0 }')
echo "stripped shared library $library of $library_limit bytes," \
    "read-only data of instance.o $table of $table_limit"
[ "$library" -le "$library_limit" ] || fail "the library has $library of $library_limit bytes"
[ "$table" -gt 0 ] || fail 'instance.o has no table'
[ "$table" -le "$table_limit" ] || fail "the table has $table of $table_limit bytes"
finish
