#!/bin/sh
# SPDX-License-Identifier: MIT
# describe_instance_types.jq: a catalogue of replies of the API and of the nodes of a cluster, and no
# catalogue where a reply is an error or there is no type.
. tests/support.sh
have jq || skip_all 'jq is not here'
filter=lib/data/describe_instance_types.jq
catalog() {
    jq -rsf "$filter" "$@"
}

# Two nodes of one type, one without the annotation and a virtual one are among them. The ENIs of
# ecs.lab.hpc are those of an annotation in Terway's own tests: (32-1)*15 pods, 110-32 of the trunk.
catalog tests/catalog/annotated.json >"$work/nodes.tsv" || fail 'no catalogue of nodes'
sed 1d "$work/nodes.tsv" | tr '\t' ' ' >"$work/rows"
diff -u - "$work/rows" <<'ROWS' || fail 'nodes make another catalogue'
ecs.lab.few - - 4 10 - - - -
ecs.lab.hpc 64 524288 32 15 1 110 1 0
ROWS
answer=$(cnicalc node --catalog "$work/nodes.tsv" ecs.lab.hpc --mode trunk -o json |
    jq -c '.[0] | [.max_pods, .trunk_pods]')
[ "$answer" = '[465,78]' ] || fail "a node of that catalogue has $answer pods"

# So is a type answered of which no page prints the ENIs; the numbers are made up.
type=ecs.hpc8i.32xlarge
cnicalc node "$type" --mode shared >"$work/out" 2>&1 && fail "$type is no longer one without ENIs"
sed "s/ecs.lab.hpc/$type/" tests/catalog/annotated.json | catalog - >"$work/own.tsv"
answer=$(cnicalc node --catalog "$work/own.tsv" "$type" --mode shared -o json | jq '.[0].max_pods')
[ "$answer" = 465 ] || fail "$type of a catalogue has $answer pods"

jq '.items[0]' tests/catalog/annotated.json | catalog - tests/catalog/page2.json |
    cut -f 1 >"$work/names"
printf '%s\n' instance_type ecs.lab.24xlarge ecs.lab.hpc | diff -u - "$work/names" ||
    fail 'a node and a page make another catalogue'

# refused MESSAGE DOCUMENT...: an error, nothing on stdout, and the message on stderr.
refused() {
    message=$1
    shift
    ! printf '%s\n' "$@" | catalog - >"$work/out" 2>"$work/err" || fail "$*: no error"
    [ ! -s "$work/out" ] || fail "$*: something was written"
    grep -qF "$message" "$work/err" || fail "$*: $(cat "$work/err")"
}
page=$(cat tests/catalog/page2.json)
none='there is no instance type in it'
other='a document is neither a reply of the API nor a list of nodes'
refused 'a reply is an error: Throttling: Denied' '{"Code": "Throttling", "Message": "Denied"}'
refused 'a reply is an error: Throttling: Denied' "$page" '{"Code": "Throttling", "Message": "Denied"}'
refused "$none" '{"InstanceTypes": {"InstanceType": []}}'
refused "$none" '{"InstanceTypes": {}}'
refused "$none" '{"kind": "List", "items": [{"kind": "Node", "metadata": {"name": "a"}}]}'
refused "$none" ''
refused "$other" '[]'
refused "$other" '{"Regions": {}}'
refused "$other" "$page" 7
finish
