#!/bin/sh
# SPDX-License-Identifier: MIT
# The documentation is held to the code: cnicalc.3 and the README have every function and status of
# the headers, every Example line of the headers is run, the program of cnicalc.3 prints what the
# page says, and mandoc finds no fault in a manual page.
. tests/support.sh
faults=0

python() {
    CNICALC_LIBRARY=$B/libcnicalc.so PYTHONPATH=examples/python:tests/docs \
        PYTHONDONTWRITEBYTECODE=1 $PYTHON "$@"
}

if command -v "$PYTHON" >/dev/null; then
    python tests/docs/check_pages.py || faults=1
    python tests/docs/check_examples.py || faults=1

    python tests/docs/check_pages.py --program >"$work/program.c"
    python tests/docs/check_pages.py --output >"$work/expected"
    $CC -std=c99 -pedantic -Wall -Wextra -Werror -Iinclude -o "$work/program" "$work/program.c" \
        "$B/libcnicalc.a"
    "$work/program" >"$work/output"
    diff -u "$work/expected" "$work/output" || faults=1
else
    echo "check-docs: there is no $PYTHON, only the form of the manual pages is checked"
fi

if command -v mandoc >/dev/null; then
    find lib examples -name '*.[1-8]' -exec mandoc -T lint -W warning {} + || faults=1
else
    echo 'check-docs: mandoc is not here'
    command -v "$PYTHON" >/dev/null || exit 77
fi
exit "$faults"
