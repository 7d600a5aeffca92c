#!/bin/sh
# SPDX-License-Identifier: MIT
# The ctypes module over the shared library: its tests, and its type hints where mypy is installed.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
grep -q -e -fsanitize "$B/flags" && skip_all "$PYTHON cannot load a library built with sanitizers"

CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=$root/examples/python
export B CNICALC_LIBRARY CNICALC_ROOT PYTHONPATH
python -c 'import numpy' 2>/dev/null || skip 'numpy is not here: its tests are left out'
python -m unittest discover --start-directory tests/python || fail 'unittest: see above'

if have mypy; then
    mypy --strict --python-version 3.9 --cache-dir "$kept/mypy" examples/python/*.py \
        examples/python/cnicalc || fail 'mypy: see above'
else
    skip 'mypy is not here: type hints are not checked'
fi
finish
