#!/bin/sh
# SPDX-License-Identifier: MIT
# The recipes that turn what a cloud says into arguments: what they make of a sample of each reply,
# and that one which is an error, lacks a page or has another shape ends with a message and a status,
# and never with fewer lines.
# shellcheck disable=SC2086 # $options are several words or none
. tests/support.sh
have jq || skip_all 'jq is not here'
cloud=$root/tests/cloud
recipes=$root/examples/cnicalc/recipes

expect() { # what it is, lines, a recipe with its options, replies...
    what=$1
    printf '%s\n' "$2" >"$work/expected"
    recipe=$3
    shift 3
    cat "$@" | jq -rn $options -f "$recipes/$recipe" >"$work/made" 2>"$work/errors" ||
        fail "$what: $(cat "$work/errors")"
    diff -u "$work/expected" "$work/made" || fail "$what: other lines"
}

refuse() { # a message, a recipe, a reply, jq that changes it
    message=$1
    status=0
    jq "$4" "$3" | jq -rn $options -f "$recipes/$2" >"$work/made" 2>"$work/errors" || status=$?
    [ "$status" -eq 5 ] || fail "$2, $4: status $status"
    [ ! -s "$work/made" ] || fail "$2, $4: it writes $(wc -l <"$work/made") lines"
    grep -qF -e "$message" "$work/errors" || fail "$2, $4: says $(cat "$work/errors"), not $message"
}

# What every recipe refuses.
for recipe in vswitches vpc terraform nodes eni_config; do
    options=
    refuse 'there is no reply' $recipe.jq "$cloud/vpc.json" empty
    refuse 'a reply is no object' $recipe.jq "$cloud/vpc.json" '[.]'
    refuse 'a reply is an error: Throttling: slow down' $recipe.jq "$cloud/vpc.json" \
        '{Code: "Throttling", Message: "slow down"}'
    refuse 'a reply is an error: Forbidden: nodes is forbidden' $recipe.jq "$cloud/vpc.json" \
        '{kind: "Status", status: "Failure", reason: "Forbidden", message: "nodes is forbidden"}'
    if jq -rnf "$recipes/$recipe.jq" "$work/faults" >"$work/made" 2>&1; then
        fail "$recipe.jq takes nothing for a reply"
    fi
    printf '{"a": [' | jq -rnf "$recipes/$recipe.jq" >"$work/made" 2>/dev/null &&
        fail "$recipe.jq takes half a reply"
    [ ! -s "$work/made" ] || fail "$recipe.jq writes lines for half a reply"
done

# ---- vSwitches. /24 has 252 usable addresses, /20 has 4,092; what is not available is in use.

options='--arg nodes vsw-bp1nodes0i,vsw-bp1nodes0j --arg pods vsw-bp1pods0i --arg both vsw-bp1pods0j'
expect 'vSwitches by role' '--node-vswitch=cn-hangzhou-i=10.10.0.0/24,used=52
--node-vswitch=cn-hangzhou-j=10.10.1.0/24,used=1
--pod-vswitch=cn-hangzhou-i=10.10.16.0/20,used=4050
--vswitch=cn-hangzhou-j=10.10.32.0/20,used=900
--other-vswitch=vsw-bp1rds=10.10.200.0/24' vswitches.jq "$cloud/vswitches1.json" "$cloud/vswitches2.json"
refuse 'there is no vSwitch vsw-bp1pods0j' vswitches.jq "$cloud/vswitches1.json" '.TotalCount = 3'
options='--arg nodes vsw-bp1nodes0i --arg pods vsw-bp1nodes0i'
refuse 'vsw-bp1nodes0i is named twice' vswitches.jq "$cloud/vswitches1.json" .
options=
expect 'all vSwitches' '--vswitch=cn-hangzhou-i=10.10.0.0/24,used=52
--vswitch=cn-hangzhou-j=10.10.1.0/24,used=1
--vswitch=cn-hangzhou-i=10.10.16.0/20,used=4050
--vswitch=cn-hangzhou-j=10.10.32.0/20,used=900
--vswitch=cn-hangzhou-i=10.10.200.0/24,used=12' vswitches.jq "$cloud/vswitches1.json" "$cloud/vswitches2.json"
refuse 'TotalCount is 5, but 3 are here' vswitches.jq "$cloud/vswitches1.json" .
refuse 'a page is there twice' vswitches.jq "$cloud/vswitches1.json" '., .'
refuse 'TotalCount of a reply is missing' vswitches.jq "$cloud/vswitches1.json" 'del(.TotalCount)'
refuse 'TotalCount differs' vswitches.jq "$cloud/vswitches1.json" \
    '.TotalCount = 3, (.TotalCount = 4 | .VSwitches.VSwitch = [])'
