#!/bin/sh
# SPDX-License-Identifier: MIT
# check accepts whatever propose proposes, said over again in its own options.
. tests/support.sh
have jq || skip_all 'jq is not here'

accepts() { # options of propose about the wish, options that both have
    # shellcheck disable=SC2086 # both are lists of words
    cnicalc propose $1 $2 -o json >"$work/plan" || { fail "propose $1 $2: no plan"; return 0; }
    jq -r '"--plugin", .plugin, "--vpc", .vpc, "--service-cidr", .service_cidr,
        (.vswitch[] | "--vswitch", "\(.zone)=\(.cidr)"),
        (.pod_vswitch[] | "--pod-vswitch", "\(.zone)=\(.cidr)"),
        (if .pod_cidr then "--pod-cidr", .pod_cidr, "--node-mask", .node_mask else empty end),
        "--nodes", .nodes, "--pods", .pods, "--services", .services' "$work/plan" >"$work/words"
    # shellcheck disable=SC2046,SC2086
    cnicalc check $(cat "$work/words") $2 -o json >"$work/verdict" || :
    [ "$(jq .ok "$work/verdict")" = true ] || fail "check refuses: propose $1 $2"
}

accepts '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40' ''
accepts '--vpc 192.168.0.0/16 --plugin terway --nodes 100 --pods-per-node 40 --zones 2' ''
accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 2500 --pods-per-node 60 --zones 3' ''
accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 5000 --pods-per-node 30' '--raised'
accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 7 --pods-per-node 15 --zones 32' ''
accepts '--vpc 172.16.0.0/12 --plugin terway --nodes 10 --pods-per-node 30' '--edition basic'
accepts '--vpc 172.16.0.0/12 --plugin terway --nodes 40 --pods-per-node 30 --growth 150' \
    '--other office=10.0.0.0/8 --other-service b=192.168.0.0/20'
accepts '--vpc 10.1.0.0/16 --plugin terway --nodes 40 --pods-per-node 30 --zone H --zone K' \
    '--other-vswitch db=10.1.0.0/20 --other-vswitch old=10.1.128.0/17'
accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 100 --pods-per-node 100' ''
accepts '--vpc 192.168.0.0/16 --plugin flannel --nodes 50 --pods-per-node 256 --growth 33' \
    '--routes-used 40 --other dc=10.0.0.0/9'
accepts '--vpc 10.0.0.0/16 --plugin flannel --nodes 500 --pods-per-node 64 --services 5000' \
    '--raised'
accepts '--vpc 10.0.0.0/24 --plugin flannel --nodes 1 --pods-per-node 1 --services 1' ''
accepts '--vpc 172.16.0.0/12 --plugin flannel --nodes 800 --pods-per-node 100 --zones 3' \
    '--edition edge-pro --other a=10.0.0.0/9 --other b=192.168.0.0/17'
accepts '--vpc 10.0.0.0/8 --plugin terway --nodes 100 --pods-per-node 20 --services 10000' ''

finish
