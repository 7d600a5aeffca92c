#!/bin/sh
# SPDX-License-Identifier: MIT
# Many rows take constant memory, a bad one changes no other, and the answers are those of
# cnicalc node. BATCH_ROWS=1000000 for a long run.
. tests/support.sh
rows=${BATCH_ROWS:-200000}
middle=$((rows / 2))

awk -F'\t' -v OFS='\t' -v rows="$rows" 'NR > 1 && $4 != "-" && $5 != "-" { types[n++] = $1 }
    END { split("shared trunk exclusive prefix", modes, " ")
          for (i = 0; i < rows; i++) print types[i * 7919 % n], modes[i * 31 % 4 + 1] }
' lib/data/ecs-instance-types.tsv >"$work/rows"
cnicalc batch node <"$work/rows" >"$work/answers" 2>"$work/summary" || fail 'a row is bad'
[ "$(cat "$work/summary")" = "cnicalc: batch: $rows rows, 0 bad" ] || fail "$(cat "$work/summary")"
for mode in shared exclusive; do
    awk -F'\t' -v mode="$mode" '$2 == mode { print $1, $3 }' "$work/answers" | sort -u >"$work/batch"
    cut -d ' ' -f 1 "$work/batch" | xargs cnicalc node --mode "$mode" -o tsv |
        awk -F'\t' 'NR > 1 { print $1, $3 }' | sort -u | cmp -s - "$work/batch" ||
        fail "batch node and node --mode $mode differ"
done

sed "${middle}s/.*/no.such.type\tshared/" "$work/rows" >"$work/rows.bad"
cnicalc batch node <"$work/rows.bad" 2>/dev/null | diff "$work/answers" - >"$work/difference" || :
[ "$(sed 1d "$work/difference" | cut -c 1-2,3-14 | tr '\n' ' ')" = \
    "$(printf '< %.12s --- > no.such.type ' "$(sed -n $((middle + 1))p "$work/answers")")" ] ||
    fail "a bad row changes others: $(head -c 500 "$work/difference")"

if [ -r /proc/self/status ]; then
    mkfifo "$work/fifo"
    cnicalc batch node <"$work/fifo" >/dev/null 2>&1 &
    batch=$!
    exec 4>"$work/fifo"
    cat "$work/rows" >&4
    peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB$/\1/p' "/proc/$batch/status")
    exec 4>&-
    wait "$batch"
    [ "$peak" -le 4096 ] || fail "batch takes $peak KiB"
else
    skip 'no /proc here: the memory of a batch is not read'
fi
finish
