#!/bin/sh
# SPDX-License-Identifier: MIT
# The library against the slow model in tests/model; MODEL_DRAWS=1000000 for a long run.
set -eu
command -v "$PYTHON" >/dev/null || { echo "check-model: there is no $PYTHON"; exit 77; }
cd "$CNICALC_ROOT"
PYTHONDONTWRITEBYTECODE=1
PYTHONPATH=$CNICALC_ROOT/examples/python
export PYTHONDONTWRITEBYTECODE PYTHONPATH
"$PYTHON" tests/model/check_model.py "$B/libcnicalc.so" . "${MODEL_DRAWS:-20000}"
