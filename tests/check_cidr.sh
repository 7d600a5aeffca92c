#!/bin/sh
# SPDX-License-Identifier: MIT
# The cidr topic against Python's ipaddress; CIDR_CASES=100000 for a long run.
set -eu
command -v "$PYTHON" >/dev/null || { echo "check-cidr: there is no $PYTHON"; exit 77; }
cd "$CNICALC_ROOT"
PYTHONDONTWRITEBYTECODE=1 "$PYTHON" tests/cidr_oracle.py "$B/libcnicalc.so" . "${CIDR_CASES:-2000}"
