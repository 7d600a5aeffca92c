#!/bin/sh
# SPDX-License-Identifier: MIT
# The audit of running nodes against a slow model of what they show, AUDIT_NODES (2000) of them at
# random and those of a sample; its sums; its memory; and its metrics, which promtool reads.
. tests/support.sh
have jq || skip_all 'jq is not here'
have "$PYTHON" || skip_all "there is no $PYTHON"
cloud=$root/tests/cloud
PYTHONPATH=$root/tests/model:$root/tests/audit
export PYTHONPATH

rows() { # replies of kubectl
    cat "$@" | jq -rnf examples/cnicalc/recipes/nodes.jq
}

against_model() { # what it is, replies of kubectl
    what=$1
    shift
    rows "$@" >"$work/rows" || fail "$what: no rows"
    cnicalc audit -o tsv <"$work/rows" >"$work/tsv" || fail "$what: status $?"
    python tests/audit/audit_model.py "$@" >"$work/expected"
    cut -f 1-18 "$work/tsv" >"$work/audited"
    diff -u "$work/expected" "$work/audited" >"$work/difference" || {
        head -20 "$work/difference"
        fail "$what: the model says something else"
    }
    [ "$(wc -l <"$work/tsv")" -gt 1 ] || fail "$what: no nodes"
    # Of a trunk whose ENIs are not known, what is accepted now still is.
    awk -F '\t' 'NR > 1 && ($19 == "-" ? $7 == "-" : $7 != "-" && $6 != "trunk") { exit 1 }' "$work/tsv" ||
        fail "$what: a node that is not judged has no reason, or one that is has one"
}

against_model 'the sample' "$cloud/config_maps.json" "$cloud/nodes.json"
cmp -s "$work/rows" tests/cli/nodes.tsv || fail 'tests/cli/nodes.tsv is not what nodes.jq makes'
against_model 'Flannel' "$cloud/flannel_nodes.json"
for seed in 1 2 3 4; do
    python tests/audit/random_nodes.py $((${AUDIT_NODES:-2000} / 4)) $seed >"$work/random.json"
    against_model "nodes of seed $seed" "$work/random.json"
done

# ---- Sums of the last: those of its rows

cnicalc audit -o json <"$work/rows" >"$work/json" || fail 'no sums'
sums() { # a column of TSV, a list of JSON, its key
    awk -F '\t' -v column="$1" '
        NR > 1 { nodes[$column]++; judged[$column] += $19 == "-" }
        NR > 1 && $19 == "-" { now[$column] += $7; possible[$column] += $10
                               more[$column] += $11; less[$column] += $12 }
        END { for (name in nodes) print name, nodes[name], judged[name], now[name] + 0,
                                        possible[name] + 0, more[name] + 0, less[name] + 0 }
    ' "$work/tsv" | sort >"$work/expected"
    jq -r ".$2[] | \"\\(.$3 // \"-\") \\(.nodes) \\(.judged_nodes) \\(.pods_now) \\(.possible_pods) \" +
        \"\\(.headroom) \\(.pods_without_address)\"" "$work/json" | sort | diff -u "$work/expected" - ||
        fail "$2 are not the sums of the rows"
}
sums 3 zones zone
sums 4 node_pools node_pool
jq -r '.rows[] | [.[] | if . == null then "-" else tostring end] | join("\t")' "$work/json" >"$work/from-json"
sed 1d "$work/tsv" | cmp -s - "$work/from-json" || fail 'TSV and JSON have other rows'
[ "$(jq '.zones | map(.nodes) | add' "$work/json")" -eq "$(jq .nodes "$work/json")" ] || fail 'zones are not all nodes'

# ---- TSV and metrics of many nodes take the room of one.

sed 1d tests/cli/nodes.tsv >"$work/few"
{
    sed -n 1p tests/cli/nodes.tsv
    i=0
    while [ $i -lt 2000 ]; do
        cat "$work/few"
        i=$((i + 1))
    done
} >"$work/many"
for format in tsv openmetrics; do
    # shellcheck disable=SC3045 # every shell here has it
    (ulimit -v 16384 && exec cnicalc audit -o $format <"$work/many") >"$work/made" 2>"$work/errors" ||
        fail "28,000 nodes as $format: $(cat "$work/errors")"
done
grep -q '^cnicalc_limit_used{limit="node_quota"} 28000$' "$work/made" || fail 'not all nodes are counted'

# ---- Metrics: the names, and every line, as promtool wants them

# shellcheck disable=SC2046
{
    cnicalc audit -o openmetrics --vswitch cn-hangzhou-i=10.0.0.0/20,used=9 <tests/cli/nodes.tsv
    cnicalc terway -o openmetrics --vswitch 'i "\ j=10.0.0.0/20' --type c7.xlarge
} >"$work/metrics"
grep -v -E '^(# (HELP|TYPE) cnicalc_[a-z_]+ .+|# EOF|cnicalc_[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? [0-9]+)$' \
    "$work/metrics" && fail 'a line of the metrics has another form'
[ "$(tail -n 1 "$work/metrics")" = '# EOF' ] || fail 'the metrics have no end'
if have promtool; then
    for command in 'audit --vswitch cn-hangzhou-i=10.0.0.0/20,used=9' \
        'terway --vswitch i=10.0.0.0/20 --type c7.xlarge' \
        'terway --vswitch i=10.0.0.0/20 --pool i=c7.xlarge,count=5'; do
        # shellcheck disable=SC2086
        cnicalc $command -o openmetrics <tests/cli/nodes.tsv | promtool check metrics >"$work/said" 2>&1 ||
            fail "promtool, $command: $(cat "$work/said")"
        [ ! -s "$work/said" ] || fail "promtool, $command: $(cat "$work/said")"
    done
else
    skip 'promtool is not here (Debian: prometheus): its judgement of the metrics'
fi
finish
