#!/bin/sh
# SPDX-License-Identifier: MIT
# What is made of the table's TSV and of the columns in instance.h is what `make table` makes today.
set -eu

command -v "$PYTHON" >/dev/null || { echo "check-table: there is no $PYTHON"; exit 77; }
made=$B/check-table
rm -rf "$made"
cd "$CNICALC_ROOT"
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" lib/data/make_table.py "$made"
differs=0
for file in $(cd "$made" && find . -type f); do
    diff -u "$file" "$made/$file" || differs=1
done
[ "$differs" -eq 0 ] || { echo 'run: make table' >&2; exit 1; }
