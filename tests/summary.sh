#!/bin/sh
# SPDX-License-Identifier: MIT
# summary.sh NAME...: sums up the results that run_check.sh wrote: a line for each test that failed
# and for each part that was left out, with the reason, and how many there were. A check without a
# result has failed. A script is one test, as is each test of a libcheck program.
set -eu
cd "$B/check"
for name in "$@"; do
    if [ -f "$name.result" ]; then
        cat "$name.result"
    else
        printf 'failed 1\nfailed: %s: did not end\n' "$name"
    fi
done >summary.all
if [ -n "${CK_EXCLUDE_TAGS:-}" ]; then
    echo "skipped: tests tagged $CK_EXCLUDE_TAGS, by CK_EXCLUDE_TAGS" >>summary.all
fi
# Skipped parts first: the eye falls on the last lines.
{ grep '^skipped: ' summary.all || :; grep '^failed: ' summary.all || :; } >summary
awk '$1 == "passed" { passed += $2 } $1 == "failed" { failed += $2 } $1 == "skipped:" { skipped++ }
    END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' summary.all >>summary
cat summary
grep -q ' 0 failed, ' summary
