#!/bin/sh
# SPDX-License-Identifier: MIT
# The plain C twins of what lib/ does with SSE2 and with the byte order of x86-64, where no other
# check compiles them: the CIDR tests on a library that is built without both.
. tests/support.sh
"$PKG_CONFIG" --exists check || skip_all 'libcheck is not here'
programs=
for source in tests/test_cidr*.c; do
    programs="$programs $kept/${source%.c}"
done
"$MAKE" -s B="$kept" CFLAGS=-O1 CPPFLAGS="${CPPFLAGS:-} -U__SSE2__ -U__BYTE_ORDER__" TESTS="$programs" \
    check-unit >"$work/log" 2>&1 || die "$(cat "$work/log")"
finish