refuse 'VSwitches.VSwitch of a reply is missing' vswitches.jq "$cloud/vpc.json" '.TotalCount = 0'
refuse 'an id of a reply is missing' vswitches.jq "$cloud/vswitches1.json" 'del(.VSwitches.VSwitch[1].VSwitchId)'
refuse 'in several VPCs' vswitches.jq "$cloud/vswitches1.json" '.TotalCount = 3 | .VSwitches.VSwitch[0].VpcId = "vpc-b"'
refuse 'AvailableIpAddressCount of vsw-bp1nodes0i is no number' vswitches.jq "$cloud/vswitches1.json" \
    '.TotalCount = 3 | .VSwitches.VSwitch[0].AvailableIpAddressCount = "200"'
refuse 'AvailableIpAddressCount of vsw-bp1nodes0i exceeds 10.10.0.0/24' vswitches.jq \
    "$cloud/vswitches1.json" '.TotalCount = 3 | .VSwitches.VSwitch[0].AvailableIpAddressCount = 253'
refuse 'CidrBlock of vsw-bp1nodes0i is no block' vswitches.jq "$cloud/vswitches1.json" \
    '.TotalCount = 3 | .VSwitches.VSwitch[0].CidrBlock = "10.10.0.0"'
refuse 'a ZoneId is missing' vswitches.jq "$cloud/vswitches1.json" \
    '.TotalCount = 3 | del(.VSwitches.VSwitch[2].ZoneId)'
refuse 'there is no vSwitch' vswitches.jq "$cloud/vswitches1.json" '.TotalCount = 0 | .VSwitches.VSwitch = []'

# With the ConfigMap of Terway in the stream, its vSwitches serve pods.
options='--arg nodes vsw-bp1nodes0i,vsw-bp1pods0j --arg pods vsw-bp1pods0i'
expect 'vSwitches with the settings of Terway' '--node-vswitch=cn-hangzhou-i=10.10.0.0/24,used=52
--other-vswitch=vsw-bp1nodes0j=10.10.1.0/24
--pod-vswitch=cn-hangzhou-i=10.10.16.0/20,used=4050
--vswitch=cn-hangzhou-j=10.10.32.0/20,used=900
--other-vswitch=vsw-bp1rds=10.10.200.0/24' vswitches.jq "$cloud/vswitches1.json" "$cloud/eni_config.json" \
    "$cloud/vswitches2.json"
refuse 'there is no page of vSwitches' vswitches.jq "$cloud/eni_config.json" .
refuse 'there is no vSwitch vsw-bp1pods0j' vswitches.jq "$cloud/vswitches1.json" \
    ".TotalCount = 3, $(cat "$cloud/eni_config.json")"
options=
for fault in '{}:eni_conf is missing' '{"eni_conf": "{"}:eni_conf is no JSON' \
    '{"eni_conf": "{\"vswitches\": []}"}:vswitches of eni_conf is no object' \
    '{"eni_conf": "{\"vswitches\": {\"i\": \"vsw-a\"}}"}:a zone of vswitches of eni_conf is no array' \
    '{"eni_conf": "{\"vswitches\": {\"i\": [1]}}"}:an id in vswitches of eni_conf is no string'; do
    refuse "${fault##*\}:}" vswitches.jq "$cloud/vswitches1.json" \
        ".TotalCount = 3, {kind: \"ConfigMap\", data: ${fault%:*}}"
done

# ---- A VPC

expect 'a VPC' '--vpc=10.10.0.0/16
--vpc=10.11.0.0/16
--vpc=172.16.0.0/20' vpc.jq "$cloud/vpc.json"
refuse '2 replies; a VPC has one' vpc.jq "$cloud/vpc.json" '., .'
refuse 'CidrBlock is missing' vpc.jq "$cloud/vpc.json" 'del(.CidrBlock)'
refuse 'SecondaryCidrBlocks.SecondaryCidrBlock is no array' vpc.jq "$cloud/vpc.json" \
    '.SecondaryCidrBlocks.SecondaryCidrBlock = "10.11.0.0/16"'
refuse 'a secondary block is no string' vpc.jq "$cloud/vpc.json" \
    '.SecondaryCidrBlocks.SecondaryCidrBlock = [1]'

# ---- Terway's settings

