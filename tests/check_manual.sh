#!/bin/sh
# SPDX-License-Identifier: MIT
# The generated parts of cnicalc(1) are what the tables of the command say, and every subcommand has
# its own. `make manual` writes them.
. tests/support.sh
page=examples/cnicalc/cnicalc.1

sh examples/cnicalc/manual.sh cnicalc <"$page" >"$work/page"
diff -u "$page" "$work/page" >"$work/difference" || {
    head -40 "$work/difference"
    fail "$page is not what the tables say: make manual"
}
for subcommand in $(cnicalc --help | sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p'); do
    for part in synopsis options keys; do
        cnicalc --manual $part "$subcommand" >"$work/part"
        [ ! -s "$work/part" ] || grep -q -x "\.\\\\\" generated: $part $subcommand" "$page" ||
            fail "$page lacks the $part of $subcommand"
    done
done
finish
