#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the fuzz programs one after another: T seconds each, or RUNS inputs. `make fuzz` calls it.
# New inputs are kept in $B/fuzzing/corpus; what breaks a target is in $B/fuzzing.
set -eu
limit=-max_total_time=${T:-60}
if [ -n "${RUNS:-}" ]; then
    limit=-runs=$RUNS
fi

for target in $TARGETS; do
    corpus=$B/fuzzing/corpus/$target
    mkdir -p "$corpus"
    dictionary=
    if [ -f "tests/fuzz/$target.dict" ]; then
        dictionary=-dict=tests/fuzz/$target.dict
    fi
    # Inputs of libFuzzer's own default length would mostly be bytes that no target reads.
    # shellcheck disable=SC2086 # an empty option is none
    "$B/fuzzing/fuzz/fuzz_$target" "$limit" -max_len=200 -print_final_stats=1 $dictionary \
        -artifact_prefix="$B/fuzzing/$target-" "$corpus" "tests/fuzz/corpus/$target" \
        2>"$B/fuzzing/$target.log" || {
        tail -n 40 "$B/fuzzing/$target.log"
        echo "fuzz: $target: a finding; the input is in $B/fuzzing"
        exit 1
    }
    sed -n "s/^stat::number_of_executed_units: *\(.*\)/fuzz: $target: \1 executions/p
        s/^stat::average_exec_per_sec: *\(.*\)/fuzz: $target: \1 a second/p" "$B/fuzzing/$target.log"
done
