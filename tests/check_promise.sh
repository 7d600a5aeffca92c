#!/bin/sh
# SPDX-License-Identifier: MIT
# The promise to programs that were built with another release's headers: where a struct that they
# fill has another size, its _init() says so and writes nothing, with less and with more after it.
. tests/support.sh

# Headers whose structs end in two reserved words fewer, or two more.
resize() { # NAME SIGN
    mkdir -p "$work/$1/cnicalc"
    for header in include/cnicalc/*.h; do
        awk -v sign="$2" '
            match($0, /reserved\[[0-9]+\];/) {
                count = substr($0, RSTART + 9, RLENGTH - 11) + 0
                if (count + 2 * sign > 0) {
                    sub(/reserved\[[0-9]+\];/, "reserved[" count + 2 * sign "];")
                }
            }
            { print }' "$header" >"$work/$1/cnicalc/$(basename "$header")"
    done
    cp include/cnicalc.h "$work/$1/cnicalc.h"
}

# A program that asks every _init(options, size) of the headers.
{
    printf '#include <cnicalc.h>\n#include <stdio.h>\n#include <string.h>\n\n'
    printf 'static int faults;\n\n'
    printf 'static void ask(const char *name, cnicalc_status status, const unsigned char *bytes)\n{\n'
    printf '    int is_written = 0;\n'
    printf '    for (size_t i = 0; i < 1024; i++) {\n        is_written |= bytes[i] != 0xA5;\n    }\n'
    printf '    if (status != CNICALC_ERR_STRUCT_SIZE || is_written) {\n'
    printf '        printf("%%s: %%s%%s\\n", name, cnicalc_status_name(status),\n'
    printf '               is_written ? ", and it wrote" : "");\n        faults++;\n    }\n}\n\n'
    printf 'int main(void)\n{\n    union { unsigned char bytes[1024]; uint64_t aligned; } room;\n'
    cat include/cnicalc/*.h | tr '\n' ' ' | grep -oE 'cnicalc_[a-z_]+_init\( *cnicalc_[a-z_]+ \*' |
        sort -u | while read -r call; do
        function=${call%%(*}
        type=$(echo "${call#*(}" | tr -d ' *')
        printf '    memset(room.bytes, 0xA5, sizeof room.bytes);\n'
        printf '    ask("%s", %s((void *)room.bytes, sizeof(%s)), room.bytes);\n' \
            "$function" "$function" "$type"
    done
    printf '    return faults != 0;\n}\n'
} >"$work/ask.c"
count=$(grep -c '    ask(' "$work/ask.c")
[ "$count" -ge 8 ] || die "only $count _init() functions were found"

for other in older newer; do
    sign=1
    [ "$other" = newer ] || sign=-1
    resize "$other" "$sign"
    $CC -std=c99 -I"$work/$other" -o "$work/$other/ask" "$work/ask.c" "$B/libcnicalc.a"
    "$work/$other/ask" || fail "headers of an $other layout are not refused"
done
# The same program with the right headers is refused nothing, so that the test can fail.
$CC -std=c99 -Iinclude -o "$work/ask" "$work/ask.c" "$B/libcnicalc.a"
if "$work/ask" >"$work/ask.log"; then
    die 'the headers of this release are refused too'
fi
[ "$(wc -l <"$work/ask.log")" -eq "$count" ] || fail "not all of $count are refused nothing"
finish
