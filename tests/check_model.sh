#!/bin/sh
# SPDX-License-Identifier: MIT
# The library against the slow model in tests/model; MODEL_DRAWS=1000000 for a long run.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=$root/examples/python
export CNICALC_LIBRARY PYTHONPATH
python tests/model/check_model.py "$B/libcnicalc.so" . "${MODEL_DRAWS:-2000}"
