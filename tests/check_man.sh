#!/bin/sh
# SPDX-License-Identifier: MIT
# The manual pages of section 3 are what the generator makes of the headers today, each function has
# one, and mandoc finds no fault in any page.
. tests/support.sh

if have "$PYTHON"; then
    CNICALC_LIBRARY=$B/libcnicalc.so python lib/man/make_man.py "$work/made"
    for page in "$work"/made/*.3 lib/man/*.3; do
        page=$(basename "$page")
        diff -u "lib/man/$page" "$work/made/$page" || fail "lib/man/$page is not of today: make man"
    done
else
    skip "there is no $PYTHON: the pages are not compared with the headers"
fi

sed -n 's/^\.Nm \(cnicalc_[a-z0-9_]*\).*/\1/p' lib/man/*.3 | sort >"$work/named"
sh tests/public_functions.sh >"$work/functions"
diff "$work/functions" "$work/named" | sed -n 's/^</no page names/p; s/^>/not a function:/p' \
    >>"$work/faults"

if have mandoc; then
    # Whether pages that they refer to are installed is not asked.
    find lib examples -name '*.[1-8]' -exec mandoc -T lint -W style {} + |
        grep -v 'referenced manual not found' >>"$work/faults" || :
else
    skip 'mandoc is not here: the form of the pages is not checked'
fi
finish
