#!/bin/sh
# SPDX-License-Identifier: MIT
# The command, as a user meets it. tests/cli/*.case are transcripts:
#
#   $ COMMAND      run by sh in a scratch directory that holds the other files of tests/cli
#   > LINE         what it must write on stdout
#   ! LINE         on stderr
#   ? STATUS       its exit status, when that is not 0
#   # LINE         why the answer is that
#
# Outputs are compared to the byte.
. tests/support.sh
mkdir "$work/dir"
cp tests/cli/*.tsv "$work/dir"
unset NO_COLOR
count=0

finish_case() {
    [ -n "$command" ] || return 0
    count=$((count + 1))
    status=0
    (cd "$work/dir" && sh -c "$command") >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    if [ "$status" -ne "$expected_status" ] || ! cmp -s "$work/stdout" "$work/stdout.expected" ||
        ! cmp -s "$work/stderr" "$work/stderr.expected"; then
        fail "$case_file: $ $command: exit status $status, expected $expected_status"
        diff -u "$work/stdout.expected" "$work/stdout" | sed 1,2d || :
        diff -u "$work/stderr.expected" "$work/stderr" | sed 1,2d || :
    fi
}

run_cases() { # a case file
    case_file=${1##*/}
    command=
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '$ '*)
            finish_case
            command=${line#'$ '}
            expected_status=0
            : >"$work/stdout.expected"
            : >"$work/stderr.expected"
            ;;
        '> '*) printf '%s\n' "${line#'> '}" >>"$work/stdout.expected" ;;
        '>') echo >>"$work/stdout.expected" ;;
        '! '*) printf '%s\n' "${line#'! '}" >>"$work/stderr.expected" ;;
        '? '*) expected_status=${line#'? '} ;;
        '#'* | '') ;;
        *) fail "$case_file: not a line of a transcript: $line" ;;
        esac
    done <"$1"
    finish_case
}

for case_path in tests/cli/*.case; do
    run_cases "$case_path"
done
[ "$count" -ge 300 ] || fail "only $count cases were run"
finish
