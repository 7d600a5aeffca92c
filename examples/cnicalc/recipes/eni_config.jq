# SPDX-License-Identifier: MIT
# Terway's settings, as its ConfigMap has them, as options of `cnicalc terway`, `grow` and `audit`:
#   kubectl get cm eni-config -n kube-system -o json | jq -rnf eni_config.jq
# What is not set there is left to the defaults of cnicalc, but for the pool, which is Terway's own
# default of 5 unless it is set.

include "reply" {search: "./"};

# An option for a number that is set.
def number(key; name):
  .[key] | if . == null then empty
           elif type != "number" then error("\(key) of eni_conf is no number")
           else argument(name; .) end;

def flag(key; name):
  .[key] | if . == null or . == false then empty
           elif . == true then "--\(name)"
           else error("\(key) of eni_conf is neither true nor false") end;

def mode:
  if .enable_ip_prefix == true then "prefix" elif .enable_eni_trunking == true then "trunk"
  else "shared" end;

def stack:
  .ip_stack // "ipv4"
  | if . == "ipv4" then empty elif . == "dual" then "--dual-stack"
    else error("ip_stack \(.) has no option") end;

replies
| if length != 1 then error("\(length) replies; a ConfigMap is one") else .[0] end
| if .kind != "ConfigMap" then error("the reply is no ConfigMap") else . end
| eni_conf as $conf
| (.data["10-terway.conf"] // "{}" | attempt(fromjson; "10-terway.conf is no JSON")) as $cni
| $conf
| [argument("mode"; mode),
   argument("pool-size"; .max_pool_size // 5 | expect("number"; "max_pool_size of eni_conf")),
   number("min_pool_size"; "min-pool-size"), number("max_eni"; "max-eni"),
   number("eni_cap_ratio"; "eni-cap-ratio"), number("eni_cap_shift"; "eni-cap-shift"),
   number("ipv4_prefix_count"; "ipv4-prefix-count"), flag("enable_erdma"; "erdma"), stack,
   (.service_cidr // "" | expect("string"; "service_cidr of eni_conf") | splits(",") | select(. != "")
    | argument("service-cidr"; .)),
   (if ($cni.eniip_virtual_type // "" | ascii_downcase) == "ipvlan" then "--ipvlan" else empty end)]
| .[]
