#!/bin/sh
# SPDX-License-Identifier: MIT
# The Python package in the source tree: its tests, and its type hints where mypy and pyright are.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
grep -q -e -fsanitize "$B/flags" && skip_all "$PYTHON cannot load a library built with sanitizers"

CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=$root/examples/python
export B CNICALC_LIBRARY CNICALC_ROOT PYTHONPATH
python -m unittest discover --start-directory tests/python || fail 'unittest: see above'

# numpy, pandas and Dask may be there for the system's Python alone. Those that the tests above had
# are not tried again.
system=$PYTHON
python -c 'import pandas, distributed' 2>/dev/null || system=/usr/bin/python3
for module in numpy pandas distributed; do
    "$system" -c "import $module" 2>/dev/null || skip "$module is not here: its tests are left out"
done
if [ "$system" != "$PYTHON" ] && "$system" -c 'import numpy' 2>/dev/null; then
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$PYTHONPATH:tests/python \
        "$system" -m unittest test_columns test_fleet_audit test_workload ||
        fail "unittest with $system: see above"
fi

if have mypy; then
    mypy --strict --python-version 3.9 --cache-dir "$kept/mypy" examples/python/*.py \
        examples/python/cnicalc || fail 'mypy: see above'
else
    skip 'mypy is not here: type hints are not checked'
fi
if have pyright; then # of npm
    pyright --pythonversion 3.9 examples/python/cnicalc || fail 'pyright: see above'
fi
finish
