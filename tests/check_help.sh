#!/bin/sh
# SPDX-License-Identifier: MIT
# Help is a screen of 24 lines for each subcommand, or of 34 where the options of a plan need a line
# each (44 where a node's and its use are beside them), with an example that works; the manual page
# and the transcripts know every option.
. tests/support.sh

cnicalc --help >"$work/help"
subcommands=$(sed -n 's/^  \([a-z]\{1,\}\)  .*/\1/p' "$work/help")
[ "$(echo "$subcommands" | wc -w)" -ge 5 ] || fail 'the help lists too few subcommands'
for subcommand in '' $subcommands; do
    # shellcheck disable=SC2086 # no word for none
    cnicalc help $subcommand >"$work/help-$subcommand"
    # shellcheck disable=SC2086
    cnicalc $subcommand --help | cmp -s - "$work/help-$subcommand" ||
        fail "help $subcommand and $subcommand --help differ"
    case $subcommand in
    '') most=28 ;;
    terway | grow | size) most=48 ;;
    audit | check | propose | map | types) most=34 ;;
    *) most=24 ;;
    esac
    awk -v name="help $subcommand" -v most=$most '
        length > 80 { print name ": beyond 80 columns: " $0 }
        END { if (NR > most) print name ": beyond " most " lines" }
    ' "$work/help-$subcommand" >"$work/size"
    [ ! -s "$work/size" ] || fail "$(cat "$work/size")"
    # A backslash at the end of a line joins the next, as it does for a reader's shell.
    sed -n -e ':join' -e '/\\$/{N;s/\\\n *//;b join' -e '}' -e 's/^Example: //p' \
        -e 's/^         cnicalc /cnicalc /p' "$work/help-$subcommand" >"$work/examples"
    [ -s "$work/examples" ] || fail "help $subcommand has no example"
    while IFS= read -r example; do
        sh -c "$example" >"$work/stdout" 2>"$work/stderr.all" </dev/null ||
            fail "$example: exit status $?"
        # Which every batch ends with.
        grep -v '^cnicalc: batch: [0-9]* rows, 0 bad$' "$work/stderr.all" >"$work/stderr" || :
        if [ ! -s "$work/stdout" ] || [ -s "$work/stderr" ]; then
            fail "$example: not a plain answer"
        fi
    done <"$work/examples"
    [ -n "$subcommand" ] || continue
    grep -o -e '--[a-z][a-z0-9-]*' "$work/help-$subcommand" | sort -u >"$work/options"
    while IFS= read -r option; do
        grep -q "Fl -${option#--}" examples/cnicalc/cnicalc.1 ||
            fail "cnicalc.1 lacks $option"
        grep -q "^\\$ .*cnicalc $subcommand .*$option" "tests/cli/$subcommand.case" ||
            fail "no case uses $subcommand $option"
    done <"$work/options"
done

finish
