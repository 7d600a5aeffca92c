#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library stays small: with the Makefile's own flags and stripped at most 96 KiB, its table
# at most 40 KiB.
set -eu
library_limit=98304
table_limit=40960
work=$B/check-size
rm -rf "$work"
"$MAKE" -s B="$work" CFLAGS= CPPFLAGS= LDFLAGS= LDLIBS= static shared

strip -o "$work/stripped" "$work/libcnicalc.so.$CNICALC_VERSION"
library=$(wc -c <"$work/stripped")
table=$(size -A "$work/obj/lib/instance.o" | awk '/^\.rodata/ { sum += $2 } END { print sum + 0 }')
echo "check-size: stripped shared library $library of $library_limit bytes," \
    "read-only data of instance.o $table of $table_limit"
[ "$library" -le "$library_limit" ]
[ "$table" -gt 0 ]
[ "$table" -le "$table_limit" ]
