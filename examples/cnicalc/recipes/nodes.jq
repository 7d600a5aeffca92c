# SPDX-License-Identifier: MIT
# The nodes of a cluster as rows for `cnicalc audit`, after a line with the names of the columns:
#   kubectl get nodes -o json | jq -rnf nodes.jq | cnicalc audit
# ConfigMaps in the same stream say which values of the label terway-config mean IP prefix mode:
#   { kubectl get cm -n kube-system -o json; kubectl get nodes -o json; } | jq -rnf nodes.jq
# The rows hold what is on a node, word for word; what it is, audit judges. A cell is empty where a node
# says nothing.

include "reply" {search: "./"};

# ---- A node ----

def names:
  "node\tinstance_type\tzone\tnode_pool\tpod_route\tlingjun\texclusive\ttrunk\tprefix\tignored" +
  "\tvirtual\twindows\terdma\tpod_cidr\tenis\tmember_enis\tmax_available_ip" +
  "\tkubernetes\tpods\tcpu_allocatable\tmemory_capacity\tmemory_allocatable" +
  "\tvcpus\tmemory_mib\teni_quantity\teni_private_ip_address_quantity" +
  "\teni_ipv6_address_quantity\teni_total_quantity\teni_trunk_supported\teri_quantity";

def type_info:
  if . then attempt(fromjson; "its instance-type-info is no JSON")
            | expect("object"; "its instance-type-info")
  else {} end;

def is_routed:
  any((. // [])[]; .type == "NetworkUnavailable" and .status == "False" and .reason == "RouteCreated");

def row($has_prefix):
  (.metadata.name | expect("string"; "its name")) as $name
  | (.status | expect("object"; "its status")) as $status
  | .metadata.labels as $labels
  | .metadata.annotations as $notes
  | $status.allocatable as $left
  | ($notes["alibabacloud.com/instance-type-info"] | type_info) as $info
  | [$name, $labels["node.kubernetes.io/instance-type"] // $info.InstanceTypeId,
     $labels["topology.kubernetes.io/zone"], $labels["alibabacloud.com/nodepool-id"],
     (.spec.podCIDR and ($status.conditions | is_routed)), $labels["alibabacloud.com/lingjun-worker"],
     ($labels["k8s.aliyun.com/exclusive-mode-eni-type"] | if . then ascii_downcase else . end),
     $notes["k8s.aliyun.com/trunk-on"],
     ($labels["terway-config"] | . and $has_prefix[.]), $labels["k8s.aliyun.com/ignore-by-terway"],
     $labels.type, $labels["kubernetes.io/os"], $left["aliyun/erdma"], .spec.podCIDR,
     $left["aliyun/eni"], $left["aliyun/member-eni"], $notes["k8s.aliyun.com/max-available-ip"],
     $status.nodeInfo.kubeletVersion, $left.pods, $left.cpu, $status.capacity.memory, $left.memory,
     $info.CpuCoreCount, ($info.MemorySize | if . then . * 1024 else null end), $info.EniQuantity,
     $info.EniPrivateIpAddressQuantity, $info.EniIpv6AddressQuantity, $info.EniTotalQuantity,
     $info.EniTrunkSupported, $info.EriQuantity]
  | @tsv;

# ---- The stream ----

# The things of a kind, of lists of any kind and alone.
def things(kind):
  if .kind == kind then .
  elif .kind == kind + "List" or .kind == "List"
  then .kind as $list
       | (.items | expect("array"; "the items of a list") | .[])
       | if $list != "List" or .kind == kind then .
         elif .kind == "Node" or .kind == "ConfigMap" then empty
         else error("there is a \(.kind) among the nodes") end
  elif .kind == "Node" or .kind == "NodeList" or .kind == "ConfigMap" or .kind == "ConfigMapList"
  then empty
  else error("a reply of kind \(.kind) is no list of nodes") end;

def enables_prefix:
  (.metadata.name | expect("string"; "the name of a ConfigMap")) as $name
  | (.data.eni_conf // "{}" | attempt(fromjson; "eni_conf of the ConfigMap \($name) is no JSON"))
  | .enable_ip_prefix == true;

# Nothing is written before all rows are made.
replies as $replies
| if $replies | last | .metadata.continue // "" | . == "" then .
  else error("the reply goes on: get the other pages") end
| (reduce ($replies[] | things("ConfigMap")) as $map ({}; .[$map.metadata.name] =
     ($map | enables_prefix))) as $has_prefix
| ($replies | map(things("Node"))) as $nodes
| if $nodes == [] then error("there is no node in it") else . end
| if ($nodes | map(.metadata.name) | group_by(.) | length) != ($nodes | length)
  then error("a node is there twice") else . end
| [$nodes[] | . as $node
   | try row($has_prefix) catch error("\($node.metadata.name // "a node"): \(.)")]
| names, .[]
