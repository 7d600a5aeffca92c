#!/bin/sh
# SPDX-License-Identifier: MIT
# The ctypes module over the shared library: its tests, and its type hints where mypy is installed.
set -eu

command -v "$PYTHON" >/dev/null || { echo "check-python: there is no $PYTHON"; exit 77; }
if grep -q -e -fsanitize "$B/flags"; then
    echo "check-python: $PYTHON cannot load a library built with sanitizers"
    exit 77
fi

cd "$CNICALC_ROOT"
CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=$CNICALC_ROOT/examples/python
PYTHONDONTWRITEBYTECODE=1
export B CNICALC_LIBRARY CNICALC_ROOT PYTHONPATH PYTHONDONTWRITEBYTECODE
"$PYTHON" -c 'import numpy' 2>/dev/null ||
    echo 'check-python: numpy is not here, its tests are skipped'
"$PYTHON" -m unittest discover --start-directory tests/python

if command -v mypy >/dev/null; then
    mypy --strict --python-version 3.9 --cache-dir "$B/check-python/mypy" \
        examples/python/cnicalc.py examples/python/capacity.py examples/python/make_abi.py
else
    echo 'check-python: type hints not checked, there is no mypy'
fi
