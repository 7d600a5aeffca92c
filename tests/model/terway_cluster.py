# SPDX-License-Identifier: MIT
"""Making a Terway cluster, and asking the library and the model about it."""
from ctypes import byref, c_size_t, sizeof

import _cnicalc_abi as abi
import terway_model
from library import fields
from terway_zone_model import NODE, POD, Vswitch

TOPIC = "terway"
BOTH = POD | NODE
MOST = 2**64 - 1


# ---- Making questions ----


def vswitches_of(*described):
    """Vswitches from (prefix_len, zone, roles, used), each at the start of a /16 of its own."""
    return [Vswitch((0, 10 << 24 | index << 16, 4, prefix_len), zone, roles, used)
            for index, (prefix_len, zone, roles, used) in enumerate(described)]


def node_of(addresses, prefixes=0, pods=None, mode=None, joins=1):
    """A node by hand; it runs a pod for each address, or sixteen for each prefix."""
    return {"pods_per_node": (16 * prefixes or addresses) if pods is None else pods,
            "addresses": addresses, "prefixes": prefixes,
            "mode": (4 if prefixes else 1) if mode is None else mode, "joins": joins}


def pool_of(node, count, zone):
    return {"node": node, "count": count, "zone": zone}


# ---- Asking the library ----


def pack(structure, rows):
    """An array, or NULL for none."""
    return (structure * len(rows))(*rows) if rows else None


def pack_vswitches(vswitches):
    return pack(abi.TerwayVswitch, [abi.TerwayVswitch(abi.Cidr(*v.cidr), v.used, v.zone, v.roles)
                                    for v in vswitches])


def pack_options(o):
    return abi.TerwayOptions(struct_size=sizeof(abi.TerwayOptions), **o)


def named(answer):
    return {**answer, "bound_by": terway_model.LIMITS[answer["bound_by"]]}


def answer_of(compare, name, arguments, result, zone, count):
    """(status, result with its zones) of solve or fit, with room for exactly count zones."""
    zones, out_count = (zone * (count + 1))(), c_size_t()
    status = compare.library.ask(f"cnicalc_terway_{name}", *arguments, byref(result), zones, count,
                                 byref(out_count), outputs=[result, zones, out_count])
    if status != "OK":
        return status, None
    r = named(fields(result))
    if "max_pods_bound_by" in r:
        r["max_pods_bound_by"] = terway_model.LIMITS[r["max_pods_bound_by"]]
    r["zones"] = [named(fields(zones[index])) for index in range(out_count.value)]
    return status, r


def zone_numbers(vswitches):
    return list(dict.fromkeys(v.zone for v in vswitches))


def ask_solve(compare, vswitches, node, overrides):
    o = {**terway_model.OPTIONS, **overrides}
    options = pack_options(o)
    arguments = (pack_vswitches(vswitches), len(vswitches), byref(abi.TerwayNode(**node)),
                 byref(options))
    answer = answer_of(compare, "solve", arguments, abi.TerwayResult(), abi.TerwayZone,
                       len(zone_numbers(vswitches)))
    return compare.same(TOPIC, (vswitches, node, overrides),
                        lambda: terway_model.solve(vswitches, node, o), answer)


def ask_fit(compare, vswitches, pools, overrides):
    o = {**terway_model.OPTIONS, **overrides}
    options = pack_options(o)
    packed = pack(abi.TerwayPool, [abi.TerwayPool(abi.TerwayNode(**pool["node"]), pool["count"],
                                                  pool["zone"]) for pool in pools])
    arguments = (pack_vswitches(vswitches), len(vswitches), packed, len(pools), byref(options))
    answer = answer_of(compare, "fit", arguments, abi.TerwayFitResult(), abi.TerwayFitZone,
                       len(zone_numbers(vswitches)))
    return compare.same(TOPIC, (vswitches, pools, overrides),
                        lambda: terway_model.fit(vswitches, pools, o), answer)


def ask_both_ways(compare, vswitches, node, overrides):
    """How many nodes there can be; then whether each zone's fit in it, and one more does not."""
    r = ask_solve(compare, vswitches, node, overrides)
    if not r or not r["zones"] or MOST in [zone["max_nodes"] for zone in r["zones"]]:
        return
    counts = {zone["zone"]: zone["max_nodes"] for zone in r["zones"]}
    pools = [pool_of(node, count, number) for number, count in counts.items()]
    ask_fit(compare, vswitches, pools, overrides)
    ask_fit(compare, vswitches, pools + [pool_of(node, 1, pools[-1]["zone"])], overrides)
