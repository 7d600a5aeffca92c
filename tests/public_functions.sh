#!/bin/sh
# SPDX-License-Identifier: MIT
# public_functions.sh: the name of every function that the public headers declare with CNICALC_API.
# public_functions.sh --map VERSION: the linker's version script of them, which lib/cnicalc.map must
# be. A function stays in the node of the release that brought it; one that has none yet goes to the
# node of VERSION. It refuses to lose a function of an earlier release.
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

if [ "${1:-}" != --map ]; then
    names
    exit
fi
names | awk -v new="CNICALC_$2" '
    FILENAME == "-" { function_at[++functions] = $1; is_public[$1] = 1; next }
    $1 ~ /^CNICALC_/ { node = $1; if (node != new) node_at[++nodes] = node }
    $1 ~ /^cnicalc_/ && node != new {
        sub(/;/, "", $1)
        node_of[$1] = node
        if (!is_public[$1]) { print $1 " of " node " is in no header" >"/dev/stderr"; lost = 1 }
    }
    function print_node(node, previous,    i) {
        print node " {\n    global:"
        for (i = 1; i <= functions; i++) {
            if ((function_at[i] in node_of ? node_of[function_at[i]] : new) == node) {
                print "        " function_at[i] ";"
            }
        }
        print (previous ? "} " previous ";" : "    local:\n        *;\n};")
    }
    END {
        if (lost) exit 1
        for (i = 1; i <= functions; i++) if (!(function_at[i] in node_of)) { node_at[++nodes] = new; break }
        print "/* What the shared library exports: a node for each release that brought functions."
        print " * `make symbols` rewrites it from the headers. */"
        for (i = 1; i <= nodes; i++) print_node(node_at[i], node_at[i - 1])
    }' - lib/cnicalc.map
