#!/bin/sh
# SPDX-License-Identifier: MIT
# What is made of the table's TSV and of the columns in instance.h is what `make table` makes today.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
python lib/data/make_table.py "$work/made"
for file in $(cd "$work/made" && find . -type f); do
    diff -u "$file" "$work/made/$file" || fail "$file is not of today: make table"
done
finish
