#!/bin/sh
# SPDX-License-Identifier: MIT
# Instructions of each case by callgrind: those of a pass, the loop around the calls included,
# divided by its calls. The count is the same in every run of one build, so that a change of a few
# in a hundred is a change of the code. Prints a line about who made the code, which the counts
# belong to, and then "name<TAB>count" lines. Needs $B/bench/bench and $B/bin/cnicalc.
set -eu
cd "$CNICALC_ROOT"
work=$B/bench

# One run for all cases; callgrind writes a profile after each.
rm -f "$work"/callgrind.*
valgrind -q --tool=callgrind --callgrind-out-file="$work/callgrind" --collect-atstart=no \
    --toggle-collect=bench_count_pass --dump-after=bench_count_pass \
    "$work/bench" --once all >"$work/calls.tsv"
echo "# $("$CC" --version | head -n 1), $(uname -m), CFLAGS=${CFLAGS:-}"
number=0
while IFS='	' read -r name calls; do
    number=$((number + 1))
    awk -v name="$name" -v calls="$calls" '/^(summary|totals):/ {
        printf "%s\t%.1f\n", name, $2 / calls
        exit
    }' "$work/callgrind.$number"
done <"$work/calls.tsv"

# A row that the command prints: of `cnicalc types`, what all of them take beyond the first.
count_types() {
    valgrind -q --tool=callgrind --callgrind-out-file="$work/callgrind.types" \
        "$B/bin/cnicalc" types "$@" >"$work/types"
    awk '/^(summary|totals):/ { print $2; exit }' "$work/callgrind.types"
}
for format in table json tsv; do
    one=$(count_types -o "$format" --limit 1)
    all=$(count_types -o "$format")
    "$B/bin/cnicalc" types -o tsv | awk -v format="$format" -v one="$one" -v all="$all" '
        END { printf "row_%s\t%.1f\n", format, (all - one) / (NR - 2) }'
done
