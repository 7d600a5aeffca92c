#!/bin/sh
# SPDX-License-Identifier: MIT
# The formats say the same: TSV is what jq makes of JSON.
. tests/support.sh
have jq || skip_all 'jq is not here'

same_in_tsv() { # a command that answers with a list of records, or with one
    sh -c "$1 -o tsv" >"$work/tsv" || :
    sh -c "$1 -o json" >"$work/json" || :
    jq -r --arg header "$(head -1 "$work/tsv")" '
        ($header | split("\t")) as $keys | $header,
        ((if type == "array" then .[] else . end) | . as $row | [$keys[] | split(".") as $path |
            $row | getpath($path) | if . == null then "-" else tostring end] | join("\t"))
    ' "$work/json" >"$work/tsv.expected" || fail "$1 -o json: jq refuses it"
    # jq drops the zeros at the end of a number.
    sed -E -e ':again' -e 's/(\t[0-9]+\.[0-9]*[1-9])0+(\t|$)/\1\2/; s/(\t[0-9]+)\.0+(\t|$)/\1\2/' \
        -e 't again' "$work/tsv" |
        cmp -s - "$work/tsv.expected" || fail "$1: TSV and JSON differ"
    lines=$(jq 'if type == "array" then length else 1 end' "$work/json")
    [ "$(wc -l <"$work/tsv")" -eq $((lines + 1)) ] || fail "$1: TSV has another number of rows"
}

same_in_tsv 'cnicalc node ecs.c7.4xlarge ecs.g7.xlarge'
same_in_tsv 'cnicalc types'
same_in_tsv 'cnicalc size --pods 3000 --cpu 500m --memory 1Gi --limit 9999'
same_in_tsv 'cnicalc size --workload "a b=9,cpu=1" --workload c=5,network=host --family c7 --explain'
same_in_tsv 'cnicalc size --pods 3 --cpu 1 --kubernetes 1.26 --plugin flannel --node-mask 24'
same_in_tsv 'cnicalc flannel 10.0.0.0/8 --node-mask 25 --edition edge-pro'
same_in_tsv 'cnicalc flannel --nodes 300 --pods-per-node 64'
same_in_tsv 'cnicalc quota'
same_in_tsv 'cnicalc map --vpc 10.0.0.0/16 --vswitch a=10.0.0.0/20 --other b=10.9.0.0/24'
same_in_tsv "cnicalc catalog check tests/cli/own.tsv"
same_in_tsv 'cnicalc cidr info fd00::/8'
same_in_tsv 'cnicalc features'
same_in_tsv 'cnicalc choose --nodes 2000 --need independent-pod-cidr,dual-stack'
same_in_tsv 'cnicalc conntrack --memory-gib 16 --max-pods 210'
same_in_tsv 'cnicalc terway --vswitch I=10.0.0.0/20 --vswitch "J é"=10.0.16.0/20 --type c7.xlarge'
same_in_tsv 'cnicalc terway --vswitch I=10.0.0.0/20 --pool I=c7.xlarge,count=99'
same_in_tsv 'cnicalc propose --vpc 10.0.0.0/8 --plugin terway --nodes 99 --pods-per-node 9'
same_in_tsv 'cnicalc grow --vpc 10.0.0.0/16 --vswitch i=10.0.0.0/20 --add-nodes 999 --pods-per-node 9'
same_in_tsv 'cnicalc propose --vpc 10.0.0.0/20 --plugin terway --nodes 999 --pods-per-node 99'

# check: its TSV has the findings of its JSON.

plan='cnicalc check --plugin terway --vpc 10.0.0.1/16 --vswitch A=10.1.0.0/20 --other dc=10.0.0.0/8 --nodes 9000'
findings_in_tsv='[.severity, .code, .subject, .other, .message, .block, .zone, .limit, .needed,
    .available] | map(if . == null then "-" else tostring end) | join("\t")'
sh -c "$plan -o json" >"$work/json" || :
sh -c "$plan -o tsv" | sed 1d >"$work/tsv" || :
jq -r ".findings[] | $findings_in_tsv" "$work/json" | cmp -s - "$work/tsv" ||
    fail 'check: TSV and JSON differ'
[ "$(jq '.errors + .warnings + .notes' "$work/json")" -eq "$(wc -l <"$work/tsv")" ] ||
    fail 'check: its counts and its findings differ'

finish
