#!/bin/sh
# SPDX-License-Identifier: MIT
# The documentation is held to the code: the README has every family of statuses, no page names what
# is not there, and every Example line of the headers is run.
. tests/support.sh
have "$PYTHON" || skip_all "there is no $PYTHON"
CNICALC_LIBRARY=$B/libcnicalc.so
PYTHONPATH=examples/python:tests/docs
export CNICALC_LIBRARY PYTHONPATH
python tests/docs/check_pages.py || fail 'a page: see above'
python tests/docs/check_examples.py || fail 'an Example line: see above'
finish
