#!/bin/sh
# SPDX-License-Identifier: MIT
# external answers with one flat object of strings.
. tests/support.sh
have jq || skip_all 'jq is not here'

for query in '"flannel", "pod_cidr": "10.0.0.0/12", "node_mask": "25", "raised": "true"' \
    '"check", "plugin": "terway", "vpc": "10.0.0.0/8", "vswitch": "A=10.0.0.0/16 B=10.1.0.0/16"' \
    '"terway", "vswitch": "A=10.0.0.0/16 B=10.1.0.0/16", "type": "ecs.c7.4xlarge"' \
    '"propose", "vpc": "10.0.0.0/8", "plugin": "terway", "nodes": "9", "pods_per_node": "9"' \
    '"grow", "vpc": "10.0.0.0/8", "vswitch": "A=10.0.0.0/16", "add-nodes": "9", "type": "ecs.c7.4xlarge"' \
    '"cidr", "operands": "split 10.0.0.0/8 9"' '"conntrack", "memory-gib": "7.5"'; do
    echo "{\"subcommand\": $query}" | cnicalc external |
        jq -e 'type == "object" and all(.[]; type == "string")' >/dev/null ||
        fail "external: $query: not an object of strings"
done

finish
