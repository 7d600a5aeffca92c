# SPDX-License-Identifier: MIT
# The plan or the state of a cluster that Terraform makes, as arguments of cnicalc:
#   terraform show -json plan.out | jq -rnf terraform.jq | cnicalc check @-
#   terraform show -json plan.out | jq -rn --arg for terway -f terraform.jq | cnicalc terway @-
# --arg for terway adds the node pools; --arg cluster ADDRESS chooses of several clusters. Of a node
# pool in several zones the nodes are spread evenly where multi_az_policy is BALANCE, else all are in
# the zone of its first vSwitch. A value that is needed and is not known before apply is an error that
# names it; ids that are not known are followed through the references of the configuration.

include "reply" {search: "./"};

def resources: (.resources // [])[], ((.child_modules // [])[] | resources);

# All expressions of the configuration, by the address of their resource without indexes.
def expressions($inside):
  ((.resources // [])[] | {key: ($inside + .address), value: (.expressions // {})}),
  ((.module_calls // {}) | to_entries[] | .key as $name | .value.module
   | expressions("\($inside)module.\($name)."));

def without_index: gsub("\\[[^]]*\\]"; "");

# What is not known of a resource of a plan.
def is_unknown($of; $address; $name):
  $of.unknown[$address][$name] // false | . == true or (type == "array" and any(.[]; . == true));

# A value of a resource, which must be known.
def value($of; $name):
  if is_unknown($of; .address; $name) then error("\(.address).\($name) is not known before apply")
  else .values[$name] end;
def text($of; $name):
  value($of; $name) | if type == "string" and . != "" then . else null end;
def needed($of; $name):
  .address as $address
  | text($of; $name) | if . == null then error("\($address).\($name) is missing") else . end;

# The vSwitches that a resource names in a list of ids, known or by reference.
def vswitches_of($of; $name):
  .address as $address
  | (.values[$name] // []) as $ids
  | if is_unknown($of; $address; $name) or ($ids | any(.[]; . == null)) then
      ($address | without_index) as $plain
      | ($address | capture("^(?<inside>(module[.][^.]+[.])*)").inside) as $inside
      | [($of.expressions[$plain][$name].references // [])[]
         | capture("^(?<all>alicloud_vswitch[.][^.\\[]+)(?<index>\\[[^\\]]*\\])?")] as $found
      | [$found[] | select(.index)] as $exact
      | [$exact[] | $inside + .all + .index] as $addresses
      | [$found[] | .all | select(. as $all | any($exact[]; .all == $all) | not)
         | $inside + .] as $groups
      | [$of.vswitches[].address
         | select(. as $one | any($addresses[]; . == $one)
                              or ($one | without_index | . as $all | any($groups[]; . == $all)))]
      | if . == [] then error("\($address).\($name) is not known before apply") else unique end
    else
      [$ids[] as $id | $of.vswitches[] | select(.values.id == $id) | .address]
      | if length != ($ids | length)
        then error("\($address).\($name) names a vSwitch that is not in it") else . end
    end;

def only($kind; $wanted):
  if $wanted then map(select(.address == $wanted)) else . end
  | if length == 1 then .[0]
    elif length == 0 then error("there is no \($kind)\(if $wanted then " " + $wanted else "" end)")
    else error("there are \(length) of \($kind): choose one with --arg cluster ADDRESS") end;

def plugin($of):
  if text($of; "pod_cidr") then "flannel"
  elif ((.values.pod_vswitch_ids // []) != []) or is_unknown($of; .address; "pod_vswitch_ids")
       or any((.values.addons // [])[]; .name // "" | startswith("terway")) then "terway"
  else error("\(.address) has neither a pod_cidr nor pod_vswitch_ids") end;

# How many nodes a pool may have.
def size($of):
  .address as $address
  | ((.values.scaling_config // [])[0] // {}) as $scaling
  | (if $scaling.enable == true then $scaling.max_size else value($of; "desired_size") end)
  | if . == null then error("\($address) has no desired_size")
    else (number_or_null // error("\($address).desired_size is no number")) end;

def counts_by_zone($of; $zones):
  size($of) as $size
  | ($zones | length) as $count
  | if .values.multi_az_policy == "BALANCE" then
      range($count) | {zone: $zones[.], count: (($size + $count - 1 - .) / $count | floor)}
    else {zone: $zones[0], count: $size} end
  | select(.count > 0);

def labelled($key; $value): any((.values.labels // [])[]; .key == $key and .value == $value);

def pool_arguments($of):
  . as $pool
  | ((value($of; "instance_types") // [])[0] // error("\(.address).instance_types is missing")) as $type
  | (if labelled("k8s.aliyun.com/exclusive-mode-eni-type"; "eniOnly") then ",mode=exclusive"
     else "" end) as $mode
  | (vswitches_of($of; "vswitch_ids") | map(. as $address | $of.vswitches[]
       | select(.address == $address) | needed($of; "zone_id")) | reduce .[] as $zone ([];
         if index([$zone]) then . else . + [$zone] end)) as $zones
  | counts_by_zone($of; $zones)
  | argument("pool"; "\(.zone)=\($type)\($mode),count=\(.count)");

replies
| if length != 1 then error("\(length) documents; a plan or a state is one") else .[0] end
| (.planned_values // .values // error("neither a plan nor a state of terraform show -json")) as $shown
| {unknown: ([(.resource_changes // [])[] | {key: .address, value: (.change.after_unknown // {})}]
             | from_entries),
   expressions: ([.configuration.root_module // {} | expressions("")] | from_entries),
   all: [$shown.root_module // {} | resources | select(.mode == "managed")]} as $found
| ($found + {vswitches: ($found.all | map(select(.type == "alicloud_vswitch")))}) as $of
| ($of.all | map(select(.type == "alicloud_cs_managed_kubernetes" or .type == "alicloud_cs_kubernetes"))
   | only("alicloud_cs_managed_kubernetes"; $ARGS.named.cluster)) as $cluster
| ($of.all | map(select(.type == "alicloud_cs_kubernetes_node_pool"))) as $pools
| ($cluster | plugin($of)) as $plugin
| ($cluster | if $plugin == "terway" then vswitches_of($of; "pod_vswitch_ids") else [] end) as $pods
| ([($cluster | vswitches_of($of; "vswitch_ids", "worker_vswitch_ids")[]),
    ($pools[] | vswitches_of($of; "vswitch_ids")[])] | unique) as $nodes
| [argument("plugin"; $plugin),
   ($of.all[] | if .type == "alicloud_vpc" then argument("vpc"; needed($of; "cidr_block")),
                  argument("vpc"; value($of; "secondary_cidr_blocks") // [] | .[])
                elif .type == "alicloud_vpc_ipv4_cidr_block"
                then argument("vpc"; needed($of; "secondary_cidr_block"))
                else empty end),
   ($of.vswitches[] | .address as $address
    | (any($nodes[]; . == $address)) as $has_nodes
    | (any($pods[]; . == $address)) as $has_pods
    | needed($of; "cidr_block") as $block
    | if $has_nodes or $has_pods then
        argument(if $has_nodes and $has_pods then "vswitch" elif $has_nodes then "node-vswitch"
                 else "pod-vswitch" end; "\(needed($of; "zone_id"))=\($block)")
      else argument("other-vswitch"; "\($address | gsub("[=,]"; "-"))=\($block)") end),
   ($cluster | text($of; "pod_cidr") | if . then argument("pod-cidr"; .) else empty end),
   argument("service-cidr"; $cluster | needed($of; "service_cidr")),
   ($cluster | if $plugin == "flannel" then argument("node-mask"; value($of; "node_cidr_mask") // 24)
               else empty end),
   (if $pools != [] then argument("nodes"; [$pools[] | size($of)] | add) else empty end),
   (if ($ARGS.named.for // "check") == "terway" then $pools[] | pool_arguments($of)
    elif ($ARGS.named.for // "check") == "check" then empty
    else error("--arg for is check or terway") end)]
| .[]
