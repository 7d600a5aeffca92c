#!/bin/sh
# SPDX-License-Identifier: MIT
# Each enum of the headers has its COUNT beside it, and a name for each of its values.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
python tests/abi/counts.py "$B/libcnicalc.so" include/cnicalc/*.h >>"$work/faults"
finish
