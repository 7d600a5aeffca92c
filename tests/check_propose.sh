#!/bin/sh
# SPDX-License-Identifier: MIT
# check accepts whatever propose proposes, as a file of arguments and as the line to paste; terway
# reads the same file and finds room for its nodes, with twice the pods; and what is at fault in a request has one exit status
# and one sentence in both.
. tests/support.sh
have jq || skip_all 'jq is not here'

accepts() { # options of propose
    # shellcheck disable=SC2086 # a list of words
    cnicalc propose $1 -o args >"$work/plan" || { fail "propose $1: no plan"; return 0; }
    cnicalc check "@$work/plan" -o json >"$work/verdict" || fail "check refuses: propose $1"
    # shellcheck disable=SC2086
    cnicalc propose $1 -o json >"$work/proposal"
    sh -c "$(jq -r .check "$work/proposal") -o json" | cmp -s - "$work/verdict" ||
        fail "propose $1: the line to paste is not the arguments"
    cnicalc map "@$work/plan" >"$work/map" || fail "map refuses: propose $1"
}

# What terway makes of a plan: all of it holds the nodes, and the vSwitches also with twice the pods.
holds_nodes() { # options of propose, for a Terway cluster
    accepts "$1"
    pods=$(jq .pods_per_node "$work/proposal")
    nodes=$(jq .nodes "$work/proposal")
    cnicalc terway "@$work/plan" --pods-per-node "$pods" -o json >"$work/once"
    cnicalc terway "@$work/plan" --pods-per-node "$((2 * pods))" -o json >"$work/twice"
    [ "$(jq .max_nodes "$work/once")" -ge "$nodes" ] || fail "terway: no room for propose $1"
    [ "$(jq .limits.zone_addresses "$work/twice")" -ge "$nodes" ] ||
        fail "terway: no room for twice the pods of propose $1"
}

holds_nodes '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40'
holds_nodes '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40 --zones 2'
holds_nodes '--vpc 10.0.0.0/8 --plugin terway --nodes 2500 --pods-per-node 60 --zones 3'
holds_nodes '--vpc 10.0.0.0/8 --plugin terway --nodes 5000 --pods-per-node 30 --raised'
holds_nodes '--vpc 10.0.0.0/8 --plugin terway --nodes 7 --pods-per-node 15 --zones 32'
holds_nodes '--vpc 172.16.0.0/12 --plugin terway --nodes 10 --pods-per-node 30 --edition basic'
holds_nodes '--vpc 172.16.0.0/12 --plugin terway --nodes 40 --pods-per-node 30 --growth 150
    --other office=10.0.0.0/8 --other-service b=192.168.0.0/20'
holds_nodes '--vpc 10.1.0.0/16 --plugin terway --nodes 40 --pods-per-node 30 --zone H --zone K
    --other-vswitch db=10.1.0.0/20 --other-vswitch old=10.1.128.0/17'
holds_nodes '--vpc 10.0.0.0/8 --plugin terway --nodes 100 --pods-per-node 20 --services 9999'
# One vSwitch for nodes and pods; several for pods; both, in two zones.
holds_nodes '--vpc 192.168.0.0/24 --plugin terway --nodes 10 --pods-per-node 10'
in_use='--other-vswitch=a=192.168.0.0/25 --other-vswitch=b=192.168.1.0/25
    --other-vswitch=c=192.168.2.0/25 --other-vswitch=d=192.168.3.0/25'
holds_nodes "--vpc 192.168.0.0/22 --plugin terway --nodes 8 --pods-per-node 14 $in_use"
holds_nodes "--vpc 192.168.0.0/22 --plugin terway --nodes 15 --pods-per-node 14 --zones 2 $in_use"
# Own ceilings go into the plan.
holds_nodes '--vpc 10.0.0.0/8 --plugin terway --nodes 20000 --pods-per-node 20 --node-quota 20000
    --pod-quota 400000 --vpc-address-quota 420000 --service-quota 20001 --services 20000'
# Secondary blocks, with what is in use of them.
holds_nodes '--vpc 192.168.0.0/24 --vpc 10.0.0.0/16 --plugin terway --nodes 100 --pods-per-node 40 --zones 3'
holds_nodes '--vpc 172.16.0.0/20 --vpc 10.0.0.0/18 --vpc 192.168.8.0/21 --plugin terway --nodes 90
    --pods-per-node 30 --zones 3 --other-vswitch=a=172.16.8.0/21 --other-vswitch=b=10.0.0.0/20 --summary c=10.0.0.0/8'
# vSwitches for nodes that are there.
holds_nodes '--vpc 10.0.0.0/16 --plugin terway --nodes 150 --pods-per-node 30 --node-vswitch i=10.0.0.0/24,used=200
    --node-vswitch=j=10.0.1.0/24 --other-vswitch=k=10.0.4.0/22 --vpc 192.168.0.0/16'
