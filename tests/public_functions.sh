#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the name of every function that the public headers declare with CNICALC_API, sorted.
# With --map: prints the linker's version script of them, which is what lib/cnicalc.map must be.
set -eu

names() {
    LC_ALL=C awk '
        /^CNICALC_API/ { text = ""; open = 1 }
        open { text = text " " $0 }
        open && /;/ {
            open = 0
            if (match(text, /cnicalc_[a-z0-9_]+\(/)) {
                print substr(text, RSTART, RLENGTH - 1)
            } else {
                print "no function name in:" text >"/dev/stderr"
                exit 1
            }
        }' include/cnicalc/*.h | LC_ALL=C sort
}

if [ "${1:-}" = --map ]; then
    echo '/* What the shared library exports: one node for each release that added functions.'
    # shellcheck disable=SC2016 # the backquotes are text
    echo ' * `make symbols` rewrites it from the headers. */'
    echo 'CNICALC_0.1 {'
    echo '    global:'
    names | sed 's/.*/        &;/'
    echo '    local:'
    echo '        *;'
    echo '};'
else
    names
fi