expect 'settings' '--mode=trunk
--pool-size=10
--min-pool-size=2
--max-eni=4
--eni-cap-ratio=0.5
--eni-cap-shift=1
--dual-stack
--service-cidr=172.21.0.0/20' eni_config.jq "$cloud/eni_config.json"
# In trunk mode with a pool, the trunk pods of most types are not published.
for node in --type=ecs.g8a.xlarge --type=ecs.c7.4xlarge --pods-per-node=30; do
    cnicalc terway --vswitch i=10.0.0.0/19 $node @"$work/made" >/dev/null ||
        fail "terway refuses these settings with $node"
    cnicalc grow --vpc 10.0.0.0/16 --vswitch i=10.0.0.0/19 --add-nodes 9 $node @"$work/made" >/dev/null ||
        fail "grow refuses these settings with $node"
done
cnicalc audit @"$work/made" <tests/cli/nodes.tsv >/dev/null || fail 'audit refuses these settings'
settings() { # the settings, what they are
    jq --argjson conf "$1" '.data.eni_conf = ($conf | tojson)' "$cloud/eni_config.json" >"$work/reply"
    expect "settings $1" "$2" eni_config.jq "$work/reply"
}
settings '{}' '--mode=shared
--pool-size=5'
settings '{"service_cidr": "172.21.0.0/20,fd00::/112"}' '--mode=shared
--pool-size=5
--service-cidr=172.21.0.0/20
--service-cidr=fd00::/112'
settings '{"enable_ip_prefix": true, "ipv4_prefix_count": 14, "enable_erdma": true, "ip_stack": "ipv4"}' '--mode=prefix
--pool-size=5
--ipv4-prefix-count=14
--erdma'
jq '.data["10-terway.conf"] = "{\"eniip_virtual_type\": \"IPVlan\"}" | .data.eni_conf = "{}"' \
    "$cloud/eni_config.json" >"$work/reply"
expect 'IPVLAN' '--mode=shared
--pool-size=5
--ipvlan' eni_config.jq "$work/reply"
config=$cloud/eni_config.json
refuse '2 replies; a ConfigMap is one' eni_config.jq "$config" '., .'
refuse 'the reply is no ConfigMap' eni_config.jq "$config" '.kind = "Secret"'
refuse 'eni_conf is missing' eni_config.jq "$config" 'del(.data.eni_conf)'
refuse 'eni_conf is no JSON' eni_config.jq "$config" '.data.eni_conf = "{"'
refuse 'eni_conf is no object' eni_config.jq "$config" '.data.eni_conf = "[]"'
refuse '10-terway.conf is no JSON' eni_config.jq "$config" '.data["10-terway.conf"] = "{"'
refuse 'max_eni of eni_conf is no number' eni_config.jq "$config" '.data.eni_conf = "{\"max_eni\": \"4\"}"'
refuse 'max_pool_size of eni_conf is no number' eni_config.jq "$config" '.data.eni_conf = "{\"max_pool_size\": \"4\"}"'
refuse 'enable_erdma of eni_conf is neither true nor false' eni_config.jq "$config" \
    '.data.eni_conf = "{\"enable_erdma\": 1}"'
refuse 'service_cidr of eni_conf is no string' eni_config.jq "$config" \
    '.data.eni_conf = "{\"service_cidr\": 1}"'
refuse 'ip_stack ipv6 has no option' eni_config.jq "$config" '.data.eni_conf = "{\"ip_stack\": \"ipv6\"}"'

# ---- Terraform. 20 nodes in two zones, evenly; an exclusive pool that may grow to 5 in one.

plan=$cloud/terraform_plan.json
expect 'a plan' '--plugin=terway
--vpc=192.168.0.0/16
--node-vswitch=cn-hangzhou-i=192.168.0.0/20
--node-vswitch=cn-hangzhou-j=192.168.16.0/20
--pod-vswitch=cn-hangzhou-i=192.168.32.0/19
--pod-vswitch=cn-hangzhou-j=192.168.64.0/19
--other-vswitch=alicloud_vswitch.database=192.168.128.0/24
--service-cidr=172.21.0.0/20
--nodes=25' terraform.jq "$plan"
cnicalc check @"$work/made" >/dev/null || fail 'check refuses the plan'
options='--arg for terway'
jq -rn $options -f "$recipes/terraform.jq" "$plan" >"$work/pools"
grep -e --pool "$work/pools" >"$work/made" || :
printf '%s\n' --pool=cn-hangzhou-i=ecs.c7.4xlarge,count=10 --pool=cn-hangzhou-j=ecs.c7.4xlarge,count=10 \
    --pool=cn-hangzhou-j=ecs.c7.4xlarge,mode=exclusive,count=5 | diff -u - "$work/made" || fail 'other pools'
