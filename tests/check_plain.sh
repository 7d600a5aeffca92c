#!/bin/sh
# SPDX-License-Identifier: MIT
# The plain C twins of what lib/cidr*.c does with SSE2 and with the byte order of x86-64, where no
# other check compiles them: the CIDR tests with objects that are built without both.
. tests/support.sh
for source in lib/cidr*.c; do
    # shellcheck disable=SC2086 # flags are words
    $CC -std=c99 -O1 -Iinclude -U__SSE2__ -U__BYTE_ORDER__ ${CPPFLAGS:-} ${CFLAGS:-} -c "$source" \
        -o "$work/$(basename "$source" .c).o"
done
# A 32-bit x86 with SSE2 lacks what moves 64 bits at once.
if echo '#include <string.h>' | $CC -m32 -msse2 -fsyntax-only -x c - 2>/dev/null; then
    for source in lib/cidr*.c; do
        $CC -m32 -msse2 -std=c99 -Iinclude -Werror -fsyntax-only "$source" ||
            fail "$source: a 32-bit x86 cannot compile it"
    done
fi
for test in "$B"/obj/tests/test_cidr*.o; do
    # shellcheck disable=SC2046,SC2086 # flags are words
    $CC ${CFLAGS:-} ${LDFLAGS:-} -o "$work/test" "$test" "$B/obj/tests/support.o" "$work"/*.o \
        "$B/libcnicalc.a" $("$PKG_CONFIG" --libs check) ${LDLIBS:-}
    "$work/test" >"$work/log" || fail "$(basename "$test" .o): $(cat "$work/log")"
done
finish