holds_nodes '--vpc 192.168.0.0/23 --plugin terway --nodes 10 --pods-per-node 5 --zone i --zone j
    --node-vswitch j=192.168.0.0/29 --node-vswitch j=192.168.0.16/28,free=0'
accepts '--vpc 192.168.0.0/26 --vpc 10.0.0.0/26 --plugin flannel --nodes 100 --pods-per-node 100'
accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 100 --pods-per-node 100'
accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 50 --pods-per-node 253 --growth 33
    --routes-used 40 --other dc=10.0.0.0/9'
accepts '--vpc 10.0.0.0/16 --plugin flannel --nodes 500 --pods-per-node 64 --services 5000 --raised'
accepts '--vpc 10.0.0.0/24 --plugin flannel --nodes 1 --pods-per-node 1 --services 1'
accepts '--vpc 172.16.0.0/12 --plugin flannel --nodes 800 --pods-per-node 100 --zones 3
    --edition edge-pro --other a=10.0.0.0/9 --other b=192.168.0.0/17'
accepts '--vpc 10.0.0.0/16 --plugin flannel --nodes 300 --pods-per-node 64 --node-quota 300
    --route-quota 310 --routes-used 10'

cnicalc terway "@$work/plan" --pod-vswitch A=10.0.0.0/19 --pods-per-node 9 >"$work/refused" 2>&1 &&
    fail 'terway takes a plan of a Flannel cluster'
grep -q 'did you mean cnicalc flannel?$' "$work/refused" || fail 'terway does not name flannel'

# -o terraform is HCL, and has the vSwitches and the CIDRs of -o json, each vSwitch with its zone and
# its block as its key.

WEB_TOOLS=${WEB_TOOLS:-$B/web-tools}
export WEB_TOOLS
parse_hcl() { # stdin
    node "$root/tests/hcl.mjs"
}

is_in_terraform() { # options of propose; the zone is no template, and one of several bytes
    # shellcheck disable=SC2016
    set -- --zone "$(printf 'b\303\251\377')" --zone 'cn-"\${a}$${b}%{c}' "$@"
    cnicalc propose "$@" -o terraform >"$work/plan.tf" || { fail "propose $*: no plan"; return 0; }
    cnicalc propose "$@" -o json >"$work/proposal"
    parse_hcl <"$work/plan.tf" >"$work/hcl" || fail "propose $*: no HCL"
    jq -S '[(.node_vswitch | select(. != []) | {node_vswitch: .}),
            (.pod_vswitch | select(. != []) | {pod_vswitch: .}),
            (.vswitch | select(. != []) | {vswitch: .})] | add
        | map_values([.[] | select(.usable_addresses)
            | {key: "\(.zone)/\(.cidr)", zone_id: .zone, cidr_block: .cidr}] | sort_by(.key))' \
        "$work/proposal" >"$work/expected"
    # The parser writes a text as a template.
    jq -S '.resource.alicloud_vswitch | map_values(.[0].for_each | to_entries
        | map({key, zone_id: .value.zone_id, cidr_block: .value.cidr_block}
            | map_values(gsub("\\$\\$\\{"; "${") | gsub("%%\\{"; "%{"))) | sort_by(.key))' \
        "$work/hcl" | diff "$work/expected" - || fail "propose $*: other vSwitches as HCL"
    jq -c '[.service_cidr, .pod_cidr, .node_mask]' "$work/proposal" >"$work/expected"
    jq -c '.locals[0] | [.service_cidr, .pod_cidr, .node_cidr_mask]' "$work/hcl" |
        cmp -s - "$work/expected" || fail "propose $*: other CIDRs as HCL"
    # Each /64 of the plan, and no other, by its number in the /56.
    jq '[.node_vswitch, .pod_vswitch, .vswitch | .[] | select(.usable_addresses == null).cidr
        | capture("^2001:db8:(0:(?<n>[0-9a-f]+))?::/64$").n // "0"] | sort' \
        "$work/proposal" >"$work/expected"
    jq '[.resource.alicloud_vswitch[][0].for_each[].ipv6_cidr_block_mask | select(.)
        | tostring] | sort' "$work/hcl" | cmp -s - "$work/expected" ||
        fail "propose $*: other IPv6 blocks as HCL"
}