# 20 nodes of 210 pods and 5 of 7
[ "$(cnicalc terway @"$work/pools" -o json | jq .pods)" -eq $((20 * 210 + 5 * 7)) ] ||
    fail 'terway makes other pods of the plan'
options=
expect 'a state' '--plugin=flannel
--vpc=10.0.0.0/16
--vpc=10.1.0.0/16
--node-vswitch=cn-hangzhou-i=10.0.0.0/20
--node-vswitch=cn-hangzhou-j=10.0.16.0/20
--other-vswitch=module.net.alicloud_vswitch.c=10.0.32.0/20
--pod-cidr=172.20.0.0/16
--service-cidr=172.16.0.0/16
--node-mask=25
--nodes=3' terraform.jq "$cloud/terraform_state.json"
cnicalc check @"$work/made" >/dev/null || fail 'check refuses the state'

unknown() { # an address, a value of it: it is named when it is not known before apply
    refuse "$1.$2 is not known before apply" terraform.jq "$plan" "
        (.resource_changes[] | select(.address == \"$1\") | .change.after_unknown.$2) = true
        | (.planned_values.root_module.resources[] | select(.address == \"$1\") | .values) |= del(.$2)
        | del(.configuration.root_module.resources[] | select(.address == \"$1\") | .expressions.$2)"
}
unknown 'alicloud_vpc.main' cidr_block
unknown 'alicloud_vswitch.nodes[0]' cidr_block
unknown 'alicloud_vswitch.nodes[0]' zone_id
unknown 'alicloud_cs_managed_kubernetes.main' service_cidr
unknown 'alicloud_cs_managed_kubernetes.main' pod_cidr
unknown 'alicloud_cs_managed_kubernetes.main' vswitch_ids
unknown 'alicloud_cs_managed_kubernetes.main' pod_vswitch_ids
unknown 'alicloud_cs_kubernetes_node_pool.general' vswitch_ids
unknown 'alicloud_cs_kubernetes_node_pool.general' desired_size
state=$cloud/terraform_state.json
resources=.values.root_module.resources
refuse 'neither a plan nor a state' terraform.jq "$state" 'del(.values)'
refuse '2 documents' terraform.jq "$state" '., .'
refuse 'there is no alicloud_cs_managed_kubernetes' terraform.jq "$state" "del(${resources}[3])"
refuse 'there are 2 of alicloud_cs_managed_kubernetes' terraform.jq "$state" "${resources} += [${resources}[3]]"
refuse 'names a vSwitch that is not in it' terraform.jq "$state" 'del(.values.root_module.child_modules)'
refuse 'has neither a pod_cidr nor pod_vswitch_ids' terraform.jq "$state" "del(${resources}[3].values.pod_cidr)"
refuse 'alicloud_cs_managed_kubernetes.k8s.service_cidr is missing' terraform.jq "$state" \
    "del(${resources}[3].values.service_cidr)"
refuse 'alicloud_cs_kubernetes_node_pool.np has no desired_size' terraform.jq "$state" \
    "del(${resources}[4].values.desired_size)"
refuse 'alicloud_cs_kubernetes_node_pool.np.desired_size is no number' terraform.jq "$state" \
    "${resources}[4].values.desired_size = \"many\""
options='--arg for terway'
refuse 'alicloud_cs_kubernetes_node_pool.np.instance_types is missing' terraform.jq "$state" \
    "del(${resources}[4].values.instance_types)"
options='--arg for map'
refuse '--arg for is check or terway' terraform.jq "$state" .
options='--arg cluster alicloud_cs_managed_kubernetes.b'
refuse 'there is no alicloud_cs_managed_kubernetes alicloud_cs_managed_kubernetes.b' terraform.jq "$state" .
options='--arg cluster alicloud_cs_managed_kubernetes.k8s'
jq "${resources} += [${resources}[3] | .address += \"2\"]" "$state" |
    jq -rn $options -f "$recipes/terraform.jq" >"$work/chosen" || fail 'no cluster is chosen'
cmp -s "$work/chosen" "$work/made" || jq -rnf "$recipes/terraform.jq" "$state" | cmp -s - "$work/chosen" ||
    fail 'another cluster is chosen'

# ---- Nodes: what they are worth is the subject of check_audit.sh.

options=
nodes=$cloud/nodes.json
refuse 'a reply of kind Deployment is no list of nodes' nodes.jq "$nodes" '.kind = "Deployment"'
refuse 'there is a Pod among the nodes' nodes.jq "$nodes" '.items[3].kind = "Pod"'
refuse 'the items of a list is missing' nodes.jq "$nodes" 'del(.items)'
refuse 'there is no node in it' nodes.jq "$nodes" '.items = []'
refuse 'a node is there twice' nodes.jq "$nodes" '., .'
refuse 'the reply goes on' nodes.jq "$nodes" '.metadata.continue = "abc"'
refuse 'its name is missing' nodes.jq "$nodes" 'del(.items[3].metadata.name)'
refuse 'cn-hangzhou.10.10.0.14: its status is missing' nodes.jq "$nodes" 'del(.items[3].status)'
refuse 'cn-hangzhou.10.10.0.16: its instance-type-info is no JSON' nodes.jq "$nodes" \
    '.items[5].metadata.annotations["alibabacloud.com/instance-type-info"] = "{"'
refuse 'cn-hangzhou.10.10.0.16: its instance-type-info is no object' nodes.jq "$nodes" \
    '.items[5].metadata.annotations["alibabacloud.com/instance-type-info"] = "[]"'
refuse 'eni_conf of the ConfigMap prefix-nodes is no JSON' nodes.jq "$cloud/config_maps.json" \
    '.items[1].data.eni_conf = "{"'
refuse 'the name of a ConfigMap is missing' nodes.jq "$cloud/config_maps.json" 'del(.items[1].metadata.name)'
# Two pages of the API and one list of kubectl are the same rows.
jq -rnf "$recipes/nodes.jq" "$nodes" >"$work/rows"
jq '.items as $all | {kind: "NodeList", metadata: {continue: "x"}, items: $all[:5]},
    {kind: "NodeList", metadata: {}, items: $all[5:]} | del(.items[].kind)' "$nodes" |
    jq -rnf "$recipes/nodes.jq" | cmp -s - "$work/rows" || fail 'pages are other rows'
jq '.items[]' "$nodes" | jq -rnf "$recipes/nodes.jq" | cmp -s - "$work/rows" || fail 'nodes alone are other rows'

# ---- The commands of the README, word for word, with an aliyun and a kubectl that answer with samples

mkdir "$work/bin" "$work/dir"
cat >"$work/bin/aliyun" <<EOF
#!/bin/sh
case "\$*" in
'vpc DescribeVpcAttribute --VpcId vpc-bp1') cat "$cloud/vpc.json" ;;
'vpc DescribeVSwitches --VpcId vpc-bp1 --PageSize 50 --PageNumber '?) cat "$cloud/vswitches\${8}.json" ;;
*) exit 1 ;;
esac
EOF
cat >"$work/bin/kubectl" <<EOF
#!/bin/sh
case "\$*" in
'get nodes -o json') exec cat "$cloud/nodes.json" ;;
'get cm eni-config -n kube-system -o json') exec cat "$work/eni_config.json" ;;
*) exit 1 ;;
esac
EOF
jq '.data.eni_conf |= (fromjson | {max_pool_size, min_pool_size, vswitches, service_cidr} | tojson)' \
    "$cloud/eni_config.json" >"$work/eni_config.json"
