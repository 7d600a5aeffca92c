# SPDX-License-Identifier: MIT
# The nodes of a cluster as rows for `cnicalc audit`, after a line with the names of the columns:
#   kubectl get nodes -o json | jq -rnf nodes.jq | cnicalc audit
# ConfigMaps in the same stream say which values of the label terway-config mean IP prefix mode:
#   { kubectl get cm -n kube-system -o json; kubectl get nodes -o json; } | jq -rnf nodes.jq
# The rows hold what is on a node; what it is, audit judges. "-" is what a node does not say.
# Quantities of Kubernetes, "1k" or "15890m", become whole numbers: pods, millicores, KiB.

include "reply" {search: "./"};

# ---- Quantities ----

def scales:
  {"n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18,
   "Ki": 1024, "Mi": 1048576, "Gi": 1073741824, "Ti": 1099511627776, "Pi": 1125899906842624,
   "Ei": 1152921504606846976};

# A quantity in a unit of which it has `per` for each 1. Cut, but for the noise of a product.
def quantity(per):
  . as $text
  | if . == null then "-"
    else (number_or_null
          // ((if scales[.[-2:]] then -2 else -1 end) as $at
              | (.[:$at] | number_or_null // -1) * (scales[.[$at:]] // infinite)))
         | if . >= 0 and . < infinite then . * per + 1e-6 | floor
           else error("\($text) is no quantity") end
    end;

# The same, with the usual suffix first: a list has thousands of them, and audit reads what is left.
def millicores: if . and endswith("m") then .[:-1] else quantity(1000) end;
def kibibytes: if . and endswith("Ki") then .[:-2] else quantity(1 / 1024) end;

# ---- A node ----

def names:
  "node\tinstance_type\tzone\tnode_pool\tsigns\tpod_cidr\tenis\tmember_enis\tmax_available_ip" +
  "\tkubernetes\tpods\tcpu_allocatable\tmemory_capacity\tmemory_allocatable" +
  "\tvcpus\tmemory_mib\teni_quantity\teni_private_ip_address_quantity" +
  "\teni_ipv6_address_quantity\teni_total_quantity\teni_trunk_supported\teri_quantity";

def type_info:
  if . then attempt(fromjson; "its instance-type-info is no JSON")
            | expect("object"; "its instance-type-info")
  else {} end;

def known: if . == null then "-" elif . == true then 1 elif . == false then 0 else . end;

def is_routed:
  any((. // [])[]; .type == "NetworkUnavailable" and .status == "False" and .reason == "RouteCreated");

# What is on a node, in words that audit knows, each with a blank after it.
def signs($labels; $notes; $has_prefix):
  (if .spec.podCIDR and (.status.conditions | is_routed) then "pod-route " else "" end)
  + (if $labels["alibabacloud.com/lingjun-worker"] == "true" then "lingjun " else "" end)
  + ($labels["k8s.aliyun.com/exclusive-mode-eni-type"]
     | if . and ascii_downcase == "enionly" then "exclusive " else "" end)
  + (if $notes["k8s.aliyun.com/trunk-on"] then "trunk " else "" end)
  + ($labels["terway-config"] | if . and $has_prefix[.] then "prefix " else "" end)
  + (if $labels["k8s.aliyun.com/ignore-by-terway"] == "true" then "ignored " else "" end)
  + (if $labels.type == "virtual-kubelet" then "virtual " else "" end)
  + (if $labels["kubernetes.io/os"] == "windows" then "windows " else "" end)
  + (.status.allocatable["aliyun/erdma"] | if . and . != "0" then "erdma " else "" end);

def row($has_prefix):
  (.metadata.name | expect("string"; "its name")) as $name
  | (.status | expect("object"; "its status")) as $status
  | (.metadata.labels // {}) as $labels
  | (.metadata.annotations // {}) as $notes
  | ($status.allocatable // {}) as $left
  | ($notes["alibabacloud.com/instance-type-info"] | type_info) as $info
  | "\($name)\t\($labels["node.kubernetes.io/instance-type"] // $info.InstanceTypeId // "-"
    )\t\($labels["topology.kubernetes.io/zone"] // "-"
    )\t\($labels["alibabacloud.com/nodepool-id"] // "-"
    )\t\(signs($labels; $notes; $has_prefix)
    )\t\(.spec.podCIDR // "-"
    )\t\($left["aliyun/eni"] | quantity(1)
    )\t\($left["aliyun/member-eni"] | quantity(1)
    )\t\($notes["k8s.aliyun.com/max-available-ip"] | quantity(1)
    )\t\($status.nodeInfo.kubeletVersion // "-"
    )\t\($left.pods | quantity(1)
    )\t\($left.cpu | millicores
    )\t\($status.capacity.memory | kibibytes
    )\t\($left.memory | kibibytes
    )\t\($info.CpuCoreCount | known
    )\t\($info.MemorySize | if . then . * 1024 else "-" end
    )\t\($info.EniQuantity | known
    )\t\($info.EniPrivateIpAddressQuantity | known
    )\t\($info.EniIpv6AddressQuantity | known
    )\t\($info.EniTotalQuantity | known
    )\t\($info.EniTrunkSupported | known
    )\t\($info.EriQuantity | known)";

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
| if ($nodes | map(.metadata.name) | unique | length) != ($nodes | length)
  then error("a node is there twice") else . end
| [$nodes[] | . as $node
   | try row($has_prefix) catch error("\($node.metadata.name // "a node"): \(.)")]
| names, .[]
