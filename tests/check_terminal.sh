#!/bin/sh
# SPDX-License-Identifier: MIT
# Colour and progress on a terminal, and only there.
. tests/support.sh
script -q -c true /dev/null </dev/null >/dev/null 2>&1 || skip_all 'no pseudo-terminal can be had here'

on_terminal() { # a command; its output as a terminal sees it
    script -q -e -c "$1" /dev/null </dev/null | tr -d '\r'
}

bold=$(printf '\033[1m')
TERM=xterm
export TERM
flannel='cnicalc flannel 172.16.0.0/20 --node-mask 24'
on_terminal 'cnicalc quota' | head -1 | grep -q -F "${bold}EDITION" || fail 'no bold headings'
on_terminal "$flannel" | grep -F "$bold" | grep -q -F 'Nodes by pod CIDR' ||
    fail 'the binding limit is not bold'
[ "$(on_terminal "$flannel" | grep -c -F "$bold")" -eq 1 ] || fail 'more than one line is bold'
on_terminal "NO_COLOR= $flannel" | grep -q -F "$bold" || fail 'an empty NO_COLOR counts'
for plain in "NO_COLOR=1 $flannel" "TERM=dumb $flannel" "unset TERM; $flannel" \
    "$flannel | cat" "$flannel -o json"; do
    on_terminal "$plain" >"$work/plain"
    grep -q 172.16.0.0 "$work/plain" || fail "$plain: no answer"
    ! grep -q -F "$bold" "$work/plain" || fail "$plain: coloured"
done
slow="{ echo c7.4xlarge; sleep 2.1; echo c7.4xlarge; } | cnicalc batch node >/dev/null"
on_terminal "$slow" | grep -q 'batch: 2 rowscnicalc: batch: 2 rows, 0 bad' ||
    fail 'no progress of a long batch'
[ "$(on_terminal 'echo c7.4xlarge | cnicalc batch node >/dev/null')" = \
    'cnicalc: batch: 1 rows, 0 bad' ] || fail 'progress of a short batch'

finish
