#!/bin/sh
# SPDX-License-Identifier: MIT
# The cidr topic against Python's ipaddress; CIDR_CASES=100000 for a long run.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
python tests/cidr_oracle.py "$B/libcnicalc.so" . "${CIDR_CASES:-500}"
