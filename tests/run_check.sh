#!/bin/sh
# SPDX-License-Identifier: MIT
# run_check.sh NAME COMMAND...: runs one check, a script or a libcheck program. Its output goes to
# $B/check/NAME.log, its result to NAME.result, for summary.sh: "passed N" and "failed N", how many
# tests, then a line "failed: NAME: WHY" or "skipped: NAME: WHY" for each that did not pass.
# With KEEP_GOING set, only the log of a failure is shown, and the summary sees to its status.
set -u
name=$1
shift
mkdir -p "$B/check"
log=$B/check/$name.log
result=$B/check/$name.result

status=0
"$@" >"$log" 2>&1 </dev/null || status=$?
times >"$result"
seconds=$(awk -F '[ms ]+' 'END { print $1 * 60 + $2 + $3 * 60 + $4 }' "$result")

# A libcheck program says how many tests it ran, and where each that failed did so. A script is one.
tests=$(awk '/^[0-9]+%: Checks: / { sum += $3 } END { print sum + 0 }' "$log")
faults=$(grep -E '^[^ :]+:[0-9]+:[FE]:' "$log")
failed=$(printf '%s' "$faults" | grep -c '')
[ "$tests" -gt 0 ] || [ "$status" -eq 77 ] || tests=1
if [ "$status" -ne 0 ] && [ "$status" -ne 77 ] && [ "$failed" -eq 0 ]; then
    failed=1
    faults=$(sed -n '/^failed: /{s///p;q;}' "$log")
    [ -n "$faults" ] || faults="exit status $status, after: $(tail -n 1 "$log")"
fi
{
    echo "passed $((tests - failed))"
    echo "failed $failed"
    [ "$failed" -eq 0 ] || printf '%s\n' "$faults" | sed "s|^|failed: $name: |"
    sed -n "s|^skipped: |skipped: $name: |p" "$log"
} >"$result"

verdict=ok
[ "$failed" -eq 0 ] || verdict=FAILED
[ "$status" -ne 77 ] || verdict=skipped
if [ "$verdict" = FAILED ] || [ -z "${KEEP_GOING:-}" ]; then
    cat "$log"
fi
echo "$name: $verdict, $seconds s"
[ "$verdict" != FAILED ] || [ -n "${KEEP_GOING:-}" ]
