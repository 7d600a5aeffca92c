#!/bin/sh
# SPDX-License-Identifier: MIT
# Every example program has a transcript in tests/examples that it still prints to the letter, takes
# at most 80 lines, and is listed in examples/README.md.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$B/bin:$PATH
export PATH

for source in examples/*.c; do
    name=$(basename "$source" .c)
    expected=tests/examples/$name.transcript
    [ -e "$expected" ] || { echo "$source has no $expected"; exit 1; }
    sh tests/transcript.sh "$expected" >"$work/$name"
    diff -u "$expected" "$work/$name"
    [ "$(wc -l <"$source")" -le 80 ] || { echo "$source is longer than 80 lines"; exit 1; }
    grep -q "\`$name\`" examples/README.md || { echo "examples/README.md does not list $name"; exit 1; }
done