if have node && [ -d "$WEB_TOOLS/node_modules/@cdktf/hcl2json" ]; then
    echo 'a = [' | parse_hcl 2>/dev/null && fail 'the parser of HCL finds no fault'
    is_in_terraform --vpc 10.0.0.0/8 --plugin terway --nodes 5000 --pods-per-node 30 --raised
    is_in_terraform --vpc 10.0.0.0/16 --plugin flannel --nodes 100 --pods-per-node 64
    # shellcheck disable=SC2086 # a list of words
    is_in_terraform --vpc 192.168.0.0/22 --plugin terway --nodes 15 --pods-per-node 14 $in_use
    # shellcheck disable=SC2086
    is_in_terraform --vpc 192.168.0.0/22 --plugin terway --nodes 8 --pods-per-node 14 $in_use \
        --vpc 2001:db8::/56 --dual-stack
    is_in_terraform --vpc 192.168.0.0/26 --vpc 10.0.0.0/16 --vpc 10.1.0.0/20 --plugin terway --nodes 15 --pods-per-node 14
    jq -e '.variable.vpc_id[0] == {"type": "${string}",
        "description": "of a VPC with 192.168.0.0/26, 10.0.0.0/16 and 10.1.0.0/20"}' "$work/hcl" \
        >"$work/stdout" || fail 'propose: the variable of the VPC as HCL'
    # shellcheck disable=SC2016
    is_in_terraform --vpc 10.0.0.0/16 --plugin terway --nodes 150 --pods-per-node 30 \
        --node-vswitch 'cn-"\${a}$${b}%{c}=10.0.0.0/24,used=200'
    cnicalc propose --vpc 10.0.0.0/28 --plugin terway --nodes 99 --pods-per-node 9 -o terraform |
        parse_hcl | grep -qx '{}' || fail 'propose: no plan is no comment as HCL'
else
    skip 'hcl2json is not here (make web-tools): -o terraform is not parsed'
fi

# A plan whose only fault is in words that propose and check share, after words that are right.

status_of() { # a command: its exit status, and stdout in $work/stdout
    status=0
    sh -c "$1" >"$work/stdout" 2>"$work/stderr" || status=$?
    echo "$status"
}

is_one_fault() { # an exit status, words of both
    check="cnicalc check --plugin flannel --pod-cidr 172.20.0.0/16 --node-mask 25 --nodes 5 \
        --service-cidr 172.21.0.0/20 --services 9 $2 -o json"
    propose="cnicalc propose --plugin flannel --pods-per-node 100 --nodes 5 --services 9 $2 -o json"
    [ "$(status_of "$check")" -eq "$1" ] || fail "check $2: not exit status $1"
    [ "$1" -ne 1 ] || jq -r '[.findings[] | select(.severity == "error") | .message] | join(" ") | gsub("; "; " ")' \
        "$work/stdout" >"$work/errors"
    cp "$work/stderr" "$work/complaint"
    [ "$(status_of "$propose")" -eq "$1" ] || fail "propose $2: not exit status $1"
    [ "$1" -ne 1 ] || jq -r '.reason | gsub(" \\([a-z, ]*\\)"; "") | gsub("[;.] "; " ")' "$work/stdout" |
        cmp -s - "$work/errors" || fail "propose $2: another reason than the errors of check"
    [ "$1" -ne 2 ] || sed 's/cnicalc: propose:/cnicalc: check:/' "$work/stderr" |
        cmp -s - "$work/complaint" || fail "propose $2: another complaint than that of check"
}

is_one_fault 0 '--vpc 10.0.0.0/16 --other dc=10.1.0.0/16 --other-vswitch db=10.0.0.0/24'
is_one_fault 1 '--vpc 10.0.0.0/29'
is_one_fault 1 '--vpc 10.0.0.0/7'
is_one_fault 1 '--vpc 10.0.0.0/8 --vpc 192.168.0.0/15'
is_one_fault 1 '--vpc 10.0.0.0/16 --vpc 10.0.0.0/24'
is_one_fault 0 '--vpc 10.0.0.0/16 --vpc 10.8.0.0/14'
is_one_fault 1 '--vpc 10.0.0.1/16'
is_one_fault 1 '--vpc 10.0.0.1/29'
is_one_fault 1 '--vpc 100.64.0.0/16'
is_one_fault 1 '--vpc fd00::/56'
is_one_fault 1 '--vpc 10.0.0.0/16 --other dc=10.0.0.0/8'
is_one_fault 1 '--vpc 10.0.0.0/16 --other dc=10.1.0.1/16'
is_one_fault 1 '--vpc 10.0.0.0/16 --other-service b=10.0.1.0/24'
is_one_fault 1 '--vpc 10.0.0.0/16 --other-vswitch db=11.0.0.0/24 --other a=10.0.0.0/20'
is_one_fault 1 '--vpc 10.0.0.0/16 --node-quota 4'
is_one_fault 1 '--vpc 10.0.0.0/16 --routes-used 197'
is_one_fault 1 '--vpc 10.0.0.0/16 --service-quota 9 --vpc-address-quota 4'
is_one_fault 2 '--vpc 10.0.0.0'
is_one_fault 2 '--vpc 10.0.0.0/33'
is_one_fault 2 '--vpc 10.0.0.0/16 --other 10.0.0.0/8'
is_one_fault 2 '--vpc 10.0.0.0/16 --other-vswitch db=11.0.0/24'
is_one_fault 2 '--vpc 10.0.0.0/16 --edition gold'
is_one_fault 2 '--vpc 10.0.0.0/16 --node-quota 0'
is_one_fault 2 '--vpc 10.0.0.0/16 --routes-used -1'
is_one_fault 2 '--vpc 10.0.0.0/16 --nodes 9'

finish
