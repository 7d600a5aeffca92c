#!/bin/sh
# SPDX-License-Identifier: MIT
# lib/instance_table.inc is what the generator makes of lib/data/ecs-instance-types.tsv, today.
set -eu

made=$B/instance_table.inc
cd "$CNICALC_ROOT"
"$PYTHON" lib/data/make_table.py >"$made"
if ! cmp "$made" lib/instance_table.inc; then
    echo 'run: python3 lib/data/make_table.py > lib/instance_table.inc' >&2
    exit 1
fi
