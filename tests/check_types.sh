#!/bin/sh
# SPDX-License-Identifier: MIT
# types against the TSV of the table, with the arithmetic of awk: every row in every mode.
. tests/support.sh

types_expected() { # pods as an awk expression of e and i
    awk -F'\t' -v OFS='\t' '
        NR == 1 { print "instance_type", "vcpus", "memory_gib", "eni_quantity",
            "eni_private_ip_address_quantity", "eni_ipv6_address_quantity", "max_pods",
            "pods_per_vcpu", "sources"; next }
        { e = $4; i = $5; pods = '"$1"'
          per = pods == "-" || $2 == "-" ? "-" : sprintf("%.2f", int(pods * 100 / $2 + 0.5) / 100)
          print $1, $2, sprintf("%.14g", $3 / 1024), $4, $5, $6, pods, per, $NF }
    ' lib/data/ecs-instance-types.tsv
}

check_types() { # a mode, pods as above
    types_expected "$2" >"$work/types.expected"
    cnicalc types --mode "$1" -o tsv >"$work/types"
    cmp -s "$work/types" "$work/types.expected" ||
        fail "types --mode $1: $(diff "$work/types.expected" "$work/types" | head -5)"
}

both='e == "-" || i == "-" ? "-" :'
check_types shared "$both (e - 1) * i"
check_types trunk "$both (e - 1) * i"
check_types exclusive 'e == "-" ? "-" : e - 1'
check_types prefix "$both (e - 1) * (i - 1) * 16"

finish
