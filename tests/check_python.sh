#!/bin/sh
# SPDX-License-Identifier: MIT
# The ctypes module over the shared library: its tests, and its type hints where mypy is installed.
set -eu

if ! command -v "$PYTHON" >/dev/null; then
    echo "check-python: skipped, there is no $PYTHON"
    exit 0
fi
if grep -q -e -fsanitize "$B/flags"; then
    echo "check-python: skipped, $PYTHON cannot load a library built with sanitizers"
    exit 0
fi

cd "$CNICALC_ROOT"
CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=$CNICALC_ROOT/examples/python
PYTHONDONTWRITEBYTECODE=1
export B CNICALC_LIBRARY CNICALC_ROOT PYTHONPATH PYTHONDONTWRITEBYTECODE
"$PYTHON" -m unittest discover --start-directory tests/python

if command -v mypy >/dev/null; then
    mypy --strict --python-version 3.9 --cache-dir "$B/check-python/mypy" \
        examples/python/cnicalc.py examples/python/capacity.py examples/python/make_abi.py
else
    echo 'check-python: type hints not checked, there is no mypy'
fi
