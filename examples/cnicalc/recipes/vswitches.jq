# SPDX-License-Identifier: MIT
# The vSwitches of a VPC, all pages of `aliyun vpc DescribeVSwitches`, as arguments of cnicalc:
#   jq -rn --arg pods 'vsw-a vsw-b' --arg nodes vsw-c -f vswitches.jq page.json...
# nodes, pods and both name, by id, those that serve the nodes of the cluster, its pods, or both; those
# of pods may also be in the ConfigMap eni-config, in the same stream. All others are --other-vswitch;
# where none is named all serve both. used=N is what is in use: AvailableIpAddressCount counts neither
# the four reserved addresses nor those in use.

include "reply" {search: "./"};

def ids(name): ($ARGS.named[name] // "") | [splits("[ ,]+") | select(. != "")];

def usable(place):
  attempt(split("/")[1] | tonumber; "\(place) is no block") | pow(2; 32 - .) - 4;

def used:
  . as $vswitch
  | (.CidrBlock | expect("string"; "CidrBlock of \($vswitch.VSwitchId)")) as $block
  | (.AvailableIpAddressCount
     | expect("number"; "AvailableIpAddressCount of \($vswitch.VSwitchId)")) as $free
  | ($block | usable("CidrBlock of \($vswitch.VSwitchId)")) - $free
  | if . < 0 then error("AvailableIpAddressCount of \($vswitch.VSwitchId) exceeds \($block)") else . end;

# The vSwitches of each zone, in the settings of Terway.
def pods_of_config:
  eni_conf.vswitches // {} | expect("object"; "vswitches of eni_conf")
  | [.[] | expect("array"; "a zone of vswitches of eni_conf") | .[]
     | expect("string"; "an id in vswitches of eni_conf")];

def cluster_argument(option):
  argument(option; "\(.ZoneId | expect("string"; "a ZoneId"))=\(.CidrBlock),used=\(used)");

["nodes", "pods", "both"] as $roles
| {"nodes": "node-vswitch", "pods": "pod-vswitch", "both": "vswitch"} as $options
| (reduce ($roles[] as $role | ids($role)[] | [., $role]) as [$id, $role] ({};
     if has($id) then error("\($id) is named twice") else .[$id] = $role end)) as $named
| replies
| (reduce (.[] | select(.kind == "ConfigMap") | pods_of_config[]) as $id ($named;
     .[$id] |= if . == null or . == "pods" then "pods" else "both" end)) as $role_of
| map(select(.kind != "ConfigMap"))
| if . == [] then error("there is no page of vSwitches") else . end
| all_items(.VSwitches.VSwitch | expect("array"; "VSwitches.VSwitch of a reply"); .VSwitchId)
| (($role_of | keys) - map(.VSwitchId)) as $missing
| if $missing != [] then error("there is no vSwitch \($missing | join(", "))") else . end
| if . == [] then error("there is no vSwitch in it") else . end
| if (map(.VpcId) | unique | length) > 1
  then error("the vSwitches are in several VPCs: ask with --VpcId") else . end
| map(if $role_of == {} then cluster_argument("vswitch")
      elif $role_of[.VSwitchId] then cluster_argument($options[$role_of[.VSwitchId]])
      else used as $checked | argument("other-vswitch"; "\(.VSwitchId)=\(.CidrBlock)") end)
| .[]
