#!/bin/sh
# SPDX-License-Identifier: MIT
# types against the TSV of the table, with the arithmetic of awk: every row in every mode.
. tests/support.sh

# kubelet's maxPods is (e - 1) * i + 3 in every mode, of which 3 pods use the node's address; it keeps
# 11 MiB of memory a pod and 255, at most a quarter of it.
types_expected() { # pods as an awk expression of e and i, how many of them join
    awk -F'\t' -v OFS='\t' '
        NR == 1 { print "instance_type", "vcpus", "memory_gib", "eni_quantity",
            "eni_private_ip_address_quantity", "eni_ipv6_address_quantity", "max_pods",
            "pods_per_vcpu", "schedulable_pods", "joins", "kubelet_reserved_memory_mib",
            "sources"; next }
        { e = $4; i = $5; pods = '"$1"'
          per = pods == "-" || $2 == "-" ? "-" : sprintf("%.2f", int(pods * 100 / $2 + 0.5) / 100)
          served = e == "-" || i == "-" ? "-" : (e - 1) * i
          run = pods == "-" || served == "-" || pods < served ? pods : served
          kept = served == "-" ? "-" : 11 * (served + 3) + 255
          if (kept != "-" && kept > $3 / 4) kept = $3 / 4
          joins = pods == "-" ? "-" : pods >= '"$2"' ? "true" : "false"
          print $1, $2, sprintf("%.14g", $3 / 1024), $4, $5, $6, pods, per, run, joins, kept, $NF }
    ' lib/data/ecs-instance-types.tsv
}

check_types() { # a mode, pods and how many join as above
    types_expected "$2" "$3" >"$work/types.expected"
    cnicalc types --mode "$1" -o tsv >"$work/types"
    cmp -s "$work/types" "$work/types.expected" ||
        fail "types --mode $1: $(diff "$work/types.expected" "$work/types" | head -5)"
}

both='e == "-" || i == "-" ? "-" :'
check_types shared "$both (e - 1) * i" 12
check_types trunk "$both (e - 1) * i" 12
check_types exclusive 'e == "-" ? "-" : e - 1' 7
check_types prefix "$both (e - 1) * (i - 1) * 16" 12

finish
