#!/bin/sh
# SPDX-License-Identifier: MIT
# Every example program has a transcript in tests/examples that it still prints to the letter, takes
# at most 80 lines, and is listed in examples/README.md.
. tests/support.sh

for source in examples/*.c; do
    name=$(basename "$source" .c)
    expected=tests/examples/$name.transcript
    [ -e "$expected" ] || die "$source has no $expected"
    sh tests/transcript.sh "$expected" >"$work/$name"
    diff -u "$expected" "$work/$name" || fail "$name prints something else than $expected"
    [ "$(wc -l <"$source")" -le 80 ] || fail "$source is longer than 80 lines"
    grep -q "\`$name\`" examples/README.md || fail "examples/README.md does not list $name"
done
finish
