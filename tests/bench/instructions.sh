#!/bin/sh
# SPDX-License-Identifier: MIT
# Instructions of each case by callgrind: those of a pass, the loop around the calls included,
# divided by its calls. Prints "instructions<TAB>name<TAB>count"; the count is the same in every run
# of one build, so that a change of a few in a hundred is a change of the code.
set -eu
cd "$CNICALC_ROOT"
work=$B/bench
command -v valgrind >/dev/null || {
    echo 'valgrind is not installed' >&2
    exit 77
}
for case in $("$work/bench" --list all); do
    calls=$(valgrind --tool=callgrind --callgrind-out-file="$work/callgrind" --collect-atstart=no \
        --toggle-collect=bench_count_pass "$work/bench" --once "$case" 2>"$work/callgrind.log")
    awk -v name="$case" -v calls="$calls" '/Collected/ {
        printf "instructions\t%s\t%.1f\n", name, $NF / calls
    }' "$work/callgrind.log"
done
