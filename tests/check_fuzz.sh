#!/bin/sh
# SPDX-License-Identifier: MIT
# Every input of tests/fuzz/corpus holds the properties of its target, without libFuzzer.
. tests/support.sh
for target in tests/fuzz/target_*.c; do
    name=$(basename "${target#tests/fuzz/target_}" .c)
    set -- "tests/fuzz/corpus/$name/"*
    [ -f "$1" ] || die "$name has no corpus"
    "$B/fuzz/replay_$name" "$@" || fail "$name: an input of its corpus"
done
finish
