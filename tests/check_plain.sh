#!/bin/sh
# SPDX-License-Identifier: MIT
# The plain C twins of what lib/ does with SSE2 and with the byte order of x86-64, where no other
# check compiles them: the CIDR tests on a library that is built without both.
set -eu
if ! "$PKG_CONFIG" --exists check; then
    echo 'check-plain: libcheck is not here'
    exit 77
fi
work=$B/check-plain
mkdir -p "$work"
programs=
for source in tests/test_cidr*.c; do
    programs="$programs $work/${source%.c}"
done
"$MAKE" -s B="$work" CPPFLAGS="${CPPFLAGS:-} -U__SSE2__ -U__BYTE_ORDER__" TESTS="$programs" \
    check-unit >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
