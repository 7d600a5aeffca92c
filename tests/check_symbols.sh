#!/bin/sh
# SPDX-License-Identifier: MIT
# The library is what it says it is: it exports what the headers declare and the map lists, all of
# its names are its own, it calls nothing but a few memory functions, and it has no writable data.
. tests/support.sh
archive=$B/libcnicalc.a
shared=$B/libcnicalc.so.$CNICALC_VERSION

fault() { # a title; what is wrong on stdin, nothing when all is well
    sed "s|^|$1: |" >>"$work/faults"
}

# One name for each public function, four times.
sh tests/public_functions.sh >"$work/headers"
sed -n 's/^ *\(cnicalc_[a-z0-9_]*\);$/\1/p' lib/cnicalc.map >"$work/map"
nm -D --defined-only "$shared" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' |
    sort >"$work/exports"
nm -g --defined-only "$archive" | awk 'NF == 3 { print $3 }' | sort >"$work/globals"
grep -v '^cnicalc__' "$work/globals" | grep -v -e '^__x86\.get_pc_thunk' -e '^__.*[ag]san' \
    >"$work/archive" || :
for list in map exports archive; do
    diff "$work/headers" "$work/$list" | sed -n 's/^</in the headers only/p; s/^>/extra/p' |
        fault "$list"
done

# The map is what `make symbols` makes of it. After a release, a new function gets a node of its own,
# and a function that is gone is refused.
sh tests/public_functions.sh --map "$CNICALC_VERSION" | diff lib/cnicalc.map - | fault 'make symbols'
mkdir -p "$work/next/lib"
cp -R include "$work/next"
cp lib/cnicalc.map "$work/next/lib"
echo 'CNICALC_API void cnicalc_new(void);' >>"$work/next/include/cnicalc/base.h"
next_map() {
    (cd "$work/next" && sh "$root/tests/public_functions.sh" --map 9.0.0)
}
last=$(sed -n 's/^\(CNICALC_[0-9.]*\) {$/\1/p' lib/cnicalc.map | tail -n 1)
next_map | diff lib/cnicalc.map - | grep '^[<>]' | tr '\n' ' ' >"$work/difference"
[ "$(cat "$work/difference")" = "> CNICALC_9.0.0 { >     global: >         cnicalc_new; > } $last; " ] ||
    fail "a new function changes the map: $(cat "$work/difference")"
sed -i '/cnicalc_version_number(void);/d' "$work/next/include/cnicalc/base.h"
next_map >/dev/null 2>&1 && fail 'a function of a release that is gone is not refused'

# Allowed besides the five functions: what compilers put in their place or add for hardening, the
# arithmetic of 32-bit targets, and what a sanitizer or coverage build brings along.
nm -u "$archive" | awk 'NF == 2 { print $2 }' | sort -u | comm -23 - "$work/globals" |
    grep -v -x -E -e 'mem(cpy|move|set|cmp)|strlen|bcmp|_GLOBAL_OFFSET_TABLE_' \
        -e '__mem(cpy|move|set)_chk|__stack_chk_(fail|fail_local|guard)' \
        -e '__u?(div|mod|divmod)di[34]|__(ash[lr]|lshr)di3|__aeabi_[a-z0-9]+' \
        -e '__(asan|ubsan|msan|tsan|gcov|llvm)_.*' | fault 'calls' || :

# Writable or relocated data: sanitizers add their own, so they are not looked at here.
if ! grep -q -e -fsanitize -e --coverage "$B/flags"; then
    size -A "$archive" | awk '/ :$|ex / { member = $1 }
        $1 ~ /^\.(data|bss|tdata|tbss)/ && $2 > 0 { print member, $1, $2, "bytes" }' |
        fault 'writable or relocated data'
    readelf -d "$shared" | grep -w TEXTREL | fault 'relocated text' || :
fi

finish
