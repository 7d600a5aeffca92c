#!/bin/sh
# SPDX-License-Identifier: MIT
# A program built against today's headers runs with a library that has three more limits. They are
# planted in a copy of the sources: in the enum, in the table, and as rows of every result, one of
# which allows less than any other. The old program finds the rows, what decides has its name, and
# nothing is written after its results.
. tests/support.sh
mkdir -p "$work/include" "$work/lib"
cp -R include/. "$work/include"
cp lib/*.c lib/*.h lib/*.inc "$work/lib"

count=$(sed -n 's/^#define CNICALC_LIMIT_COUNT \([0-9]*\)$/\1/p' include/cnicalc/base.h)
awk -v count="$count" '
    /^enum cnicalc_limit \{/ { inside = 1 }
    inside && /^};/ { inside = 0
        for (i = 0; i < 3; i++) {
            printf "    , CNICALC_LIMIT_GROWN_%d = %d\n", i, count + i
        } }
    /^#define CNICALC_LIMIT_COUNT / { print "#define CNICALC_LIMIT_COUNT " count + 3; next }
    { print }' include/cnicalc/base.h >"$work/include/cnicalc/base.h"
awk '{ print }
    /^#define LIMIT_LIST\(X\)/ { for (i = 0; i < 3; i++) {
        printf "    X(GROWN_%d, NODES, \"grown_%d\", \"Grown\", \"growth\", \"%%n, %%a\") \\\n", i, i
    } }' lib/base_limit.c >"$work/lib/base_limit.c"
# Every result has one of these two rows; a row of its unit follows that allows less, and two more.
awk '{ print }
    /^static inline void cnicalc__add_row\(/ { inside = 1 }
    inside && /row->available = available;/ { inside = 0
        print "    for (uint32_t i = 0; i < 3 && (limit == CNICALC_LIMIT_NODE_QUOTA ||"
        print "                                   limit == CNICALC_LIMIT_ENI_QUANTITY ||"
        print "                                   limit == CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES); i++) {"
        print "        row[i + 1] = *row;"
        print "        row[i + 1].limit = CNICALC_LIMIT_GROWN_0 + i;"
        print "        row[i + 1].available = i == 0 ? 1 : CNICALC_NO_LIMIT;"
        print "        (*count)++;"
        print "    }"
    }' lib/internal.h >"$work/lib/internal.h"
grep -q GROWN "$work/lib/internal.h" || die 'no place for a row in lib/internal.h'
# A node has its rows from a table.
awk '{ print }
    /ROW\(KUBELET_MAX_PODS,/ { for (i = 0; i < 3; i++) printf "    ROW(GROWN_%d, PODS),\n", i
    }' lib/node_limits.c >"$work/lib/node_limits.c"
awk '{ print }
    /^    CNICALC__ROW_KUBELET_MAX_PODS,/ { for (i = 0; i < 3; i++) printf "    CNICALC__ROW_GROWN_%d,\n", i
    }' lib/node.h >"$work/lib/node.h"
grep -q GROWN "$work/lib/node_limits.c" || die 'no place for a row in lib/node_limits.c'

build() { # FLAGS... SOURCES...
    # shellcheck disable=SC2086 # flags are words
    $CC -std=c99 -g ${CFLAGS:-} "$@"
}
build -fPIC -shared -Wl,--version-script,lib/cnicalc.map -I"$work/include" \
    -o "$work/libgrown.so" "$work"/lib/*.c
build -Iinclude -o "$work/program" tests/growth/program.c -L"$B" -lcnicalc

run_with() { # LIBRARY
    mkdir -p "$work/run"
    ln -sf "$1" "$work/run/libcnicalc.so.$CNICALC_SOVER"
    LD_LIBRARY_PATH=$work/run "$work/program"
}
run_with "$B/libcnicalc.so" >"$work/today"
run_with "$work/libgrown.so" >"$work/grown"
if grep -q grown "$work/today" || [ "$(wc -l <"$work/today")" -ne 7 ]; then
    die "today: $(cat "$work/today")"
fi
sed 's/.* of //' "$work/today" >"$work/rows.today"
sed 's/.* of //' "$work/grown" >"$work/rows.grown"
if paste "$work/rows.today" "$work/rows.grown" | awk '$2 < $1 + 3 { found = 1 } END { exit !found }' ||
    ! grep -q '^flannel: grown_0 of ' "$work/grown" || ! grep -q '^plan: grown_0 of ' "$work/grown"; then
    die "the new limits are not in every result, or do not decide: $(cat "$work/grown")"
fi
finish
