#!/bin/sh
# SPDX-License-Identifier: MIT
# Every input of tests/fuzz/corpus holds the properties of its target, without libFuzzer.
set -eu
for target in tests/fuzz/target_*.c; do
    name=${target#tests/fuzz/target_}
    name=${name%.c}
    set -- "tests/fuzz/corpus/$name/"*
    [ -f "$1" ] || { echo "$name has no corpus"; exit 1; }
    "$B/fuzz/replay_$name" "$@"
done