chmod +x "$work"/bin/*
ln -s "$root/examples" "$work/dir/examples"
sed -n '/^recipes=examples/,/^```/p' README.md | sed '/^```/d' >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 5 ] || fail 'README.md has no such commands'
(cd "$work/dir" && PATH=$work/bin:$PATH vpc=vpc-bp1 sh -eu "$work/commands") || fail 'a command fails'
cd "$work/dir"
cnicalc audit @cluster -o json <nodes | jq -c '.zones | map([.zone, .addresses_last, .short_addresses])' \
    >"$work/made" || fail 'audit refuses the files'
# Nodes of i: two full ones of 210 addresses, 7 of an exclusive one, 80 of Lingjun; 997 pods of a
# prefix node take 63 prefixes and 7 addresses. That are 1522 for pods, and 42 are free in the /20.
echo '[["cn-hangzhou-i",null,1480],["cn-hangzhou-j",true,null]]' | diff -u - "$work/made" ||
    fail 'the audit of the README says something else'
cnicalc grow @cluster --add-nodes 50 --pods-per-node 30 -o json |
    jq -e '.fits and (.pod_vswitch | length > 0)' >"$work/made" || fail 'grow refuses the files'
cnicalc grow @cluster --add-nodes 50 --pods-per-node 30 -o args | cnicalc check @- >"$work/made" ||
    fail "check does not accept what grow makes of the files: $(cat "$work/made")"
cnicalc terway @cluster --type c7.4xlarge >"$work/made" || fail 'terway refuses the files'
finish
