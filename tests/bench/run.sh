#!/bin/sh
# SPDX-License-Identifier: MIT
# All of `make bench`: the peers that are programs of their own, then the benchmark with their
# figures, the table and the sizes. SETS is the largest set of blocks (10000000 to show the growth).
set -eu
cd "$CNICALC_ROOT"
work=$B/bench
sets=${SETS:-1000000}
python_sets=$sets
[ "$python_sets" -le 1000000 ] || python_sets=1000000 # beyond, ipaddress takes hours
mkdir -p "$work/inputs"

echo "# $(uname -sm), $(sed -n 's/^model name.*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)"
echo "# $("$CC" --version | head -n 1)"
"$work/bench" --write-inputs "$work/inputs"
: >"$work/figures"
if command -v go >/dev/null; then
    echo "# $(go version)"
    GOCACHE=$work/go GOFLAGS=-mod=mod go build -o "$work/peer_netip" tests/bench/peer_netip.go
    "$work/peer_netip" "$work/inputs" lib/data/ecs-instance-types.tsv >>"$work/figures"
else
    echo '# go is not installed: netip and the Go map are skipped'
fi
echo "# $("$PYTHON" --version)"
"$PYTHON" tests/bench/peer_ipaddress.py "$work/inputs" "$python_sets" >>"$work/figures"

# The least that a command can do: a static program that prints a line.
echo 'int puts(const char *); int main(void) { return puts("ecs.c7.4xlarge") < 0; }' |
    "$CC" -O2 -static -x c -o "$work/line" - 2>/dev/null ||
    echo '# nothing can be linked statically: a-line is skipped'
{
    "$work/bench" --figures "$work/figures" --tool "$B/bin/cnicalc" --line "$work/line" \
        --sets "$sets"
    export PYTHONPATH=examples/python PYTHONDONTWRITEBYTECODE=1 CNICALC_LIBRARY="$B/libcnicalc.so"
    "$PYTHON" tests/bench/python_batch.py
    "$PYTHON" tests/bench/python_fleet.py "$work/inputs"
} | tee "$work/results.tsv"

printf '\n%-22s %14s %-16s %14s %9s  %s\n' operation 'ours ns' peer 'peer ns' ratio target
awk -F'\t' '$1 == "bench" {
    printf "%-22s %14s %-16s %14s %9s  %s\n", $2, $3, $4, $5, $6, $7
}' "$work/results.tsv"
