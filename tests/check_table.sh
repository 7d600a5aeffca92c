#!/bin/sh
# SPDX-License-Identifier: MIT
# lib/instance_table.inc is what the generator makes of lib/data/ecs-instance-types.tsv, today.
set -eu

command -v "$PYTHON" >/dev/null || { echo "check-table: there is no $PYTHON"; exit 77; }
made=$B/instance_table.inc
cd "$CNICALC_ROOT"
"$PYTHON" lib/data/make_table.py >"$made"
if ! cmp "$made" lib/instance_table.inc; then
    echo 'run: python3 lib/data/make_table.py > lib/instance_table.inc' >&2
    exit 1
fi
